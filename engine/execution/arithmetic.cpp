// The arithmetic operators. Integers stay integers and never wrap around: what does not fit is an error. With a float
// on either side both are floats, and what has no value is Infinity or NaN, as IEEE 754 has it.
#include <cmath>
#include <cstdint>
#include <limits>
#include <string>
#include <string_view>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/functions.h"
#include "engine/execution/real.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"
#include "engine/value/number.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;

std::string Written(const Value& a, std::string_view op, const Value& b) {
  return ToText(a) + " " + std::string(op) + " " + ToText(b);
}

// What every operator on two numbers does: null for null, an error for what is no number, integers by `of_integers` (an
// error when it answers that the result does not fit), floats by `of_reals`.
template <class OfIntegers, class OfReals>
Value OfNumbers(const Value& a, std::string_view op, const Value& b, OfIntegers of_integers, OfReals of_reals) {
  if (a.is_null() || b.is_null()) return {};
  if (a.kind() == Kind::kInteger && b.kind() == Kind::kInteger) {
    std::int64_t result = 0;
    if (!of_integers(a.integer(), b.integer(), result) && !IsMutant("overflow-wraps")) RaiseOverflow(Written(a, op, b));
    return result;
  }
  if (IsNumber(a) && IsNumber(b)) return of_reals(Real(a), Real(b));
  RaiseInvalidType("'" + std::string(op) + "' takes numbers, not " + Described(a) + " and " + Described(b));
}

[[noreturn]] void RaiseDivisionByZero(const Value& a, std::string_view op) {
  Raise(ErrorType::kArithmeticError, "DivisionByZero",
        "an Integer cannot be divided by zero (" + Written(a, op, Value(0)) +
            "); with a Float the result is Infinity or NaN");
}

Value Concatenated(const List& a, const List& b) {
  CheckListSize(a.size() + b.size());
  List all;
  all.reserve(a.size() + b.size());
  all.insert(all.end(), a.begin(), a.end());
  all.insert(all.end(), b.begin(), b.end());
  return CheckNesting(std::move(all));
}

Value AddToList(const Value& a, const Value& b) {
  if (a.kind() != Kind::kList) return Concatenated({a}, b.list());
  if (b.kind() != Kind::kList) return Concatenated(a.list(), {b});
  return Concatenated(a.list(), b.list());
}

Value AddToText(const Value& a, const Value& b) {
  std::string text = ToText(a, false);
  const std::string end = ToText(b, false);
  CheckTextSize(text.size() + end.size());
  return text += end;
}

bool IsTextOrNumber(const Value& value) { return value.kind() == Kind::kString || IsNumber(value); }

}  // namespace

Value Add(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return {};
  if (a.kind() == Kind::kList || b.kind() == Kind::kList) return AddToList(a, b);
  if (a.kind() == Kind::kString || b.kind() == Kind::kString) {
    if (IsTextOrNumber(a) && IsTextOrNumber(b)) return AddToText(a, b);
    RaiseInvalidType("'+' joins a String to a String or a number, not " + Described(a) + " and " + Described(b) +
                     "; use toString()");
  }
  if (!IsNumber(a) || !IsNumber(b)) {
    RaiseInvalidType("'+' takes numbers, Strings or Lists, not " + Described(a) + " and " + Described(b));
  }
  return OfNumbers(
      a, "+", b, [](std::int64_t x, std::int64_t y, std::int64_t& sum) { return !__builtin_add_overflow(x, y, &sum); },
      [](double x, double y) { return x + y; });
}

Value Subtract(const Value& a, const Value& b) {
  return OfNumbers(
      a, "-", b,
      [](std::int64_t x, std::int64_t y, std::int64_t& rest) { return !__builtin_sub_overflow(x, y, &rest); },
      [](double x, double y) { return x - y; });
}

Value Multiply(const Value& a, const Value& b) {
  return OfNumbers(
      a, "*", b,
      [](std::int64_t x, std::int64_t y, std::int64_t& product) { return !__builtin_mul_overflow(x, y, &product); },
      [](double x, double y) { return x * y; });
}

Value Divide(const Value& a, const Value& b) {
  return OfNumbers(
      a, "/", b,
      [&a](std::int64_t x, std::int64_t y, std::int64_t& quotient) {
        if (y == 0) RaiseDivisionByZero(a, "/");
        if (y == -1) return !__builtin_sub_overflow(std::int64_t{0}, x, &quotient);
        quotient = x / y - (IsMutant("divide-floors") && x % y != 0 && (x < 0) != (y < 0) ? 1 : 0);
        return true;
      },
      [](double x, double y) { return x / y; });
}

Value Modulo(const Value& a, const Value& b) {
  return OfNumbers(
      a, "%", b,
      [&a](std::int64_t x, std::int64_t y, std::int64_t& rest) {
        if (y == 0) RaiseDivisionByZero(a, "%");
        rest = y == -1 ? 0 : x % y;  // the processor would divide, and the smallest integer by -1 does not fit
        return true;
      },
      [](double x, double y) { return std::fmod(x, y); });
}

Value Power(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return {};
  if (IsNumber(a) && IsNumber(b)) return std::pow(Real(a), Real(b));
  RaiseInvalidType("'^' takes numbers, not " + Described(a) + " and " + Described(b));
}

Value Negate(const Value& a) {
  if (a.is_null()) return {};
  if (a.kind() == Kind::kFloat) return -a.real();
  if (a.kind() != Kind::kInteger) RaiseInvalidType("'-' takes a number, not " + Described(a));
  if (a.integer() == std::numeric_limits<std::int64_t>::min()) RaiseOverflow("-(" + ToText(a) + ")");
  return -a.integer();
}

}  // namespace plenum::execution
