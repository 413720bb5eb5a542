// Returns the shortest path between two nodes, over edges with weights.
//
// Method: two searches by Dijkstra's method, one from each end, the smaller one at work (Ira Pohl, "Bi-directional
// Search", Machine Intelligence 6, 1971). They have met for good when what both have yet to settle is, added, no nearer
// than the best path over an edge from one to the other (T. A. J. Nicholson, "Finding the Shortest Route between Two
// Points in a Network", The Computer Journal 9, 1966): right for weights of zero, too, as it asks nothing of the node
// where they meet.
//
// Of several shortest paths, and where costs are rounded, what meets first need not be what is promised. So from there
// on the search from the source goes on alone until it has settled the target, through those nodes only from which the
// other search knows that the target may be near enough: these are few.
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/path_labels.h"
#include "engine/traversal/weighted_search.h"
#include "engine/traversal/workers.h"
#include "plenum/weighted_paths.h"

namespace plenum {
namespace {

using traversal::kInfinity;
using traversal::WaitingNode;
using traversal::WeightedSide;

constexpr std::string_view kName = "WeightedShortestPath";

class PairSearch {
 public:
  PairSearch(const Projection& projection, std::uint32_t source, std::uint32_t target, const RunOptions& options)
      : projection_(projection),
        target_(target),
        two_sided_(projection.form().undirected || projection.form().incoming),
        workers_(options, projection.node_count(), 1),
        forward_(projection.outgoing(), source),
        backward_(two_sided_ ? projection.incoming() : projection.outgoing(), target),
        best_(source == target ? 0 : kInfinity) {}

  Result<std::optional<WeightedPath>> Run() {
    while (!forward_.waiting.empty()) {
      if (two_sided_ && best_ == kInfinity && backward_.waiting.empty()) break;  // nobody else leads to the target
      const bool backward = IsBackwardsTurn();
      WeightedSide& here = backward ? backward_ : forward_;
      const std::optional<WaitingNode> nearest = here.Settle();
      if (Status status = workers_.Poll(traversal::kSettleWork); !status.ok()) return std::move(status).error();
      if (!nearest) continue;
      if (!backward && nearest->node == target_) return std::optional(FoundPath());
      if (!Relax(*nearest, here, backward ? forward_ : backward_)) return traversal::BadWeightError(projection_);
      workers_.AddWork(1);
      const std::uint64_t work = here.rows.offsets[nearest->node + 1] - here.rows.offsets[nearest->node];
      if (Status status = workers_.Poll(work); !status.ok()) return std::move(status).error();
    }
    return std::optional<WeightedPath>();
  }

 private:
  bool IsBackwardsTurn() const {
    if (!two_sided_ || backward_.waiting.size() > forward_.waiting.size() || backward_.waiting.empty()) return false;
    return forward_.Horizon() + backward_.Horizon() < best_;
  }

  // Offers the ends of a settled node's edges the way over it. False: a bad weight.
  bool Relax(const WaitingNode& settled, WeightedSide& here, const WeightedSide& there) {
    const double horizon = there.Horizon();
    for (std::uint64_t i = here.rows.offsets[settled.node]; i < here.rows.offsets[settled.node + 1]; ++i) {
      if (!traversal::IsGoodWeight(here.rows.weights[i])) return false;
      const std::uint32_t next = here.rows.targets[i];
      const double cost = settled.key + here.rows.weights[i];
      if (cost + there.labels[next].cost < best_) {
        best_ = cost + there.labels[next].cost;
        limit_ = traversal::WithRounding(best_, projection_.node_count());
      }
      if (cost + there.Floor(next, horizon) > limit_) continue;  // no part of a shortest path
      const std::uint32_t edges = settled.edges + 1;
      if (here.labels.Offer(next, {cost, edges, settled.node})) here.waiting.Push({cost, edges, next});
    }
    return true;
  }

  WeightedPath FoundPath() const {
    WeightedPath path{forward_.labels[target_].cost, traversal::NodesTo(forward_.labels, target_), {}};
    if (!projection_.form().relationships) return path;
    for (std::size_t i = 0; i + 1 < path.nodes.size(); ++i) {
      const std::uint64_t edge = traversal::LightestEdge(projection_, path.nodes[i], path.nodes[i + 1], {});
      path.relationships.push_back(projection_.outgoing().relationships[edge]);
    }
    return path;
  }

  const Projection& projection_;
  const std::uint32_t target_;
  const bool two_sided_;  // else backward_ stays where it begins, and says that the target may be anywhere
  traversal::Workers workers_;
  WeightedSide forward_, backward_;
  double best_;               // the cost of the best path known
  double limit_ = kInfinity;  // what any shortest path costs at most, however it is summed
};

}  // namespace

Result<std::optional<WeightedPath>> WeightedShortestPath(const Projection& projection, std::uint32_t source,
                                                         std::uint32_t target, const RunOptions& options) {
  using Answer = Result<std::optional<WeightedPath>>;
  return traversal::WithinMemory(kName, [&]() -> Answer {
    Status status = traversal::CheckWeightedSearch(projection, source, target);
    if (status.ok()) status = traversal::CheckMemory(kName, options, traversal::BytesOfTwoSides(projection));
    if (!status.ok()) return std::move(status).error();
    return PairSearch(projection, source, target, options).Run();
  });
}

}  // namespace plenum
