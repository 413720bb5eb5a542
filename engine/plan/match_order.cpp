// The greedy order of a pattern's elements.
#include "engine/plan/match_order.h"

#include <algorithm>
#include <limits>
#include <set>

#include "engine/plan/node_access.h"

namespace plenum::plan {
namespace {

class Orderer {
 public:
  Orderer(const Pattern& pattern, graph::Transaction& transaction) : pattern_(pattern), transaction_(transaction) {
    for (const Condition& condition : pattern.conditions) conditions_.push_back(&condition);
    for (const PathPattern& path : pattern.paths) {
      visited_nodes_.emplace_back(path.nodes.size(), false);
      visited_relationships_.emplace_back(path.relationships.size(), false);
      for (const NodePattern& node : path.nodes) {
        if (node.bound) filled_.insert(node.slot);
      }
    }
  }

  MatchOrder Order() {
    for (;;) {
      if (const auto relationship = BoundRelationship()) {
        Take(*relationship);
      } else if (const auto expand = BestExpand()) {
        Take(*expand);
      } else if (const auto start = BestStart()) {
        Take(*start);
      } else {
        break;
      }
      TakeConditions(order_.steps.back().conditions);
    }
    for (const Condition& condition : pattern_.conditions) {
      if (!tested_.contains(&condition)) order_.conditions.push_back(&condition.expression);
    }
    return std::move(order_);
  }

 private:
  void Visit(std::size_t path, std::size_t node) {
    visited_nodes_[path][node] = true;
    filled_.insert(pattern_.paths[path].nodes[node].slot);
  }
  void Take(const ExpandAlong& step) {
    VisitRelationship(step.path, step.relationship);
    Visit(step.path, step.relationship + (step.forward ? 1 : 0));
    order_.steps.push_back({step, {}});
  }
  void Take(const StartAtRelationship& step) {
    VisitRelationship(step.path, step.relationship);
    Visit(step.path, step.relationship);
    Visit(step.path, step.relationship + 1);
    order_.steps.push_back({step, {}});
  }
  void Take(const StartAt& step) {
    Visit(step.path, step.node);
    order_.steps.push_back({step, {}});
  }
  void VisitRelationship(std::size_t path, std::size_t relationship) {
    visited_relationships_[path][relationship] = true;
    Fill(pattern_.paths[path].relationships[relationship]);
  }
  void Fill(const RelationshipPattern& relationship) {
    filled_.insert(relationship.slot);
    if (!relationship.subpath) return;
    const Subpath& subpath = **relationship.subpath;
    for (const Subpath::Gathered& gathered : subpath.gathered) filled_.insert(gathered.list);
    if (!subpath.selector) return;
    for (const NodePattern& node : subpath.body.nodes) filled_.insert(node.slot);
    for (const RelationshipPattern& inner : subpath.body.relationships) Fill(inner);
  }
  bool CanSearch(const RelationshipPattern& relationship) const {
    return !relationship.subpath ||
           std::ranges::all_of((*relationship.subpath)->needs, [&](Slot slot) { return filled_.contains(slot); });
  }

  // The conditions that read nothing of the pattern but what is filled now, and were not tested before.
  void TakeConditions(std::vector<const Expression*>& conditions) {
    for (const Condition& condition : pattern_.conditions) {
      if (tested_.contains(&condition) || !CanRead(condition.reads)) continue;
      tested_.insert(&condition);
      conditions.push_back(&condition.expression);
    }
  }

  bool CanRead(const std::vector<Slot>& reads) const {
    return std::ranges::all_of(reads, [&](Slot slot) {
      return filled_.contains(slot) || std::ranges::find(pattern_.introduced, slot) == pattern_.introduced.end();
    });
  }

  // A single relationship that an earlier clause found: its ends are known with it.
  std::optional<StartAtRelationship> BoundRelationship() const {
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      const PathPattern& path = pattern_.paths[p];
      for (std::size_t r = 0; r < path.relationships.size(); ++r) {
        const RelationshipPattern& relationship = path.relationships[r];
        if (visited_relationships_[p][r] || !relationship.bound || relationship.repetition) continue;
        const bool loop = path.nodes[r].slot == path.nodes[r + 1].slot;
        return StartAtRelationship{p, r, Filled(path.nodes[r]), loop || Filled(path.nodes[r + 1])};
      }
    }
    return std::nullopt;
  }

  bool Filled(const NodePattern& node) const { return filled_.contains(node.slot); }

  // A relationship with a visited end; better with both ends known, and better of fixed than of variable length.
  std::optional<ExpandAlong> BestExpand() const {
    std::optional<ExpandAlong> best;
    int best_rank = -1;
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      const PathPattern& path = pattern_.paths[p];
      for (std::size_t r = 0; r < path.relationships.size(); ++r) {
        const bool before = visited_nodes_[p][r];
        const bool behind = visited_nodes_[p][r + 1];
        if (visited_relationships_[p][r] || (!before && !behind) || !CanSearch(path.relationships[r])) continue;
        const bool closing = Filled(path.nodes[r]) && Filled(path.nodes[r + 1]);
        const bool fixed = !path.relationships[r].repetition && !path.relationships[r].subpath;
        const int rank = (closing ? 2 : 0) + (fixed ? 1 : 0);
        if (rank <= best_rank) continue;
        best = ExpandAlong{p, r, before, Filled(path.nodes[before ? r + 1 : r])};
        best_rank = rank;
      }
    }
    return best;
  }

  std::optional<StartAt> BestStart() {
    std::optional<StartAt> best;
    double best_rows = std::numeric_limits<double>::infinity();
    for (std::size_t p = 0; p < pattern_.paths.size(); ++p) {
      for (std::size_t n = 0; n < pattern_.paths[p].nodes.size(); ++n) {
        if (visited_nodes_[p][n]) continue;
        const auto [start, rows] = AccessOf(p, n);
        if (rows >= best_rows) continue;
        best = start;
        best_rows = rows;
      }
    }
    return best;
  }

  // How node `n` of path `p` would be found, and about how many candidates there are.
  std::pair<StartAt, double> AccessOf(std::size_t p, std::size_t n) {
    const NodePattern& node = pattern_.paths[p].nodes[n];
    if (Filled(node)) return {StartAt{.path = p, .node = n, .access = StartAt::Access::kBound}, 0};
    const auto can_read = [this](const std::vector<Slot>& reads) { return CanRead(reads); };
    NodeAccess access = ChooseAccess(node, conditions_, can_read, transaction_);
    access.start.path = p;
    access.start.node = n;
    return {access.start, access.rows};
  }

  const Pattern& pattern_;
  graph::Transaction& transaction_;
  std::vector<std::vector<bool>> visited_nodes_;
  std::vector<std::vector<bool>> visited_relationships_;
  std::vector<const Condition*> conditions_;
  std::set<Slot> filled_;
  std::set<const Condition*> tested_;
  MatchOrder order_;
};

}  // namespace

MatchOrder OrderMatch(const Pattern& pattern, graph::Transaction& transaction) {
  return Orderer(pattern, transaction).Order();
}

}  // namespace plenum::plan
