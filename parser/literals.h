// Numbers and quoted texts: from their spelling to their value.
//
// Both throw a Refusal with openCypher's own words for what may be wrong with a literal: InvalidNumberLiteral,
// IntegerOverflow, FloatingPointOverflow, InvalidUnicodeLiteral.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "parser/ast.h"

namespace plenum::syntax {

bool BeginsNumber(std::string_view text, std::size_t at);

// The number at `at`, which moves past it: 12, 0x1F, 0o17, 1.5, .5, 1e9. A '.' that a second one follows is not part of
// it, so 782..797 are two integers. 2^63 is returned as the smallest integer (see ReadLiteral).
ast::Scalar ReadNumber(std::string_view text, std::size_t& at);

// The value of the quoted text between `begin` and `end`, quotes included.
std::string Unquote(std::string_view text, std::size_t begin, std::size_t end);

}  // namespace plenum::syntax
