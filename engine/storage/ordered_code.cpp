// The `ordered` form of values (key_layout.h): bytes that sort as the values do.
//
// Numbers are the hard part: integers and floats share one order, 2^53 + 1 has no float of its own, and 1 must be 1.0.
// Rounding to the nearest float never reverses an order, so the float comes first and what was rounded away second.
#include <bit>
#include <cassert>
#include <cmath>
#include <limits>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::storage {
namespace {

enum Rank : std::uint8_t {
  kList = 0x10,
  kInterval = 0x20,
  kPartialDate = 0x30,
  kString = 0x40,
  kBoolean = 0x50,
  kNumber = 0x60,
  kNotANumber = 0x61,
};

constexpr std::uint64_t kSignBit = std::uint64_t{1} << 63;

void AppendByte(std::string& out, unsigned byte) { out.push_back(static_cast<char>(byte)); }

void AppendDay(std::string& out, std::int64_t day) {
  AppendBigEndian(out, static_cast<std::uint64_t>(day) ^ kSignBit, 8);
}

void AppendBounds(std::string& out, const PartialDate& date) {
  AppendByte(out, date.earliest ? 0x01 : 0x00);
  if (date.earliest) AppendDay(out, *date.earliest);
  AppendByte(out, date.latest ? 0x01 : 0x02);
  if (date.latest) AppendDay(out, *date.latest);
}

void AppendEnds(std::string& out, const Interval& interval) {
  AppendByte(out, interval.from ? 0x01 : 0x00);
  if (interval.from) AppendBounds(out, *interval.from);
  AppendByte(out, interval.until ? 0x01 : 0x02);
  if (interval.until) AppendBounds(out, *interval.until);
}

void AppendString(std::string& out, std::string_view text) {
  for (const char byte : text) {
    out.push_back(byte);
    if (byte == '\0') AppendByte(out, 0xFF);
  }
  AppendByte(out, 0x00);
  AppendByte(out, 0x01);
}

void AppendNumber(std::string& out, double nearest, int excess) {
  const auto bits = std::bit_cast<std::uint64_t>(nearest + 0.0);  // + 0.0: minus zero is zero
  AppendByte(out, kNumber);
  AppendBigEndian(out, (bits & kSignBit) != 0 ? ~bits : bits ^ kSignBit, 8);
  AppendBigEndian(out, static_cast<std::uint64_t>(0x8000 + excess), 2);
}

// Doubles near 2^63 are 1024 apart, so the excess is within 512 either way.
void AppendInteger(std::string& out, std::int64_t integer) {
  constexpr double kTwoTo63 = 9223372036854775808.0;
  const auto nearest = static_cast<double>(integer);
  if (nearest == kTwoTo63) {  // rounded up past the largest integer
    return AppendNumber(out, nearest, static_cast<int>(integer - std::numeric_limits<std::int64_t>::max()) - 1);
  }
  AppendNumber(out, nearest, static_cast<int>(integer - static_cast<std::int64_t>(nearest)));
}

}  // namespace

void AppendOrdered(std::string& out, const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kList:
      AppendByte(out, kList);
      for (const Value& element : value.list()) {
        AppendByte(out, 0x01);
        AppendOrdered(out, element);
      }
      return AppendByte(out, 0x00);
    case Value::Kind::kInterval:
      return AppendByte(out, kInterval), AppendEnds(out, value.interval());
    case Value::Kind::kPartialDate:
      return AppendByte(out, kPartialDate), AppendBounds(out, value.partial_date());
    case Value::Kind::kDate:
      return AppendByte(out, kPartialDate), AppendBounds(out, {value.date().day, value.date().day});
    case Value::Kind::kString:
      return AppendByte(out, kString), AppendString(out, value.string());
    case Value::Kind::kBoolean:
      return AppendByte(out, kBoolean), AppendByte(out, value.boolean() ? 0x01 : 0x00);
    case Value::Kind::kInteger:
      return AppendInteger(out, value.integer());
    case Value::Kind::kFloat:
      return std::isnan(value.real()) ? AppendByte(out, kNotANumber) : AppendNumber(out, value.real(), 0);
    default:
      assert(false && "AppendOrdered of a value that is not storable");
  }
}

}  // namespace plenum::storage
