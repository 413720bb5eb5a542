// Row maps: their bytes, and that they agree with a plain map through every fold.
#include "engine/storage/row_map.h"

#include <gtest/gtest.h>

#include <map>
#include <set>
#include <utility>
#include <vector>

#include "tests/storage/damage.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

struct Model {
  std::map<std::pair<std::uint32_t, std::uint16_t>, Value> values;
  std::set<std::uint16_t> columns;
};

std::string Encode(const Model& model) {
  RowMapBuilder builder;
  for (const std::uint16_t property : model.columns) builder.AddColumn(property);
  for (const auto& [place, value] : model.values) builder.AddValue(place.first, place.second, value);
  return builder.Finish();
}

std::string Exactly(const Value& value) {
  std::string cell;
  AppendCell(cell, value);
  return cell;
}

Value AnyValue(RandomValues& random) { return random.Below(20) == 0 ? Value(std::string(1025, 'x')) : random.Any(); }

std::uint16_t AnyProperty(RandomValues& random) {
  constexpr std::uint16_t kEdges[] = {0xFFFF, 0xFFFE, 0};
  return random.Below(4) == 0 ? kEdges[random.Below(3)] : static_cast<std::uint16_t>(random.Below(12));
}

void ExpectHolds(std::string_view bytes, const Model& model) {
  const auto map = RowMap::Decode(bytes);
  ASSERT_NE(map, nullptr);
  ASSERT_EQ(map->size(), model.values.size());
  EXPECT_EQ(std::set<std::uint16_t>(map->columns().begin(), map->columns().end()), model.columns);
  std::map<std::uint16_t, std::uint32_t> counts;
  for (const auto& [place, value] : model.values) {
    const auto& [slot, property] = place;
    ASSERT_EQ(map->IsLong(slot, property), IsLongString(value));
    ASSERT_EQ(Hex(map->CellAt(slot, property)), Hex(Exactly(value)));
    ASSERT_TRUE(map->HasAny(slot));
    ++counts[property];
  }
  for (const auto& [property, count] : counts) {
    EXPECT_EQ(map->CountOf(property), count);
    std::uint32_t visited = 0;
    map->ForEachOfProperty(property, [&, number = property](std::uint32_t slot, std::string_view cell) {
      ++visited;
      EXPECT_EQ(cell, Exactly(model.values.at({slot, number})));
    });
    EXPECT_EQ(visited, count);
  }
  auto next = model.values.begin();
  map->ForEach([&](std::uint32_t slot, std::uint16_t property, std::string_view cell) {
    ASSERT_EQ(next->first, std::pair(slot, property));
    EXPECT_EQ(cell, Exactly(next++->second));
  });
}

TEST(RowMap, GoldenBytes) {
  EXPECT_EQ(Hex(RowMapBuilder().Finish()), "01 00");
  RowMapBuilder builder;
  builder.AddColumn(2);
  builder.AddColumn(0xFFFF);
  builder.AddValue(0, 1, "Wu Yan");
  builder.AddValue(0, 3, Date{1});
  builder.AddValue(200, 1, std::string(2000, 'x'));
  EXPECT_EQ(Hex(builder.Finish()), "01 02 02 FC FF 03 00 02 01 05 06 57 75 20 59 61 6E 01 06 02 C7 01 01 01 0A");
  std::string operands;
  AppendRowSet(operands, 200, 3, true);
  AppendRowSet(operands, 1, 0xFFFF, {});
  AppendHasColumn(operands, 300);
  EXPECT_EQ(Hex(operands), "01 00 C8 01 03 02 01 00 01 FF FF 03 00 01 01 AC 02");
}

TEST(RowMap, LooksUpWhatIsThereAndWhatIsNot) {
  Model model;
  model.values = {{{1, 4}, 7}, {{1, 9}, "x"}, {{4095, 0xFFFF}, true}};
  model.columns = {5, 8};
  const auto map = RowMap::Decode(Encode(model));
  ASSERT_NE(map, nullptr);
  EXPECT_TRUE(map->HasColumn(8));
  EXPECT_FALSE(map->HasColumn(4));
  EXPECT_EQ(map->ValueAt(1, 4).integer(), 7);
  EXPECT_EQ(map->ValueAt(4095, 0xFFFF).boolean(), true);
  for (const auto& [slot, property] : {std::pair{1, 5}, {0, 4}, {2, 0}, {4095, 0}, {1, 0xFFFF}}) {
    EXPECT_TRUE(map->ValueAt(static_cast<std::uint32_t>(slot), static_cast<std::uint16_t>(property)).is_null());
  }
  EXPECT_FALSE(map->HasAny(0));
  EXPECT_FALSE(map->HasAny(2));
  EXPECT_TRUE(map->HasAny(4095));
  std::vector<std::uint16_t> properties;
  map->ForEachOf(1, [&](std::uint16_t property, std::string_view) { properties.push_back(property); });
  EXPECT_EQ(properties, (std::vector<std::uint16_t>{4, 9}));
}

