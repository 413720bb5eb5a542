// The total order of ORDER BY: the one openCypher gives, a strict weak order, and a hash that agrees with it.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <random>

#include "plenum/value.h"

namespace plenum {
namespace {

Value NodeOf(std::uint32_t id) { return Node{.id = {id}, .labels = {}, .properties = {}}; }
Relationship RelationshipOf(std::uint64_t id) {
  return {.id = {id}, .type = "T", .start = {1}, .end = {2}, .properties = {}};
}
Value PathOf(std::vector<std::uint32_t> nodes, std::vector<std::uint64_t> relationships) {
  Path path;
  for (const auto id : nodes) path.nodes.push_back({.id = {id}, .labels = {}, .properties = {}});
  for (const auto id : relationships) path.relationships.push_back(RelationshipOf(id));
  return path;
}
Value Partial(std::string_view text) { return *ParsePartialDate(text); }
Value IntervalOf(const char* from, const char* until) {
  Interval interval;
  if (from != nullptr) interval.from = *ParsePartialDate(from);
  if (until != nullptr) interval.until = *ParsePartialDate(until);
  return interval;
}

// In order; each is greater than those before it.
const std::vector<Value>& Ascending() {
  static const std::vector<Value> kValues = {
      Map{},
      Map{{"a", 1}},
      Map{{"a", 2}},
      Map{{"a", {}}},
      Map{{"b", 0}},
      Map{{"a", 0}, {"b", 0}},
      NodeOf(1),
      NodeOf(2),
      RelationshipOf(1),
      RelationshipOf(std::uint64_t{1} << 41),
      List{},
      List{"a"},
      List{"a", 1},
      List{1},
      List{1, "a"},
      List{1, Value()},
      List{Value(), 1},
      List{Value(), 2},
      PathOf({1}, {}),
      PathOf({1, 2}, {1}),
      PathOf({1, 2}, {2}),
      PathOf({2}, {}),
      IntervalOf(nullptr, "2019"),
      IntervalOf(nullptr, nullptr),
      IntervalOf("..", "2019"),
      IntervalOf("2019", "2019-06"),
      IntervalOf("2019", "2020"),
      IntervalOf("2019", "2020/.."),
      IntervalOf("2019", nullptr),
      IntervalOf("2020", "2021"),
      Partial("../2019"),
      Partial(".."),
      Date{-1000000000},
      Date{0},
      Partial("1970"),
      Partial("1970/.."),
      Date{1},
      "",
      " ",
      ".*",
      "one",
      "é",
      "中",
      "😀",
      false,
      true,
      -std::numeric_limits<double>::infinity(),
      Value(std::numeric_limits<std::int64_t>::min()),
      -2.5,
      -2,
      0,
      std::numeric_limits<double>::denorm_min(),
      1,
      1.5,
      0x1p53,
      Value((std::int64_t{1} << 53) + 1),
      Value(std::numeric_limits<std::int64_t>::max()),
      0x1p63,
      std::numeric_limits<double>::infinity(),
      std::nan(""),
      Value(),
  };
  return kValues;
}

TEST(OrderTest, IsTheOneOfOpenCypher) {
  const std::vector<Value>& values = Ascending();
  for (std::size_t i = 0; i < values.size(); ++i) {
    for (std::size_t j = 0; j < values.size(); ++j) {
      EXPECT_EQ(Order(values[i], values[j]), i <=> j) << ToText(values[i]) << " and " << ToText(values[j]);
    }
  }
}

TEST(OrderTest, SortsBackWhatWasShuffled) {
  std::vector<Value> shuffled = Ascending();
  std::mt19937 random(7);
  std::ranges::shuffle(shuffled, random);
  std::ranges::sort(shuffled, [](const Value& a, const Value& b) { return Order(a, b) < 0; });
  for (std::size_t i = 0; i < shuffled.size(); ++i)
    EXPECT_EQ(Order(shuffled[i], Ascending()[i]), std::strong_ordering::equal);
}

TEST(OrderTest, GroupsWhatIsTheSame) {
  const std::vector<std::pair<Value, Value>> same = {
      {1, 1.0},
      {0, -0.0},
      {Value(std::numeric_limits<std::int64_t>::min()), -0x1p63},
      {std::nan(""), -std::nan("1")},
      {Value(), Value()},
      {List{1, Value(), std::nan("")}, List{1.0, Value(), std::nan("")}},
      {Map{{"a", 1}, {"b", Value()}}, Map{{"b", Value()}, {"a", 1.0}}},
      {Partial("2019"), Partial("2019-01/2019-12")},
      {Partial("1970-01-01"), Date{0}},
      {IntervalOf("2019", nullptr), IntervalOf("2019-01/2019-12", nullptr)},
      {NodeOf(3), Value(Node{.id = {3}, .labels = {"A"}, .properties = {}})},
      {PathOf({1, 2}, {5}), PathOf({1, 2}, {5})},
  };
  for (const auto& [a, b] : same) {
    EXPECT_EQ(Order(a, b), std::strong_ordering::equal) << ToText(a) << " and " << ToText(b);
    EXPECT_EQ(HashOf(a), HashOf(b)) << ToText(a) << " and " << ToText(b);
  }
}

TEST(HashTest, TellsValuesApart) {
  std::vector<std::size_t> hashes;
  for (const Value& value : Ascending()) hashes.push_back(HashOf(value));
  for (int i = 0; i < 100'000; ++i) hashes.push_back(HashOf(Value(i + 1'000'000)));
  std::ranges::sort(hashes);
  EXPECT_EQ(std::ranges::adjacent_find(hashes), hashes.end());
  EXPECT_NE(HashOf(List{List{}, 1}), HashOf(List{1, List{}}));
}

// Equality, where it is known, and the equivalence of groups must not contradict each other, except for NaN.
TEST(OrderTest, AgreesWithEqualAndLess) {
  for (const Value& a : Ascending()) {
    for (const Value& b : Ascending()) {
      SCOPED_TRACE(ToText(a) + " and " + ToText(b));
      const auto equal = Equal(a, b);
      const bool is_nan = a.kind() == Value::Kind::kFloat && std::isnan(a.real());
      if (equal && !is_nan) {
        EXPECT_EQ(Order(a, b) == 0, *equal);
      }
      if (Less(a, b) == true) {
        EXPECT_EQ(Order(a, b), std::strong_ordering::less);
      }
    }
  }
}

}  // namespace
}  // namespace plenum
