// What the tests of functions and operators share: calls by name, and results and errors as text, in which 1 and 1.0,
// 'a' and a differ.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/functions.h"
#include "engine/plan/functions.h"
#include "plenum/value.h"

namespace plenum::execution {

// "TypeError InvalidArgumentType", or "" when `evaluate` raises nothing.
template <class Evaluate>
std::string ErrorOf(Evaluate evaluate) {
  try {
    (void)evaluate();
  } catch (const EvaluationError& raised) {
    return std::string(ErrorTypeName(raised.error.type)) + " " + raised.error.detail;
  }
  return "";
}

// The result as text, or what it raises.
template <class Evaluate>
std::string Outcome(Evaluate evaluate) {
  try {
    return ToText(Value(evaluate()));
  } catch (const EvaluationError& raised) {
    return std::string(ErrorTypeName(raised.error.type)) + " " + raised.error.detail;
  }
}

// What name(arguments…) gives or raises.
inline std::string CallWith(std::string_view name, const List& arguments) {
  const auto* signature = plan::FindFunction(name);
  if (signature == nullptr) return "no function " + std::string(name);
  return Outcome([&] { return CallValueFunction(signature->function, arguments); });
}
template <class... Arguments>
std::string Call(std::string_view name, const Arguments&... arguments) {
  return CallWith(name, List{Value(arguments)...});
}

inline constexpr std::string_view kWrongArgument = "TypeError InvalidArgumentValue";
inline constexpr std::string_view kWrongOperand = "TypeError InvalidArgumentType";
inline constexpr std::string_view kOutOfRange = "ArgumentError NumberOutOfRange";
inline constexpr std::string_view kOverflow = "ArithmeticError IntegerOverflow";

inline constexpr std::int64_t kSmallest = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kLargest = std::numeric_limits<std::int64_t>::max();

}  // namespace plenum::execution
