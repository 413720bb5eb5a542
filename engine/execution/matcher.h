// Finding every match of a pattern, by trying each candidate for each element in turn.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <utility>
#include <vector>

#include "engine/execution/element_match.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/path_search.h"
#include "engine/plan/match_order.h"

namespace plenum::execution {

class Matcher {
 public:
  Matcher(QueryContext& context, const plan::Pattern& pattern);

  // Calls `found` for each match, its variables in `row`; no relationship is used twice in one
  // match, but by a WALK and by a path with a selector. Stops when
  // `found` answers false, and then answers false too.
  bool Match(Row& row, const std::function<bool()>& found);

 private:
  bool Run(std::size_t step);
  bool GoOn(std::size_t step);
  bool RunStep(const plan::StartAt& start, std::size_t step);
  bool RunStep(const plan::StartAtRelationship& start, std::size_t step);
  bool RunStep(const plan::ExpandAlong& expand, std::size_t step);
  graph::Transaction::ValueRange RangeOf(const plan::StartAt& start);
  bool Hold(const std::vector<const plan::Expression*>& conditions);
  bool Complete();
  bool Arrive(const plan::NodePattern& pattern, NodeId node, bool known, const std::function<bool()>& go_on);
  bool TryNode(const plan::NodePattern& pattern, NodeId node, const std::function<bool()>& go_on);
  bool Used(RelationshipId relationship) const;
  bool ExpandOne(const plan::RelationshipPattern& pattern, NodeId from, const plan::NodePattern& to,
                 const plan::ExpandAlong& expand, std::size_t step);
  PathSearch& SearchAlong(const plan::RelationshipPattern& pattern, const plan::NodePattern& end,
                          const plan::ExpandAlong& expand);

  QueryContext& context_;
  const plan::Pattern& pattern_;
  Evaluator evaluator_;
  ElementMatch elements_;
  plan::MatchOrder order_;
  std::optional<std::uint64_t> ordered_at_;  // the changes of the transaction then
  Row* row_ = nullptr;
  const std::function<bool()>* found_ = nullptr;
  std::vector<RelationshipId> used_;
  std::vector<std::vector<Hop>> hops_;                                                // by step: those that it tries
  std::map<std::pair<const plan::RelationshipPattern*, bool>, PathSearch> searches_;  // by pattern and direction
};

}  // namespace plenum::execution
