// The relationships of one node, for tests and benchmarks that look at a few.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "engine/graph/graph.h"
#include "tests/must.h"

namespace plenum::graph {

// Of one type, or of every type; to one node, or to all.
inline std::vector<Neighbour> NeighboursOf(Transaction& transaction, NodeId node, Direction direction,
                                           std::optional<TypeId> type = std::nullopt,
                                           std::optional<NodeId> other = std::nullopt) {
  std::optional<std::span<const TypeId>> types;
  if (type) types = std::span(&*type, 1);
  std::vector<Neighbour> neighbours;
  Must(transaction.AppendNeighbours(node, direction, types, neighbours, other));
  return neighbours;
}

}  // namespace plenum::graph
