// Whether two bound expressions of one statement say the same, whatever their layout.
#pragma once

#include <functional>

#include "engine/plan/bound_query.h"

namespace plenum::plan {

// `same_slots` decides for two variables that are not the same slot (results of aggregates, say); `same_text` for parts
// that are compared as they are written (subqueries, label expressions).
struct Sameness {
  std::function<bool(Slot, Slot)> same_slots;
  std::function<bool(Span, Span)> same_text;
};
bool SameExpression(const Expression& a, const Expression& b, const Sameness& sameness);

}  // namespace plenum::plan
