// Functions on numbers, rounding and chance.
#include <gtest/gtest.h>

#include <limits>
#include <regex>
#include <set>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
constexpr double kInfinity = std::numeric_limits<double>::infinity();

TEST(MathFunctions, AbsAndSignKeepIntegers) {
  EXPECT_EQ(Call("abs", -1), "1");
  EXPECT_EQ(Call("abs", -1.5), "1.5");
  EXPECT_EQ(Call("abs", kLargest), "9223372036854775807");
  EXPECT_EQ(Call("abs", kSmallest), kOverflow);
  EXPECT_EQ(Call("sign", -7), "-1");
  EXPECT_EQ(Call("sign", 0.0), "0");
  EXPECT_EQ(Call("sign", 0.1), "1");
  EXPECT_EQ(Call("sign", kNaN), "null");
}

TEST(MathFunctions, CeilAndFloorGiveFloats) {
  EXPECT_EQ(Call("ceil", 1.2), "2.0");
  EXPECT_EQ(Call("ceiling", -1.2), "-1.0");
  EXPECT_EQ(Call("floor", 1.8), "1.0");
  EXPECT_EQ(Call("floor", 3), "3.0");
}

TEST(MathFunctions, RootsPowersAndLogarithms) {
  EXPECT_EQ(Call("sqrt", 12.96), "3.6");
  EXPECT_EQ(Call("sqrt", 4), "2.0");
  EXPECT_EQ(Call("sqrt", -1), "NaN");
  EXPECT_EQ(Call("exp", 0), "1.0");
  EXPECT_EQ(Call("log", 1), "0.0");
  EXPECT_EQ(Call("ln", 0), "-Infinity");
  EXPECT_EQ(Call("log10", 1000), "3.0");
  EXPECT_EQ(Call("log", -1), "NaN");
  EXPECT_EQ(Call("isNaN", kNaN), "true");
  EXPECT_EQ(Call("isNaN", 1), "false");
  EXPECT_EQ(Call("e"), "2.718281828459045");
  EXPECT_EQ(Call("pi"), "3.141592653589793");
}

TEST(MathFunctions, Trigonometry) {
  for (const auto* name : {"sin", "tan", "asin", "atan", "haversin", "degrees", "radians"}) {
    EXPECT_EQ(Call(name, 0), "0.0") << name;
  }
  EXPECT_EQ(Call("cos", 0), "1.0");
  EXPECT_EQ(Call("acos", 1), "0.0");
  EXPECT_EQ(Call("acos", 2), "NaN");
  EXPECT_EQ(Call("cot", 0), "Infinity");
  EXPECT_EQ(Call("atan2", 1, 0), "1.5707963267948966");
  EXPECT_EQ(Call("degrees", 3.141592653589793), "180.0");
  EXPECT_EQ(Call("radians", 180), "3.141592653589793");
  EXPECT_EQ(Call("haversin", 3.141592653589793), "1.0");
}

TEST(Round, GoesToTheNearestWholeTiesUp) {
  EXPECT_EQ(Call("round", 3.14), "3.0");
  EXPECT_EQ(Call("round", 1.5), "2.0");
  EXPECT_EQ(Call("round", 2.5), "3.0");
  EXPECT_EQ(Call("round", -1.5), "-1.0");
  EXPECT_EQ(Call("round", -1.6), "-2.0");
  EXPECT_EQ(Call("round", 0.49999999999999994), "0.0");
  EXPECT_EQ(Call("round", -0.3), "0.0");
  EXPECT_EQ(Call("round", 9.5), "10.0");
  EXPECT_EQ(Call("round", 0.5), "1.0");
  EXPECT_EQ(Call("round", 7), "7.0");
  EXPECT_EQ(Call("round", 1e300), "1e+300");
  EXPECT_EQ(Call("round", kNaN), "NaN");
  EXPECT_EQ(Call("round", -kInfinity), "-Infinity");
}

TEST(Round, TakesAPrecision) {
  EXPECT_EQ(Call("round", 3.141592, 3), "3.142");
  EXPECT_EQ(Call("round", 1.005, 2), "1.01");
  EXPECT_EQ(Call("round", -1.55, 1), "-1.6");
  EXPECT_EQ(Call("round", 99.995, 2), "100.0");
  EXPECT_EQ(Call("round", 0.0004, 2), "0.0");
  EXPECT_EQ(Call("round", 1.25, kLargest), "1.25");
  EXPECT_EQ(Call("round", 5e-324, 400), Call("coalesce", 5e-324));
  EXPECT_EQ(Call("round", 1.25, -1), kOutOfRange);
}

TEST(Round, TakesAMode) {
  const auto rounded = [](const char* mode) {
    std::string all;
    for (const double x : {-2.5, -1.1, 1.1, 2.5, 3.5, 0.01}) all += Call("round", x, 0, mode) + " ";
    return all;
  };
  EXPECT_EQ(rounded("UP"), "-3.0 -2.0 2.0 3.0 4.0 1.0 ");
  EXPECT_EQ(rounded("DOWN"), "-2.0 -1.0 1.0 2.0 3.0 0.0 ");
  EXPECT_EQ(rounded("CEILING"), "-2.0 -1.0 2.0 3.0 4.0 1.0 ");
  EXPECT_EQ(rounded("FLOOR"), "-3.0 -2.0 1.0 2.0 3.0 0.0 ");
  EXPECT_EQ(rounded("HALF_UP"), "-3.0 -1.0 1.0 3.0 4.0 0.0 ");
  EXPECT_EQ(rounded("HALF_DOWN"), "-2.0 -1.0 1.0 2.0 3.0 0.0 ");
  EXPECT_EQ(rounded("HALF_EVEN"), "-2.0 -1.0 1.0 2.0 4.0 0.0 ");
  EXPECT_EQ(Call("round", 1.5, 0, "AWAY"), "ArgumentError InvalidArgumentValue");
}

TEST(Chance, RandIsWithinBoundsAndVaries) {
  std::set<double> seen;
  for (int i = 0; i < 1000; ++i) {
    const double number = CallValueFunction(plan::Function::kRand, {}).real();
    EXPECT_TRUE(number >= 0 && number < 1);
    seen.insert(number);
  }
  EXPECT_GT(seen.size(), 990U);
}

TEST(Chance, RandomUuidIsOfVersionFour) {
  const std::regex form("[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  std::set<std::string> seen;
  for (int i = 0; i < 100; ++i) {
    const std::string uuid = CallValueFunction(plan::Function::kRandomUuid, {}).string();
    EXPECT_TRUE(std::regex_match(uuid, form)) << uuid;
    seen.insert(uuid);
  }
  EXPECT_EQ(seen.size(), 100U);
}

}  // namespace
}  // namespace plenum::execution
