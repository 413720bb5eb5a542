// All shortest paths between two nodes: a search from both sides finds the nodes in the middle of them
// (two_sided_search.h), and then each side's levels are read once more, from the middle to the end, with their
// relationships, keeping those that lead to a node that is known to lie on a path. So in all at most twice the lists
// are read that finding one path takes, and what is kept is what lies on a path.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <tuple>
#include <vector>

#include "engine/traversal/two_sided_search.h"
#include "plenum/paths.h"

namespace plenum::traversal {

template <NeighbourSource Source>
class AllShortestPaths {
 public:
  // `wanted` is empty, and will be.
  AllShortestPaths(SearchSide<Source> forward, SearchSide<Source> backward, NodeBits& wanted)
      : forward_(forward), backward_(backward), wanted_(wanted) {}

  // Nothing if the poll or reading ended it.
  std::optional<ShortestPaths> Find(NodeId from, NodeId to, std::uint32_t hops_most, Polling& polling);

 private:
  struct FoundStep {
    std::uint32_t distance;  // of `from`, from the first node
    NodeId from;
    NodeId to;
    RelationshipId relationship;
  };

  bool CollectSide(SearchSide<Source>& side, bool forward, std::span<const NodeId> meeting, Polling& polling);
  bool CollectLevel(SearchSide<Source>& side, bool forward, std::uint32_t level, Polling& polling);
  std::optional<ShortestPaths::Parts> Assemble(Polling& polling);

  SearchSide<Source> forward_;
  SearchSide<Source> backward_;
  NodeBits& wanted_;                        // the nodes on paths, of one distance
  std::vector<std::vector<NodeId>> nodes_;  // on paths, by distance from the first
  std::vector<FoundStep> steps_;
};

template <NeighbourSource Source>
std::optional<ShortestPaths> AllShortestPaths<Source>::Find(NodeId from, NodeId to, std::uint32_t hops_most,
                                                            Polling& polling) {
  TwoSidedSearch<Source> search(forward_, backward_);
  if (!search.Run(from, to, hops_most, false, polling)) return std::nullopt;
  if (!search.found()) return ShortestPaths();
  nodes_.assign(std::size_t{forward_.levels.depth()} + backward_.levels.depth() + 1, {});
  steps_.clear();
  if (!CollectSide(forward_, true, search.meeting(), polling)) return std::nullopt;
  if (!CollectSide(backward_, false, search.meeting(), polling)) return std::nullopt;
  std::optional<ShortestPaths::Parts> parts = Assemble(polling);
  if (!parts) return std::nullopt;
  return ShortestPaths(*std::move(parts));
}

template <NeighbourSource Source>
bool AllShortestPaths<Source>::CollectSide(SearchSide<Source>& side, bool forward, std::span<const NodeId> meeting,
                                           Polling& polling) {
  const std::uint32_t depth = side.levels.depth();
  const std::uint32_t middle = forward_.levels.depth();
  nodes_[middle].assign(meeting.begin(), meeting.end());
  bool goes_on = true;
  for (std::uint32_t level = depth; level-- > 0 && goes_on;) {
    const std::vector<NodeId>& on_paths = nodes_[forward ? level + 1 : middle + depth - level - 1];
    for (const NodeId node : on_paths) wanted_.Add(node);
    goes_on = CollectLevel(side, forward, level, polling);
    wanted_.Clear(on_paths);
  }
  return goes_on;
}

template <NeighbourSource Source>
bool AllShortestPaths<Source>::CollectLevel(SearchSide<Source>& side, bool forward, std::uint32_t level,
                                            Polling& polling) {
  const std::uint32_t distance = forward ? level : forward_.levels.depth() + side.levels.depth() - level;
  bool goes_on = true;
  for (const NodeId node : side.levels.Level(level)) {
    const std::size_t before = steps_.size();
    side.source.ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
      for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
        const NodeId other = chunk.nodes[i];
        if (!wanted_.Has(other)) continue;
        steps_.push_back(forward ? FoundStep{distance, node, other, chunk.relationships[i]}
                                 : FoundStep{distance - 1, other, node, chunk.relationships[i]});
      }
      goes_on = polling.GoesOn(Polling::kListWork + chunk.nodes.size());
      return goes_on;
    });
    if (steps_.size() != before) nodes_[distance].push_back(node);
    if (polling.ReleaseIsDue()) side.source.Release();
    if (!goes_on || !side.source.status().ok()) return false;
  }
  return true;
}

// Sorted by counting, so that it polls in between; what is left to sort are the steps of each node.
template <NeighbourSource Source>
std::optional<ShortestPaths::Parts> AllShortestPaths<Source>::Assemble(Polling& polling) {
  ShortestPaths::Parts parts;
  parts.hops = static_cast<std::uint32_t>(nodes_.size() - 1);
  std::vector<std::uint32_t> begins;  // of the nodes of each distance
  for (std::vector<NodeId>& nodes : nodes_) {
    std::ranges::sort(nodes);
    begins.push_back(static_cast<std::uint32_t>(parts.nodes.size()));
    parts.nodes.insert(parts.nodes.end(), nodes.begin(), nodes.end());
  }
  const auto place_of = [&](NodeId node, std::uint32_t distance) {
    const std::vector<NodeId>& nodes = nodes_[distance];
    return begins[distance] + static_cast<std::uint32_t>(std::ranges::lower_bound(nodes, node) - nodes.begin());
  };
  parts.first_step.assign(parts.nodes.size() + 1, 0);
  std::vector<std::uint32_t> from(steps_.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (!polling.GoesOn(4)) return std::nullopt;
    from[i] = place_of(steps_[i].from, steps_[i].distance);
    ++parts.first_step[from[i] + 1];
  }
  for (std::size_t i = 1; i < parts.first_step.size(); ++i) parts.first_step[i] += parts.first_step[i - 1];
  std::vector<std::uint64_t> next(parts.first_step.begin(), parts.first_step.end() - 1);
  parts.steps.resize(steps_.size());
  for (std::size_t i = 0; i < steps_.size(); ++i) {
    if (!polling.GoesOn(4)) return std::nullopt;
    parts.steps[next[from[i]]++] = {place_of(steps_[i].to, steps_[i].distance + 1), steps_[i].relationship};
  }
  for (std::size_t i = 0; i + 1 < parts.first_step.size(); ++i) {
    const std::span<ShortestPaths::Step> own(parts.steps.data() + parts.first_step[i],
                                             parts.steps.data() + parts.first_step[i + 1]);
    std::ranges::sort(own, [](const ShortestPaths::Step& a, const ShortestPaths::Step& b) {
      return std::tie(a.to, a.relationship) < std::tie(b.to, b.relationship);
    });
    if (!polling.GoesOn(8 * own.size())) return std::nullopt;
  }
  return parts;
}

}  // namespace plenum::traversal
