// See join_order.h.
#include "engine/plan/join_order.h"

#include <algorithm>
#include <bit>
#include <limits>
#include <map>

#include "engine/plan/cardinality.h"
#include "engine/plan/node_access.h"

namespace plenum::plan {
namespace {

using Nodes = std::uint64_t;  // a bit a node

constexpr std::size_t kExactNodesMax = 12;
// What it costs, beside going along one relationship:
constexpr double kScanNode = 0.3;
constexpr double kFindList = 0.7;
constexpr double kCountEntry = 0.25;  // of a list that is only counted
constexpr double kLookForEdge = 4;
constexpr double kMergeOfOneNode = 0.5;  // a row, by a table of nodes
constexpr double kMergeOfSeveral = 5;    // by a hash

struct State {
  double cost = std::numeric_limits<double>::infinity();
  double rows = 1;  // those that are looked at
  Nodes before = 0;
  JoinStep step;
};

class Orderer {
 public:
  Orderer(const JoinGraph& graph, graph::Transaction& transaction) : graph_(graph), cardinality_(transaction) {
    for (std::size_t i = 0; i < graph.nodes.size(); ++i) {
      labelled_[graph.nodes[i].slot] = cardinality_.Labelled(graph.nodes[i]);
      nodes_.push_back(graph.nodes[i].bound ? 1 : EstimateOf(graph.nodes[i], transaction));
      if (graph.nodes[i].bound) bound_ |= Bit(i);
    }
    for (const JoinGraph::Edge& edge : graph.edges) {
      degrees_.push_back({cardinality_.Degree(graph, edge, true), cardinality_.Degree(graph, edge, false)});
    }
  }

  std::vector<JoinStep> Exact() {
    const Nodes all = Bit(graph_.nodes.size()) - 1;
    std::vector<State> states(all + 1);
    states[bound_].cost = 0;
    for (Nodes found = bound_; found <= all; ++found) {
      if ((found & bound_) != bound_ || states[found].cost == std::numeric_limits<double>::infinity()) continue;
      ForEachNext(found, states[found], [&](Nodes with, const State& next) {
        if (next.cost < states[with].cost) states[with] = next;
      });
    }
    std::vector<JoinStep> steps;
    for (Nodes at = all; at != bound_; at = states[at].before) steps.push_back(states[at].step);
    std::ranges::reverse(steps);
    return steps;
  }

  std::vector<JoinStep> Greedy() {
    std::vector<JoinStep> steps;
    State state{.cost = 0, .step = {}};
    Nodes found = bound_;
    while (steps.size() + static_cast<std::size_t>(std::popcount(bound_)) < graph_.nodes.size()) {
      State best;
      Nodes best_with = 0;
      ForEachNext(found, state, [&](Nodes with, const State& next) {
        if (next.cost >= best.cost) return;
        best = next;
        best_with = with;
      });
      steps.push_back(best.step);
      state = best;
      found = best_with;
    }
    return steps;
  }

 private:
  static Nodes Bit(std::size_t node) { return Nodes{1} << node; }

  // Candidates, where a scan looks for it.
  double EstimateOf(const JoinGraph::Node& node, graph::Transaction& transaction) {
    double rows = cardinality_.Nodes(graph_, node);
    const auto can_read = [&](const std::vector<Slot>& reads) {
      return std::ranges::none_of(reads, [&](Slot slot) { return graph_.introduced.contains(slot); });
    };
    for (const NodePattern* pattern : node.patterns) {
      const NodeAccess access = ChooseAccess(*pattern, graph_.conditions, can_read, transaction);
      scanned_[node.slot] = std::min(scanned_.try_emplace(node.slot, access.rows).first->second, access.rows);
    }
    return std::min(rows, std::max(scanned_[node.slot], 0.01));
  }

  template <class Visit>
  void ForEachNext(Nodes found, const State& state, Visit visit) const {
    bool connected = false;
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const JoinGraph::Edge& edge = graph_.edges[e];
      const bool left = (found & Bit(edge.left)) != 0;
      const bool right = (found & Bit(edge.right)) != 0;
      if (left == right) continue;
      connected = true;
      visit(found | Bit(left ? edge.right : edge.left), Expanded(found, state, e, left));
    }
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
      const bool few = scanned_.contains(graph_.nodes[n].slot) && scanned_.at(graph_.nodes[n].slot) < 1;
      if ((found & Bit(n)) != 0 || (connected && !few)) continue;  // a product where it need not be
      visit(found | Bit(n), Scanned(found, state, n));
    }
  }

  State Scanned(Nodes found, const State& state, std::size_t node) const {
    const double looked_at = state.rows * std::max(1.0, scanned_.at(graph_.nodes[node].slot)) * kScanNode;
    State next{.cost = state.cost + looked_at, .rows = state.rows * nodes_[node], .before = found, .step = {node, {}}};
    Close(found, node, graph_.edges.size(), next);
    return next;
  }

  State Expanded(Nodes found, const State& state, std::size_t e, bool from_left) const {
    const JoinGraph::Edge& edge = graph_.edges[e];
    const std::size_t node = from_left ? edge.right : edge.left;
    const double degree = from_left ? degrees_[e].first : degrees_[e].second;
    State next{.before = found, .step = {node, e}};
    if (IsOnlyCounted(found, node)) {
      next.cost = state.cost + state.rows * (kFindList + kCountEntry * degree);
      next.rows = state.rows * std::min(1.0, degree);
      return next;
    }
    next.cost = state.cost + state.rows * (kFindList + degree);
    const double left = nodes_[node] / LabelledOf(node);
    next.rows = state.rows * degree * std::min(1.0, left);
    Close(found, node, e, next);
    return next;
  }

