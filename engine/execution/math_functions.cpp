// Functions on numbers. All but abs and sign answer with a float; outside a function's domain that is NaN, as IEEE 754
// has it, not an error.
#include <cmath>
#include <cstdint>
#include <limits>
#include <numbers>

#include "engine/execution/real.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"

namespace plenum::execution::functions {
namespace {

template <class Function>
Value OfReal(Arguments arguments, Function function) {
  return function(Real(arguments[0]));
}

}  // namespace

Value IsNaN(Arguments arguments) { return std::isnan(Real(arguments[0])); }

Value Abs(Arguments arguments) {
  const Value& number = arguments[0];
  if (number.kind() == Value::Kind::kFloat) return std::fabs(number.real());
  if (number.integer() == std::numeric_limits<std::int64_t>::min()) RaiseOverflow("abs(" + ToText(number) + ")");
  return number.integer() < 0 ? -number.integer() : number.integer();
}

// The sign of NaN is not known: null.
Value Sign(Arguments arguments) {
  const double number = Real(arguments[0]);
  if (std::isnan(number)) return {};
  return static_cast<std::int64_t>((number > 0) - (number < 0));
}

Value Ceil(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::ceil(x); });
}
Value Floor(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::floor(x); });
}
Value Sqrt(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::sqrt(x); });
}
Value Exp(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::exp(x); });
}
Value Log(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::log(x); });
}
Value Log10(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::log10(x); });
}
Value Sin(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::sin(x); });
}
Value Cos(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::cos(x); });
}
Value Tan(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::tan(x); });
}
Value Cot(Arguments arguments) {
  return OfReal(arguments, [](double x) { return 1.0 / std::tan(x); });
}
Value Asin(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::asin(x); });
}
Value Acos(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::acos(x); });
}
Value Atan(Arguments arguments) {
  return OfReal(arguments, [](double x) { return std::atan(x); });
}
Value Haversin(Arguments arguments) {
  return OfReal(arguments, [](double x) { return (1.0 - std::cos(x)) / 2.0; });
}
Value Degrees(Arguments arguments) {
  return OfReal(arguments, [](double x) { return x * (180.0 / std::numbers::pi); });
}
Value Radians(Arguments arguments) {
  return OfReal(arguments, [](double x) { return x * (std::numbers::pi / 180.0); });
}

Value Atan2(Arguments arguments) { return std::atan2(Real(arguments[0]), Real(arguments[1])); }
Value Pi(Arguments) { return std::numbers::pi; }
Value E(Arguments) { return std::numbers::e; }

}  // namespace plenum::execution::functions
