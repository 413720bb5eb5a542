// See validity_lane.h; the bytes are specified in segment.h.
#include "engine/storage/validity_lane.h"

#include <algorithm>
#include <numeric>
#include <unordered_map>

#include "engine/storage/byte_code.h"
#include "engine/storage/stream_vbyte.h"

namespace plenum::storage {
namespace {

constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();

// The day of an end that is known to the day and within what the arrays hold; `open` for none.
std::optional<std::int32_t> ExactDay(const std::optional<PartialDate>& end, std::int32_t open) {
  if (!end) return open;
  if (!end->earliest || end->earliest != end->latest) return std::nullopt;
  const std::int64_t day = *end->earliest;
  if (day <= ValidityLane::kOpenFrom || day >= ValidityLane::kOpenUntil) return std::nullopt;
  return static_cast<std::int32_t>(day);
}

std::optional<PartialDate> ToDate(std::int32_t day, std::int32_t open) {
  if (day == open) return std::nullopt;
  return PartialDate{day, day};
}

// One array of days at the given positions: 0 for `open`, else what the day exceeds the least of them by, plus one.
void AppendDays(std::string& out, std::span<const std::int32_t> days, std::span<const std::uint32_t> positions,
                std::int32_t open) {
  std::int64_t base = kGreatest;
  for (const std::uint32_t position : positions) {
    if (days[position] != open) base = std::min<std::int64_t>(base, days[position]);
  }
  if (base == kGreatest) base = 0;
  std::vector<std::uint32_t> codes(positions.size());
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const std::int32_t day = days[positions[i]];
    codes[i] = day == open ? 0 : static_cast<std::uint32_t>(day - base + 1);
  }
  AppendSigned(out, base);
  AppendStreamVByte(out, codes, VByteLengths::kOneToFour);
}

bool ReadDays(ByteReader& bytes, std::vector<std::int32_t>& days, std::span<const std::uint32_t> positions,
              std::int32_t open) {
  const std::int64_t base = bytes.Signed();
  std::vector<std::uint32_t> codes(positions.size());
  if (!ReadStreamVByte(bytes, codes, VByteLengths::kOneToFour)) return false;
  if (base <= ValidityLane::kOpenFrom || base >= ValidityLane::kOpenUntil) return false;
  bool fits = true;
  for (std::size_t i = 0; i < positions.size(); ++i) {
    const std::int64_t day = base + codes[i] - 1;
    fits &= codes[i] == 0 || day < ValidityLane::kOpenUntil;
    days[positions[i]] = codes[i] == 0 ? open : static_cast<std::int32_t>(day);
  }
  return fits;
}

}  // namespace

void ValidityBounds::Include(const std::optional<Interval>& validity) {
  static constexpr std::optional<PartialDate> kOpen;
  const std::optional<PartialDate>& from = validity ? validity->from : kOpen;
  const std::optional<PartialDate>& until = validity ? validity->until : kOpen;
  all_from = std::max(all_from, from ? from->latest.value_or(kGreatest) : kLeast);
  any_from = std::min(any_from, from ? from->earliest.value_or(kLeast) : kLeast);
  all_until = std::min(all_until, until ? until->earliest.value_or(kLeast) : kGreatest);
  any_until = std::max(any_until, until ? until->latest.value_or(kGreatest) : kGreatest);
}

void ValidityLane::Append(const std::optional<Interval>& validity) {
  if (!validity) return AppendTimeless(1);
  const auto from = ExactDay(validity->from, kOpenFrom);
  const auto until = ExactDay(validity->until, kOpenUntil);
  // Open at both ends is an interval all the same, which timeless is not.
  if (!from || !until || (!validity->from && !validity->until)) return AppendApart(*validity);
  from_.push_back(*from);
  until_.push_back(*until);
}

void ValidityLane::AppendTimeless(std::size_t count) {
  from_.insert(from_.end(), count, kOpenFrom);
  until_.insert(until_.end(), count, kOpenUntil);
}

void ValidityLane::AppendApart(const Interval& interval) {
  from_.push_back(static_cast<std::int32_t>(apart_.size()));
  until_.push_back(kApart);
  apart_.push_back(interval);
}

void ValidityLane::AppendRun(const ValidityLane& other, std::size_t first, std::size_t count) {
  for (std::size_t i = first; i < first + count; ++i) {
    if (other.IsApart(i)) {
      AppendApart(other.apart_[static_cast<std::size_t>(other.from_[i])]);
    } else {
      from_.push_back(other.from_[i]);
      until_.push_back(other.until_[i]);
    }
  }
}

void ValidityLane::Reserve(std::size_t count) {
  from_.reserve(count);
  until_.reserve(count);
}

bool ValidityLane::AllTimeless() const {
  bool timeless = true;
  for (std::size_t i = 0; i < size(); ++i) timeless &= IsTimeless(i);
  return timeless;
}

