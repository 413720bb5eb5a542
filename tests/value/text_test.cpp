// Values as people read them, and how deep they are nested.
#include <gtest/gtest.h>

#include <charconv>
#include <cmath>
#include <cstring>
#include <limits>
#include <random>

#include "plenum/value.h"

namespace plenum {
namespace {

TEST(FloatToTextTest, AlwaysLooksLikeAFloat) {
  EXPECT_EQ(FloatToText(1), "1.0");
  EXPECT_EQ(FloatToText(-0.0), "-0.0");
  EXPECT_EQ(FloatToText(0.1), "0.1");
  EXPECT_EQ(FloatToText(1e300), "1e+300");
  EXPECT_EQ(FloatToText(1e-7), "1e-07");
  EXPECT_EQ(FloatToText(123456789), "123456789.0");
  EXPECT_EQ(FloatToText(100000), "100000.0");  // although 1e+05 is shorter
  EXPECT_EQ(FloatToText(9999999999999998.0), "9999999999999998.0");
  EXPECT_EQ(FloatToText(1e16), "1e+16");
  EXPECT_EQ(FloatToText(0.0001), "0.0001");
  EXPECT_EQ(FloatToText(-0.00009), "-9e-05");
  EXPECT_EQ(FloatToText(-std::numeric_limits<double>::min()), "-2.2250738585072014e-308");
  EXPECT_EQ(FloatToText(std::nan("")), "NaN");
  EXPECT_EQ(FloatToText(-std::numeric_limits<double>::infinity()), "-Infinity");
}

TEST(FloatToTextTest, ReadsBackAsTheSame) {
  std::mt19937_64 random(3);
  for (int i = 0; i < 100'000; ++i) {
    const std::uint64_t bits = random();
    double value = 0;
    std::memcpy(&value, &bits, sizeof value);
    if (!std::isfinite(value)) continue;
    const std::string text = FloatToText(value);
    double back = 0;
    std::from_chars(text.data(), text.data() + text.size(), back);
    ASSERT_EQ(back, value) << text;
  }
}

TEST(ToTextTest, PlainValues) {
  EXPECT_EQ(ToText(Value()), "null");
  EXPECT_EQ(ToText(true), "true");
  EXPECT_EQ(ToText(Value(std::numeric_limits<std::int64_t>::min())), "-9223372036854775808");
  EXPECT_EQ(ToText("it's\n\\"), "'it\\'s\\n\\\\'");
  EXPECT_EQ(ToText(std::string_view("a\x01", 2)), "'a\\u0001'");
  EXPECT_EQ(ToText(Value(*ParseDate("2019-06-15"))), "2019-06-15");
  EXPECT_EQ(ToText(Value(*ParsePartialDate("2019"))), "2019");
  EXPECT_EQ(ToText(Value(Interval{*ParsePartialDate("2019"), std::nullopt})), "[2019, …)");
}

TEST(ToTextTest, StringsAreBareOnlyAtTheTop) {
  EXPECT_EQ(ToText("a'b", false), "a'b");
  EXPECT_EQ(ToText(List{"a", 1, List{}}, false), "['a', 1, []]");
  EXPECT_EQ(ToText(Map{{"b", "x"}, {"a key", 2.0}}), "{`a key`: 2.0, b: 'x'}");
}

TEST(ToTextTest, GraphElements) {
  const Node ann{.id = {1}, .labels = {"Person", "An `odd` one"}, .properties = {{"name", "Ann"}}};
  const Node bare{.id = {2}, .labels = {}, .properties = {}};
  const Relationship knows{
      .id = {1}, .type = "KNOWS", .start = {1}, .end = {2}, .properties = {{"since", 1999}, {"x", true}}};
  EXPECT_EQ(ToText(ann), "(:Person:`An ``odd`` one` {name: 'Ann'})");
  EXPECT_EQ(ToText(bare), "()");
  EXPECT_EQ(ToText(Node{.id = {3}, .labels = {}, .properties = {{"x", 1}}}), "({x: 1})");
  EXPECT_EQ(ToText(knows), "[:KNOWS {since: 1999, x: true}]");
  const Relationship likes{.id = {2}, .type = "LIKES", .start = {2}, .end = {2}, .properties = {}};
  EXPECT_EQ(ToText(Path{.nodes = {bare, {.id = {1}, .labels = {"A"}, .properties = {}}, bare, bare},
                        .relationships = {knows, knows, likes}}),
            "<()<-[:KNOWS {since: 1999, x: true}]-(:A)-[:KNOWS {since: 1999, x: true}]->()-[:LIKES]->()>");
}

TEST(NestingTest, CountsListsAndMaps) {
  EXPECT_EQ(Value(1).nesting(), 0u);
  EXPECT_EQ(Value(List{}).nesting(), 1u);
  EXPECT_EQ(Value(Map{{"a", List{1}}, {"b", 2}}).nesting(), 2u);
  Value deep;
  for (std::uint32_t i = 0; i < kValueNestingMax; ++i) deep = List{deep};
  EXPECT_EQ(deep.nesting(), kValueNestingMax);
  EXPECT_EQ(Order(deep, Value(deep)), std::strong_ordering::equal);
}

TEST(KindNameTest, IsAWord) {
  EXPECT_EQ(KindName(Value(1).kind()), "Integer");
  EXPECT_EQ(KindName(Value(Interval{}).kind()), "Interval");
  EXPECT_EQ(KindName(Value().kind()), "Null");
}

}  // namespace
}  // namespace plenum
