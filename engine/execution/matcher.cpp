// Matching a pattern: start, expand, test, and go back for the next candidate.
#include "engine/execution/matcher.h"

#include <algorithm>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {

using Kind = Value::Kind;

Matcher::Matcher(QueryContext& context, const plan::Pattern& pattern)
    : context_(context), pattern_(pattern), evaluator_(context) {}

bool Matcher::Match(Row& row, const std::function<bool()>& found) {
  // What can be found by key or label may change between rows, when an earlier clause writes.
  steps_ = plan::OrderMatch(pattern_, context_.transaction);
  row_ = &row;
  found_ = &found;
  used_.clear();
  types_.clear();
  return Run(0);
}

bool Matcher::Run(std::size_t step) {
  if (step == steps_.size()) return Complete();
  return std::visit([&](const auto& node) { return RunStep(node, step); }, steps_[step]);
}

bool Matcher::RunStep(const plan::StartAt& start, std::size_t step) {
  const plan::NodePattern& pattern = pattern_.paths[start.path].nodes[start.node];
  const auto go_on = [&] { return Run(step + 1); };
  if (start.access == plan::StartAt::Access::kBound) {
    const Value& bound = (*row_)[pattern.slot];
    return bound.kind() != Kind::kNode || TryNode(pattern, bound.node().id, go_on);
  }
  const auto label = context_.transaction.FindLabel(start.label);
  if (start.access != plan::StartAt::Access::kAllNodes && !label) return true;
  if (start.access == plan::StartAt::Access::kKey) {
    const Value wanted = evaluator_.PropertyOf(evaluator_.Evaluate(*pattern.properties, *row_), start.key);
    const auto node = Take(context_.transaction.SeekKey(*label, *context_.transaction.FindKey(start.key), wanted));
    return !node || TryNode(pattern, *node, go_on);
  }
  bool wanted = true;
  std::vector<NodeId> candidates;
  Take(context_.transaction.ScanNodes(label, [&](NodeId node) {
    context_.Poll();
    candidates.push_back(node);
    return true;
  }));
  for (const NodeId node : candidates) {
    wanted = TryNode(pattern, node, go_on);
    if (!wanted) return false;
  }
  return true;
}

bool Matcher::RunStep(const plan::ExpandAlong& expand, std::size_t step) {
  const plan::PathPattern& path = pattern_.paths[expand.path];
  const plan::RelationshipPattern& pattern = path.relationships[expand.relationship];
  const plan::NodePattern& from = path.nodes[expand.relationship + (expand.forward ? 0 : 1)];
  const plan::NodePattern& to = path.nodes[expand.relationship + (expand.forward ? 1 : 0)];
  const NodeId start = (*row_)[from.slot].node().id;
  // The end may be known already: by an earlier clause, or by another element of this pattern.
  const bool known = IsFilled(to.slot, step);
  const NodeId end = known && (*row_)[to.slot].kind() == Kind::kNode ? (*row_)[to.slot].node().id : NodeId{};
  if (known && (*row_)[to.slot].kind() != Kind::kNode) return true;
  const auto arrive = [&](NodeId node) {
    if (known && node != end) return true;
    return TryNode(to, node, [&] { return Run(step + 1); });
  };
  return pattern.repetition ? ExpandMany(pattern, start, expand.forward, arrive)
                            : ExpandOne(pattern, start, expand.forward, arrive);
}

// Whether the slot was filled before this step: by a clause before the pattern, or by a step before it.
bool Matcher::IsFilled(plan::Slot slot, std::size_t step) const {
  for (std::size_t s = 0; s < step; ++s) {
    if (const auto* start = std::get_if<plan::StartAt>(&steps_[s])) {
      if (pattern_.paths[start->path].nodes[start->node].slot == slot) return true;
    } else {
      const auto& expand = std::get<plan::ExpandAlong>(steps_[s]);
      const auto& nodes = pattern_.paths[expand.path].nodes;
      if (nodes[expand.relationship].slot == slot || nodes[expand.relationship + 1].slot == slot) return true;
    }
  }
  return std::ranges::find(pattern_.introduced, slot) == pattern_.introduced.end();
}

bool Matcher::TryNode(const plan::NodePattern& pattern, NodeId node, const std::function<bool()>& go_on) {
  context_.Poll();
  (*row_)[pattern.slot] = Node{.id = node};
  return !NodeMatches(pattern, node) || go_on();
}

bool Matcher::NodeMatches(const plan::NodePattern& pattern, NodeId node) {
  const bool unconditional =
      !pattern.labels && !pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion;
  if (unconditional && !pattern.bound) return true;
  const auto record = Take(context_.transaction.GetNode(node));
  if (!record) return false;  // deleted earlier in this query
  if (pattern.labels && !evaluator_.LabelsMatch(*pattern.labels, *record)) return false;
  if (!AssertionMatches(pattern.assertion, record->validity)) return false;
  if (pattern.deferred) return true;
  return PropertiesMatch(pattern.properties, record->properties) &&
         evaluator_.PassesFilter(pattern.filter, record->validity, *row_) && evaluator_.Holds(pattern.where, *row_);
}

// Everything but its type, which it was found by, and what is deferred. The relationship is in its slot.
bool Matcher::RelationshipMatches(const plan::RelationshipPattern& pattern, RelationshipId relationship) {
  if (!pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion) return true;
  const auto record = Take(context_.transaction.GetRelationship(relationship));
  if (!record || !AssertionMatches(pattern.assertion, record->validity)) return false;
  if (pattern.deferred) return true;
  return PropertiesMatch(pattern.properties, record->properties) &&
         evaluator_.PassesFilter(pattern.filter, record->validity, *row_) && evaluator_.Holds(pattern.where, *row_);
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
  if (!evaluator_.Holds(pattern_.where, *row_)) return true;
  return (*found_)();
}

bool Matcher::DeferredHold() {
  for (const plan::PathPattern& path : pattern_.paths) {
    for (const plan::NodePattern& node : path.nodes) {
      if (!node.deferred) continue;
      const auto record = Take(context_.transaction.GetNode((*row_)[node.slot].node().id));
      if (!record || !PropertiesMatch(node.properties, record->properties) ||
          !evaluator_.PassesFilter(node.filter, record->validity, *row_) || !evaluator_.Holds(node.where, *row_)) {
        return false;
      }
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
    holds = holds && record && PropertiesMatch(pattern.properties, record->properties) &&
            evaluator_.PassesFilter(pattern.filter, record->validity, *row_) && evaluator_.Holds(pattern.where, *row_);
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
