// The notes below the grammar of docs/grammar.md: where two readings are possible, which one is taken.
//
// Each note narrows one rule: where it may begin, or where it may end. The numbers are the page's.
#pragma once

#include <span>
#include <string_view>

#include "tests/language/tokens.h"

namespace plenum::language {

struct Note {
  int number;
  std::string_view rule;
  // Whether the rule may stand on the tokens from `begin` to before `end`.
  bool (*allows)(const Tokens& tokens, std::size_t begin, std::size_t end);
};

std::span<const Note> Notes();

}  // namespace plenum::language
