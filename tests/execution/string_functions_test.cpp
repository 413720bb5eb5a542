// Functions on strings: code points, white space, and the ends of what they accept.
#include <gtest/gtest.h>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

TEST(StringFunctions, Case) {
  EXPECT_EQ(Call("toUpper", "grün, ñandú"), "'GRÜN, ÑANDÚ'");
  EXPECT_EQ(Call("toLower", "ÀÉÎ ПРИВЕТ"), "'àéî привет'");
  EXPECT_EQ(Call("upper", ""), "''");
}

TEST(StringFunctions, Trim) {
  EXPECT_EQ(Call("trim", " \t\u3000a b\u00a0\n"), "'a b'");
  EXPECT_EQ(Call("lTrim", "  a  "), "'a  '");
  EXPECT_EQ(Call("rTrim", "  a  "), "'  a'");
  EXPECT_EQ(Call("trim", "   "), "''");
  EXPECT_EQ(Call("trim", ""), "''");
  EXPECT_EQ(Call("trim", "xxayx", "xy"), "'a'");
  EXPECT_EQ(Call("btrim", "中a中", "中"), "'a'");
  EXPECT_EQ(Call("lTrim", "中a", ""), "'中a'");
  EXPECT_EQ(Call("trim", "丯a丮", "中"), "'丯a丮'");  // same first bytes, other code points
}

TEST(StringFunctions, Replace) {
  EXPECT_EQ(Call("replace", "hello", "l", "w"), "'hewwo'");
  EXPECT_EQ(Call("replace", "aaaa", "aa", "b"), "'bb'");
  EXPECT_EQ(Call("replace", "abc", "d", "e"), "'abc'");
  EXPECT_EQ(Call("replace", "abc", "b", ""), "'ac'");
  EXPECT_EQ(Call("replace", "中文", "", "-"), "'-中-文-'");
  EXPECT_EQ(Call("replace", "", "", "-"), "'-'");
}

TEST(StringFunctions, ReplaceIsBounded) {
  const std::string long_text(1 << 20, 'a');
  EXPECT_EQ(Call("replace", long_text, "a", long_text), "ResourceExhausted StringTooLong");
  EXPECT_EQ(Call("replace", long_text, "", long_text), "ResourceExhausted StringTooLong");
}

TEST(StringFunctions, Split) {
  EXPECT_EQ(Call("split", "one,two,,three", ","), "['one', 'two', '', 'three']");
  EXPECT_EQ(Call("split", ",", ","), "['', '']");
  EXPECT_EQ(Call("split", "", ","), "['']");
  EXPECT_EQ(Call("split", "abc", ";"), "['abc']");
  EXPECT_EQ(Call("split", "中文a", ""), "['中', '文', 'a']");
  EXPECT_EQ(Call("split", "", ""), "['']");
  EXPECT_EQ(Call("split", "a, b;c", List{",", ";"}), "['a', ' b', 'c']");
  EXPECT_EQ(Call("split", "a--b-c", List{"--", "-"}), "['a', 'b', 'c']");
  EXPECT_EQ(Call("split", "a,b", List{}), "['a,b']");
  EXPECT_EQ(Call("split", "a,b", List{1}), kWrongOperand);
}

TEST(StringFunctions, Substring) {
  EXPECT_EQ(Call("substring", "0123456789", 1), "'123456789'");
  EXPECT_EQ(Call("substring", "0123456789", 1, 3), "'123'");
  EXPECT_EQ(Call("substring", "中文字", 1, 1), "'文'");
  EXPECT_EQ(Call("substring", "abc", 5), "''");
  EXPECT_EQ(Call("substring", "abc", 1, kLargest), "'bc'");
  EXPECT_EQ(Call("substring", "abc", 0, 0), "''");
  EXPECT_EQ(Call("substring", "abc", -1), kOutOfRange);
  EXPECT_EQ(Call("substring", "abc", 1, -1), kOutOfRange);
}

TEST(StringFunctions, LeftRight) {
  EXPECT_EQ(Call("left", "中文字", 2), "'中文'");
  EXPECT_EQ(Call("right", "中文字", 2), "'文字'");
  EXPECT_EQ(Call("left", "abc", 0), "''");
  EXPECT_EQ(Call("right", "abc", 0), "''");
  EXPECT_EQ(Call("left", "abc", 9), "'abc'");
  EXPECT_EQ(Call("right", "abc", 9), "'abc'");
  EXPECT_EQ(Call("left", "abc", -1), kOutOfRange);
  EXPECT_EQ(Call("right", "abc", kSmallest), kOutOfRange);
}

}  // namespace
}  // namespace plenum::execution
