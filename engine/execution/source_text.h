// Sources and their texts: where words stand, counted in Unicode code points.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"

namespace plenum::execution {

// The node (:Source {key}), if there is one.
Result<std::optional<NodeId>> FindSource(graph::Transaction& transaction, std::string_view key);

// The code points first to end (exclusive) of `text`, cut at its end.
std::string_view WordsAt(std::string_view text, std::uint32_t first, std::uint32_t end);

// Every place of `words` in `text`, as code points first and end (exclusive).
std::vector<std::pair<std::uint32_t, std::uint32_t>> PlacesOf(std::string_view text, std::string_view words);

}  // namespace plenum::execution
