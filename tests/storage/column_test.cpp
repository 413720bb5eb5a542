// Columns: their bytes, and that what goes in comes out, in every form, exactly.
#include "engine/storage/column.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <vector>

#include "engine/storage/column_builder.h"
#include "tests/storage/column_forms.h"
#include "tests/storage/damage.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

ColumnKind KindOf(std::string_view bytes) { return ZoneOf(bytes)->kind; }

TEST(Column, GoldenBytes) {
  EXPECT_EQ(Hex(EncodeColumn({})), "01 09 00 00 00");
  EXPECT_EQ(Hex(EncodeColumn(Values{7, 5, 8})), "01 01 03 0A 03 00 00 02 32");
  EXPECT_EQ(Hex(EncodeColumn(Values{{}, Date{1}, {}, Date{1}})), "01 03 02 02 00 02 01 01 00");
  EXPECT_EQ(Hex(EncodeColumn(Values{-0.5, 2.0})),
            "01 05 02 01 BF E0 00 00 00 00 00 00 40 00 00 00 00 00 00 00 00 00 "
            "00 00 00 00 00 00 E0 BF 00 00 00 00 00 00 00 40");
  EXPECT_EQ(Hex(EncodeColumn(Values{{}, true, false, true})), "01 06 03 00 01 01 05");
  EXPECT_EQ(Hex(EncodeColumn(Values{"b", "a"})), "01 08 02 03 01 61 01 62 00 00 00 01 03 62 61");
  EXPECT_EQ(Hex(EncodeColumn(Values{1, 1.0, "x"})), "01 09 03 00 00 03 02 04 3F F0 00 00 00 00 00 00 05 01 78");
  EXPECT_EQ(Hex(EncodeColumn(Values{std::string(1025, 'x'), "a"})), "01 08 02 00 00 00 01 00 01 02 61");
}

TEST(Column, GoldenBytesOfDeltasAndDictionary) {
  Values sequence;
  for (int i = 0; i < 4096; ++i) sequence.push_back(1'000'000 + i);
  EXPECT_EQ(Hex(EncodeColumn(sequence)), "01 02 80 20 80 89 7A FF 1F 00 00 00 02 00");
  Values texts;
  for (int i = 0; i < 8; ++i) texts.push_back(i % 2 == 0 ? "Wuhan city" : "Beijing");
  EXPECT_EQ(Hex(EncodeColumn(texts)),
            "01 07 08 03 07 42 65 69 6A 69 6E 67 0A 57 75 68 61 6E 20 63 69 74 79 00 00 00 "
            "02 04 A7 42 65 69 6A 69 6E 67 57 75 68 61 6E 20 63 69 74 79 01 55");
}

TEST(Column, GoldenBytesOfIntervals) {
  const Interval exact{PartialDate{10, 10}, std::nullopt};
  EXPECT_EQ(Hex(EncodeColumn(Values{exact, Interval{}})), "01 0A 02 00 00 14 00 00 02 02 01 03");
  const Interval partial{PartialDate{8, 10}, PartialDate{12, std::nullopt}};
  EXPECT_EQ(Hex(EncodeColumn(Values{exact, partial})), "01 0A 02 00 00 10 04 03 03 24 03 14 03 31 01 03");
}

TEST(Column, IntervalsThatTheLanesCannotHoldAreMixed) {
  const Interval good{PartialDate{1, 1}, std::nullopt};
  const Interval empty{PartialDate{5, 5}, PartialDate{5, 5}};
  const Interval far{PartialDate{std::numeric_limits<std::int64_t>::min(), 0}, std::nullopt};
  for (const Interval& other : {empty, far}) {
    const Values values{good, other, good};
    const std::string bytes = EncodeColumn(values);
    EXPECT_EQ(KindOf(bytes), ColumnKind::kMixed);
    ExpectHolds(bytes, values);
  }
}

