// Functions on lists.
#include <gtest/gtest.h>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

const List kNumbers = {1, 2, 3};
const List kNothing = {};

TEST(ListFunctions, Size) {
  EXPECT_EQ(Call("size", kNumbers), "3");
  EXPECT_EQ(Call("size", kNothing), "0");
  EXPECT_EQ(Call("size", ""), "0");
  EXPECT_EQ(Call("size", "中文e\u0301"), "4");
  EXPECT_EQ(Call("char_length", "中文"), "2");
  EXPECT_EQ(Call("char_length", kNumbers), kWrongArgument);
}

TEST(ListFunctions, HeadLastTail) {
  EXPECT_EQ(Call("head", kNumbers), "1");
  EXPECT_EQ(Call("last", kNumbers), "3");
  EXPECT_EQ(Call("tail", kNumbers), "[2, 3]");
  EXPECT_EQ(Call("head", kNothing), "null");
  EXPECT_EQ(Call("last", kNothing), "null");
  EXPECT_EQ(Call("tail", kNothing), "[]");
  EXPECT_EQ(Call("head", List{Value(), 1}), "null");
}

TEST(ListFunctions, Reverse) {
  EXPECT_EQ(Call("reverse", List{1, Value(), "a"}), "['a', null, 1]");
  EXPECT_EQ(Call("reverse", kNothing), "[]");
  EXPECT_EQ(Call("reverse", "añ中𝄞"), "'𝄞中ña'");
  EXPECT_EQ(Call("reverse", ""), "''");
}

TEST(ListFunctions, IsEmpty) {
  EXPECT_EQ(Call("isEmpty", kNothing), "true");
  EXPECT_EQ(Call("isEmpty", kNumbers), "false");
  EXPECT_EQ(Call("isEmpty", ""), "true");
  EXPECT_EQ(Call("isEmpty", Map{}), "true");
  EXPECT_EQ(Call("isEmpty", Map{{"a", Value()}}), "false");
}

TEST(ListFunctions, Range) {
  EXPECT_EQ(Call("range", -1, 1), "[-1, 0, 1]");
  EXPECT_EQ(Call("range", 0, 0), "[0]");
  EXPECT_EQ(Call("range", 0, -1), "[]");
  EXPECT_EQ(Call("range", 1381, -3412, -1298), "[1381, 83, -1215, -2513]");
  EXPECT_EQ(Call("range", -10, 10, 3), "[-10, -7, -4, -1, 2, 5, 8]");
  EXPECT_EQ(Call("range", 0, 1, -1), "[]");
  EXPECT_EQ(Call("range", 0, 0, -1), "[0]");
  EXPECT_EQ(Call("range", 2, 8, 0), kOutOfRange);
  EXPECT_EQ(Call("range", 0, 0, 0), kOutOfRange);
}

TEST(ListFunctions, RangeTakesIntegersOnly) {
  for (const Value& wrong : List{true, 0.0, -1.1, "xyz", List{0}, Map{{"start", 0}}}) {
    EXPECT_EQ(Call("range", wrong, 1, 1), "ArgumentError InvalidArgumentType") << ToText(wrong);
    EXPECT_EQ(Call("range", 0, wrong, 1), "ArgumentError InvalidArgumentType") << ToText(wrong);
    EXPECT_EQ(Call("range", 0, 1, wrong), "ArgumentError InvalidArgumentType") << ToText(wrong);
  }
}

TEST(ListFunctions, RangeReachesBothEndsOfTheIntegers) {
  EXPECT_EQ(Call("range", kLargest - 1, kLargest), "[9223372036854775806, 9223372036854775807]");
  EXPECT_EQ(Call("range", kSmallest + 1, kSmallest, -1), "[-9223372036854775807, -9223372036854775808]");
  EXPECT_EQ(Call("range", kSmallest, kLargest, kLargest), "[-9223372036854775808, -1, 9223372036854775806]");
  EXPECT_EQ(Call("range", kLargest, kSmallest, kSmallest), "[9223372036854775807, -1]");
}

TEST(ListFunctions, RangeIsBounded) {
  EXPECT_EQ(Call("range", kSmallest, kLargest), "ResourceExhausted ListTooLong");
  EXPECT_EQ(Call("range", 1, 10'000'001), "ResourceExhausted ListTooLong");
  EXPECT_EQ(ToText(CallValueFunction(plan::Function::kSize,
                                     List{CallValueFunction(plan::Function::kRange, List{1, 10'000'000})})),
            "10000000");
}

TEST(ListFunctions, Coalesce) {
  EXPECT_EQ(Call("coalesce", Value(), 2, 3), "2");
  EXPECT_EQ(Call("coalesce", Value(), Value()), "null");
  EXPECT_EQ(Call("coalesce", kNothing), "[]");
}

}  // namespace
}  // namespace plenum::execution
