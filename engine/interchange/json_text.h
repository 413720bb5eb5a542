// The small parts of JSON's grammar: strings and numbers. The reader of whole values is json_reader.cpp.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "plenum/value.h"

namespace plenum::json {

// What went wrong, and at which byte of the text.
struct Problem {
  std::size_t offset = 0;
  std::string message;
};

// Reads the string whose opening quote is at text[position], and moves `position` past the closing one.
std::optional<Problem> ReadString(std::string_view text, std::size_t& position, std::string& out);

// Reads the number that begins at text[position], and moves `position` past it. Without '.' and exponent it is an
// Integer and must fit 64 bits; otherwise a Float, rounded to the nearest, and 0 where it is too small to be one.
std::optional<Problem> ReadNumber(std::string_view text, std::size_t& position, Value& out);

}  // namespace plenum::json