TEST(Column, AWholeBlockOfEqualValuesTakesAFewBytes) {
  EXPECT_LT(EncodeColumn(Values(4096, Date{19'000})).size(), 16U);
  EXPECT_LT(EncodeColumn(Values(4096, "the same for all of them")).size(), 100U);
  EXPECT_LT(EncodeColumn(Values(4096, true)).size(), 600U);
}

// ---- Every form

TEST(Column, EveryFormComesBackExactly) {
  RandomValues random(11);
  for (const Form& form : kForms) {
    for (int shape = 0; shape < 4; ++shape) {
      SCOPED_TRACE(std::string(form.name) + ", shape " + std::to_string(shape));
      const Values values = RandomColumn(form, random, shape);
      const std::string bytes = EncodeColumn(values);
      ExpectHolds(bytes, values);
      if (shape != 3) {  // a few values may pay no dictionary
        EXPECT_EQ(KindOf(bytes), form.kind);
      }
    }
  }
}

TEST(Column, RandomMixesComeBackExactly) {
  RandomValues random(12);
  for (int round = 0; round < 60; ++round) {
    Values values(static_cast<std::size_t>(random.Below(round % 2 == 0 ? 4097 : 70)));
    for (Value& value : values) {
      if (random.Below(3) == 0) continue;
      value = round % 3 == 0 && random.Below(50) == 0 ? Value(std::string(2000, 'l')) : random.Any();
    }
    ExpectHolds(EncodeColumn(values), values);
  }
}

TEST(Column, OneOtherValueMakesItMixedAndLosesNothing) {
  RandomValues random(13);
  for (const Form& form : kForms) {
    SCOPED_TRACE(form.name);
    Values values = RandomColumn(form, random, 2);
    values[3000] = List{1, 2.0};
    const std::string bytes = EncodeColumn(values);
    EXPECT_EQ(KindOf(bytes), ColumnKind::kMixed);
    ExpectHolds(bytes, values);
  }
}

TEST(Column, TypedAccessAgreesWithValues) {
  RandomValues random(14);
  for (const Form& form : kForms) {
    SCOPED_TRACE(form.name);
    const Values values = RandomColumn(form, random, 2);
    const auto column = Column::Decode(EncodeColumn(values));
    ASSERT_NE(column, nullptr);
    EXPECT_GT(column->bytes(), sizeof(Column));
    for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
      const Value& value = values[slot];
      if (value.is_null() || IsLongString(value)) continue;
      if (column->kind() == ColumnKind::kIntegers) {
        ASSERT_EQ(column->NumberAt(slot), value.integer());
      }
      if (column->kind() == ColumnKind::kDates) {
        ASSERT_EQ(column->NumberAt(slot), value.date().day);
      }
      if (column->kind() == ColumnKind::kBooleans) {
        ASSERT_EQ(column->BooleanAt(slot), value.boolean());
      }
      if (value.kind() == Value::Kind::kString) {
        ASSERT_EQ(column->TextAt(slot), value.string());
      }
      if (column->kind() == ColumnKind::kDictionary) {
        ASSERT_EQ(column->LowerCode(value.string()), column->CodeAt(slot));
        ASSERT_EQ(column->DictionaryText(column->CodeAt(slot)), value.string());
      }
    }
  }
}

TEST(Column, ABuilderIsUsedAgain) {
  RandomValues random(15);
  ColumnBuilder builder;
  for (const Form& form : kForms) {
    const Values values = RandomColumn(form, random, 3);
    for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) builder.AddValue(slot, values[slot]);
    EXPECT_EQ(builder.Finish(), EncodeColumn(values)) << form.name;
    EXPECT_EQ(builder.count(), 0U);
  }
}

// ---- Zones

TEST(Column, ZonesBoundTheValues) {
  RandomValues random(16);
  for (const Form& form : kForms) {
    SCOPED_TRACE(form.name);
    const Values values = RandomColumn(form, random, 2);
    const std::optional<ColumnZone> zone = ZoneOf(EncodeColumn(values));
    ASSERT_TRUE(zone.has_value());
    const bool has_long = std::any_of(values.begin(), values.end(), [](const Value& v) { return IsLongString(v); });
    EXPECT_EQ(zone->least.is_null(),
              has_long || zone->kind == ColumnKind::kBooleans || zone->kind == ColumnKind::kIntervals);
    bool has_least = false;
    bool has_greatest = false;
    for (const Value& value : values) {
      if (value.is_null() || zone->least.is_null()) continue;
      if (value.kind() == Value::Kind::kFloat && std::isnan(value.real())) {
        EXPECT_TRUE(zone->has_nan);
        continue;
      }
      ASSERT_TRUE(Order(value, zone->least) >= 0) << ToText(value);
      ASSERT_TRUE(Order(value, zone->greatest) <= 0) << ToText(value);
      has_least = has_least || Order(value, zone->least) == 0;
      has_greatest = has_greatest || Order(value, zone->greatest) == 0;
    }
    if (zone->exact) {
      EXPECT_TRUE(has_least && has_greatest);
    }
  }
}

TEST(Column, ALongTextsZoneIsCutAboveIt) {
  const std::string text(200, 'k');
  const ColumnZone zone = *ZoneOf(EncodeColumn(Values{text, "z" + text}));
  EXPECT_FALSE(zone.exact);
  EXPECT_EQ(zone.least.string(), std::string(32, 'k'));
  EXPECT_EQ(zone.greatest.string(), "z" + std::string(30, 'k') + "l");
}

TEST(Column, OnlyNanHasNoBounds) {
  const ColumnZone zone = *ZoneOf(EncodeColumn(Values{std::nan("")}));
  EXPECT_TRUE(zone.least.is_null());
  EXPECT_TRUE(zone.has_nan);
}

// ---- Damage

// All that a reader of a column might do.
void UseAll(const Column& column) {
  for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) column.ValueAt(slot);
  std::array<std::uint64_t, kBlockWords> selection;
  selection.fill(~std::uint64_t{0});
  switch (column.kind()) {
    case ColumnKind::kIntegers:
    case ColumnKind::kDates:
      return column.FilterRange(std::int64_t{0}, std::int64_t{1} << 40, selection.data());
    case ColumnKind::kFloats:
      return column.FilterRange(0.0, 1e9, selection.data());
    case ColumnKind::kBooleans:
      return column.FilterBoolean(true, selection.data());
    case ColumnKind::kDictionary:
    case ColumnKind::kStrings:
      return column.FilterEqual("city number 3", selection.data());
    case ColumnKind::kIntervals:
      column.FilterHoldsPossibly(0, 100, selection.data());
      return column.FilterHoldsCertainly(0, 100, selection.data());
    case ColumnKind::kMixed:
      return;
  }
}

TEST(Column, DamagedBytesAreRefusedOrReadWithinTheirBounds) {
  RandomValues random(17);
  for (const Form& form : kForms) {
    SCOPED_TRACE(form.name);
    for (int shape = 1; shape < 4; ++shape) {
      Values values = RandomColumn(form, random, shape);
      if (shape == 1) values[0] = random.Any();
      const std::string bytes = EncodeColumn(values);
      ForEachDamage(bytes, 60, random, [&](std::string_view damaged) {
        ZoneOf(damaged);
        const auto column = Column::Decode(damaged);
        if (damaged.size() < bytes.size()) {
          EXPECT_EQ(column, nullptr);
        }
        if (column != nullptr) UseAll(*column);
      });
      EXPECT_EQ(Column::Decode(bytes + "x"), nullptr);
    }
  }
}

}  // namespace
}  // namespace plenum::storage
