// Aggregates: what count, sum, avg, min, max, collect, stDev and the percentiles make of a group's values.
//
// An accumulator belongs to one group of one query and one thread. Null values are not counted, but for count(*).
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

#include "engine/plan/functions.h"
#include "plenum/value.h"

namespace plenum::execution {

class Accumulator {
 public:
  virtual ~Accumulator() = default;

  // Takes one row's arguments (none for count(*), the value and the percentile for percentileDisc and percentileCont),
  // as if it came `times` times, at least once. Raises EvaluationError: TypeError InvalidArgumentType for a value that
  // cannot be summed, ArgumentError NumberOutOfRange for a percentile outside 0 to 1. Answers how many values more it
  // keeps than before (collect, DISTINCT and the percentiles do), for the caller to account for their memory.
  virtual std::size_t Add(std::span<const Value> arguments, std::uint64_t times) = 0;

  // What the rows so far come to. A sum of integers that does not fit raises ArithmeticError IntegerOverflow here, not
  // on the way. Of no values: count and sum are 0, collect is empty, stDev is 0.0, all others are null.
  virtual Value Result() const = 0;
};

// With `distinct`, of values that are equal (Order) only the first counts.
std::unique_ptr<Accumulator> MakeAccumulator(plan::Aggregate aggregate, bool distinct);

}  // namespace plenum::execution
