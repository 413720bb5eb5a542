// Sums that lose nothing on the way.
//
// A. Neumaier, "Rundungsfehleranalyse einiger Verfahren zur Summation endlicher Summen", ZAMM 54 (1974).
#include "engine/execution/exact_sum.h"

#include <cmath>
#include <limits>
#include <string>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {

using Kind = Value::Kind;

std::optional<double> RealToAggregate(std::string_view aggregate, const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
      return {};
    case Kind::kInteger:
      return static_cast<double>(value.integer());
    case Kind::kFloat:
      return value.real();
    default:
      RaiseInvalidType(std::string(aggregate) + "() takes numbers, not " + Described(value));
  }
}

void ExactSum::Add(std::string_view aggregate, const Value& value, std::uint64_t times) {
  const std::optional<double> real = RealToAggregate(aggregate, value);
  if (!real) return;
  if (value.kind() == Kind::kFloat) return AddFloat(*real, times);
  AddInteger(aggregate, value.integer(), times);
}

void ExactSum::RaiseTooLarge(std::string_view aggregate) { RaiseOverflow(std::string(aggregate) + "()"); }

// The product is rounded as the sum of single numbers would not be: what it loses is added too.
void ExactSum::AddProduct(double number, std::uint64_t times) {
  if (times == 1) return AddReal(number);
  constexpr std::uint64_t kExact = std::uint64_t{1} << 32;  // a factor up to here has no digits that a double has not
  for (const std::uint64_t part : {times / kExact * kExact, times % kExact}) {
    const auto factor = static_cast<double>(part);
    const double product = number * factor;
    if (part != 0) AddReal(product);
    if (part != 0 && std::isfinite(product)) AddReal(std::fma(number, factor, -product));
  }
}

void ExactSum::AddReal(double number) {
  const double sum = reals_ + number;
  if (std::isfinite(sum)) {
    lost_ += std::fabs(reals_) >= std::fabs(number) ? (reals_ - sum) + number : (number - sum) + reals_;
  }
  reals_ = sum;
}

Value ExactSum::Total() const {
  if (has_reals_) return static_cast<double>(integers_) + (std::isfinite(reals_) ? reals_ + lost_ : reals_);
  if (integers_ < std::numeric_limits<std::int64_t>::min() || integers_ > std::numeric_limits<std::int64_t>::max()) {
    RaiseOverflow("sum()");
  }
  return static_cast<std::int64_t>(integers_);
}

Value ExactSum::Mean() const {
  if (count_ == 0) return {};
  if (has_reals_) return Total().real() / static_cast<double>(count_);
  // Whole part and remainder apart, so that the quotient of a sum beyond 2^53 is rounded once.
  const Int128 whole = integers_ / count_;
  const Int128 rest = integers_ % count_;
  return static_cast<double>(static_cast<long double>(whole) +
                             static_cast<long double>(rest) / static_cast<long double>(count_));
}

}  // namespace plenum::execution
