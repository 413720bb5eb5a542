// Operators: arithmetic, three-valued logic, IN, predicates on text, subscripts and slices.
#include <gtest/gtest.h>

#include <array>
#include <limits>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

using Binary = Value (*)(const Value&, const Value&);

std::string Of(Binary op, const Value& a, const Value& b) {
  return Outcome([&] { return op(a, b); });
}

constexpr std::array<Binary, 6> kArithmetic = {Add, Subtract, Multiply, Divide, Modulo, Power};

TEST(Arithmetic, OnIntegersStaysInteger) {
  EXPECT_EQ(Of(Add, 99, 5), "104");
  EXPECT_EQ(Of(Subtract, 2, 5), "-3");
  EXPECT_EQ(Of(Multiply, -4, 3), "-12");
  EXPECT_EQ(Of(Divide, 7, 2), "3");
  EXPECT_EQ(Of(Divide, -7, 2), "-3");
  EXPECT_EQ(Of(Modulo, 7, 3), "1");
  EXPECT_EQ(Of(Modulo, -7, 3), "-1");
  EXPECT_EQ(Of(Power, 2, 3), "8.0");
}

TEST(Arithmetic, WithAFloatIsFloat) {
  EXPECT_EQ(Of(Add, 1, 0.5), "1.5");
  EXPECT_EQ(Of(Subtract, 1.5, 1), "0.5");
  EXPECT_EQ(Of(Multiply, 2, 0.5), "1.0");
  EXPECT_EQ(Of(Divide, 7, 2.0), "3.5");
  EXPECT_EQ(Of(Modulo, 7.5, 2), "1.5");
  EXPECT_EQ(Of(Power, 4, 0.5), "2.0");
}

TEST(Arithmetic, NullGivesNull) {
  for (const Binary op : kArithmetic) {
    EXPECT_EQ(Of(op, Value(), 1), "null");
    EXPECT_EQ(Of(op, 1.5, Value()), "null");
    EXPECT_EQ(Of(op, Value(), "a"), "null");
    EXPECT_EQ(Of(op, List{1}, Value()), "null");
  }
  EXPECT_EQ(Outcome([] { return Negate(Value()); }), "null");
}

TEST(Arithmetic, NeverWrapsAround) {
  EXPECT_EQ(Of(Add, kLargest, 1), kOverflow);
  EXPECT_EQ(Of(Add, kSmallest, -1), kOverflow);
  EXPECT_EQ(Of(Subtract, kSmallest, 1), kOverflow);
  EXPECT_EQ(Of(Subtract, 0, kSmallest), kOverflow);
  EXPECT_EQ(Of(Multiply, kLargest, 2), kOverflow);
  EXPECT_EQ(Of(Multiply, kSmallest, -1), kOverflow);
  EXPECT_EQ(Of(Divide, kSmallest, -1), kOverflow);
  EXPECT_EQ(Of(Divide, kLargest, -1), "-9223372036854775807");
  EXPECT_EQ(Of(Modulo, kSmallest, -1), "0");
  EXPECT_EQ(Outcome([] { return Negate(kSmallest); }), kOverflow);
  EXPECT_EQ(Of(Add, kLargest, kSmallest), "-1");
}

TEST(Arithmetic, DividesIntegersByZeroNever) {
  EXPECT_EQ(Of(Divide, 1, 0), "ArithmeticError DivisionByZero");
  EXPECT_EQ(Of(Modulo, 1, 0), "ArithmeticError DivisionByZero");
  EXPECT_EQ(Of(Divide, 1.0, 0), "Infinity");
  EXPECT_EQ(Of(Divide, -1, 0.0), "-Infinity");
  EXPECT_EQ(Of(Divide, 0, 0.0), "NaN");
  EXPECT_EQ(Of(Modulo, 1, 0.0), "NaN");
  EXPECT_EQ(Of(Power, 0, -1), "Infinity");
}

TEST(Arithmetic, Negates) {
  EXPECT_EQ(Outcome([] { return Negate(3); }), "-3");
  EXPECT_EQ(Outcome([] { return Negate(-1.5); }), "1.5");
  EXPECT_EQ(Outcome([] { return Negate("a"); }), kWrongOperand);
}

