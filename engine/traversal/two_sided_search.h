// The fewest hops from one node to another, searched from both ends at once, level by level, on the side whose next
// level costs less to read (Pohl, "Bi-directional Search", 1971).
//
// Each side has whole levels, so when the two first have a node in common, no path is shorter: `meeting` are the nodes
// in the middle of all shortest paths. They are on the last level of both sides.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "engine/traversal/levels.h"

namespace plenum::traversal {

// Searches from an end: along relationships from the first node, against them from the last.
template <NeighbourSource Source>
struct SearchSide {
  Source& source;
  Levels& levels;
  double next_cost = 0;  // of the level to come

  // About how many relationships the nodes of the last level have: of all, or of some of them. False: the poll has
  // ended the search.
  bool Estimate(Polling& polling) {
    constexpr std::size_t kAsked = 64;
    const std::span<const NodeId> nodes = levels.Last();
    const std::size_t stride = (nodes.size() + kAsked - 1) / kAsked;
    next_cost = 0;
    for (std::size_t i = 0; i < nodes.size(); i += stride) {
      if (!polling.GoesOn(Polling::kListWork)) return false;
      next_cost += static_cast<double>((source.Degree(nodes[i]) + 1) * stride);
    }
    return true;
  }
};

template <NeighbourSource Source>
class TwoSidedSearch {
 public:
  TwoSidedSearch(SearchSide<Source> forward, SearchSide<Source> backward) : forward_(forward), backward_(backward) {}

  // Looks for paths of at most so many hops; `any`: stops at the first node in the middle. Returns false if the poll or
  // reading ended it.
  bool Run(NodeId from, NodeId to, std::uint32_t hops_most, bool any, Polling& polling);

  bool found() const { return !meeting_.empty(); }
  std::span<const NodeId> meeting() const { return meeting_; }

 private:
  bool Step(SearchSide<Source>& side, const SearchSide<Source>& other, NodeId from, bool any, Polling& polling);

  SearchSide<Source> forward_;
  SearchSide<Source> backward_;
  std::vector<NodeId> meeting_;
};

template <NeighbourSource Source>
bool TwoSidedSearch<Source>::Run(NodeId from, NodeId to, std::uint32_t hops_most, bool any, Polling& polling) {
  meeting_.clear();
  forward_.levels.Begin({&from, 1});
  backward_.levels.Begin({&to, 1});
  if (from == to) {
    meeting_.push_back(from);
    return true;
  }
  if (!forward_.source.Accepts(to)) return true;
  if (!forward_.Estimate(polling) || !backward_.Estimate(polling)) return false;
  while (meeting_.empty() && !forward_.levels.Last().empty() && !backward_.levels.Last().empty() &&
         forward_.levels.depth() + backward_.levels.depth() < hops_most) {
    const bool forward = forward_.next_cost <= backward_.next_cost;
    SearchSide<Source>& side = forward ? forward_ : backward_;
    const bool whole = Step(side, forward ? backward_ : forward_, from, any, polling) && side.Estimate(polling);
    if (!whole) return any && found();
  }
  return true;
}

template <NeighbourSource Source>
bool TwoSidedSearch<Source>::Step(SearchSide<Source>& side, const SearchSide<Source>& other, NodeId from, bool any,
                                  Polling& polling) {
  // Of the paths' nodes only the first need not be accepted.
  const auto accepts = [&](NodeId node) { return node == from || side.source.Accepts(node); };
  const auto seen = [&](std::span<const NodeId> nodes) {
    for (const NodeId node : nodes) {
      if (other.levels.Has(node)) meeting_.push_back(node);
    }
    const std::size_t reached = side.levels.Reached().size() + other.levels.Reached().size();
    polling.Tell(static_cast<double>(reached) / (2.0 * side.source.nodes_end()));
    return !any || meeting_.empty();
  };
  return side.levels.Step(side.source, accepts, seen, polling);
}

}  // namespace plenum::traversal
