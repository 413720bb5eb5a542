// What to do about a syntax error: a person's likely intention, guessed from the place where a parse failed.
#pragma once

#include <string>

#include "parser/progress.h"

namespace plenum::syntax {

// "did you mean MATCH?", "write <>", … for the token at the furthest failure; empty when there is no good guess.
std::string HintFor(const Progress& progress, Span token);

// Whether the character at `at` cannot be part of any word or sign of the language.
bool IsForeignCharacter(std::string_view text, std::size_t at);

}  // namespace plenum::syntax