TEST(Arithmetic, RefusesOtherKinds) {
  for (const Binary op : kArithmetic) {
    EXPECT_EQ(Of(op, true, 1), kWrongOperand);
    EXPECT_EQ(Of(op, 1, Map{}), kWrongOperand);
    EXPECT_EQ(Of(op, Date{0}, 1), kWrongOperand);
    if (op == Binary{Add}) continue;
    EXPECT_EQ(Of(op, "a", 1), kWrongOperand);
    EXPECT_EQ(Of(op, List{}, List{}), kWrongOperand);
  }
}

TEST(Addition, JoinsStrings) {
  EXPECT_EQ(Of(Add, "a", "b"), "'ab'");
  EXPECT_EQ(Of(Add, "a", 1), "'a1'");
  EXPECT_EQ(Of(Add, 1.0, "a"), "'1.0a'");
  EXPECT_EQ(Of(Add, "a", true), kWrongOperand);
  EXPECT_EQ(Of(Add, Map{}, "a"), kWrongOperand);
  const std::string half(std::size_t{130} << 20, 'a');
  EXPECT_EQ(Of(Add, half, half), "ResourceExhausted StringTooLong");
}

TEST(Addition, JoinsLists) {
  EXPECT_EQ(Of(Add, List{1, 10}, List{4, 5}), "[1, 10, 4, 5]");
  EXPECT_EQ(Of(Add, List{false, true}, false), "[false, true, false]");
  EXPECT_EQ(Of(Add, 1, List{2}), "[1, 2]");
  EXPECT_EQ(Of(Add, "a", List{"b"}), "['a', 'b']");
  EXPECT_EQ(Of(Add, List{List{1}}, List{2}), "[[1], 2]");
  EXPECT_EQ(Of(Add, List{}, List{}), "[]");
  EXPECT_EQ(Of(Add, List{}, Map{{"a", 1}}), "[{a: 1}]");
}

TEST(Addition, NestsNoDeeperThanValuesMay) {
  Value deep = Map{};
  while (deep.nesting() < kValueNestingMax) deep = Map{{"in", deep}};
  EXPECT_EQ(Of(Add, List{}, deep), "ResourceExhausted NestingTooDeep");
}

TEST(Logic, HasThreeValues) {
  constexpr std::array<std::optional<bool>, 3> kTruths = {true, false, std::nullopt};
  const auto table = [&](auto op) {
    std::string all;
    for (const auto a : kTruths) {
      for (const auto b : kTruths) all += ToText(FromTruth(op(a, b))).substr(0, 1);
    }
    return all;
  };
  EXPECT_EQ(table(And), "tfnfffnfn");
  EXPECT_EQ(table(Or), "ttttfntnn");
  EXPECT_EQ(table(Xor), "ftntfnnnn");
  EXPECT_EQ(Not(true), std::optional(false));
  EXPECT_EQ(Not(false), std::optional(true));
  EXPECT_EQ(Not(std::nullopt), std::nullopt);
}

TEST(Logic, TakesBooleansOnly) {
  EXPECT_EQ(ToTruth(Value()), std::nullopt);
  EXPECT_EQ(ToTruth(true), std::optional(true));
  for (const Value& wrong : List{123, 123.4, "foo", List{}, Map{}}) {
    EXPECT_EQ(ErrorOf([&] { return ToTruth(wrong); }), kWrongOperand) << ToText(wrong);
  }
}

TEST(Membership, ComparesByThreeValues) {
  const Value null;
  EXPECT_EQ(Of(In, 3, List{1, null, 3}), "true");
  EXPECT_EQ(Of(In, 4, List{1, null, 3}), "null");
  EXPECT_EQ(Of(In, 4, List{1, 3}), "false");
  EXPECT_EQ(Of(In, 1, List{1.0}), "true");
  EXPECT_EQ(Of(In, 1, List{"1", 2}), "false");
  EXPECT_EQ(Of(In, null, List{}), "false");
  EXPECT_EQ(Of(In, null, List{1}), "null");
  EXPECT_EQ(Of(In, 1, null), "null");
  EXPECT_EQ(Of(In, List{}, List{}), "false");
  EXPECT_EQ(Of(In, List{}, List{List{}}), "true");
  EXPECT_EQ(Of(In, List{}, List{1, 2, null}), "null");
}