  // The other edges between the node and those found before, and from it to itself; and then what is one row.
  void Close(Nodes found, std::size_t node, std::size_t along, State& next) const {
    for (std::size_t e = 0; e < graph_.edges.size(); ++e) {
      const JoinGraph::Edge& edge = graph_.edges[e];
      const std::size_t other = edge.left == node ? edge.right : edge.left;
      const bool touches = edge.left == node || edge.right == node;
      if (e == along || !touches || (other != node && (found & Bit(other)) == 0)) continue;
      next.cost += next.rows * kLookForEdge;
      next.rows *= std::min(1.0, degrees_[e].first / LabelledOf(edge.right));
    }
    Merge(found | Bit(node), next);
  }

  // Rows that differ in nothing that is still to be read become one.
  void Merge(Nodes found, State& next) const {
    double different = 1;
    int read = 0;
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
      if ((found & Bit(n)) == 0 || !IsReadBehind(found, n)) continue;
      different *= graph_.nodes[n].bound ? 1 : LabelledOf(n);
      ++read;
    }
    if (read < std::popcount(found)) next.cost += next.rows * (read > 1 ? kMergeOfSeveral : kMergeOfOneNode);
    next.rows = std::min(next.rows, different);
  }

  bool IsReadBehind(Nodes found, std::size_t node) const {
    if (graph_.nodes[node].needed) return true;
    const bool edges = std::ranges::any_of(graph_.edges, [&](const JoinGraph::Edge& edge) {
      if (edge.left != node && edge.right != node) return false;
      return (found & Bit(edge.left)) == 0 || (found & Bit(edge.right)) == 0;
    });
    return edges || std::ranges::any_of(graph_.conditions, [&](const Condition* condition) {
             return std::ranges::find(condition->reads, graph_.nodes[node].slot) != condition->reads.end() &&
                    !AllFound(found, *condition);
           });
  }

  bool AllFound(Nodes found, const Condition& condition) const {
    for (std::size_t n = 0; n < graph_.nodes.size(); ++n) {
      const bool reads = std::ranges::find(condition.reads, graph_.nodes[n].slot) != condition.reads.end();
      if (reads && (found & Bit(n)) == 0) return false;
    }
    return true;
  }

  // It is found along its only edge, and nothing asks which it is.
  bool IsOnlyCounted(Nodes found, std::size_t node) const {
    const auto touches = [&](const JoinGraph::Edge& edge) { return edge.left == node || edge.right == node; };
    const bool tested = std::ranges::any_of(graph_.nodes[node].patterns, [](const NodePattern* pattern) {
      return pattern->properties || pattern->filter || pattern->where;
    });
    const bool read = std::ranges::any_of(graph_.conditions, [&](const Condition* condition) {
      return std::ranges::find(condition->reads, graph_.nodes[node].slot) != condition->reads.end();
    });
    return !tested && !read && std::ranges::count_if(graph_.edges, touches) == 1 &&
           !IsReadBehind(found | Bit(node), node);
  }

  double LabelledOf(std::size_t node) const { return labelled_.at(graph_.nodes[node].slot); }

  const JoinGraph& graph_;
  Cardinality cardinality_;
  Nodes bound_ = 0;
  std::vector<double> nodes_;                       // that its own conditions leave
  std::vector<std::pair<double, double>> degrees_;  // of each edge, from its left and from its right
  std::map<Slot, double> scanned_;                  // by a scan for the node
  std::map<Slot, double> labelled_;
};

}  // namespace

JoinGraph::JoinGraph(const std::vector<const Pattern*>& clauses, const std::set<Slot>& read_behind) {
  for (const Pattern* pattern : clauses) introduced.insert(pattern->introduced.begin(), pattern->introduced.end());
  std::map<Slot, std::size_t> places;
  const auto place_of = [&](const NodePattern& pattern) {
    const auto [place, added] = places.try_emplace(pattern.slot, nodes.size());
    if (added) {
      nodes.push_back({.slot = pattern.slot,
                       .bound = !introduced.contains(pattern.slot),
                       .needed = read_behind.contains(pattern.slot),
                       .patterns = {}});
    }
    nodes[place->second].patterns.push_back(&pattern);
    return place->second;
  };
  for (std::size_t clause = 0; clause < clauses.size(); ++clause) {
    for (const PathPattern& path : clauses[clause]->paths) {
      std::size_t left = place_of(path.nodes.front());
      for (std::size_t i = 0; i < path.relationships.size(); ++i) {
        const std::size_t right = place_of(path.nodes[i + 1]);
        edges.push_back({&path.relationships[i], left, right, clause, path.mode == ast::PathMode::kWalk});
        left = right;
      }
    }
    for (const Condition& condition : clauses[clause]->conditions) conditions.push_back(&condition);
  }
}

std::vector<JoinStep> OrderJoins(const JoinGraph& graph, graph::Transaction& transaction) {
  Orderer orderer(graph, transaction);
  return graph.nodes.size() <= kExactNodesMax ? orderer.Exact() : orderer.Greedy();
}

}  // namespace plenum::plan
