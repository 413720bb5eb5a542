// See column_head.h.
#include "engine/storage/column_head.h"

#include <bit>
#include <limits>
#include <utility>

namespace plenum::storage {
namespace {

std::optional<ColumnKind> KindOf(std::uint8_t form) {
  switch (static_cast<ColumnForm>(form)) {
    case ColumnForm::kIntegersFrame:
    case ColumnForm::kIntegersDeltas:
      return ColumnKind::kIntegers;
    case ColumnForm::kDatesFrame:
    case ColumnForm::kDatesDeltas:
      return ColumnKind::kDates;
    case ColumnForm::kFloats:
      return ColumnKind::kFloats;
    case ColumnForm::kBooleans:
      return ColumnKind::kBooleans;
    case ColumnForm::kDictionary:
      return ColumnKind::kDictionary;
    case ColumnForm::kStrings:
      return ColumnKind::kStrings;
    case ColumnForm::kMixed:
      return ColumnKind::kMixed;
    case ColumnForm::kIntervals:
      return ColumnKind::kIntervals;
  }
  return std::nullopt;
}

void ReadNumberZone(ByteReader& reader, ColumnHead& head) {
  const std::int64_t least = reader.Signed();
  head.range = reader.Varint();
  const auto greatest = static_cast<std::int64_t>(static_cast<std::uint64_t>(least) + head.range);
  const std::uint64_t range_max =
      static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) - static_cast<std::uint64_t>(least);
  if (head.range > range_max) reader.Fail();
  const bool dates = head.zone.kind == ColumnKind::kDates;
  head.zone.least = dates ? Value(Date{least}) : Value(least);
  head.zone.greatest = dates ? Value(Date{greatest}) : Value(greatest);
  head.zone.exact = true;
}

void ReadFloatZone(ByteReader& reader, ColumnZone& zone) {
  const std::uint8_t flags = reader.Byte();
  if (flags == 0 || flags > (kZoneHasBounds | kZoneHasNan)) reader.Fail();
  zone.has_nan = (flags & kZoneHasNan) != 0;
  if ((flags & kZoneHasBounds) == 0) return;
  zone.exact = true;
  zone.least = std::bit_cast<double>(reader.BigEndian(8));
  zone.greatest = std::bit_cast<double>(reader.BigEndian(8));
}

void ReadTextZone(ByteReader& reader, ColumnZone& zone) {
  const std::uint8_t flags = reader.Byte();
  if (flags == kZoneIsExact || flags > (kZoneHasBounds | kZoneIsExact)) reader.Fail();
  if ((flags & kZoneHasBounds) == 0) return;
  zone.exact = (flags & kZoneIsExact) != 0;
  zone.least = reader.Bytes(reader.Varint());
  zone.greatest = reader.Bytes(reader.Varint());
}

}  // namespace

ColumnHead ReadColumnHead(ByteReader& reader) {
  ColumnHead head;
  if (reader.Byte() != kColumnVersion) reader.Fail();
  const std::uint8_t form = reader.Byte();
  const std::optional<ColumnKind> kind = KindOf(form);
  const std::uint64_t count = reader.Varint();
  if (!kind || count > kBlockSlots || (count == 0 && *kind != ColumnKind::kMixed)) reader.Fail();
  if (!reader.ok()) return head;
  head.form = static_cast<ColumnForm>(form);
  head.zone.kind = *kind;
  head.zone.count = static_cast<std::uint32_t>(count);
  switch (*kind) {
    case ColumnKind::kIntegers:
    case ColumnKind::kDates:
      ReadNumberZone(reader, head);
      break;
    case ColumnKind::kFloats:
      ReadFloatZone(reader, head.zone);
      break;
    case ColumnKind::kDictionary:
    case ColumnKind::kStrings:
      ReadTextZone(reader, head.zone);
      break;
    case ColumnKind::kBooleans:
    case ColumnKind::kIntervals:
    case ColumnKind::kMixed:
      break;
  }
  return head;
}

std::optional<ColumnZone> ZoneOf(std::string_view bytes) {
  ByteReader reader(bytes);
  ColumnHead head = ReadColumnHead(reader);
  if (!reader.ok()) return std::nullopt;
  return std::move(head.zone);
}

}  // namespace plenum::storage
