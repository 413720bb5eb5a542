// What searches of a snapshot check, count and turn round before they begin.
#pragma once

#include <span>
#include <string>
#include <vector>

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

// How many entries the lists have, without what filters leave out.
inline Result<std::uint64_t> CountEntries(const GraphSnapshot& snapshot, std::span<const TypeId> types,
                                          Direction direction) {
  const std::vector<TypeId> all = types.empty() ? snapshot.Types() : std::vector<TypeId>();
  std::uint64_t count = 0;
  for (const TypeId type : types.empty() ? std::span<const TypeId>(all) : types) {
    const Result<std::uint64_t> of_type = snapshot.CountRelationships(type);
    if (!of_type) return of_type;
    count += *of_type * (direction == Direction::kEither ? 2 : 1);
  }
  return count;
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
