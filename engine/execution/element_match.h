// Testing one node or relationship of the graph against one element of a pattern, and finding the relationships at a
// node that an element allows.
#pragma once

#include <map>
#include <optional>
#include <vector>

#include "engine/execution/evaluator.h"

namespace plenum::execution {

// A relationship seen from one of its ends: where it leads, and whether along its direction.
struct Hop {
  RelationshipId relationship;
  NodeId from;
  NodeId node;
  bool outgoing = true;
};

// Empties a buffer that is to be used again. What a hub has made large gives its memory back.
template <class T>
void EmptyBuffer(std::vector<T>& buffer) {
  constexpr std::size_t kCapacityKept = 4096;
  if (buffer.capacity() > kCapacityKept) {
    std::vector<T>().swap(buffer);
  } else {
    buffer.clear();
  }
}

class ElementMatch {
 public:
  explicit ElementMatch(QueryContext& context) : context_(context), evaluator_(context) {}

  // Puts the element into its slot of `row` and tests all that is not deferred; of a relationship not its type, which
  // it was found by.
  bool NodeMatches(const plan::NodePattern& pattern, NodeId node, Row& row);
  bool RelationshipMatches(const plan::RelationshipPattern& pattern, const Value& relationship, Row& row);

  // What was deferred until all elements of `path` are in their slots; a repetition's slot holds a list.
  bool DeferredHold(const plan::PathPattern& path, Row& row);

  // Whether a walk may go on through the node, as far as can be told there: a filter of the clause holds for every node
  // of it, but where it is deferred.
  bool PassesThrough(const plan::RelationshipPattern& pattern, NodeId node, Row& row);

  // The element that a bound variable holds; none where it is null, and a TypeError where it is anything else.
  static std::optional<NodeId> BoundNode(const plan::NodePattern& pattern, const Row& row);
  static std::optional<Relationship> BoundRelationship(const plan::RelationshipPattern& pattern, const Value& bound);

  // Puts into `hops`, which is the caller's to use again, every relationship at `from` that the pattern's direction and
  // types allow; with `to`, those that lead there. `forward`: `from` stands on the left.
  void FindHops(const plan::RelationshipPattern& pattern, NodeId from, std::optional<NodeId> to, bool forward,
                std::vector<Hop>& hops);

  // As a value: its ends and its type, without its properties.
  Value RelationshipOf(const Hop& hop) const;

  // Names of types are looked up once; to be forgotten where the graph may have got new ones.
  void ForgetTypes() { types_.clear(); }

 private:
  bool PassesFilter(const std::optional<plan::ValidFilter>& filter, const graph::ElementId& element, Row& row);
  template <class Pattern>
  bool ConditionsHold(const Pattern& pattern, const graph::ElementId& element, Row& row);
  bool DeferredHold(const plan::RelationshipPattern& pattern, NodeId from, Row& row);
  bool PropertiesMatch(const std::optional<plan::Expression>& properties, const graph::ElementId& element, Row& row);
  bool AssertionMatches(const std::optional<plan::Assertion>& assertion, const graph::ElementId& element, Row& row);
  using Types = std::optional<std::vector<graph::TypeId>>;  // absent: every type
  const Types& TypesOf(const plan::RelationshipPattern& pattern);

  QueryContext& context_;
  Evaluator evaluator_;
  std::map<const plan::RelationshipPattern*, Types> types_;
  std::vector<graph::Neighbour> neighbours_;  // of FindHops
};

}  // namespace plenum::execution
