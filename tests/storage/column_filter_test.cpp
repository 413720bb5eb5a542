// Filters over columns against their plain twins, and against looking at each value.
#include "engine/storage/column_filter.h"

#include <gtest/gtest.h>

#include <array>
#include <cmath>
#include <limits>
#include <random>
#include <vector>

#include "engine/storage/column.h"
#include "engine/storage/column_builder.h"
#include "tests/storage/column_forms.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

using Selection = std::array<std::uint64_t, kBlockWords>;

Selection RandomSelection(std::mt19937_64& random) {
  Selection selection;
  for (std::uint64_t& word : selection) word = random() % 4 == 0 ? random() % 2 * ~std::uint64_t{0} : random();
  return selection;
}

template <class T>
class LaneFilter : public testing::Test {};
using LaneTypes = testing::Types<std::uint8_t, std::uint16_t, std::uint32_t, std::uint64_t>;
TYPED_TEST_SUITE(LaneFilter, LaneTypes);

TYPED_TEST(LaneFilter, AgreesWithItsTwin) {
  std::mt19937_64 random(21);
  const auto any = [&] { return static_cast<TypeParam>(random() >> random() % 64); };
  for (int round = 0; round < 300; ++round) {
    std::vector<TypeParam> lane(kBlockSlots);
    for (TypeParam& number : lane) number = any();
    const TypeParam least = round % 5 == 0 ? TypeParam{0} : round % 5 == 1 ? lane[7] : any();
    const auto span = static_cast<TypeParam>(std::numeric_limits<TypeParam>::max() - least);
    const auto within = round % 3 == 0 ? span : static_cast<TypeParam>(any() % (span / 2 + 1));
    Selection fast = RandomSelection(random);
    Selection plain = fast;
    FilterLane<TypeParam>(lane.data(), least, within, fast);
    FilterLanePlainly<TypeParam>(lane.data(), least, within, plain);
    ASSERT_EQ(fast, plain);
  }
}

TEST(FloatFilter, AgreesWithItsTwin) {
  std::mt19937_64 random(22);
  constexpr double kInfinity = std::numeric_limits<double>::infinity();
  constexpr double kNan = std::numeric_limits<double>::quiet_NaN();
  const double edges[] = {0.0, -0.0, kNan, kInfinity, -kInfinity, 5e-324, 1.0, -1.0};
  const auto any = [&] {
    return random() % 3 == 0 ? edges[random() % 8] : static_cast<double>(static_cast<std::int64_t>(random())) * 1e-18;
  };
  for (int round = 0; round < 300; ++round) {
    std::vector<double> lane(kBlockSlots);
    for (double& real : lane) real = any();
    const double least = any();
    const double greatest = any();
    Selection fast = RandomSelection(random);
    Selection plain = fast;
    FilterFloats(lane.data(), least, greatest, fast);
    FilterFloatsPlainly(lane.data(), least, greatest, plain);
    ASSERT_EQ(fast, plain);
  }
}

// What a filter must leave of a selection: the slots whose value the predicate takes.
template <class Predicate>
Selection Expected(const Column& column, Selection selection, Predicate predicate) {
  for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
    const Value value = column.ValueAt(slot);
    if (value.is_null() || !predicate(value)) selection[slot / 64] &= ~(std::uint64_t{1} << (slot % 64));
  }
  return selection;
}

TEST(ColumnFilter, IntegersAndDates) {
  std::mt19937_64 random(23);
  constexpr std::int64_t kLeast = std::numeric_limits<std::int64_t>::min();
  constexpr std::int64_t kGreatest = std::numeric_limits<std::int64_t>::max();
  for (int round = 0; round < 200; ++round) {
    const bool dates = round % 2 == 0;
    const auto bits = random() % 64;
    const auto any = [&] { return static_cast<std::int64_t>(random()) >> bits; };
    ColumnBuilder builder;
    const std::uint64_t slots = 1 + random() % kBlockSlots;
    for (std::uint32_t slot = 0; slot < slots; ++slot) {
      if (random() % 4 == 0) continue;
      if (dates) builder.AddDate(slot, Date{any()});
      if (!dates) builder.AddInteger(slot, any());
    }
    if (builder.count() == 0) continue;
    const auto column = Column::Decode(builder.Finish());
    ASSERT_NE(column, nullptr);
    const std::int64_t from = random() % 5 == 0 ? kLeast : any();
    const std::int64_t to = random() % 5 == 0 ? kGreatest : random() % 2 == 0 ? from : any();
    Selection selection = RandomSelection(random);
    const Selection expected = Expected(*column, selection, [&](const Value& value) {
      const std::int64_t number = dates ? value.date().day : value.integer();
      return number >= from && number <= to;
    });
    column->FilterRange(from, to, selection.data());
    ASSERT_EQ(selection, expected) << from << " " << to;
  }
}

