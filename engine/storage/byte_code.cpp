// See byte_code.h; the forms are specified in key_layout.h.
#include "engine/storage/byte_code.h"

#include <algorithm>
#include <bit>
#include <cassert>
#include <utility>

namespace plenum::storage {
namespace {

enum Tag : std::uint8_t {
  kFalse = 0x01,
  kTrue = 0x02,
  kInteger = 0x03,
  kFloat = 0x04,
  kString = 0x05,
  kDate = 0x06,
  kPartialDate = 0x07,
  kInterval = 0x08,
  kList = 0x09,
};

constexpr std::uint8_t kHasFirst = 1;   // earliest, from
constexpr std::uint8_t kHasSecond = 2;  // latest, until

bool IsStorableScalar(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kBoolean:
    case Value::Kind::kInteger:
    case Value::Kind::kFloat:
    case Value::Kind::kString:
    case Value::Kind::kDate:
    case Value::Kind::kPartialDate:
    case Value::Kind::kInterval:
      return true;
    default:
      return false;
  }
}

void AppendTag(std::string& out, Tag tag) { out.push_back(static_cast<char>(tag)); }

void AppendList(std::string& out, const List& list) {
  AppendTag(out, kList);
  AppendVarint(out, list.size());
  for (const Value& element : list) AppendValue(out, element);
}

}  // namespace

void AppendBigEndian(std::string& out, std::uint64_t number, unsigned bytes) {
  for (unsigned shift = 8 * bytes; shift > 0; shift -= 8) out.push_back(static_cast<char>(number >> (shift - 8)));
}

std::string BigEndian(std::uint64_t number, unsigned bytes) {
  std::string out;
  AppendBigEndian(out, number, bytes);
  return out;
}

std::uint64_t ReadBigEndian(std::string_view bytes) {
  std::uint64_t number = 0;
  for (const char byte : bytes) number = number << 8 | static_cast<std::uint8_t>(byte);
  return number;
}

void AppendVarint(std::string& out, std::uint64_t number) {
  for (; number >= 0x80; number >>= 7) out.push_back(static_cast<char>(number | 0x80));
  out.push_back(static_cast<char>(number));
}

void AppendSigned(std::string& out, std::int64_t number) {
  const auto bits = static_cast<std::uint64_t>(number);
  AppendVarint(out, bits << 1 ^ (number < 0 ? ~std::uint64_t{0} : 0));
}

void AppendText(std::string& out, std::string_view text) {
  AppendTag(out, kString);
  AppendVarint(out, text.size());
  out += text;
}

void AppendPartialDate(std::string& out, const PartialDate& date) {
  out.push_back(static_cast<char>((date.earliest ? kHasFirst : 0) | (date.latest ? kHasSecond : 0)));
  if (date.earliest) AppendSigned(out, *date.earliest);
  if (date.latest) AppendSigned(out, *date.latest);
}

void AppendInterval(std::string& out, const Interval& interval) {
  out.push_back(static_cast<char>((interval.from ? kHasFirst : 0) | (interval.until ? kHasSecond : 0)));
  if (interval.from) AppendPartialDate(out, *interval.from);
  if (interval.until) AppendPartialDate(out, *interval.until);
}

void AppendIntervalValue(std::string& out, const Interval& interval) {
  AppendTag(out, kInterval);
  AppendInterval(out, interval);
}

bool IsStorable(const Value& value) {
  if (value.kind() != Value::Kind::kList) return IsStorableScalar(value);
  return std::all_of(value.list().begin(), value.list().end(), IsStorableScalar);
}

void AppendValue(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kBoolean:
      return AppendTag(out, value.boolean() ? kTrue : kFalse);
    case Value::Kind::kInteger:
      return AppendTag(out, kInteger), AppendSigned(out, value.integer());
    case Value::Kind::kFloat:
      return AppendTag(out, kFloat), AppendBigEndian(out, std::bit_cast<std::uint64_t>(value.real()), 8);
    case Value::Kind::kString:
      return AppendText(out, value.string());
    case Value::Kind::kDate:
      return AppendTag(out, kDate), AppendSigned(out, value.date().day);
    case Value::Kind::kPartialDate:
      return AppendTag(out, kPartialDate), AppendPartialDate(out, value.partial_date());
    case Value::Kind::kInterval:
      return AppendIntervalValue(out, value.interval());
    case Value::Kind::kList:
      return AppendList(out, value.list());
    default:
      assert(false && "AppendValue of a value that is not storable");
  }
}

