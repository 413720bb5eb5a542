// In which order the elements of a pattern are matched: where to start, along which relationships to go on, and when
// each condition can be tested.
#pragma once

#include <cstddef>
#include <string>
#include <variant>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"

namespace plenum::plan {

// Begin at a node of a path.
struct StartAt {
  enum class Access { kBound, kKey, kRange, kLabel, kAllNodes };
  std::size_t path = 0;
  std::size_t node = 0;
  Access access = Access::kAllNodes;
  std::string label;                  // kKey, kRange, kLabel
  std::string key;                    // kKey: the property that is the label's key; kRange: that has a range index
  const Expression* equal = nullptr;  // kKey; kRange, if a value and not a range is looked for
  const Expression* least = nullptr;  // kRange: null where there is no such bound
  const Expression* greatest = nullptr;
  bool with_least = true;
  bool with_greatest = true;
};
// Begin at a relationship that is bound, with both its ends.
struct StartAtRelationship {
  std::size_t path = 0;
  std::size_t relationship = 0;
  bool before_known = false;  // whether an end is filled already
  bool behind_known = false;
};
// Go along a relationship from the end that is matched to the other, which may be matched too.
struct ExpandAlong {
  std::size_t path = 0;
  std::size_t relationship = 0;
  bool forward = true;  // from the node before it to the node behind it
  bool end_known = false;
};

struct MatchStep {
  std::variant<StartAt, StartAtRelationship, ExpandAlong> action;
  std::vector<const Expression*> conditions;  // of the pattern's WHERE: what they read is filled from here on
};
struct MatchOrder {
  std::vector<MatchStep> steps;
  std::vector<const Expression*> conditions;  // what is left: they read paths
};

// Every node and relationship of `pattern`, each once. Greedy: what is bound and unique keys before the fewest
// candidates, by a range index, a label or all nodes; from there along what touches matched nodes, first where both
// ends are. Points into `pattern`.
MatchOrder OrderMatch(const Pattern& pattern, graph::Transaction& transaction);

}  // namespace plenum::plan
