// The errors that operators and functions on values have in common. Private to this folder.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "plenum/value.h"

namespace plenum::execution {

// How large one value may become, so that a few words of a query cannot take all memory (`range(1, 10^12)`, a text that
// is doubled forty times).
inline constexpr std::size_t kListElementsMax = 10'000'000;
inline constexpr std::size_t kTextBytesMax = std::size_t{256} << 20;

// ResourceExhausted when the list or text that is about to be made is larger.
void CheckListSize(std::size_t elements);
void CheckTextSize(std::size_t bytes);

// The value; ResourceExhausted when lists and maps are nested in it deeper than kValueNestingMax.
Value CheckNesting(Value value);

// The beginning of a text that may be too long for a message.
std::string Shortened(std::string text);

// A value in a message: "Integer 7", "String 'a very long te…'".
std::string Described(const Value& value);

// TypeError InvalidArgumentType: "+ cannot …"
[[noreturn]] void RaiseInvalidType(std::string message);
// ArgumentError NumberOutOfRange
[[noreturn]] void RaiseOutOfRange(std::string message);
// ArithmeticError IntegerOverflow: "`what` does not fit in a 64-bit integer; `advice`"
[[noreturn]] void RaiseOverflow(
    std::string_view what, std::string_view advice = "use toFloat() on an operand where an inexact result will do");

}  // namespace plenum::execution
