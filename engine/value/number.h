// Comparison of integers with floats by their exact values: 2^53 + 1 is not 2.0^53, though it would round to it.
#pragma once

#include <compare>
#include <cstdint>

#include "plenum/value.h"

namespace plenum {

// Unordered when `real` is NaN.
std::partial_ordering CompareExactly(std::int64_t integer, double real);

inline bool IsNumber(const Value& value) {
  return value.kind() == Value::Kind::kInteger || value.kind() == Value::Kind::kFloat;
}

// Of two numbers, in any mixture of integers and floats.
std::partial_ordering CompareNumbers(const Value& a, const Value& b);

}  // namespace plenum
