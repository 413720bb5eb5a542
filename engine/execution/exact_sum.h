// Sums that lose nothing on the way: of integers in 128 bits, of floats with the error of each addition carried along
// (Neumaier's compensated summation). Private to this folder.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "plenum/value.h"

namespace plenum::execution {

// The number in `value`, absent for null; raises TypeError InvalidArgumentType, in the name of `aggregate`, for what is
// no number.
std::optional<double> RealToAggregate(std::string_view aggregate, const Value& value);

class ExactSum {
 public:
  // Adds a number `times` times; null adds nothing; for what is no number raises as RealToAggregate does.
  void Add(std::string_view aggregate, const Value& value, std::uint64_t times);
  void AddInteger(std::string_view aggregate, std::int64_t number, std::uint64_t times) {
    Int128 product = 0;
    if (__builtin_mul_overflow(Int128{number}, Int128{times}, &product) ||
        __builtin_add_overflow(integers_, product, &integers_)) {
      RaiseTooLarge(aggregate);
    }
    count_ += times;
  }
  void AddFloat(double number, std::uint64_t times) {
    count_ += times;
    has_reals_ = true;
    AddProduct(number, times);
  }

  // The sum: an integer when all numbers were (0 of none), raising IntegerOverflow when it does not fit; else a float.
  Value Total() const;
  // The mean as a float; null of no numbers.
  Value Mean() const;

 private:
  __extension__ typedef __int128 Int128;

  [[noreturn]] static void RaiseTooLarge(std::string_view aggregate);
  void AddReal(double number);
  void AddProduct(double number, std::uint64_t times);

  Int128 integers_ = 0;
  double reals_ = 0;
  double lost_ = 0;  // what rounding has taken from reals_
  bool has_reals_ = false;
  std::uint64_t count_ = 0;
};

}  // namespace plenum::execution
