// What searches of a snapshot check and turn round before they begin.
#pragma once

#include <span>
#include <string>

#include "plenum/graph.h"

namespace plenum::traversal {

// The nodes that a search is given must be there.
inline Status CheckNodes(GraphReader& reader, std::span<const NodeId> nodes) {
  for (const NodeId node : nodes) {
    if (reader.Exists(node) || !reader.status().ok()) continue;
    return Error{ErrorType::kEntityNotFound, "NodeNotFound",
                 "there is no node " + std::to_string(node.value) + " in this snapshot; search between nodes that are"};
  }
  return reader.status().ok() ? Status() : Status(reader.status().error());
}

// The same relationships, from their other ends.
inline AdjacencyOptions Reversed(AdjacencyOptions options) {
  if (options.direction == Direction::kOutgoing) {
    options.direction = Direction::kIncoming;
  } else if (options.direction == Direction::kIncoming) {
    options.direction = Direction::kOutgoing;
  }
  return options;
}

}  // namespace plenum::traversal