void ByteReader::Fail() {
  ok_ = false;
  rest_ = {};
}

std::string Hexadecimal(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789abcdef";
  std::string text;
  for (const char byte : bytes) {
    text.push_back(kDigits[static_cast<std::uint8_t>(byte) >> 4]);
    text.push_back(kDigits[static_cast<std::uint8_t>(byte) & 0x0F]);
  }
  return text;
}

std::uint8_t ByteReader::Byte() {
  const std::string_view byte = Bytes(1);
  return byte.empty() ? 0 : static_cast<std::uint8_t>(byte.front());
}

std::string_view ByteReader::Bytes(std::uint64_t count) {
  if (count > rest_.size()) {
    Fail();
    return {};
  }
  const std::string_view bytes = rest_.substr(0, count);
  rest_.remove_prefix(count);
  return bytes;
}

std::uint64_t ByteReader::Varint() {
  std::uint64_t number = 0;
  for (unsigned shift = 0; shift < 64; shift += 7) {
    const std::uint8_t byte = Byte();
    number |= static_cast<std::uint64_t>(byte & 0x7F) << shift;
    if ((byte & 0x80) == 0) return number;
  }
  Fail();
  return 0;
}

std::int64_t ByteReader::Signed() {
  const std::uint64_t bits = Varint();
  return static_cast<std::int64_t>(bits >> 1 ^ ((bits & 1) != 0 ? ~std::uint64_t{0} : 0));
}

std::uint64_t ByteReader::Count() {
  const std::uint64_t count = Varint();
  if (count <= rest_.size()) return count;
  Fail();
  return 0;
}

PartialDate ByteReader::ReadPartialDate() {
  const std::uint8_t flags = Byte();
  if (flags > (kHasFirst | kHasSecond)) Fail();
  PartialDate date;
  if ((flags & kHasFirst) != 0) date.earliest = Signed();
  if ((flags & kHasSecond) != 0) date.latest = Signed();
  return date;
}

Interval ByteReader::ReadInterval() {
  const std::uint8_t flags = Byte();
  if (flags > (kHasFirst | kHasSecond)) Fail();
  Interval interval;
  if ((flags & kHasFirst) != 0) interval.from = ReadPartialDate();
  if ((flags & kHasSecond) != 0) interval.until = ReadPartialDate();
  return interval;
}

Value ByteReader::ReadValue() {
  const std::uint8_t tag = Byte();
  if (tag != kList) return ReadScalar(tag);
  List list;
  const std::uint64_t count = Count();
  list.reserve(count);
  for (std::uint64_t i = 0; i < count && ok_; ++i) list.push_back(ReadScalar(Byte()));
  return list;
}

Value ByteReader::ReadScalar(std::uint8_t tag) {
  switch (tag) {
    case kFalse:
      return false;
    case kTrue:
      return true;
    case kInteger:
      return Signed();
    case kFloat:
      return std::bit_cast<double>(BigEndian(8));
    case kString:
      return Bytes(Varint());
    case kDate:
      return Date{Signed()};
    case kPartialDate:
      return ReadPartialDate();
    case kInterval:
      return ReadInterval();
    default:
      Fail();
      return {};
  }
}

std::optional<Interval> ByteReader::ReadIntervalValue() {
  if (rest_.empty() || static_cast<std::uint8_t>(rest_.front()) != kInterval) return std::nullopt;
  Byte();
  return ReadInterval();
}

void ByteReader::SkipValue() {
  const std::uint8_t tag = Byte();
  if (tag != kList) return SkipScalar(tag);
  for (std::uint64_t count = Count(); count > 0 && ok_; --count) SkipScalar(Byte());
}

void ByteReader::SkipScalar(std::uint8_t tag) {
  switch (tag) {
    case kFalse:
    case kTrue:
      return;
    case kInteger:
    case kDate:
      Varint();
      return;
    case kFloat:
      Bytes(8);
      return;
    case kString:
      Bytes(Varint());
      return;
    case kPartialDate:
      ReadPartialDate();
      return;
    case kInterval:
      ReadInterval();
      return;
    default:
      Fail();
  }
}

}  // namespace plenum::storage
