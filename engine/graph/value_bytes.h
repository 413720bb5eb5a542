// About how much memory a value takes beyond itself: bounds memory to within a small factor, not to the byte.
#pragma once

#include <cstddef>

#include "plenum/value.h"

namespace plenum::graph {

std::size_t BytesOf(const Value& value);

}  // namespace plenum::graph
