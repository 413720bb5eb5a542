// `=` and `<` of the language, three-valued. Many of the cases are openCypher's own (Comparison1, Comparison2).
#include <gtest/gtest.h>

#include <cmath>
#include <limits>

#include "plenum/value.h"

namespace plenum {
namespace {

constexpr std::optional<bool> kUnknown = std::nullopt;
const Value kNull;
const double kNaN = std::nan("");

Value ListOf(std::initializer_list<Value> elements) { return List(elements); }
Value MapOf(std::initializer_list<Map::value_type> entries) { return Map(entries); }
Value Partial(std::string_view text) { return *ParsePartialDate(text); }
Value Day(std::string_view text) { return *ParseDate(text); }

std::optional<bool> GreaterOrEqual(const Value& a, const Value& b) {
  const auto less = Less(b, a);
  const auto equal = Equal(a, b);
  if (less == true || equal == true) return true;
  if (!less || !equal) return std::nullopt;
  return false;
}

TEST(EqualTest, NullIsUnknown) {
  EXPECT_EQ(Equal(kNull, kNull), kUnknown);
  EXPECT_EQ(Equal(kNull, 1), kUnknown);
  EXPECT_EQ(Equal("a", kNull), kUnknown);
}

TEST(EqualTest, NumbersCompareExactly) {
  EXPECT_EQ(Equal(1, 1.0), true);
  EXPECT_EQ(Equal(0, -0.0), true);
  const std::int64_t odd = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(Equal(Value(odd), Value(static_cast<double>(odd))), false);
  EXPECT_EQ(Equal(Value(odd - 1), 0x1p53), true);
  EXPECT_EQ(Equal(Value(std::numeric_limits<std::int64_t>::max()), 0x1p63), false);
  EXPECT_EQ(Equal(Value(std::numeric_limits<std::int64_t>::min()), -0x1p63), true);
  EXPECT_EQ(Equal(Value(std::int64_t{4611686018427387905}), Value(std::int64_t{4611686018427387900})), false);
}

TEST(EqualTest, NaNEqualsNothing) {
  EXPECT_EQ(Equal(kNaN, kNaN), false);
  EXPECT_EQ(Equal(kNaN, 1), false);
  EXPECT_EQ(Equal(kNaN, "a"), false);
  EXPECT_EQ(Equal(kNaN, kNull), kUnknown);
}

TEST(EqualTest, DifferentTypesDiffer) {
  EXPECT_EQ(Equal("1", 1), false);
  EXPECT_EQ(Equal(true, 1), false);
  EXPECT_EQ(Equal(ListOf({1}), 1), false);
  EXPECT_EQ(Equal(MapOf({}), ListOf({})), false);
}

TEST(EqualTest, Lists) {
  EXPECT_EQ(Equal(ListOf({}), ListOf({})), true);
  EXPECT_EQ(Equal(ListOf({1, 2}), ListOf({1})), false);
  EXPECT_EQ(Equal(ListOf({kNull}), ListOf({1})), kUnknown);
  EXPECT_EQ(Equal(ListOf({kNull}), ListOf({1, 2})), false);
  EXPECT_EQ(Equal(ListOf({1, kNull}), ListOf({2, kNull})), false);
  EXPECT_EQ(Equal(ListOf({kNull, 1}), ListOf({kNull, 2})), false);
  EXPECT_EQ(Equal(ListOf({"a"}), ListOf({1})), false);
  EXPECT_EQ(Equal(ListOf({ListOf({1})}), ListOf({ListOf({1}), ListOf({kNull})})), false);
  EXPECT_EQ(Equal(ListOf({ListOf({1}), ListOf({2})}), ListOf({ListOf({1}), ListOf({kNull})})), kUnknown);
  EXPECT_EQ(Equal(ListOf({ListOf({1}), ListOf({2, 3})}), ListOf({ListOf({1}), ListOf({kNull})})), false);
}

TEST(EqualTest, Maps) {
  EXPECT_EQ(Equal(MapOf({{"k", 1}}), MapOf({{"k", 1.0}})), true);
  EXPECT_EQ(Equal(MapOf({}), MapOf({{"k", kNull}})), false);
  EXPECT_EQ(Equal(MapOf({{"k", 1}}), MapOf({{"k", 1}, {"l", kNull}})), false);
  EXPECT_EQ(Equal(MapOf({{"k", kNull}}), MapOf({{"k", kNull}})), kUnknown);
  EXPECT_EQ(Equal(MapOf({{"k", 1}, {"l", kNull}}), MapOf({{"k", kNull}, {"l", 1}})), kUnknown);
  EXPECT_EQ(Equal(MapOf({{"k", 1}, {"l", kNull}}), MapOf({{"k", 2}, {"l", 1}})), false);
  EXPECT_EQ(Equal(MapOf({{"k", 1}}), MapOf({{"l", 1}})), false);
}

TEST(EqualTest, GraphElementsById) {
  const Value a = Node{.id = {1}, .labels = {"A"}, .properties = {}};
  const Value same = Node{.id = {1}, .labels = {}, .properties = {{"x", 1}}};
  EXPECT_EQ(Equal(a, same), true);
  EXPECT_EQ(Equal(a, Node{.id = {2}, .labels = {"A"}, .properties = {}}), false);
  EXPECT_EQ(Equal(a, Relationship{.id = {1}, .type = "T", .start = {}, .end = {}, .properties = {}}), false);
  EXPECT_EQ(Equal(a, 1), false);
}

TEST(EqualTest, DatesByValue) {
  EXPECT_EQ(Equal(Day("2019-06-15"), Day("2019-166")), true);
  EXPECT_EQ(Equal(Partial("2019"), Partial("2019-01/2019-12")), true);
  EXPECT_EQ(Equal(Partial("2019"), Partial("2019-06")), false);
  EXPECT_EQ(Equal(Partial("2019-06-15"), Day("2019-06-15")), true);
  EXPECT_EQ(Equal(Partial("2019-06"), Day("2019-06-01")), false);
  const Interval a{*ParsePartialDate("2019"), std::nullopt};
  EXPECT_EQ(Equal(a, a), true);
  EXPECT_EQ(Equal(a, Interval{*ParsePartialDate("2019"), PartialDate{}}), false);
  EXPECT_EQ(Equal(Interval{}, Interval{}), true);
}

TEST(LessTest, OnlyAlikeTypesCompare) {
  EXPECT_EQ(Less(1, 3.14), true);
  EXPECT_EQ(Less(1.0, 1), false);
  EXPECT_EQ(Less("1", 1), kUnknown);
  EXPECT_EQ(Less(true, 1), kUnknown);
  EXPECT_EQ(Less(kNull, kNull), kUnknown);
  EXPECT_EQ(Less(1, kNull), kUnknown);
  EXPECT_EQ(Less(MapOf({}), MapOf({{"a", 1}})), kUnknown);
  EXPECT_EQ(Less(Node{.id = {1}, .labels = {}, .properties = {}}, Node{.id = {2}, .labels = {}, .properties = {}}),
            kUnknown);
  EXPECT_EQ(Less(false, true), true);
  EXPECT_EQ(Less(true, true), false);
}

TEST(LessTest, NumbersCompareExactly) {
  const std::int64_t odd = (std::int64_t{1} << 53) + 1;
  EXPECT_EQ(Less(0x1p53, Value(odd)), true);
  EXPECT_EQ(Less(Value(odd), 0x1p53), false);
  EXPECT_EQ(Less(Value(std::numeric_limits<std::int64_t>::max()), 0x1p63), true);
  EXPECT_EQ(Less(-3, -2.5), true);
  EXPECT_EQ(Less(-2.5, -2), true);
  EXPECT_EQ(Less(-2, -2.5), false);
  EXPECT_EQ(Less(1, std::numeric_limits<double>::infinity()), true);
  EXPECT_EQ(Less(-std::numeric_limits<double>::infinity(), 1), true);
}

TEST(LessTest, NaNIsLessThanNoNumber) {
  EXPECT_EQ(Less(kNaN, 1), false);
  EXPECT_EQ(Less(1, kNaN), false);
  EXPECT_EQ(Less(kNaN, kNaN), false);
  EXPECT_EQ(Less(kNaN, "a"), kUnknown);
}

TEST(LessTest, StringsByCodePoints) {
  EXPECT_EQ(Less("", "a"), true);
  EXPECT_EQ(Less("a", "B"), false);
  EXPECT_EQ(Less("z", "é"), true);
  EXPECT_EQ(Less("\uFFFD", "😀"), true);  // by UTF-16 units it would be the other way round
}

TEST(LessTest, Lists) {
  EXPECT_EQ(GreaterOrEqual(ListOf({1, 0}), ListOf({1})), true);
  EXPECT_EQ(GreaterOrEqual(ListOf({1, kNull}), ListOf({1})), true);
  EXPECT_EQ(GreaterOrEqual(ListOf({1, 2}), ListOf({1, kNull})), kUnknown);
  EXPECT_EQ(GreaterOrEqual(ListOf({1, "a"}), ListOf({1, kNull})), kUnknown);
  EXPECT_EQ(GreaterOrEqual(ListOf({1, 2}), ListOf({3, kNull})), false);
  EXPECT_EQ(Less(ListOf({1, "a"}), ListOf({1, 2})), kUnknown);
  EXPECT_EQ(Less(ListOf({}), ListOf({kNull})), true);
}

TEST(LessTest, PartialDatesWhenEveryChoiceAgrees) {
  EXPECT_EQ(Less(Day("2019-06-15"), Day("2019-06-16")), true);
  EXPECT_EQ(Less(Partial("2019"), Partial("2020")), true);
  EXPECT_EQ(Less(Partial("2020"), Partial("2019")), false);
  EXPECT_EQ(Less(Partial("2019"), Partial("2019-06")), kUnknown);
  EXPECT_EQ(Less(Partial("2019-06-15"), Partial("2019-06-15")), false);
  EXPECT_EQ(Less(Partial("2019/2020"), Partial("2020/2021")), kUnknown);
  EXPECT_EQ(Less(Partial("2019-01-02/2019-02-01"), Partial("2019-01-01/2019-01-02")), false);
  EXPECT_EQ(Less(Partial("../2019"), Partial("2020/..")), true);
  EXPECT_EQ(Less(Partial("2020/.."), Partial("../2019")), false);
  EXPECT_EQ(Less(Partial(".."), Partial("..")), kUnknown);
  EXPECT_EQ(Less(Partial("2019"), Partial("..")), kUnknown);
  EXPECT_EQ(Less(Partial("2019"), Day("2020-01-01")), true);
  EXPECT_EQ(Less(Day("2019-06-01"), Partial("2019-06")), kUnknown);
}

}  // namespace
}  // namespace plenum