TEST(RowMap, IntervalsAreReadWithoutAValue) {
  const Interval interval{PartialDate{3, 3}, std::nullopt};
  const auto map = RowMap::Decode(Encode({{{{1, 0xFFFF}, interval}, {{2, 0}, 1}}, {}}));
  ASSERT_NE(map, nullptr);
  EXPECT_EQ(IntervalOfCell(map->CellAt(1, 0xFFFF)), interval);
  EXPECT_EQ(IntervalOfCell(map->CellAt(2, 0)), std::nullopt);
  EXPECT_EQ(IntervalOfCell(map->CellAt(2, 0xFFFF)), std::nullopt);
}

TEST(RowMap, AFewNodesTakeAFewBytes) {
  Model model;
  for (std::uint32_t slot = 0; slot < 5; ++slot) model.values[{slot, 0}] = 1;
  EXPECT_EQ(Encode(model).size(), 2 + 5 * (2 + 1 + 2));
}

TEST(RowMap, ABuilderIsUsedAgain) {
  RowMapBuilder builder;
  for (int round = 0; round < 3; ++round) {
    EXPECT_TRUE(builder.empty());
    builder.AddColumn(3);
    builder.AddValue(9, 1, {});
    builder.AddValue(10, 1, "a");
    builder.AddValue(10, 2, "b");
    builder.AddValue(11, 0, 1.5);
    const std::string bytes = builder.Finish();
    ExpectHolds(bytes, {{{{10, 1}, "a"}, {{10, 2}, "b"}, {{11, 0}, 1.5}}, {3}});
  }
}

std::vector<std::string> RandomOperands(RandomValues& random, Model& model) {
  std::vector<std::string> groups(1);
  for (int i = random.Below(200); i > 0; --i) {
    if (random.Below(4) == 0) groups.emplace_back();
    const std::uint16_t property = AnyProperty(random);
    if (random.Below(60) == 0) {
      AppendHasColumn(groups.back(), property);
      model.columns.insert(property);
      std::erase_if(model.values, [&](const auto& entry) { return entry.first.second == property; });
      continue;
    }
    const auto slot = static_cast<std::uint32_t>(random.Below(random.Below(2) == 0 ? 4096 : 8));
    const Value value = random.Below(4) == 0 ? Value() : AnyValue(random);
    AppendRowSet(groups.back(), slot, property, value);
    model.values[{slot, property}] = value;
    if (value.is_null()) model.values.erase({slot, property});
  }
  return groups;
}

TEST(RowMapFold, AgreesWithAModel) {
  RandomValues random(31);
  for (int graph = 0; graph < 20; ++graph) {
    Model model;
    std::optional<std::string> map;
    for (int round = 0; round < 10; ++round) {
      const std::vector<std::string> groups = RandomOperands(random, model);
      const std::vector<std::string_view> operands(groups.begin(), groups.end());
      map = FoldRowMap(map, operands);
      ASSERT_TRUE(map.has_value());
      ExpectHolds(*map, model);
      EXPECT_EQ(*map, Encode(model));
    }
  }
}

TEST(RowMapFold, DamageIsReportedOrReadWithinItsBounds) {
  RandomValues random(32);
  for (int round = 0; round < 20; ++round) {
    Model model;
    const std::vector<std::string> groups = RandomOperands(random, model);
    std::string operands;
    for (const std::string& group : groups) operands += group;
    const std::string map = Encode(model);
    ForEachDamage(map, 200, random, [&](std::string_view damaged) {
      if (const auto read = RowMap::Decode(damaged)) {
        read->ForEach([&](std::uint32_t slot, std::uint16_t property, std::string_view) {
          EXPECT_LT(slot, 4096U);
          read->ValueAt(slot, property);
        });
      }
    });
    ForEachDamage(operands, 200, random, [&](std::string_view damaged) {
      const std::string_view some[] = {damaged};
      const auto folded = FoldRowMap(map, some);
      if (folded) {
        EXPECT_NE(RowMap::Decode(*folded), nullptr);
      }
    });
  }
  EXPECT_EQ(RowMap::Decode(""), nullptr);
  EXPECT_EQ(RowMap::Decode("\x02"), nullptr);
  EXPECT_FALSE(FoldRowMap("\x02", {}).has_value());
}

}  // namespace
}  // namespace plenum::storage
