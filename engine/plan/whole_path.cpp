// The tests that wait for a whole round or path.
#include "engine/plan/whole_path.h"

#include <algorithm>
#include <set>

namespace plenum::plan {
namespace {

bool HasDeferred(const PathPattern& path) {
  const auto deferred = [](const auto& element) { return element.deferred; };
  return std::ranges::any_of(path.nodes, deferred) || std::ranges::any_of(path.relationships, deferred);
}

bool RepeatsNode(const Subpath& subpath) {
  const std::vector<NodePattern>& nodes = subpath.body.nodes;
  std::set<Slot> slots;
  for (const NodePattern& node : nodes) slots.insert(node.slot);
  const bool closed = subpath.selector && nodes.size() > 1 && nodes.front().slot == nodes.back().slot;
  return slots.size() + (closed ? 1 : 0) < nodes.size();
}

}  // namespace

bool IsTestedAsAWhole(const Subpath& subpath) {
  return !subpath.conditions.empty() || HasDeferred(subpath.body) || RepeatsNode(subpath);
}

bool IsUnbounded(const PathPattern& path) {
  return std::ranges::any_of(path.relationships, [](const RelationshipPattern& relationship) {
    if (relationship.subpath) {
      return !(*relationship.subpath)->rounds.maximum || IsUnbounded((*relationship.subpath)->body);
    }
    return relationship.repetition && !relationship.repetition->maximum;
  });
}

bool FirstWalkTellsAll(const Subpath& subpath) {
  if (IsTestedAsAWhole(subpath)) return !IsUnbounded(subpath.body);
  return std::ranges::all_of(subpath.body.relationships, [](const RelationshipPattern& relationship) {
    return !relationship.subpath || FirstWalkTellsAll(**relationship.subpath);
  });
}

}  // namespace plenum::plan
