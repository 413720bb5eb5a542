// The greedy order of a pattern's elements.
#include "engine/plan/match_order.h"

#include <algorithm>
#include <limits>
#include <set>

namespace plenum::plan {
namespace {

class Orderer {
 public:
  Orderer(const Pattern& pattern, graph::Transaction& transaction) : pattern_(pattern), transaction_(transaction) {
    for (const PathPattern& path : pattern.paths) {
      visited_nodes_.emplace_back(path.nodes.size(), false);
      visited_relationships_.emplace_back(path.relationships.size(), false);
      for (const NodePattern& node : path.nodes) {
        if (node.bound) filled_.insert(node.slot);
      }
    }
  }

  std::vector<MatchStep> Order() {
    for (;;) {
      if (const auto expand = BestExpand()) {
        Take(*expand);
      } else if (const auto start = BestStart()) {
        Take(*start);
      } else {
        return std::move(steps_);
      }
    }
  }

 private:
  void Visit(std::size_t path, std::size_t node) {
    visited_nodes_[path][node] = true;
    filled_.insert(pattern_.paths[path].nodes[node].slot);
  }
  void Take(const ExpandAlong& step) {
    visited_relationships_[step.path][step.relationship] = true;
    Visit(step.path, step.relationship + (step.forward ? 1 : 0));
    steps_.push_back(step);
  }
  void Take(const StartAt& step) {
    Visit(step.path, step.node);
    steps_.push_back(step);
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
        if (visited_relationships_[p][r] || (!before && !behind)) continue;
        const bool closing = Filled(path.nodes[r]) && Filled(path.nodes[r + 1]);
        const int rank = (closing ? 2 : 0) + (path.relationships[r].repetition ? 0 : 1);
        if (rank <= best_rank) continue;
        best = ExpandAlong{p, r, before};
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

  // How node `n` of path `p` would be found, and how many candidates there are.
  std::pair<StartAt, double> AccessOf(std::size_t p, std::size_t n) {
    const NodePattern& node = pattern_.paths[p].nodes[n];
    StartAt start{.path = p, .node = n};
    if (Filled(node)) {
      start.access = StartAt::Access::kBound;
      return {start, 0};
    }
    double rows = static_cast<double>(transaction_.CountNodes(std::nullopt).value_or(0)) + 2;
    for (const std::string& name : RequiredLabels(node)) {
      const auto label = transaction_.FindLabel(name);
      const double count = label ? static_cast<double>(transaction_.CountNodes(label).value_or(0)) + 1 : 0.5;
      if (count < rows) {
        start.access = StartAt::Access::kLabel;
        start.label = name;
        rows = count;
      }
      if (const auto key = label ? KeyOf(node, *label) : std::nullopt) {
        start.access = StartAt::Access::kKey;
        start.label = name;
        start.key = *key;
        return {start, 0.25};
      }
    }
    return {start, rows};
  }

  // Labels that the node must have: one name, or names joined by &.
  static std::vector<std::string> RequiredLabels(const NodePattern& node) {
    std::vector<std::string> names;
    if (!node.labels) return names;
    if (const auto* name = std::get_if<ast::Name>(&node.labels->node)) names.push_back(name->text);
    if (const auto* all = std::get_if<ast::LabelAll>(&node.labels->node)) {
      for (const ast::LabelExpression& operand : all->operands) {
        if (const auto* name = std::get_if<ast::Name>(&operand.node)) names.push_back(name->text);
      }
    }
    return names;
  }

  // A property of the pattern that is a unique key of `label`.
  std::optional<std::string> KeyOf(const NodePattern& node, graph::LabelId label) const {
    if (!node.properties || node.deferred) return std::nullopt;
    const auto* map = std::get_if<MakeMap>(&node.properties->node);
    if (!map) return std::nullopt;
    for (const auto& [name, value] : map->entries) {
      const auto key = transaction_.FindKey(name);
      if (key && transaction_.HasKey(label, *key)) return name;
    }
    return std::nullopt;
  }

  const Pattern& pattern_;
  graph::Transaction& transaction_;
  std::vector<std::vector<bool>> visited_nodes_;
  std::vector<std::vector<bool>> visited_relationships_;
  std::set<Slot> filled_;
  std::vector<MatchStep> steps_;
};

}  // namespace

std::vector<MatchStep> OrderMatch(const Pattern& pattern, graph::Transaction& transaction) {
  return Orderer(pattern, transaction).Order();
}

}  // namespace plenum::plan
