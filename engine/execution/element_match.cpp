// The tests of single elements.
#include "engine/execution/element_match.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

using Kind = Value::Kind;

// What may have to wait for other elements: properties, valid time and the inline WHERE. The element is in its slot.
template <class Pattern>
bool ElementMatch::ConditionsHold(const Pattern& pattern, const graph::ElementId& element, Row& row) {
  return PropertiesMatch(pattern.properties, element, row) && PassesFilter(pattern.filter, element, row) &&
         evaluator_.Holds(pattern.where, row);
}

bool ElementMatch::NodeMatches(const plan::NodePattern& pattern, NodeId node, Row& row) {
  row[pattern.slot] = Node{.id = node};
  if (context_.Doomed(node)) return false;
  const bool unconditional =
      !pattern.labels && !pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion;
  if (unconditional && !pattern.bound) return true;
  if (!Take(context_.transaction.Exists(node))) return false;  // deleted earlier in this query
  if (pattern.labels && !evaluator_.LabelsMatch(*pattern.labels, node)) return false;
  if (!AssertionMatches(pattern.assertion, node, row)) return false;
  return pattern.deferred || ConditionsHold(pattern, node, row);
}

bool ElementMatch::RelationshipMatches(const plan::RelationshipPattern& pattern, const Value& relationship, Row& row) {
  row[pattern.slot] = relationship;
  if (!pattern.properties && !pattern.filter && !pattern.where && !pattern.assertion) return true;
  const RelationshipId id = relationship.relationship().id;
  if (!Take(context_.transaction.Exists(id)) || !AssertionMatches(pattern.assertion, id, row)) return false;
  return pattern.deferred || ConditionsHold(pattern, id, row);
}

bool ElementMatch::PropertiesMatch(const std::optional<plan::Expression>& properties, const graph::ElementId& element,
                                   Row& row) {
  if (!properties) return true;
  const Value wanted = evaluator_.Evaluate(*properties, row);
  if (wanted.kind() != Kind::kMap) return false;
  return std::ranges::all_of(wanted.map(), [&](const auto& entry) {
    const auto key = context_.transaction.FindKey(entry.first);
    if (!key) return false;
    const Value actual = Take(context_.transaction.GetProperty(element, *key));
    return Equal(actual, entry.second).value_or(IsMutant("null-property-matches"));
  });
}

bool ElementMatch::AssertionMatches(const std::optional<plan::Assertion>& assertion, const graph::ElementId& element,
                                    Row& row) {
  if (!assertion) return true;
  return Take(context_.transaction.GetValidity(element)) == evaluator_.EvaluateAssertion(*assertion, row);
}

bool ElementMatch::DeferredHold(const plan::PathPattern& path, Row& row) {
  for (const plan::NodePattern& node : path.nodes) {
    if (!node.deferred) continue;
    const NodeId id = row[node.slot].node().id;
    if (!Take(context_.transaction.Exists(id)) || !ConditionsHold(node, id, row)) return false;
  }
  for (std::size_t i = 0; i < path.relationships.size(); ++i) {
    const plan::RelationshipPattern& relationship = path.relationships[i];
    if (relationship.deferred && !DeferredHold(relationship, row[path.nodes[i].slot].node().id, row)) return false;
  }
  return true;
}

// `from`: the node on the pattern's left.
bool ElementMatch::DeferredHold(const plan::RelationshipPattern& pattern, NodeId from, Row& row) {
  const Value matched = row[pattern.slot];
  const List walk = matched.kind() == Kind::kList ? matched.list() : List{matched};
  bool holds = true;
  NodeId at = from;
  for (std::size_t i = 0; i < walk.size() && holds; ++i) {
    const Relationship& hop = walk[i].relationship();
    row[pattern.slot] = walk[i];
    holds = Take(context_.transaction.Exists(hop.id)) && (i == 0 || PassesFilter(pattern.node_filter, at, row)) &&
            ConditionsHold(pattern, hop.id, row);
    at = hop.start == at ? hop.end : hop.start;
  }
  row[pattern.slot] = matched;
  return holds;
}

bool ElementMatch::PassesThrough(const plan::RelationshipPattern& pattern, NodeId node, Row& row) {
  return !context_.Doomed(node) && (pattern.deferred || PassesFilter(pattern.node_filter, node, row));
}

bool ElementMatch::PassesFilter(const std::optional<plan::ValidFilter>& filter, const graph::ElementId& element,
                                Row& row) {
  return !filter || evaluator_.PassesFilter(filter, Take(context_.transaction.GetValidity(element)), row);
}

std::optional<NodeId> ElementMatch::BoundNode(const plan::NodePattern& pattern, const Row& row) {
  const Value& bound = row[pattern.slot];
  if (bound.kind() == Kind::kNull) return std::nullopt;
  if (bound.kind() == Kind::kNode) return bound.node().id;
  return AtSpan(pattern.span, [&]() -> NodeId {
    RaiseInvalidType(fmt::format("a node is matched here, but the variable holds {}", Described(bound)));
  });
}

std::optional<Relationship> ElementMatch::BoundRelationship(const plan::RelationshipPattern& pattern,
                                                            const Value& bound) {
  if (bound.kind() == Kind::kNull) return std::nullopt;
  if (bound.kind() == Kind::kRelationship) return bound.relationship();
  return AtSpan(pattern.span, [&]() -> Relationship {
    RaiseInvalidType(fmt::format("a relationship is matched here, but the variable holds {}", Described(bound)));
  });
}

// The types that the pattern allows.
const ElementMatch::Types& ElementMatch::TypesOf(const plan::RelationshipPattern& pattern) {
  const auto [known, added] = types_.try_emplace(&pattern);
  if (!added || !pattern.types) return known->second;
  known->second.emplace();
  for (const graph::TypeId type : context_.transaction.Types()) {
    if (evaluator_.TypeMatches(*pattern.types, type)) known->second->push_back(type);
  }
  return known->second;
}

void ElementMatch::FindHops(const plan::RelationshipPattern& pattern, NodeId from, std::optional<NodeId> to,
                            bool forward, std::vector<Hop>& hops) {
  const Types& types = TypesOf(pattern);
  const bool either = pattern.direction == ast::Direction::kEither;
  const bool leaving = (pattern.direction == ast::Direction::kOutgoing) == forward;
  hops.clear();
  for (const graph::Direction direction : {graph::Direction::kOutgoing, graph::Direction::kIncoming}) {
    const bool outgoing = direction == graph::Direction::kOutgoing;
    if (!either && outgoing != leaving) continue;
    // A self-loop is met once, whichever way it is walked.
    const bool skips_loops = either && !outgoing;
    Take(context_.transaction.AppendNeighbours(from, direction, types, neighbours_, to));
    for (const graph::Neighbour& neighbour : neighbours_) {
      if (skips_loops && neighbour.node == from && !IsMutant("self-loop-twice")) continue;
      hops.push_back({neighbour.relationship, from, neighbour.node, outgoing});
    }
    EmptyBuffer(neighbours_);
  }
}

Value ElementMatch::RelationshipOf(const Hop& hop) const {
  return Relationship{.id = hop.relationship,
                      .type = context_.transaction.NameOf(graph::TypeOf(hop.relationship)),
                      .start = hop.outgoing ? hop.from : hop.node,
                      .end = hop.outgoing ? hop.node : hop.from,
                      .properties = {}};
}

}  // namespace plenum::execution
