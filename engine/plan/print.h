// A bound statement as text: which slot each variable has, which types the binder found, which functions are called.
//
// For people who look for a fault in the binder, and for its tests: the same statement gives the same text. It is not
// the language and is not read back. A slot is #3; every operator has parentheses of its own, so the text shows the
// tree; a type stands where a slot is filled.
#pragma once

#include <string>

#include "engine/plan/bound_query.h"

namespace plenum::plan {

// One line a clause or a part of one, indented by nesting, each ended by a line break.
std::string Print(const Statement& statement);

std::string Print(const Expression& expression);

}  // namespace plenum::plan
