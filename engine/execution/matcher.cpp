// Matching a pattern: start, expand, test, and go back for the next candidate.
#include "engine/execution/matcher.h"

#include <algorithm>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {

using Kind = Value::Kind;

Matcher::Matcher(QueryContext& context, const plan::Pattern& pattern)
    : context_(context), pattern_(pattern), evaluator_(context) {}

bool Matcher::Match(Row& row, const std::function<bool()>& found) {
  // What can be found by key, label or type changes between rows only where the statement writes.
  if (!ordered_ || context_.transaction.writable()) {
    order_ = plan::OrderMatch(pattern_, context_.transaction);
    types_.clear();
    ordered_ = true;
  }
  row_ = &row;
  found_ = &found;
  used_.clear();
  return Run(0);
}

bool Matcher::Run(std::size_t step) {
  if (step == order_.steps.size()) return Complete();
  return std::visit([&](const auto& action) { return RunStep(action, step); }, order_.steps[step].action);
}

// The step has found a candidate: on to the next, unless a condition that can be tested now fails.
bool Matcher::GoOn(std::size_t step) { return !Hold(order_.steps[step].conditions) || Run(step + 1); }

bool Matcher::Hold(const std::vector<const plan::Expression*>& conditions) {
  return std::ranges::all_of(conditions, [&](const plan::Expression* condition) {
    return evaluator_.EvaluateCondition(*condition, *row_) == true;
  });
}

bool Matcher::RunStep(const plan::StartAt& start, std::size_t step) {
  const plan::NodePattern& pattern = pattern_.paths[start.path].nodes[start.node];
  const auto go_on = [&] { return GoOn(step); };
  if (start.access == plan::StartAt::Access::kBound) {
    const Value& bound = (*row_)[pattern.slot];
    return bound.kind() != Kind::kNode || TryNode(pattern, bound.node().id, go_on);
  }
  const auto label = context_.transaction.FindLabel(start.label);
  if (start.access != plan::StartAt::Access::kAllNodes && !label) return true;
  if (start.access == plan::StartAt::Access::kKey) {
    const Value wanted = evaluator_.Evaluate(*start.key_value, *row_);
    const auto node = Take(context_.transaction.SeekKey(*label, *context_.transaction.FindKey(start.key), wanted));
    return !node || TryNode(pattern, *node, go_on);
  }
  std::vector<NodeId> candidates;
  Take(context_.transaction.ScanNodes(label, [&](NodeId node) {
    context_.Poll();
    candidates.push_back(node);
    return true;
  }));
  return std::ranges::all_of(candidates, [&](NodeId node) { return TryNode(pattern, node, go_on); });
}

// The relationship is bound: its ends are the candidates, in each direction that the pattern allows.
bool Matcher::RunStep(const plan::StartAtRelationship& start, std::size_t step) {
  const plan::PathPattern& path = pattern_.paths[start.path];
  const plan::RelationshipPattern& pattern = path.relationships[start.relationship];
  const Value bound = (*row_)[pattern.slot];
  if (bound.kind() != Kind::kRelationship) return true;
  const Relationship& relationship = bound.relationship();
  if (Used(relationship.id) || !Take(context_.transaction.GetRelationship(relationship.id))) return true;
  if (pattern.types && !evaluator_.TypeMatches(*pattern.types, graph::TypeOf(relationship.id))) return true;
  if (!RelationshipMatches(pattern, relationship.id)) return true;
  const auto try_ends = [&](NodeId before, NodeId behind) {
    return Arrive(path.nodes[start.relationship], before, start.before_known, [&] {
      return Arrive(path.nodes[start.relationship + 1], behind, start.behind_known, [&] { return GoOn(step); });
    });
  };
  used_.push_back(relationship.id);
  bool wanted = true;
  const bool loop = relationship.start == relationship.end;
  if (pattern.direction != ast::Direction::kIncoming) wanted = try_ends(relationship.start, relationship.end);
  const bool backwards =
      pattern.direction == ast::Direction::kIncoming || (pattern.direction == ast::Direction::kEither && !loop);
  if (wanted && backwards) wanted = try_ends(relationship.end, relationship.start);
  used_.pop_back();
  return wanted;
}

bool Matcher::RunStep(const plan::ExpandAlong& expand, std::size_t step) {
  const plan::PathPattern& path = pattern_.paths[expand.path];
  const plan::RelationshipPattern& pattern = path.relationships[expand.relationship];
  const plan::NodePattern& from = path.nodes[expand.relationship + (expand.forward ? 0 : 1)];
  const plan::NodePattern& to = path.nodes[expand.relationship + (expand.forward ? 1 : 0)];
  const NodeId start = (*row_)[from.slot].node().id;
  const auto arrive = [&](NodeId node) { return Arrive(to, node, expand.end_known, [&] { return GoOn(step); }); };
  return pattern.repetition ? ExpandMany(pattern, start, expand.forward, arrive)
                            : ExpandOne(pattern, start, expand.forward, arrive);
}

