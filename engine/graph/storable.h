// Which values a property can have.
#pragma once

#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

// A TypeError InvalidPropertyType unless the value is null or can be stored; `name` is the property's.
Status CheckStorable(const Value& value, std::string_view name);

}  // namespace plenum::graph
