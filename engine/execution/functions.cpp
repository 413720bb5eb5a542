// CallValueFunction: what is common to all functions on values (kinds of arguments, nulls), and the table of them.
#include "engine/execution/functions.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"

namespace plenum::execution {
namespace {

using plan::Function;

struct Entry {
  Function function;
  Value (*call)(functions::Arguments);
  bool takes_nulls = false;
};

// In the order of plan::Function, from kSize on.
constexpr std::array kTable = {
    Entry{Function::kSize, functions::Size},
    Entry{Function::kHead, functions::Head},
    Entry{Function::kLast, functions::Last},
    Entry{Function::kTail, functions::Tail},
    Entry{Function::kReverse, functions::Reverse},
    Entry{Function::kRange, functions::Range},
    Entry{Function::kCoalesce, functions::Coalesce, true},
    Entry{Function::kToBoolean, functions::ToBoolean},
    Entry{Function::kToBooleanOrNull, functions::ToBooleanOrNull},
    Entry{Function::kToInteger, functions::ToInteger},
    Entry{Function::kToIntegerOrNull, functions::ToIntegerOrNull},
    Entry{Function::kToFloat, functions::ToFloat},
    Entry{Function::kToFloatOrNull, functions::ToFloatOrNull},
    Entry{Function::kToString, functions::ToString},
    Entry{Function::kToStringOrNull, functions::ToStringOrNull},
    Entry{Function::kToUpper, functions::ToUpper},
    Entry{Function::kToLower, functions::ToLower},
    Entry{Function::kTrim, functions::Trim},
    Entry{Function::kLTrim, functions::LTrim},
    Entry{Function::kRTrim, functions::RTrim},
    Entry{Function::kReplace, functions::Replace},
    Entry{Function::kSplit, functions::Split},
    Entry{Function::kSubstring, functions::Substring},
    Entry{Function::kLeft, functions::Left},
    Entry{Function::kRight, functions::Right},
    Entry{Function::kCharLength, functions::Size},
    Entry{Function::kIsEmpty, functions::IsEmpty},
    Entry{Function::kIsNaN, functions::IsNaN},
    Entry{Function::kAbs, functions::Abs},
    Entry{Function::kCeil, functions::Ceil},
    Entry{Function::kFloor, functions::Floor},
    Entry{Function::kRound, functions::Round},
    Entry{Function::kSign, functions::Sign},
    Entry{Function::kSqrt, functions::Sqrt},
    Entry{Function::kExp, functions::Exp},
    Entry{Function::kLog, functions::Log},
    Entry{Function::kLog10, functions::Log10},
    Entry{Function::kPi, functions::Pi},
    Entry{Function::kE, functions::E},
    Entry{Function::kRand, functions::Rand},
    Entry{Function::kSin, functions::Sin},
    Entry{Function::kCos, functions::Cos},
    Entry{Function::kTan, functions::Tan},
    Entry{Function::kCot, functions::Cot},
    Entry{Function::kAsin, functions::Asin},
    Entry{Function::kAcos, functions::Acos},
    Entry{Function::kAtan, functions::Atan},
    Entry{Function::kAtan2, functions::Atan2},
    Entry{Function::kHaversin, functions::Haversin},
    Entry{Function::kDegrees, functions::Degrees},
    Entry{Function::kRadians, functions::Radians},
    Entry{Function::kTimestamp, functions::Timestamp},
    Entry{Function::kRandomUuid, functions::RandomUuid},
    Entry{Function::kValueType, functions::ValueType, true},
    Entry{Function::kDate, functions::DateOf},
    Entry{Function::kPartialDate, functions::PartialDateOf},
};

constexpr std::size_t IndexOf(Function function) {
  return static_cast<std::size_t>(function) - static_cast<std::size_t>(Function::kSize);
}

constexpr bool InOrder() {
  for (std::size_t i = 0; i < kTable.size(); ++i) {
    if (IndexOf(kTable[i].function) != i) return false;
  }
  return true;
}
static_assert(InOrder() && kTable.back().function == Function::kPartialDate, "one entry a function, in their order");

// "String or List"
std::string KindNames(plan::TypeSet kinds) {
  std::string names;
  for (unsigned i = 0; i <= static_cast<unsigned>(Value::Kind::kInterval); ++i) {
    const auto kind = static_cast<Value::Kind>(i);
    if (!kinds.contains(kind)) continue;
    if (!names.empty()) names += " or ";
    names += KindName(kind);
  }
  return names;
}

// "its argument", "argument 2"
std::string ArgumentName(const plan::FunctionSignature& signature, std::size_t index) {
  return signature.arguments_max == 1 ? "its argument" : "argument " + std::to_string(index + 1);
}

void CheckKind(const plan::FunctionSignature& signature, std::size_t index, const Value& argument) {
  const auto accepted = signature.arguments[std::min(index, signature.arguments.size() - 1)];
  if (accepted.contains(argument.kind())) return;
  Raise(ErrorType::kTypeError, "InvalidArgumentValue",
        std::string(signature.name) + "() takes " + KindNames(accepted) + " as " + ArgumentName(signature, index) +
            ", not " + Described(argument));
}

}  // namespace

Value CallValueFunction(Function function, std::span<const Value> arguments) {
  const Entry& entry = kTable[IndexOf(function)];
  if (entry.takes_nulls) return entry.call(arguments);
  const auto& signature = plan::SignatureOf(function);
  assert(arguments.size() >= signature.arguments_min && arguments.size() <= signature.arguments_max);
  bool has_null = false;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (arguments[i].is_null()) {
      has_null = true;
    } else {
      CheckKind(signature, i, arguments[i]);
    }
  }
  return has_null ? Value() : entry.call(arguments);
}

}  // namespace plenum::execution
