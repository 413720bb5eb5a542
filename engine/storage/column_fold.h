// What is written to a column that is there already: operands, which the store gathers and folds into it.
//
//   column-operand = 0x01 varint:slot cell                      0x01: version; a null cell removes
//
// Operands are appended one to the other; later ones win.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "plenum/value.h"

namespace plenum::storage {

// IsStorable or null. Of a string of more than kLongStringBytes the mark: its text is the caller's to keep.
void AppendColumnSet(std::string& out, std::uint32_t slot, const Value& value);

// The column after all operands, in their order; without a base, of an empty one. Absent: something is damaged.
std::optional<std::string> FoldColumn(std::optional<std::string_view> base, std::span<const std::string_view> operands);

}  // namespace plenum::storage
