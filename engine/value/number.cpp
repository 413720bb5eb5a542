// Exact comparison of numbers.
#include "engine/value/number.h"

#include <cmath>

namespace plenum {

std::partial_ordering CompareExactly(std::int64_t integer, double real) {
  if (std::isnan(real)) return std::partial_ordering::unordered;
  // 2^63 is a double; every double within these bounds has a whole part that is an int64.
  constexpr double kTooLarge = 9223372036854775808.0;
  if (real >= kTooLarge) return std::partial_ordering::less;
  if (real < -kTooLarge) return std::partial_ordering::greater;
  const double whole = std::trunc(real);
  const auto whole_integer = static_cast<std::int64_t>(whole);
  if (integer != whole_integer) return integer <=> whole_integer;
  return 0.0 <=> real - whole;
}

std::partial_ordering CompareNumbers(const Value& a, const Value& b) {
  const bool a_integer = a.kind() == Value::Kind::kInteger;
  const bool b_integer = b.kind() == Value::Kind::kInteger;
  if (a_integer && b_integer) return a.integer() <=> b.integer();
  if (a_integer) return CompareExactly(a.integer(), b.real());
  if (b_integer) return 0 <=> CompareExactly(b.integer(), a.real());
  return a.real() <=> b.real();
}

}  // namespace plenum
