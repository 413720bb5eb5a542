// Counting and writing down the paths of a ShortestPaths (plenum/paths.h). How it is found: all_shortest_paths.h.
#include "engine/traversal/all_shortest_paths.h"

#include <limits>
#include <utility>

namespace plenum {
namespace {

std::uint64_t SaturatingSum(std::uint64_t a, std::uint64_t b) {
  const std::uint64_t sum = a + b;
  return sum < a ? std::numeric_limits<std::uint64_t>::max() : sum;
}

}  // namespace

// Every step leads to a node further on, and every node but the last has one.
ShortestPaths::ShortestPaths(Parts parts) : parts_(std::move(parts)) {
  if (!found()) return;
  std::vector<std::uint64_t> to_the_end(parts_.nodes.size(), 0);
  to_the_end.back() = 1;
  for (std::size_t node = parts_.nodes.size() - 1; node-- > 0;) {
    for (std::uint64_t i = parts_.first_step[node]; i < parts_.first_step[node + 1]; ++i) {
      to_the_end[node] = SaturatingSum(to_the_end[node], to_the_end[parts_.steps[i].to]);
    }
  }
  count_ = to_the_end.front();
}

void ShortestPaths::ForEach(const PathVisit& visit) const {
  if (!found()) return;
  struct Choices {
    std::uint64_t next;  // of the steps from a node
    std::uint64_t end;
  };
  const auto choices_at = [&](std::uint32_t node) {
    return Choices{parts_.first_step[node], parts_.first_step[std::size_t{node} + 1]};
  };
  std::vector<NodeId> nodes = {parts_.nodes.front()};
  std::vector<RelationshipId> relationships;
  if (hops() == 0) return (void)visit({nodes, relationships});
  for (std::vector<Choices> open = {choices_at(0)}; !open.empty();) {
    if (open.back().next == open.back().end) {
      open.pop_back();
      nodes.pop_back();
      if (!relationships.empty()) relationships.pop_back();
      continue;
    }
    const Step& step = parts_.steps[open.back().next++];
    nodes.push_back(parts_.nodes[step.to]);
    relationships.push_back(step.relationship);
    if (relationships.size() < hops()) {
      open.push_back(choices_at(step.to));
      continue;
    }
    if (!visit({nodes, relationships})) return;
    nodes.pop_back();
    relationships.pop_back();
  }
}

}  // namespace plenum
