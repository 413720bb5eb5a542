// round(number [, precision [, mode]]).
//
// Rounds the decimal digits that the number is written with, not its binary fraction: round(1.005, 2) is 1.01, as a
// person who reads 1.005 expects. Without a mode and to a whole number, ties go up (-1.5 to -1.0), as in openCypher.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/real.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"

namespace plenum::execution::functions {
namespace {

enum class Mode : std::uint8_t { kUp, kDown, kCeiling, kFloor, kHalfUp, kHalfDown, kHalfEven, kHalfTowardsInfinity };

struct NamedMode {
  std::string_view name;
  Mode mode;
};
constexpr std::array<NamedMode, 7> kModes = {{
    {"UP", Mode::kUp},
    {"DOWN", Mode::kDown},
    {"CEILING", Mode::kCeiling},
    {"FLOOR", Mode::kFloor},
    {"HALF_UP", Mode::kHalfUp},
    {"HALF_DOWN", Mode::kHalfDown},
    {"HALF_EVEN", Mode::kHalfEven},
}};

Mode ModeNamed(const std::string& name) {
  const auto* found = std::ranges::find(kModes, name, &NamedMode::name);
  if (found != kModes.end()) return found->mode;
  Raise(ErrorType::kArgumentError, "InvalidArgumentValue",
        "round() has no mode '" + name + "'; it has UP, DOWN, CEILING, FLOOR, HALF_UP, HALF_DOWN and HALF_EVEN");
}

// A finite number's size as d₀.d₁d₂… × 10^exponent, with the fewest digits that read back as it.
struct Decimal {
  std::string digits;
  int exponent = 0;
};
Decimal DecimalOf(double size) {
  std::array<char, 40> text{};
  const auto written = std::to_chars(text.data(), text.data() + text.size(), size, std::chars_format::scientific);
  const std::string_view all(text.data(), static_cast<std::size_t>(written.ptr - text.data()));
  const std::size_t e = all.find('e');
  Decimal decimal{std::string(all.substr(0, e)), std::atoi(all.data() + e + 1)};
  std::erase(decimal.digits, '.');
  return decimal;
}

// Whether the kept digits grow by one when the rest of `digits`, from `kept` on, is cut off.
bool GrowsInSize(Mode mode, bool negative, std::string_view digits, int kept) {
  const int half =  // of a unit of the last kept place: less than, exactly, more than
      kept < 0 || digits[kept] < '5' ? -1 : digits[kept] > '5' || digits.size() > static_cast<std::size_t>(kept) + 1;
  const bool odd = kept > 0 && (digits[kept - 1] - '0') % 2 == 1;
  switch (mode) {
    case Mode::kUp:
      return true;
    case Mode::kDown:
      return false;
    case Mode::kCeiling:
      return !negative;
    case Mode::kFloor:
      return negative;
    case Mode::kHalfUp:
      return half >= 0;
    case Mode::kHalfDown:
      return half > 0;
    case Mode::kHalfEven:
      return half > 0 || (half == 0 && odd);
    case Mode::kHalfTowardsInfinity:
      return half > 0 || (half == 0 && !negative);
  }
  return false;
}

// The next decimal integer: "199" gives "200", "" gives "1".
std::string Successor(std::string digits) {
  std::size_t place = digits.size();
  while (place > 0 && digits[place - 1] == '9') digits[--place] = '0';
  if (place == 0) return "1" + digits;
  ++digits[place - 1];
  return digits;
}

double Rounded(double number, int precision, Mode mode) {
  if (!std::isfinite(number) || number == 0) return number;
  const Decimal decimal = DecimalOf(std::fabs(number));
  const int kept = decimal.exponent + 1 + precision;
  if (kept >= static_cast<int>(decimal.digits.size())) return number;

  std::string digits = decimal.digits.substr(0, std::max(kept, 0));
  if (GrowsInSize(mode, number < 0, decimal.digits, kept)) digits = Successor(std::move(digits));
  if (digits.empty()) return 0;
  const std::string text = digits + "e" + std::to_string(-precision);
  double size = 0;
  std::from_chars(text.data(), text.data() + text.size(), size);
  return std::copysign(size, number);
}

}  // namespace

Value Round(Arguments arguments) {
  const double real = Real(arguments[0]);
  const std::int64_t precision = arguments.size() > 1 ? arguments[1].integer() : 0;
  if (precision < 0) RaiseOutOfRange("round() takes a precision of 0 or more, not " + std::to_string(precision));
  const Mode unnamed = precision == 0 ? Mode::kHalfTowardsInfinity : Mode::kHalfUp;
  const Mode mode = arguments.size() > 2 ? ModeNamed(arguments[2].string()) : unnamed;
  // No float has a digit beyond these places.
  constexpr std::int64_t kPrecisionMax = 400;
  return Rounded(real, static_cast<int>(std::min(precision, kPrecisionMax)), mode);
}

}  // namespace plenum::execution::functions
