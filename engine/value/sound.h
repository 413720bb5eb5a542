// Values that come from outside (parameters, answers of procedures) and may be what no value may be.
#pragma once

#include <optional>
#include <string>

#include "plenum/value.h"

namespace plenum {

struct ValueFault {
  std::string detail;   // of the error: "NestingTooDeep", "InvalidUnicodeCharacter"
  std::string message;  // "is not UTF-8": what is said of the value
};

// What is wrong with `value`: lists and maps nested deeper than kValueNestingMax, texts or keys that are not UTF-8.
std::optional<ValueFault> FaultOf(const Value& value);

}  // namespace plenum
