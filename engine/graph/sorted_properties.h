// Properties as records keep them: sorted by key, without nulls, of types that can be stored.
#pragma once

#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

// Null means to remove it.
void SetInSorted(Properties& properties, KeyId key, const Value& value);

// A TypeError InvalidPropertyType unless the value is null or can be stored; `name` is the property's.
Status CheckStorable(const Value& value, std::string_view name);

// Whether an index holds it. A unique one holds what equals itself: NaN does not, nor does a list with it, so no two
// nodes can share it and none is found by it. A range one holds such lists, which < may compare.
bool IsIndexed(const Value& value, bool unique);

}  // namespace plenum::graph
