// Values for each form of a column, and the check that a column holds exactly what it was made of.
#pragma once

#include <gtest/gtest.h>

#include <bit>
#include <cmath>
#include <functional>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/column.h"
#include "engine/storage/column_builder.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {

using Values = std::vector<Value>;

// As the bytes tell values apart: 1 from 1.0, 0.0 from -0.0, one NaN from another.
inline std::string Exactly(const Value& value) {
  std::string cell;
  AppendCell(cell, value);
  return cell;
}

inline void ExpectHolds(std::string_view bytes, const Values& values) {
  const auto column = Column::Decode(bytes);
  ASSERT_NE(column, nullptr);
  std::uint32_t count = 0;
  for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
    const Value value = slot < values.size() ? values[slot] : Value();
    count += value.is_null() ? 0 : 1;
    ASSERT_EQ(column->Has(slot), !value.is_null()) << slot;
    ASSERT_EQ(column->IsLong(slot), IsLongString(value)) << slot;
    ASSERT_EQ(Hex(Exactly(column->ValueAt(slot))), Hex(IsLongString(value) ? Exactly({}) : Exactly(value))) << slot;
  }
  EXPECT_EQ(column->count(), count);
  EXPECT_EQ(ZoneOf(bytes)->count, count);
}

struct Form {
  const char* name;
  ColumnKind kind;
  std::function<Value(RandomValues&, int slot)> value;
};

inline std::int64_t AnyInteger(RandomValues& random) {
  std::uint64_t bits = 0;
  for (int i = 0; i < 8; ++i) bits = bits << 8 | static_cast<std::uint64_t>(random.Below(256));
  return static_cast<std::int64_t>(bits >> random.Below(64));
}

inline std::string AnyText(RandomValues& random, int length_max) {
  std::string text;
  for (int i = random.Below(length_max + 1); i > 0; --i) text += static_cast<char>('a' + random.Below(26));
  return text;
}

inline Value AnyFloat(RandomValues& random) {
  switch (random.Below(8)) {
    case 0:
      return -0.0;
    case 1:
      return std::bit_cast<double>(0x7FF8'0000'0000'1234U);  // a NaN that says something
    case 2:
      return std::numeric_limits<double>::infinity();
    default:
      return std::bit_cast<double>(AnyInteger(random));
  }
}

// One that holds on some day: exact ends, partial ones, unknown ones, or none.
inline Interval AnyInterval(RandomValues& random, bool exact) {
  const std::int64_t from = 100 * random.Below(80);
  const auto end = [&](std::int64_t day) -> std::optional<PartialDate> {
    if (random.Below(3) == 0) return std::nullopt;
    if (exact || random.Below(2) == 0) return PartialDate{day, day};
    PartialDate date{day - random.Below(40), day + random.Below(40)};
    if (random.Below(4) == 0) date.earliest.reset();
    if (random.Below(4) == 0) date.latest.reset();
    return date;
  };
  const std::optional<PartialDate> begin = end(from);
  return {begin, end(from + 1 + 10 * random.Below(9))};
}

inline const Form kForms[] = {
    {"bytes", ColumnKind::kIntegers, [](auto& random, int) -> Value { return random.Below(256) - 128; }},
    {"thousands", ColumnKind::kIntegers, [](auto& random, int) -> Value { return random.Below(40'000); }},
    {"millions", ColumnKind::kIntegers, [](auto& random, int) -> Value { return random.Below(50'000'000) - 5; }},
    {"any integers", ColumnKind::kIntegers, [](auto& random, int) -> Value { return AnyInteger(random); }},
    {"sequence", ColumnKind::kIntegers, [](auto&, int slot) -> Value { return 7 * slot - 100; }},
    {"ascending", ColumnKind::kIntegers, [](auto& random, int slot) -> Value { return 1000 * slot + random.Below(9); }},
    {"edges", ColumnKind::kIntegers,
     [](auto& random, int) -> Value {
       return random.Below(2) == 0 ? std::numeric_limits<std::int64_t>::min()
                                   : std::numeric_limits<std::int64_t>::max();
     }},
    {"dates", ColumnKind::kDates, [](auto& random, int) -> Value { return Date{15'000 + random.Below(8000)}; }},
    {"floats", ColumnKind::kFloats, [](auto& random, int) { return AnyFloat(random); }},
    {"exact intervals", ColumnKind::kIntervals, [](auto& random, int) -> Value { return AnyInterval(random, true); }},
    {"partial intervals", ColumnKind::kIntervals,
     [](auto& random, int) -> Value { return AnyInterval(random, false); }},
    {"booleans", ColumnKind::kBooleans, [](auto& random, int) -> Value { return random.Below(3) == 0; }},
    {"dictionary", ColumnKind::kDictionary,
     [](auto& random, int) -> Value { return "city number " + std::to_string(random.Below(9)); }},
    {"names", ColumnKind::kStrings, [](auto& random, int) -> Value { return AnyText(random, 40); }},
    {"edges of long", ColumnKind::kStrings,
     [](auto& random, int) -> Value { return AnyText(random, 9) + std::string(1011 + random.Below(5), 'x'); }},
    {"long texts", ColumnKind::kStrings,
     [](auto& random, int) -> Value {
       return random.Below(3) == 0 ? AnyText(random, 20) + std::string(1025, 'x') : AnyText(random, 20);
     }},
};

// Slots with values: all, some from the start, some anywhere, a few.
inline bool IsThere(RandomValues& random, int shape, int slot) {
  switch (shape) {
    case 0:
      return true;
    case 1:
      return slot >= 70 && slot < 1500;
    case 2:
      return random.Below(2) == 0;
    default:
      return slot % 4095 == 0 || random.Below(40) == 0;
  }
}

inline Values RandomColumn(const Form& form, RandomValues& random, int shape) {
  Values values(kBlockSlots);
  for (int slot = 0; slot < 4096; ++slot) {
    if (IsThere(random, shape, slot)) values[static_cast<std::size_t>(slot)] = form.value(random, slot);
  }
  return values;
}

}  // namespace plenum::storage