TEST(Membership, ComparesNestedLists) {
  const Value null;
  EXPECT_EQ(Of(In, List{1, 2}, List{1, List{1, 2}}), "true");
  EXPECT_EQ(Of(In, List{1, 2}, List{1, List{2, 1}}), "false");
  EXPECT_EQ(Of(In, List{1, 2}, List{List{null, 2}}), "null");
  EXPECT_EQ(Of(In, List{1, 2}, List{List{null, 2}, List{1, 2}}), "true");
  EXPECT_EQ(Of(In, List{1, 2}, List{List{null, "foo"}}), "false");
  EXPECT_EQ(Of(In, List{1}, List{List{1, null}}), "false");
  EXPECT_EQ(Of(In, List{null}, List{List{null}}), "null");
}

TEST(Membership, IsOfLists) {
  for (const Value& wrong : List{true, 123, 123.4, "foo", Map{{"x", List{}}}}) {
    EXPECT_EQ(Of(In, 1, wrong), kWrongOperand) << ToText(wrong);
  }
}

TEST(TextPredicates, LookAtStrings) {
  EXPECT_EQ(Of(StartsWith, "ABCDEF", "ABC"), "true");
  EXPECT_EQ(Of(StartsWith, "ABCDEF", ""), "true");
  EXPECT_EQ(Of(StartsWith, "ABC", "ABCDEF"), "false");
  EXPECT_EQ(Of(EndsWith, "ABCDEF", "DEF"), "true");
  EXPECT_EQ(Of(EndsWith, "ABCDEF", "def"), "false");
  EXPECT_EQ(Of(Contains, "ABCDEF", "CD"), "true");
  EXPECT_EQ(Of(Contains, "ABCDEF", "DC"), "false");
}

TEST(TextPredicates, GiveNullForAnythingElse) {
  const List operands = {1, 3.14, true, List{}, Map{}, Value(), "a"};
  for (const Binary op : {StartsWith, EndsWith, Contains, Matches}) {
    for (const Value& a : operands) {
      if (a.kind() == Value::Kind::kString) continue;
      for (const Value& b : operands) EXPECT_EQ(Of(op, a, b), "null");
      EXPECT_EQ(Of(op, "a", a), "null");
    }
  }
}

TEST(RegularExpressions, MatchTheWholeText) {
  EXPECT_EQ(Of(Matches, "abc", "a.c"), "true");
  EXPECT_EQ(Of(Matches, "abcd", "a.c"), "false");
  EXPECT_EQ(Of(Matches, "ABC", "(?i)a.c"), "true");
  EXPECT_EQ(Of(Matches, "a\nc", "a.c"), "false");
  EXPECT_EQ(Of(Matches, "a中c", "a.c"), "true");
  EXPECT_EQ(Of(Matches, "", ""), "true");
}

TEST(RegularExpressions, TakeLinearTime) { EXPECT_EQ(Of(Matches, std::string(5000, 'a') + "b", "(a*)*c"), "false"); }

TEST(RegularExpressions, AreCachedAndDropped) {
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 20; ++i) {
      EXPECT_EQ(Of(Matches, std::to_string(i), std::to_string(i) + "|x"), "true");
      EXPECT_EQ(Of(Matches, std::to_string(i), std::to_string(i % 3) + "|x"), i < 3 ? "true" : "false");
    }
  }
}

TEST(RegularExpressions, RefuseWhatIsNone) {
  for (const auto* pattern : {"(", "[a", "a**b(", "(?=a)", "\\1"}) {
    EXPECT_EQ(Of(Matches, "a", pattern), "ArgumentError InvalidArgumentValue") << pattern;
  }
  EXPECT_EQ(Of(Matches, "a", "a"), "true");
}

