// The greedy order of a pattern's elements.
#include "engine/plan/match_order.h"

#include <algorithm>
#include <limits>
#include <set>

#include "engine/plan/walk.h"

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
      if (label && FindKey(node, *label, start)) {
        start.access = StartAt::Access::kKey;
        start.label = name;
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

  // Whether the pattern gives the value of a property that is a unique key of `label`: {key: value}, or WHERE x.key =
  // value.
  bool FindKey(const NodePattern& node, graph::LabelId label, StartAt& start) const {
    const auto* map = node.properties && !node.deferred ? std::get_if<MakeMap>(&node.properties->node) : nullptr;
    if (map) {
      for (const auto& [name, value] : map->entries) {
        if (TakeKey(name, value, label, start)) return true;
      }
    }
    for (const Condition& condition : pattern_.conditions) {
      const auto* chain = std::get_if<Chain>(&condition.expression.node);
      if (!chain || chain->rest.size() != 1 || chain->rest.front().op != ast::BinaryOperator::kEqual) continue;
      const Expression& left = *chain->first;
      const Expression& right = *chain->rest.front().operand;
      if (TakeKeyCondition(node, condition, left, right, label, start)) return true;
      if (TakeKeyCondition(node, condition, right, left, label, start)) return true;
    }
    return false;
  }

  bool TakeKeyCondition(const NodePattern& node, const Condition& condition, const Expression& property,
                        const Expression& value, graph::LabelId label, StartAt& start) const {
    const auto* access = std::get_if<PropertyAccess>(&property.node);
    const auto* ref = access ? std::get_if<SlotRef>(&access->object->node) : nullptr;
    if (!ref || ref->slot != node.slot) return false;
    // The value must be there before the node is: of all that the condition reads, the node is read once, for the
    // property.
    std::vector<Slot> others = condition.reads;
    std::erase(others, node.slot);
    return CanRead(others) && !ReadsSlot(value, node.slot) && TakeKey(access->key, value, label, start);
  }

  bool TakeKey(const std::string& name, const Expression& value, graph::LabelId label, StartAt& start) const {
    const auto key = transaction_.FindKey(name);
    if (!key || !transaction_.HasKey(label, *key)) return false;
    start.key = name;
    start.key_value = &value;
    return true;
  }

  const Pattern& pattern_;
  graph::Transaction& transaction_;
  std::vector<std::vector<bool>> visited_nodes_;
  std::vector<std::vector<bool>> visited_relationships_;
  std::set<Slot> filled_;
  std::set<const Condition*> tested_;
  MatchOrder order_;
};

}  // namespace

MatchOrder OrderMatch(const Pattern& pattern, graph::Transaction& transaction) {
  return Orderer(pattern, transaction).Order();
}

}  // namespace plenum::plan
