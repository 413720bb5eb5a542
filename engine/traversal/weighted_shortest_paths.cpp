// Returns the k shortest paths between two nodes that pass no node twice, over edges with weights.
//
// Method: each path that is found cuts what is left into parts, by the node where a path leaves it: those that go with
// it up to there and take another edge. The best path of each part is a candidate, the best candidate is the next path
// (Jin Y. Yen, "Finding the K Shortest Loopless Paths in a Network", Management Science 17, 1971). A candidate
// remembers which part it is the best of, so that only this part is cut again, and none is found twice (Eugene L.
// Lawler, "A Procedure for Computing the K Best Solutions to Discrete Optimization Problems and Its Application to the
// Shortest Path Problem", Management Science 18, 1972).
//
// The best path of a part is searched for from the node where it leaves, led by what a search from the target found
// once for all (Hart, Nilsson and Raphael, "A Formal Basis for the Heuristic Determination of Minimum Cost Paths",
// 1968), up to the cost of the worst candidate that may still be wanted.
#include <algorithm>
#include <cstdint>
#include <iterator>
#include <optional>
#include <set>
#include <span>
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
using traversal::PathLabels;
using traversal::WaitingNode;
using traversal::WeightedSide;
using Places = std::vector<std::uint64_t>;  // of edges in the outgoing rows

constexpr std::string_view kName = "WeightedShortestPaths";

struct Candidate {
  double cost = 0;
  std::vector<std::uint32_t> nodes;
  Places edges;
  // It is the best of the paths that go as this one does up to nodes[leaves_at], and then over no edge of `barred`.
  std::size_t leaves_at = 0;
  Places barred = {};
};

// The order that is promised.
class ComesBefore {
 public:
  explicit ComesBefore(const Projection& projection) : projection_(projection) {}

  bool operator()(const Candidate& a, const Candidate& b) const {
    if (a.cost != b.cost) return a.cost < b.cost;
    if (a.edges.size() != b.edges.size()) return a.edges.size() < b.edges.size();
    for (std::size_t i = a.edges.size(); i-- > 0;) {
      if (a.nodes[i] != b.nodes[i]) return a.nodes[i] < b.nodes[i];
      if (a.edges[i] != b.edges[i]) return Rank(a.edges[i]) < Rank(b.edges[i]);
    }
    return false;
  }

 private:
  std::pair<double, std::uint64_t> Rank(std::uint64_t edge) const {
    const Projection::Rows& rows = projection_.outgoing();
    return {rows.weights[edge], projection_.form().relationships ? rows.relationships[edge].value : edge};
  }

  const Projection& projection_;
};

class PathsSearch {
 public:
  PathsSearch(const Projection& projection, std::uint32_t source, std::uint32_t target, std::size_t count,
              const RunOptions& options)
      : projection_(projection),
        source_(source),
        target_(target),
        count_(count),
        workers_(options, count, 1),
        backward_(BackwardRows(projection), target),
        labels_(projection.node_count()),
        candidates_(ComesBefore(projection)) {}

  Result<std::vector<WeightedPath>> Run() {
    Status status = SearchBackward();
    if (status.ok()) status = AddBestOf({.nodes = {source_}});
    std::vector<WeightedPath> paths;
    while (status.ok() && !candidates_.empty() && paths.size() < count_) {
      const Candidate path = std::move(candidates_.extract(candidates_.begin()).value());
      paths.push_back(Described(path));
      wanted_ = count_ - paths.size();
      status = Cut(path);
      workers_.AddWork(1);
    }
    if (!status.ok()) return std::move(status).error();
    return paths;
  }

 private:
  static bool IsTwoSided(const Projection& projection) {
    return projection.form().undirected || projection.form().incoming;
  }
  static const Projection::Rows& BackwardRows(const Projection& projection) {
    return IsTwoSided(projection) ? projection.incoming() : projection.outgoing();
  }

  // From the target to the source; without incoming rows it stays where it is, and the target may be anywhere.
  Status SearchBackward() {
    if (!IsTwoSided(projection_)) return {};
    while (!backward_.waiting.empty() && backward_.waiting.top().node != source_) {
      const std::optional<WaitingNode> nearest = backward_.Settle();
      if (Status status = workers_.Poll(traversal::kSettleWork); !status.ok()) return status;
      if (!nearest) continue;
      const Projection::Rows& rows = backward_.rows;
      for (std::uint64_t i = rows.offsets[nearest->node]; i < rows.offsets[nearest->node + 1]; ++i) {
        if (!traversal::IsGoodWeight(rows.weights[i])) return traversal::BadWeightError(projection_);
        const double cost = nearest->key + rows.weights[i];
        const std::uint32_t edges = nearest->edges + 1;
        if (!backward_.labels.Offer(rows.targets[i], {cost, edges, nearest->node})) continue;
        backward_.waiting.Push({cost, edges, rows.targets[i]});
      }
      if (Status status = workers_.Poll(rows.Row(rows.targets, nearest->node).size()); !status.ok()) return status;
    }
    horizon_ = backward_.Horizon();
    return {};
  }

  // What is left of the part that `path` was the best of: the best of each of its parts becomes a candidate.
  Status Cut(const Candidate& path) {
    for (std::size_t i = path.leaves_at; wanted_ > 0 && i < path.edges.size(); ++i) {
      Candidate part;
      part.nodes.assign(path.nodes.begin(), path.nodes.begin() + static_cast<std::ptrdiff_t>(i) + 1);
      part.edges.assign(path.edges.begin(), path.edges.begin() + static_cast<std::ptrdiff_t>(i));
      part.leaves_at = i;
      if (i == path.leaves_at) part.barred = path.barred;
      part.barred.push_back(path.edges[i]);
      if (Status status = AddBestOf(std::move(part)); !status.ok()) return status;
    }
    return {};
  }

