// Aggregates: each over integers, floats, mixtures, nulls and nothing; with DISTINCT and with multiplicities.
#include "engine/execution/aggregates.h"

#include <gtest/gtest.h>

#include <limits>
#include <utility>

#include "tests/execution/evaluating.h"

namespace plenum::execution {
namespace {

using plan::Aggregate;

struct Options {
  bool distinct = false;
  std::uint64_t times = 1;
};

std::string Of(Aggregate aggregate, const List& values, Options options = {}) {
  return Outcome([&] {
    const auto accumulator = MakeAccumulator(aggregate, options.distinct);
    for (const Value& value : values) accumulator->Add({&value, 1}, options.times);
    return accumulator->Result();
  });
}

constexpr Options kDistinct{.distinct = true};
const Value kNull;

TEST(Aggregates, OfNothing) {
  EXPECT_EQ(Of(Aggregate::kCountStar, {}), "0");
  EXPECT_EQ(Of(Aggregate::kCount, {kNull}), "0");
  EXPECT_EQ(Of(Aggregate::kSum, {kNull}), "0");
  EXPECT_EQ(Of(Aggregate::kAverage, {}), "null");
  EXPECT_EQ(Of(Aggregate::kMin, {kNull}), "null");
  EXPECT_EQ(Of(Aggregate::kMax, {}), "null");
  EXPECT_EQ(Of(Aggregate::kCollect, {kNull}), "[]");
  EXPECT_EQ(Of(Aggregate::kStandardDeviation, {}), "0.0");
  EXPECT_EQ(Of(Aggregate::kStandardDeviationP, {}), "0.0");
}

TEST(Count, LeavesNullsOutButForTheStar) {
  EXPECT_EQ(Of(Aggregate::kCount, {33, kNull, 42}), "2");
  EXPECT_EQ(Of(Aggregate::kCountStar, {33, kNull, 42}), "3");
  EXPECT_EQ(Of(Aggregate::kCount, {1, 1.0, 2, kNull, kNull}, kDistinct), "2");
  EXPECT_EQ(Of(Aggregate::kCount, {1, kNull}, {.times = 5}), "5");
  const auto star = MakeAccumulator(Aggregate::kCountStar, false);
  star->Add({}, 3);
  EXPECT_EQ(ToText(star->Result()), "3");
}

TEST(Sum, IsIntegerWhileAllAre) {
  EXPECT_EQ(Of(Aggregate::kSum, {33, 42, kNull}), "75");
  EXPECT_EQ(Of(Aggregate::kSum, {1, 0.5}), "1.5");
  EXPECT_EQ(Of(Aggregate::kSum, {1.0, 2}), "3.0");
  EXPECT_EQ(Of(Aggregate::kSum, {2, 2, 3}, kDistinct), "5");
  EXPECT_EQ(Of(Aggregate::kSum, {2, 0.5}, {.times = 4}), "10.0");
}

TEST(Sum, OverflowsOnlyAtTheEnd) {
  EXPECT_EQ(Of(Aggregate::kSum, {kLargest, kLargest, kSmallest}), "9223372036854775806");
  EXPECT_EQ(Of(Aggregate::kSum, {kLargest, 1}), kOverflow);
  EXPECT_EQ(Of(Aggregate::kSum, {kLargest, kLargest}, {.times = std::numeric_limits<std::uint64_t>::max()}), kOverflow);
}

TEST(Sum, LosesNoDigitsOfFloats) {
  EXPECT_EQ(Of(Aggregate::kSum, {1.0, 1e100, 1.0, -1e100}), "2.0");
  EXPECT_EQ(Of(Aggregate::kSum, List(10, 0.1)), "1.0");
  const double infinity = std::numeric_limits<double>::infinity();
  EXPECT_EQ(Of(Aggregate::kSum, {infinity, 1.0}), "Infinity");
  EXPECT_EQ(Of(Aggregate::kSum, {infinity, -infinity}), "NaN");
}

TEST(Average, IsAFloat) {
  EXPECT_EQ(Of(Aggregate::kAverage, {1, 2}), "1.5");
  EXPECT_EQ(Of(Aggregate::kAverage, {2, kNull, 4}), "3.0");
  EXPECT_EQ(Of(Aggregate::kAverage, {1, 2.5}), "1.75");
  EXPECT_EQ(Of(Aggregate::kAverage, {kLargest, kLargest}), "9.223372036854776e+18");
  EXPECT_EQ(Of(Aggregate::kAverage, {1, 1, 4}, kDistinct), "2.5");
  EXPECT_EQ(Of(Aggregate::kAverage, {1, 2}, {.times = 1000}), "1.5");
}

TEST(NumericAggregates, TakeNumbersOnly) {
  for (const auto aggregate : {Aggregate::kSum, Aggregate::kAverage, Aggregate::kStandardDeviation}) {
    for (const Value& wrong : List{"a", true, List{}, Map{}, Date{0}}) {
      EXPECT_EQ(Of(aggregate, {1, wrong}), kWrongOperand) << ToText(wrong);
    }
  }
}

TEST(MinMax, FollowTheOrderOfAllValues) {
  const List mixed = {1, "a", kNull, List{1, 2}, 0.2, "b"};
  EXPECT_EQ(Of(Aggregate::kMax, mixed), "1");
  EXPECT_EQ(Of(Aggregate::kMin, mixed), "[1, 2]");
  EXPECT_EQ(Of(Aggregate::kMax, {1, 2.0, 5, kNull, 3.2, 0.1}), "5");
  EXPECT_EQ(Of(Aggregate::kMin, {1, 2.0, 5, kNull, 3.2, 0.1}), "0.1");
  EXPECT_EQ(Of(Aggregate::kMax, {"a", "b", "B", kNull, "abc"}), "'b'");
  EXPECT_EQ(Of(Aggregate::kMin, {"a", "b", "B", kNull, "abc"}), "'B'");
  EXPECT_EQ(Of(Aggregate::kMax, {List{1}, List{2}, List{2, 1}}), "[2, 1]");
  EXPECT_EQ(Of(Aggregate::kMin, {3, 3, 2}, kDistinct), "2");
}

TEST(Collect, DropsNulls) {
  EXPECT_EQ(Of(Aggregate::kCollect, {2, kNull, "a", 2}), "[2, 'a', 2]");
  EXPECT_EQ(Of(Aggregate::kCollect, {2, kNull, "a", 2.0}, kDistinct), "[2, 'a']");
  EXPECT_EQ(Of(Aggregate::kCollect, {1, 2}, {.times = 2}), "[1, 1, 2, 2]");
  EXPECT_EQ(Of(Aggregate::kCollect, {1}, {.times = std::numeric_limits<std::uint64_t>::max()}),
            "ResourceExhausted ListTooLong");
}

TEST(Collect, NestsNoDeeperThanValuesMay) {
  Value deep = List{};
  while (deep.nesting() < kValueNestingMax) deep = List{deep};
  EXPECT_EQ(Of(Aggregate::kCollect, {deep}), "ResourceExhausted NestingTooDeep");
}

TEST(StandardDeviation, OfASampleAndOfAll) {
  EXPECT_EQ(Of(Aggregate::kStandardDeviation, {2, 4, 4, 4, 5, 5, 7, 9, kNull}), "2.138089935299395");
  EXPECT_EQ(Of(Aggregate::kStandardDeviationP, {2, 4, 4, 4, 5, 5, 7, 9}), "2.0");
  EXPECT_EQ(Of(Aggregate::kStandardDeviation, {1}), "0.0");
  EXPECT_EQ(Of(Aggregate::kStandardDeviationP, {1}), "0.0");
  EXPECT_EQ(Of(Aggregate::kStandardDeviationP, {1, 3}, {.times = 50}), "1.0");
}

TEST(StandardDeviation, KeepsItsDigitsFarFromZero) {
  EXPECT_EQ(Of(Aggregate::kStandardDeviationP, {1e9 + 1, 1e9 + 3}), "1.0");
}

std::string Percentile(Aggregate aggregate, const List& values, const Value& percentile, Options options = {}) {
  return Outcome([&] {
    const auto accumulator = MakeAccumulator(aggregate, options.distinct);
    for (const Value& value : values) accumulator->Add(List{value, percentile}, options.times);
    return accumulator->Result();
  });
}

TEST(Percentiles, DiscIsOneOfTheValues) {
  const List prices = {30.0, 10.0, 20.0};
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, prices, 0.0), "10.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, prices, 0.5), "20.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, prices, 1), "30.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {1, 2, 3, 4}, 0.5), "2");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {1, 2, 3, 4}, 0.51), "3");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {7}, 0.9), "7");
}

