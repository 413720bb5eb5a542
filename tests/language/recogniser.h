// Whether a grammar, with its notes, has a text: slow and obvious, for comparison with the parser.
//
// For each rule and each token where it is tried, all places where it may end are found, once. That is complete for
// every grammar without left recursion, whichever alternatives begin alike, and needs no look-ahead.
#pragma once

#include <string_view>

#include "tests/language/ebnf.h"

namespace plenum::language {

bool Recognises(const Grammar& grammar, std::string_view text);

}  // namespace plenum::language