// At a node; where it is known already, it must be that one.
bool Matcher::Arrive(const plan::NodePattern& pattern, NodeId node, bool known, const std::function<bool()>& go_on) {
  if (known) {
    const Value& there = (*row_)[pattern.slot];
    if (there.kind() != Kind::kNode || there.node().id != node) return true;
  }
  return TryNode(pattern, node, go_on);
}

bool Matcher::TryNode(const plan::NodePattern& pattern, NodeId node, const std::function<bool()>& go_on) {
  context_.Poll();
  (*row_)[pattern.slot] = Node{.id = node};
  return !NodeMatches(pattern, node) || go_on();
}

// What may have to wait for other elements: properties, valid time and the inline WHERE. The element is in its slot.
template <class Element, class Record>
bool Matcher::ConditionsHold(const Element& pattern, const Record& record) {
  return PropertiesMatch(pattern.properties, record.properties) &&
         evaluator_.PassesFilter(pattern.filter, record.validity, *row_) && evaluator_.Holds(pattern.where, *row_);
}

bool Matcher::NodeMatches(const plan::NodePattern& pattern, NodeId node) {
  const bool unconditional =
      !pattern.labels && !pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion;
  if (unconditional && !pattern.bound) return true;
  const auto record = Take(context_.transaction.GetNode(node));
  if (!record) return false;  // deleted earlier in this query
  if (pattern.labels && !evaluator_.LabelsMatch(*pattern.labels, *record)) return false;
  if (!AssertionMatches(pattern.assertion, record->validity)) return false;
  return pattern.deferred || ConditionsHold(pattern, *record);
}

// Everything but its type, which it was found by, and what is deferred. The relationship is in its slot.
bool Matcher::RelationshipMatches(const plan::RelationshipPattern& pattern, RelationshipId relationship) {
  if (!pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion) return true;
  const auto record = Take(context_.transaction.GetRelationship(relationship));
  if (!record || !AssertionMatches(pattern.assertion, record->validity)) return false;
  return pattern.deferred || ConditionsHold(pattern, *record);
}

bool Matcher::PropertiesMatch(const std::optional<plan::Expression>& properties, const graph::Properties& actual) {
  if (!properties) return true;
  const Value wanted = evaluator_.Evaluate(*properties, *row_);
  if (wanted.kind() != Kind::kMap) return false;
  return std::ranges::all_of(wanted.map(), [&](const auto& entry) {
    const auto key = context_.transaction.FindKey(entry.first);
    return key && Equal(graph::PropertyOf(actual, *key), entry.second) == true;
  });
}

bool Matcher::AssertionMatches(const std::optional<plan::Assertion>& assertion,
                               const std::optional<Interval>& validity) {
  return !assertion || validity == evaluator_.EvaluateAssertion(*assertion, *row_);
}

// All elements are in their slots: paths are built, what had to wait for others is tested, and the match is found.
bool Matcher::Complete() {
  for (const plan::PathPattern& path : pattern_.paths) {
    if (path.slot) (*row_)[*path.slot] = BuildPath(path);
  }
  if (!DeferredHold()) return true;
  return !Hold(order_.conditions) || (*found_)();
}

bool Matcher::DeferredHold() {
  for (const plan::PathPattern& path : pattern_.paths) {
    for (const plan::NodePattern& node : path.nodes) {
      if (!node.deferred) continue;
      const auto record = Take(context_.transaction.GetNode((*row_)[node.slot].node().id));
      if (!record || !ConditionsHold(node, *record)) return false;
    }
    for (const plan::RelationshipPattern& relationship : path.relationships) {
      if (relationship.deferred && !DeferredHold(relationship)) return false;
    }
  }
  return true;
}

bool Matcher::DeferredHold(const plan::RelationshipPattern& pattern) {
  const Value matched = (*row_)[pattern.slot];
  const List walk = matched.kind() == Kind::kList ? matched.list() : List{matched};
  bool holds = true;
  for (const Value& relationship : walk) {
    const auto record = Take(context_.transaction.GetRelationship(relationship.relationship().id));
    (*row_)[pattern.slot] = relationship;
    holds = holds && record && ConditionsHold(pattern, *record);
  }
  (*row_)[pattern.slot] = matched;
  return holds;
}

Value Matcher::BuildPath(const plan::PathPattern& path) const {
  Path built;
  built.nodes.push_back((*row_)[path.nodes.front().slot].node());
  const auto walk = [&](const Value& value) {
    const Relationship& relationship = value.relationship();
    const NodeId at = built.nodes.back().id;
    built.relationships.push_back(relationship);
    built.nodes.push_back(Node{.id = relationship.start == at ? relationship.end : relationship.start});
  };
  for (const plan::RelationshipPattern& relationship : path.relationships) {
    const Value& matched = (*row_)[relationship.slot];
    if (matched.kind() != Kind::kList) {
      walk(matched);
      continue;
    }
    for (const Value& hop : matched.list()) walk(hop);
  }
  return built;
}

}  // namespace plenum::execution