TEST(Percentiles, ContIsBetweenThem) {
  const List prices = {30.0, 10.0, 20.0};
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, prices, 0), "10.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, prices, 0.5), "20.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, prices, 1.0), "30.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, {1, 2, 3, 4}, 0.5), "2.5");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, {1, 2}, 0.25), "1.25");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, {7}, 0.9), "7.0");
}

TEST(Percentiles, LeaveNullsOut) {
  for (const auto aggregate : {Aggregate::kPercentileDisc, Aggregate::kPercentileCont}) {
    EXPECT_EQ(Percentile(aggregate, {}, 0.5), "null");
    EXPECT_EQ(Percentile(aggregate, {kNull}, 0.5), "null");
    EXPECT_EQ(Percentile(aggregate, {1}, kNull), "null");
  }
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {kNull, 3, kNull}, 0.5), "3");
}

TEST(Percentiles, CountMultiplicitiesAndDistinctValues) {
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {1, 2}, 0.75, {.times = 1'000'000'000}), "2");
  EXPECT_EQ(Percentile(Aggregate::kPercentileCont, {1, 2}, 0.25, {.times = 10}), "1.0");
  EXPECT_EQ(Percentile(Aggregate::kPercentileDisc, {1, 1, 1, 2}, 0.75, kDistinct), "2");
}

TEST(Aggregates, SayWhatTheyKeep) {
  const auto kept = [](Aggregate aggregate, bool distinct, const Value& value, std::uint64_t times) {
    const auto accumulator = MakeAccumulator(aggregate, distinct);
    const std::size_t first = accumulator->Add(List{value, 0.5}, times);
    return std::pair(first, accumulator->Add(List{value, 0.5}, times));
  };
  EXPECT_EQ(kept(Aggregate::kSum, false, 1, 3), std::pair(0UL, 0UL));
  EXPECT_EQ(kept(Aggregate::kCollect, false, 1, 3), std::pair(3UL, 3UL));
  EXPECT_EQ(kept(Aggregate::kCollect, true, 1, 3), std::pair(2UL, 0UL));
  EXPECT_EQ(kept(Aggregate::kCollect, false, kNull, 3), std::pair(0UL, 0UL));
  EXPECT_EQ(kept(Aggregate::kCount, true, 1, 3), std::pair(1UL, 0UL));
  EXPECT_EQ(kept(Aggregate::kPercentileDisc, false, 1, 3), std::pair(1UL, 1UL));
}

TEST(Percentiles, RefuseOtherShares) {
  for (const auto aggregate : {Aggregate::kPercentileDisc, Aggregate::kPercentileCont}) {
    for (const Value& share : List{1000, -1, 1.1, -0.1, std::numeric_limits<double>::quiet_NaN()}) {
      EXPECT_EQ(Percentile(aggregate, {10.0}, share), kOutOfRange) << ToText(share);
    }
    EXPECT_EQ(Percentile(aggregate, {10.0}, "0.5"), kWrongOperand);
    EXPECT_EQ(Percentile(aggregate, {"a"}, 0.5), kWrongOperand);
  }
}

}  // namespace
}  // namespace plenum::execution
