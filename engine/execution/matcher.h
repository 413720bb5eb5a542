// Finding every match of a pattern, by trying each candidate for each element in turn.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <vector>

#include "engine/execution/evaluator.h"
#include "engine/plan/match_order.h"

namespace plenum::execution {

class Matcher {
 public:
  Matcher(QueryContext& context, const plan::Pattern& pattern);

  // Calls `found` for each match, its variables in `row`; no relationship is used twice in one match. Stops when
  // `found` answers false, and then answers false too.
  bool Match(Row& row, const std::function<bool()>& found);

 private:
  // A relationship at one end of which the matcher stands: where it leads, and whether along its direction.
  struct Hop {
    RelationshipId relationship;
    NodeId from;
    NodeId node;
    bool outgoing = true;
  };

  bool Run(std::size_t step);
  bool GoOn(std::size_t step);
  bool RunStep(const plan::StartAt& start, std::size_t step);
  bool RunStep(const plan::StartAtRelationship& start, std::size_t step);
  bool RunStep(const plan::ExpandAlong& expand, std::size_t step);
  bool Hold(const std::vector<const plan::Expression*>& conditions);
  bool Complete();
  bool Arrive(const plan::NodePattern& pattern, NodeId node, bool known, const std::function<bool()>& go_on);

  bool TryNode(const plan::NodePattern& pattern, NodeId node, const std::function<bool()>& go_on);
  template <class Element, class Record>
  bool ConditionsHold(const Element& pattern, const Record& record);
  bool NodeMatches(const plan::NodePattern& pattern, NodeId node);
  bool RelationshipMatches(const plan::RelationshipPattern& pattern, RelationshipId relationship);
  bool PropertiesMatch(const std::optional<plan::Expression>& properties, const graph::Properties& actual);
  bool AssertionMatches(const std::optional<plan::Assertion>& assertion, const std::optional<Interval>& validity);
  bool DeferredHold();
  bool DeferredHold(const plan::RelationshipPattern& pattern);

  bool ExpandOne(const plan::RelationshipPattern& pattern, NodeId from, bool forward,
                 const std::function<bool(NodeId)>& go_on);
  bool ExpandMany(const plan::RelationshipPattern& pattern, NodeId from, bool forward,
                  const std::function<bool(NodeId)>& go_on);
  bool EmitWalk(const plan::RelationshipPattern& pattern, const Value& bound, List walk, NodeId end, bool forward,
                const std::function<bool(NodeId)>& go_on);
  const std::vector<std::optional<graph::TypeId>>& TypesOf(const plan::RelationshipPattern& pattern);
  Value RelationshipAt(const Hop& hop) const;
  std::vector<Hop> HopsFrom(const plan::RelationshipPattern& pattern, NodeId from, bool forward);
  void AddHops(const plan::RelationshipPattern& pattern, NodeId from, graph::Direction direction, bool skip_loops,
               std::vector<Hop>& hops);
  bool Used(RelationshipId relationship) const;
  bool PassesThrough(const plan::RelationshipPattern& pattern, NodeId node);
  Value BuildPath(const plan::PathPattern& path) const;

  QueryContext& context_;
  const plan::Pattern& pattern_;
  Evaluator evaluator_;
  plan::MatchOrder order_;
  bool ordered_ = false;
  Row* row_ = nullptr;
  const std::function<bool()>* found_ = nullptr;
  std::vector<RelationshipId> used_;
  std::map<const plan::RelationshipPattern*, std::vector<std::optional<graph::TypeId>>> types_;
};

}  // namespace plenum::execution
