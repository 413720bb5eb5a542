// In which order the elements of a pattern are matched: where to start, and along which relationships to go on.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"

namespace plenum::plan {

// Begin at a node of a path.
struct StartAt {
  enum class Access { kBound, kKey, kLabel, kAllNodes };
  std::size_t path = 0;
  std::size_t node = 0;
  Access access = Access::kAllNodes;
  std::string label;  // kKey, kLabel
  std::string key;    // kKey: the property whose value is given
};
// Go along a relationship from the end that is matched to the other, which may be matched too.
struct ExpandAlong {
  std::size_t path = 0;
  std::size_t relationship = 0;
  bool forward = true;  // from the node before it to the node behind it
};
using MatchStep = std::variant<StartAt, ExpandAlong>;

// Every node and relationship of `pattern`, each once. Greedy: bound nodes and unique keys before the rarest label
// before all nodes; from there along what touches matched nodes, first where both ends are.
std::vector<MatchStep> OrderMatch(const Pattern& pattern, graph::Transaction& transaction);

}  // namespace plenum::plan