std::optional<Interval> ValidityLane::At(std::size_t position) const {
  if (IsTimeless(position)) return std::nullopt;
  if (IsApart(position)) return apart_[static_cast<std::size_t>(from_[position])];
  return Interval{ToDate(from_[position], kOpenFrom), ToDate(until_[position], kOpenUntil)};
}

ValidityBounds ValidityLane::Bounds() const {
  ValidityBounds bounds;
  for (std::size_t i = 0; i < size(); ++i) {
    if (IsApart(i)) continue;
    const std::int64_t from = from_[i] == kOpenFrom ? kLeast : from_[i];
    const std::int64_t until = until_[i] == kOpenUntil ? kGreatest : until_[i];
    bounds.all_from = std::max(bounds.all_from, from);
    bounds.any_from = std::min(bounds.any_from, from);
    bounds.all_until = std::min(bounds.all_until, until);
    bounds.any_until = std::max(bounds.any_until, until);
  }
  for (const Interval& interval : apart_) bounds.Include(interval);
  return bounds;
}

std::size_t ValidityLane::bytes() const {
  return (from_.capacity() + until_.capacity()) * sizeof(std::int32_t) + apart_.capacity() * sizeof(Interval);
}

void ValidityLane::AppendBounds(std::string& out, const ValidityBounds& bounds) {
  for (const std::int64_t day : {bounds.all_from, bounds.all_until, bounds.any_from, bounds.any_until}) {
    AppendSigned(out, day);
  }
}

void ValidityLane::AppendTo(std::string& out) const {
  AppendExactTo(out);
  AppendApartTo(out);
}

void ValidityLane::AppendExactTo(std::string& out) const {
  std::vector<std::uint32_t> positions;
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (!IsTimeless(i) && !IsApart(i)) positions.push_back(i);
  }
  AppendVarint(out, positions.size());
  if (positions.empty()) return;
  if (positions.size() < size()) AppendAscending(out, positions);
  AppendDays(out, from_, positions, kOpenFrom);
  AppendDays(out, until_, positions, kOpenUntil);
}

// Each interval once, in the order in which they first come: years and months come often.
void ValidityLane::AppendApartTo(std::string& out) const {
  std::unordered_map<std::string, std::uint32_t> known;
  std::string table;
  std::vector<std::uint32_t> positions, places;
  for (std::uint32_t i = 0; i < size(); ++i) {
    if (!IsApart(i)) continue;
    std::string bytes;
    AppendInterval(bytes, apart_[static_cast<std::size_t>(from_[i])]);
    const auto [entry, is_new] = known.try_emplace(bytes, static_cast<std::uint32_t>(known.size()));
    if (is_new) table += bytes;
    positions.push_back(i);
    places.push_back(entry->second);
  }
  AppendVarint(out, known.size());
  if (known.empty()) return;
  out += table;
  AppendVarint(out, positions.size());
  AppendAscending(out, positions);
  AppendStreamVByte(out, places, VByteLengths::kZeroToFour);
}

bool ValidityLane::ReadExact(ByteReader& bytes) {
  const std::uint64_t count = bytes.Varint();
  if (!bytes.ok() || count > size()) return false;
  if (count == 0) return true;
  std::vector<std::uint32_t> positions(count);
  std::iota(positions.begin(), positions.end(), 0);
  if (count < size() && !ReadAscending(bytes, positions, static_cast<std::uint32_t>(size()))) return false;
  if (!ReadDays(bytes, from_, positions, kOpenFrom) || !ReadDays(bytes, until_, positions, kOpenUntil)) return false;
  return std::none_of(positions.begin(), positions.end(), [this](std::uint32_t i) { return IsTimeless(i); });
}

bool ValidityLane::ReadApart(ByteReader& bytes) {
  const std::uint64_t table = bytes.Count();
  apart_.reserve(table);
  while (apart_.size() < table && bytes.ok()) apart_.push_back(bytes.ReadInterval());
  if (!bytes.ok() || table == 0) return bytes.ok();
  const std::uint64_t count = bytes.Varint();
  if (!bytes.ok() || count > size()) return false;
  std::vector<std::uint32_t> positions(count), places(count);
  if (!ReadAscending(bytes, positions, static_cast<std::uint32_t>(size()))) return false;
  if (!ReadStreamVByte(bytes, places, VByteLengths::kZeroToFour)) return false;
  for (std::size_t i = 0; i < count; ++i) {
    if (!IsTimeless(positions[i]) || places[i] >= table) return false;
    from_[positions[i]] = static_cast<std::int32_t>(places[i]);
    until_[positions[i]] = kApart;
  }
  return true;
}

std::optional<ValidityLane> ValidityLane::Decode(std::string_view bytes, std::uint32_t count) {
  ByteReader reader(bytes);
  ValidityLane lane;
  lane.AppendTimeless(count);
  if (!lane.ReadExact(reader) || !lane.ReadApart(reader) || !reader.AtEnd()) return std::nullopt;
  return lane;
}

}  // namespace plenum::storage