TEST(ColumnFilter, FloatsAndBooleans) {
  std::mt19937_64 random(24);
  for (int round = 0; round < 100; ++round) {
    ColumnBuilder floats;
    ColumnBuilder booleans;
    for (std::uint32_t slot = 0; slot < 1 + random() % kBlockSlots; ++slot) {
      if (random() % 4 == 0 && slot > 0) continue;
      floats.AddFloat(slot, random() % 9 == 0 ? std::nan("") : static_cast<double>(random() % 100) - 50);
      booleans.AddBoolean(slot, random() % 3 == 0);
    }
    const auto reals = Column::Decode(floats.Finish());
    const auto truths = Column::Decode(booleans.Finish());
    ASSERT_TRUE(reals != nullptr && truths != nullptr);
    Selection selection = RandomSelection(random);
    Selection truth_selection = selection;
    const bool wanted = round % 2 == 0;
    const Selection expected =
        Expected(*reals, selection, [](const Value& value) { return value.real() >= -10 && value.real() <= 20.5; });
    const Selection truth_expected =
        Expected(*truths, selection, [&](const Value& value) { return value.boolean() == wanted; });
    reals->FilterRange(-10.0, 20.5, selection.data());
    truths->FilterBoolean(wanted, truth_selection.data());
    ASSERT_EQ(selection, expected);
    ASSERT_EQ(truth_selection, truth_expected);
  }
}

TEST(ColumnFilter, IntervalsHoldAsTheLanguageSays) {
  std::mt19937_64 random(26);
  RandomValues values(26);
  for (int round = 0; round < 100; ++round) {
    ColumnBuilder builder;
    for (std::uint32_t slot = 0; slot < 700; ++slot) {
      if (values.Below(4) != 0) builder.AddInterval(slot, AnyInterval(values, round % 3 == 0));
    }
    const auto column = Column::Decode(builder.Finish());
    ASSERT_NE(column, nullptr);
    ASSERT_EQ(column->kind(), ColumnKind::kIntervals);
    const std::int64_t first = values.Below(9200) - 600;
    const std::int64_t last = first + (round % 2 == 0 ? 0 : values.Below(60));
    const PartialDate when{first, last};
    Selection certain = RandomSelection(random);
    Selection possible = certain;
    const Selection expected_certain =
        Expected(*column, certain, [&](const Value& value) { return HoldsCertainly(value.interval(), when); });
    const Selection expected_possible =
        Expected(*column, possible, [&](const Value& value) { return HoldsPossibly(value.interval(), when); });
    column->FilterHoldsCertainly(first, last, certain.data());
    column->FilterHoldsPossibly(first, last, possible.data());
    ASSERT_EQ(certain, expected_certain) << first << " " << last;
    ASSERT_EQ(possible, expected_possible) << first << " " << last;
  }
}

TEST(ColumnFilter, StringsWithAndWithoutADictionary) {
  std::mt19937_64 random(25);
  for (int round = 0; round < 100; ++round) {
    const std::uint64_t texts = round % 2 == 0 ? 300 : 1'000'000;
    const auto any = [&] { return "town " + std::to_string(random() % texts); };
    ColumnBuilder builder;
    for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
      if (random() % 9 == 0)
        builder.AddLongString(slot);
      else if (random() % 4 != 0)
        builder.AddText(slot, any());
    }
    const auto column = Column::Decode(builder.Finish());
    ASSERT_NE(column, nullptr);
    ASSERT_EQ(column->kind(), round % 2 == 0 ? ColumnKind::kDictionary : ColumnKind::kStrings);
    Selection selection = RandomSelection(random);
    selection[10] = ~std::uint64_t{0};
    std::string wanted = any();
    for (std::uint32_t slot = 640; slot < 704 && round % 3 != 0; ++slot) {
      if (column->Has(slot) && !column->IsLong(slot)) wanted = column->TextAt(slot);
    }
    Selection range = selection;
    const Selection expected =
        Expected(*column, selection, [&](const Value& value) { return value.string() == wanted; });
    column->FilterEqual(wanted, selection.data());
    ASSERT_EQ(selection, expected) << wanted;
    if (column->kind() != ColumnKind::kDictionary) continue;
    const Selection above = Expected(*column, range, [&](const Value& value) { return value.string() >= wanted; });
    column->FilterCodes(column->LowerCode(wanted), column->dictionary_size(), range.data());
    ASSERT_EQ(range, above);
  }
}

}  // namespace
}  // namespace plenum::storage