TEST(Subscripts, OfLists) {
  const List list = {"a", "b", "c"};
  EXPECT_EQ(Of(ElementAt, list, 0), "'a'");
  EXPECT_EQ(Of(ElementAt, list, -1), "'c'");
  EXPECT_EQ(Of(ElementAt, list, -3), "'a'");
  EXPECT_EQ(Of(ElementAt, list, 3), "null");
  EXPECT_EQ(Of(ElementAt, list, -4), "null");
  EXPECT_EQ(Of(ElementAt, list, kSmallest), "null");
  EXPECT_EQ(Of(ElementAt, list, kLargest), "null");
  EXPECT_EQ(Of(ElementAt, List{}, 0), "null");
  EXPECT_EQ(Of(ElementAt, Value(), 0), "null");
  EXPECT_EQ(Of(ElementAt, list, Value()), "null");
  for (const Value& wrong : List{true, 1.0, "name", List{0}, Map{}}) {
    EXPECT_EQ(Of(ElementAt, list, wrong), "TypeError ListElementAccessByNonInteger") << ToText(wrong);
  }
}

TEST(Subscripts, OfMaps) {
  const Map map = {{"name", "Apa"}, {"null", 1}};
  EXPECT_EQ(Of(ElementAt, map, "name"), "'Apa'");
  EXPECT_EQ(Of(ElementAt, map, "null"), "1");
  EXPECT_EQ(Of(ElementAt, map, "nAMe"), "null");
  EXPECT_EQ(Of(ElementAt, map, Value()), "null");
  EXPECT_EQ(Of(ElementAt, map, 0), "TypeError MapElementAccessByNonString");
  EXPECT_EQ(Of(ElementAt, map, 12.3), "TypeError MapElementAccessByNonString");
}

TEST(Subscripts, OfNothingElse) {
  for (const Value& wrong : List{100, 1.5, true, "text", Date{0}}) {
    EXPECT_EQ(Of(ElementAt, wrong, 0), kWrongOperand) << ToText(wrong);
  }
}

std::string Slice(const Value& list, const std::optional<Value>& first, const std::optional<Value>& end) {
  return Outcome([&] { return SliceOf(list, first, end); });
}

TEST(Slices, AreHalfOpenAndClamped) {
  const Value list = List{1, 2, 3, 4, 5};
  EXPECT_EQ(Slice(list, 1, 3), "[2, 3]");
  EXPECT_EQ(Slice(list, 1, {}), "[2, 3, 4, 5]");
  EXPECT_EQ(Slice(list, {}, 2), "[1, 2]");
  EXPECT_EQ(Slice(list, {}, {}), "[1, 2, 3, 4, 5]");
  EXPECT_EQ(Slice(list, 0, 0), "[]");
  EXPECT_EQ(Slice(list, 3, 1), "[]");
  EXPECT_EQ(Slice(List{1, 2, 3}, -3, -1), "[1, 2]");
  EXPECT_EQ(Slice(List{1, 2, 3}, -5, 5), "[1, 2, 3]");
  EXPECT_EQ(Slice(list, kSmallest, kLargest), "[1, 2, 3, 4, 5]");
}

TEST(Slices, WithNullAreNull) {
  const Value list = List{1, 2, 3};
  const Value null;
  EXPECT_EQ(Slice(list, null, null), "null");
  EXPECT_EQ(Slice(list, 1, null), "null");
  EXPECT_EQ(Slice(list, null, 3), "null");
  EXPECT_EQ(Slice(list, {}, null), "null");
  EXPECT_EQ(Slice(list, null, {}), "null");
  EXPECT_EQ(Slice(null, 1, 2), "null");
}

TEST(Slices, AreOfListsByIntegers) {
  EXPECT_EQ(Slice("abc", 0, 1), kWrongOperand);
  EXPECT_EQ(Slice(List{1}, 0.0, 1), kWrongOperand);
  EXPECT_EQ(Slice(List{1}, 0, "1"), kWrongOperand);
}

}  // namespace
}  // namespace plenum::execution
