// What searches for single shortest paths keep of each node they have come to, and where such a path is read back.
//
// Ties are broken here, as plenum/weighted_paths.h promises: of ways of the same cost that of fewer edges is the
// nearer, and of those again the one over the smaller node before this one.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <vector>

#include "engine/traversal/quaternary_heap.h"
#include "engine/traversal/weighted_search.h"
#include "plenum/projection.h"

namespace plenum::traversal {

// The nearest way to a node that is known.
struct PathLabel {
  double cost = kInfinity;  // infinity: none
  std::uint32_t edges = 0;
  std::uint32_t parent = 0;  // the node before
};

class PathLabels {
 public:
  explicit PathLabels(std::uint32_t node_count) : labels_(node_count) {}

  const PathLabel& operator[](std::uint32_t node) const { return labels_[node]; }

  // A way to `node`: whether it is nearer than the one known, for what comes after, and is known now.
  bool Offer(std::uint32_t node, const PathLabel& way) {
    PathLabel& known = labels_[node];
    if (way.cost > known.cost || (way.cost == known.cost && way.edges > known.edges)) return false;
    if (way.cost == known.cost && way.edges == known.edges) {
      known.parent = std::min(known.parent, way.parent);
      return false;
    }
    if (known.cost == kInfinity) touched_.push_back(node);
    known = way;
    return true;
  }

  // No way shall lead to `node`, until Clear.
  void Block(std::uint32_t node) {
    touched_.push_back(node);
    labels_[node].cost = -1;
  }

  void Clear() {
    for (const std::uint32_t node : touched_) labels_[node] = {};
    touched_.clear();
  }

 private:
  std::vector<PathLabel> labels_;
  std::vector<std::uint32_t> touched_;  // whose labels are not as they were in the beginning
};

// A node that waits for its edges to be looked at.
struct WaitingNode {
  double key;  // its cost, or an estimate of the cost of a path through it
  std::uint32_t edges;
  std::uint32_t node;
  bool operator<(const WaitingNode& other) const {
    return key < other.key || (key == other.key && edges < other.edges);
  }
};
using WaitingNodes = QuaternaryHeap<WaitingNode>;

// One search and what it tells the other that comes towards it.
struct WeightedSide {
  WeightedSide(const Projection::Rows& side_rows, std::uint32_t start)
      : rows(side_rows), labels(static_cast<std::uint32_t>(side_rows.offsets.size() - 1)) {
    labels.Offer(start, {.cost = 0});
    waiting.Push({0, 0, start});
  }

  // The least cost that a node can still come to have that is not settled yet.
  double Horizon() const { return waiting.empty() ? kInfinity : waiting.top().key; }
  // A path between `node` and the start costs no less.
  double Floor(std::uint32_t node, double horizon) const { return std::min(labels[node].cost, horizon); }

  // The nearest node, if it is not out of date.
  std::optional<WaitingNode> Settle() {
    const WaitingNode nearest = waiting.Pop();
    const PathLabel& label = labels[nearest.node];
    if (nearest.key != label.cost || nearest.edges != label.edges) return std::nullopt;
    return nearest;
  }

  const Projection::Rows& rows;
  PathLabels labels;
  WaitingNodes waiting;
};

// What settling a node costs beside its edges, in entries of rows.
inline constexpr std::uint64_t kSettleWork = 16;

// What two searches take before the first node waits.
inline std::uint64_t BytesOfTwoSides(const Projection& projection) {
  return 2 * sizeof(PathLabel) * projection.node_count();
}

// The cost of one path may come out greater than this when it is summed in another order than the one that gave `cost`:
// by half a unit in the last place for each edge, and there are fewer edges than nodes.
inline double WithRounding(double cost, std::uint32_t node_count) {
  return cost * (1 + 8.0 * node_count * std::numeric_limits<double>::epsilon());
}

// The nodes from the first to `end`, as the labels tell.
std::vector<std::uint32_t> NodesTo(const PathLabels& labels, std::uint32_t end);

// Where in the outgoing rows the lightest edge between two nodes is (of the smallest relationship id, if several), but
// for those in `barred`. Requires that there is one.
std::uint64_t LightestEdge(const Projection& projection, std::uint32_t from, std::uint32_t to,
                           std::span<const std::uint64_t> barred);

}  // namespace plenum::traversal
