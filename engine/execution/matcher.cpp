// Matching a pattern: start, expand, test, and go back for the next candidate.
#include "engine/execution/matcher.h"

#include <algorithm>
#include <set>

#include "engine/execution/evaluation_error.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

Matcher::Matcher(QueryContext& context, const plan::Pattern& pattern)
    : context_(context), pattern_(pattern), evaluator_(context), elements_(context) {}

bool Matcher::Match(Row& row, const std::function<bool()>& found) {
  // What can be found by key, label or type changes between rows only where something is written.
  if (ordered_at_ != context_.transaction.changes()) {
    order_ = plan::OrderMatch(pattern_, context_.transaction);
    elements_.ForgetTypes();
    ordered_at_ = context_.transaction.changes();
  }
  row_ = &row;
  found_ = &found;
  used_.clear();
  hops_.resize(order_.steps.size());
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

graph::Transaction::ValueRange Matcher::RangeOf(const plan::StartAt& start) {
  const auto bound = [&](const plan::Expression* expression) {
    return expression ? std::optional(evaluator_.Evaluate(*expression, *row_)) : std::nullopt;
  };
  if (start.equal) return {bound(start.equal), bound(start.equal)};
  return {bound(start.least), bound(start.greatest), start.with_least, start.with_greatest};
}

bool Matcher::RunStep(const plan::StartAt& start, std::size_t step) {
  const plan::NodePattern& pattern = pattern_.paths[start.path].nodes[start.node];
  const auto go_on = [&] { return GoOn(step); };
  if (start.access == plan::StartAt::Access::kBound) {
    const std::optional<NodeId> bound = ElementMatch::BoundNode(pattern, *row_);
    return !bound || TryNode(pattern, *bound, go_on);
  }
  const auto label = context_.transaction.FindLabel(start.label);
  if (start.access != plan::StartAt::Access::kAllNodes && !label) return true;
  if (start.access == plan::StartAt::Access::kKey) {
    const Value wanted = evaluator_.Evaluate(*start.equal, *row_);
    const auto node = Take(context_.transaction.SeekKey(*label, *context_.transaction.FindKey(start.key), wanted));
    return !node || TryNode(pattern, *node, go_on);
  }
  std::vector<NodeId> candidates;
  const auto gather = [&](NodeId node) {
    context_.Poll();
    candidates.push_back(node);
    return true;
  };
  if (start.access == plan::StartAt::Access::kRange) {
    const graph::KeyId key = *context_.transaction.FindKey(start.key);
    Take(context_.transaction.SeekRange(*label, key, RangeOf(start), gather));
  } else {
    Take(context_.transaction.ScanNodes(label, gather));
  }
  return std::ranges::all_of(candidates, [&](NodeId node) { return TryNode(pattern, node, go_on); });
}

// The relationship is bound: its ends are the candidates, in each direction that the pattern allows.
bool Matcher::RunStep(const plan::StartAtRelationship& start, std::size_t step) {
  const plan::PathPattern& path = pattern_.paths[start.path];
  const plan::RelationshipPattern& pattern = path.relationships[start.relationship];
  const Value bound = (*row_)[pattern.slot];
  const std::optional<Relationship> held = ElementMatch::BoundRelationship(pattern, bound);
  if (!held) return true;
  const Relationship& relationship = *held;
  const bool walk = path.mode == ast::PathMode::kWalk;
  if ((!walk && Used(relationship.id)) || !Take(context_.transaction.Exists(relationship.id))) return true;
  if (pattern.types && !evaluator_.TypeMatches(*pattern.types, graph::TypeOf(relationship.id))) return true;
  if (!elements_.RelationshipMatches(pattern, bound, *row_)) return true;
  const auto try_ends = [&](NodeId before, NodeId behind) {
    return Arrive(path.nodes[start.relationship], before, start.before_known, [&] {
      return Arrive(path.nodes[start.relationship + 1], behind, start.behind_known, [&] { return GoOn(step); });
    });
  };
  if (!walk) used_.push_back(relationship.id);
  bool wanted = true;
  const bool loop = relationship.start == relationship.end;
  if (pattern.direction != ast::Direction::kIncoming) wanted = try_ends(relationship.start, relationship.end);
  const bool backwards =
      pattern.direction == ast::Direction::kIncoming || (pattern.direction == ast::Direction::kEither && !loop);
  if (wanted && backwards) wanted = try_ends(relationship.end, relationship.start);
  if (!walk) used_.pop_back();
  return wanted;
}

bool Matcher::RunStep(const plan::ExpandAlong& expand, std::size_t step) {
  const plan::PathPattern& path = pattern_.paths[expand.path];
  const plan::RelationshipPattern& pattern = path.relationships[expand.relationship];
  const plan::NodePattern& from = path.nodes[expand.relationship + (expand.forward ? 0 : 1)];
  const plan::NodePattern& to = path.nodes[expand.relationship + (expand.forward ? 1 : 0)];
  const NodeId start = (*row_)[from.slot].node().id;
  if (!pattern.repetition && !pattern.subpath) return ExpandOne(pattern, start, to, expand, step);
  std::optional<NodeId> end;
  if (expand.end_known) {
    end = ElementMatch::BoundNode(to, *row_);
    if (!end) return true;
  }
  return SearchAlong(pattern, to, expand).Run(start, end, *row_, used_, [&](NodeId) { return GoOn(step); });
}

bool Matcher::Used(RelationshipId relationship) const {
  return !IsMutant("relationship-reused") && std::ranges::find(used_, relationship) != used_.end();
}

bool Matcher::ExpandOne(const plan::RelationshipPattern& pattern, NodeId from, const plan::NodePattern& to,
                        const plan::ExpandAlong& expand, std::size_t step) {
  const bool walk = pattern_.paths[expand.path].mode == ast::PathMode::kWalk;
  const Value& held = (*row_)[to.slot];
  const bool searched = expand.end_known && held.kind() == Value::Kind::kNode;
  std::vector<Hop>& hops = hops_[step];
  elements_.FindHops(pattern, from, searched ? std::optional(held.node().id) : std::nullopt, expand.forward, hops);
  const auto go_on = [&] { return GoOn(step); };
  for (const Hop& hop : hops) {
    context_.Poll();
    if (!walk && Used(hop.relationship)) continue;
    if (!elements_.RelationshipMatches(pattern, elements_.RelationshipOf(hop), *row_)) continue;
    if (!walk) used_.push_back(hop.relationship);
    const bool wanted = Arrive(to, hop.node, expand.end_known, go_on);
    if (!walk) used_.pop_back();
    if (!wanted) return false;
  }
  EmptyBuffer(hops);
  return true;
}

PathSearch& Matcher::SearchAlong(const plan::RelationshipPattern& pattern, const plan::NodePattern& end,
                                 const plan::ExpandAlong& expand) {
  return searches_
      .try_emplace({&pattern, expand.forward}, context_, elements_, pattern, end, expand.forward,
                   pattern_.paths[expand.path].mode)
      .first->second;
}

// At a node; where it is known already, it must be that one.
bool Matcher::Arrive(const plan::NodePattern& pattern, NodeId node, bool known, const std::function<bool()>& go_on) {
  if (known) {
    if (ElementMatch::BoundNode(pattern, *row_) != node) return true;
  }
  return TryNode(pattern, node, go_on);
}

bool Matcher::TryNode(const plan::NodePattern& pattern, NodeId node, const std::function<bool()>& go_on) {
  context_.Poll();
  return !elements_.NodeMatches(pattern, node, *row_) || go_on();
}

namespace {

// What ACYCLIC and SIMPLE ask of a path: no node twice; but that SIMPLE may end where it began.
bool ModeHolds(ast::PathMode mode, const Path& path) {
  std::set<NodeId> nodes;
  for (const Node& node : path.nodes) nodes.insert(node.id);
  const bool closed = path.nodes.size() > 1 && path.nodes.front().id == path.nodes.back().id;
  return nodes.size() + (closed && mode == ast::PathMode::kSimple ? 1 : 0) == path.nodes.size();
}

}  // namespace

// All elements are in their slots: paths are built, what had to wait for others is tested, and the match is found.
bool Matcher::Complete() {
  for (const plan::PathPattern& path : pattern_.paths) {
    const bool restricted = path.mode == ast::PathMode::kAcyclic || path.mode == ast::PathMode::kSimple;
    if (!path.slot && !restricted) continue;
    Value built = BuildPath(path, *row_);
    if (restricted && !ModeHolds(path.mode, built.path())) return true;
    if (path.slot) (*row_)[*path.slot] = std::move(built);
  }
  const bool holds =
      std::ranges::all_of(pattern_.paths, [&](const auto& path) { return elements_.DeferredHold(path, *row_); });
  return !holds || !Hold(order_.conditions) || (*found_)();
}

}  // namespace plenum::execution
