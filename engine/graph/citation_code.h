// Citations as bytes and back (storage/key_layout.h has the form).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "engine/graph/graph.h"

namespace plenum::graph {

std::string EncodeCitation(const Citation& citation);

// Absent where the bytes cannot be what was written.
std::optional<Citation> DecodeCitation(std::string_view bytes);

}  // namespace plenum::graph
