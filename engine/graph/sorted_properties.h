// Properties as records keep them: sorted by key, without nulls, of types that can be stored.
#pragma once

#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

// Null means to remove it.
void SetInSorted(Properties& properties, KeyId key, const Value& value);

// A TypeError InvalidPropertyType unless the value is null or can be stored; `name` is the property's.
Status CheckStorable(const Value& value, std::string_view name);

// Whether the index of a declared key holds it. NaN equals nothing, so no two nodes can share it and none is found by
// it.
bool IsIndexed(const Value& value);

}  // namespace plenum::graph
