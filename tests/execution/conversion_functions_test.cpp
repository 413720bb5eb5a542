// Conversions, their null-giving twins, and valueType.
#include <gtest/gtest.h>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

const Node kNode{};
const Relationship kRelationship{};
const Path kPath{};

TEST(Conversions, ToBoolean) {
  EXPECT_EQ(Call("toBoolean", true), "true");
  EXPECT_EQ(Call("toBoolean", "false"), "false");
  EXPECT_EQ(Call("toBoolean", " True "), "true");
  EXPECT_EQ(Call("toBoolean", 0), "false");
  EXPECT_EQ(Call("toBoolean", -3), "true");
  for (const auto* text : {"", " tru ", "f alse", "1"}) EXPECT_EQ(Call("toBoolean", text), "null") << text;
  for (const Value& wrong : List{List{}, Map{}, 1.0, kNode, kRelationship, kPath, Date{0}}) {
    EXPECT_EQ(Call("toBoolean", wrong), kWrongArgument);
    EXPECT_EQ(Call("toBooleanOrNull", wrong), "null");
  }
  EXPECT_EQ(Call("toBooleanOrNull", "true"), "true");
}

TEST(Conversions, ToInteger) {
  EXPECT_EQ(Call("toInteger", 7), "7");
  EXPECT_EQ(Call("toInteger", 1.7), "1");
  EXPECT_EQ(Call("toInteger", -1.7), "-1");
  EXPECT_EQ(Call("toInteger", "42"), "42");
  EXPECT_EQ(Call("toInteger", "1.7"), "1");
  EXPECT_EQ(Call("toInteger", " -5 "), "-5");
  EXPECT_EQ(Call("toInteger", "+5"), "5");
  EXPECT_EQ(Call("toInteger", "1e3"), "1000");
  EXPECT_EQ(Call("toInteger", "9223372036854775807"), "9223372036854775807");
  EXPECT_EQ(Call("toInteger", "-9223372036854775808"), "-9223372036854775808");
  EXPECT_EQ(Call("toInteger", -0x1p63), "-9223372036854775808");
  for (const auto* text : {"", " ", "foo", "1x", "0x1F", "+-5", "NaN", "Infinity", "nan", "--1", "."}) {
    EXPECT_EQ(Call("toInteger", text), "null") << text;
  }
}

TEST(Conversions, ToIntegerRefusesWhatHasNoInteger) {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  for (const Value& large : List{"9223372036854775808", "1e19", 0x1p63, 1e300, nan}) {
    EXPECT_EQ(Call("toInteger", large), kOverflow) << ToText(large);
    EXPECT_EQ(Call("toIntegerOrNull", large), "null") << ToText(large);
  }
  for (const Value& wrong : List{true, List{}, Map{}, kNode, kRelationship, kPath, Date{0}}) {
    EXPECT_EQ(Call("toInteger", wrong), kWrongArgument);
    EXPECT_EQ(Call("toIntegerOrNull", wrong), "null");
  }
}

TEST(Conversions, ToFloat) {
  EXPECT_EQ(Call("toFloat", 3), "3.0");
  EXPECT_EQ(Call("toFloat", 3.4), "3.4");
  EXPECT_EQ(Call("toFloat", "5"), "5.0");
  EXPECT_EQ(Call("toFloat", " .5 "), "0.5");
  EXPECT_EQ(Call("toFloat", "-1e-3"), "-0.001");
  EXPECT_EQ(Call("toFloat", "NaN"), "NaN");
  EXPECT_EQ(Call("toFloat", "-Infinity"), "-Infinity");
  EXPECT_EQ(Call("toFloat", "+Infinity"), "Infinity");
  for (const auto* text : {"", "foo", "1.5x", "1e999", "inf", "1 2", "-", "- 1"}) {
    EXPECT_EQ(Call("toFloat", text), "null") << text;
  }
  for (const Value& wrong : List{true, List{}, Map{}, kNode, kRelationship, kPath, Date{0}}) {
    EXPECT_EQ(Call("toFloat", wrong), kWrongArgument);
    EXPECT_EQ(Call("toFloatOrNull", wrong), "null");
  }
  EXPECT_EQ(Call("toFloatOrNull", "2"), "2.0");
}

TEST(Conversions, ToString) {
  EXPECT_EQ(Call("toString", 42), "'42'");
  EXPECT_EQ(Call("toString", 2.3), "'2.3'");
  EXPECT_EQ(Call("toString", 1.0), "'1.0'");
  EXPECT_EQ(Call("toString", true), "'true'");
  EXPECT_EQ(Call("toString", "apa"), "'apa'");
  EXPECT_EQ(Call("toString", Date{0}), "'1970-01-01'");
  EXPECT_EQ(Call("toString", PartialDate{.earliest = 0, .latest = 30}), "'1970-01'");
  for (const Value& wrong : List{List{}, Map{}, kNode, kRelationship, kPath}) {
    EXPECT_EQ(Call("toString", wrong), kWrongArgument);
    EXPECT_EQ(Call("toStringOrNull", wrong), "null");
  }
  EXPECT_EQ(Call("toStringOrNull", 1), "'1'");
}

TEST(ValueType, NamesPlainTypes) {
  EXPECT_EQ(Call("valueType", Value()), "'NULL'");
  EXPECT_EQ(Call("valueType", true), "'BOOLEAN NOT NULL'");
  EXPECT_EQ(Call("valueType", 1), "'INTEGER NOT NULL'");
  EXPECT_EQ(Call("valueType", 1.0), "'FLOAT NOT NULL'");
  EXPECT_EQ(Call("valueType", "a"), "'STRING NOT NULL'");
  EXPECT_EQ(Call("valueType", Map{}), "'MAP NOT NULL'");
  EXPECT_EQ(Call("valueType", kNode), "'NODE NOT NULL'");
  EXPECT_EQ(Call("valueType", kRelationship), "'RELATIONSHIP NOT NULL'");
  EXPECT_EQ(Call("valueType", kPath), "'PATH NOT NULL'");
  EXPECT_EQ(Call("valueType", Date{0}), "'DATE NOT NULL'");
  EXPECT_EQ(Call("valueType", PartialDate{}), "'PARTIAL DATE NOT NULL'");
  EXPECT_EQ(Call("valueType", Interval{}), "'INTERVAL NOT NULL'");
}

TEST(ValueType, LooksIntoLists) {
  EXPECT_EQ(Call("valueType", List{}), "'LIST<NOTHING> NOT NULL'");
  EXPECT_EQ(Call("valueType", List{Value()}), "'LIST<NULL> NOT NULL'");
  EXPECT_EQ(Call("valueType", List{1, 2}), "'LIST<INTEGER NOT NULL> NOT NULL'");
  EXPECT_EQ(Call("valueType", List{1, Value()}), "'LIST<INTEGER> NOT NULL'");
  EXPECT_EQ(Call("valueType", List{1, "a", true, 2}),
            "'LIST<BOOLEAN NOT NULL | STRING NOT NULL | INTEGER NOT NULL> NOT NULL'");
  EXPECT_EQ(Call("valueType", List{List{1}, Value()}), "'LIST<LIST<INTEGER NOT NULL>> NOT NULL'");
}

}  // namespace
}  // namespace plenum::execution
