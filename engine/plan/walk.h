// Questions about a bound expression or path that a walk through its parts answers.
#pragma once

#include <functional>
#include <set>

#include "engine/plan/bound_query.h"

namespace plenum::plan {

// Calls `visit` for each direct child of `expression`, in the order they are written. A subquery has none: it is a
// query.
void ForEachChild(const Expression& expression, const std::function<void(const Expression&)>& visit);

// Adds each slot that `expression` reads, in a subquery too; not variables of its own (of a comprehension, say).
void AddSlotsRead(const Expression& expression, std::set<Slot>& slots);

// Whether `expression` reads the slot anywhere, in a subquery too.
bool ReadsSlot(const Expression& expression, Slot slot);

}  // namespace plenum::plan