  // `part` goes as far as its paths do together.
  Status AddBestOf(Candidate part) {
    labels_.Clear();
    waiting_.clear();
    for (std::size_t i = 0; i < part.edges.size(); ++i) {
      part.cost += projection_.outgoing().weights[part.edges[i]];
      labels_.Block(part.nodes[i]);
    }
    limit_ = candidates_.size() < wanted_ ? kInfinity : Limit(std::prev(candidates_.end())->cost);
    if (Status status = SearchFrom(part); !status.ok()) return status;
    if (labels_[target_].cost == kInfinity) return {};
    GoOnToTarget(part);
    candidates_.insert(std::move(part));
    if (candidates_.size() > wanted_) candidates_.erase(std::prev(candidates_.end()));
    return {};
  }

  // Labels all nodes on paths of `part` that cost no more than the best of them and limit_. A node may be settled
  // several times: rounding may put a floor above what it should be, and the order of ties is that of estimates.
  Status SearchFrom(const Candidate& part) {
    const std::uint32_t start = part.nodes.back();
    const auto edges = static_cast<std::uint32_t>(part.edges.size());
    labels_.Offer(start, {part.cost, edges, start});
    waiting_.Push({part.cost + Floor(start), edges, start});
    if (start == target_) return {};
    while (!waiting_.empty() && waiting_.top().key <= limit_) {
      const WaitingNode nearest = waiting_.Pop();
      if (Status status = workers_.Poll(traversal::kSettleWork); !status.ok()) return status;
      const bool outdated = nearest.key != labels_[nearest.node].cost + Floor(nearest.node) ||
                            nearest.edges != labels_[nearest.node].edges;
      if (outdated || nearest.node == target_) continue;
      if (!Relax(nearest.node, nearest.node == start ? std::span(part.barred) : std::span<const std::uint64_t>())) {
        return traversal::BadWeightError(projection_);
      }
      if (Status status = workers_.Poll(projection_.Outgoing(nearest.node).size()); !status.ok()) return status;
    }
    return {};
  }

  // False: a bad weight.
  bool Relax(std::uint32_t node, std::span<const std::uint64_t> barred) {
    const Projection::Rows& rows = projection_.outgoing();
    const traversal::PathLabel label = labels_[node];
    for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
      if (!traversal::IsGoodWeight(rows.weights[i])) return false;
      if (!barred.empty() && std::ranges::find(barred, i) != barred.end()) continue;
      const std::uint32_t next = rows.targets[i];
      const double cost = label.cost + rows.weights[i];
      const double estimate = cost + Floor(next);
      if (estimate > limit_ || estimate == kInfinity || !labels_.Offer(next, {cost, label.edges + 1, node})) continue;
      waiting_.Push({estimate, label.edges + 1, next});
      if (next == target_) limit_ = std::min(limit_, Limit(cost));
    }
    return true;
  }

  // `part`, along the labels.
  void GoOnToTarget(Candidate& part) const {
    const std::size_t shared = part.edges.size();
    std::uint32_t node = target_;
    std::vector<std::uint32_t> rest;  // from the target back
    for (; node != part.nodes.back(); node = labels_[node].parent) rest.push_back(node);
    part.nodes.insert(part.nodes.end(), rest.rbegin(), rest.rend());
    for (std::size_t i = shared; i + 1 < part.nodes.size(); ++i) {
      const std::span<const std::uint64_t> barred(part.barred.data(), i == shared ? part.barred.size() : 0);
      part.edges.push_back(traversal::LightestEdge(projection_, part.nodes[i], part.nodes[i + 1], barred));
    }
    part.cost = labels_[target_].cost;
  }

  WeightedPath Described(const Candidate& path) const {
    WeightedPath described{path.cost, path.nodes, {}};
    if (!projection_.form().relationships) return described;
    for (const std::uint64_t edge : path.edges) {
      described.relationships.push_back(projection_.outgoing().relationships[edge]);
    }
    return described;
  }

  double Floor(std::uint32_t node) const { return backward_.Floor(node, horizon_); }
  double Limit(double cost) const { return traversal::WithRounding(cost, projection_.node_count()); }

  const Projection& projection_;
  const std::uint32_t source_, target_;
  const std::size_t count_;
  traversal::Workers workers_;
  WeightedSide backward_;
  double horizon_ = 0;               // of backward_, when it is at its end
  PathLabels labels_;                // of the part being searched
  traversal::WaitingNodes waiting_;  // by what a path over a node costs at least
  double limit_ = kInfinity;         // paths of the part that cost more are not wanted
  std::size_t wanted_ = 1;           // candidates, at most
  std::set<Candidate, ComesBefore> candidates_;
};

}  // namespace

Result<std::vector<WeightedPath>> WeightedShortestPaths(const Projection& projection, std::uint32_t source,
                                                        std::uint32_t target, std::size_t count,
                                                        const RunOptions& options) {
  using Answer = Result<std::vector<WeightedPath>>;
  return traversal::WithinMemory(kName, [&]() -> Answer {
    Status status = traversal::CheckWeightedSearch(projection, source, target);
    if (status.ok()) status = traversal::CheckMemory(kName, options, traversal::BytesOfTwoSides(projection));
    if (!status.ok()) return std::move(status).error();
    return PathsSearch(projection, source, target, count, options).Run();
  });
}

}  // namespace plenum
