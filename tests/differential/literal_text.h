// A value as an expression of the language that has it.
#pragma once

#include <string>

#include "plenum/value.h"

namespace plenum::tests {

// `value` is what a property may hold, null, or a map of these.
std::string LiteralText(const Value& value);

}  // namespace plenum::tests
