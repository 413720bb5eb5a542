// The matcher's steps along relationships: one, or as many as a repetition allows.
#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/matcher.h"

namespace plenum::execution {

using Kind = Value::Kind;

bool Matcher::Used(RelationshipId relationship) const { return std::ranges::find(used_, relationship) != used_.end(); }

// Every relationship at `from` that the pattern's direction and types allow, seen from this end.
std::vector<Matcher::Hop> Matcher::HopsFrom(const plan::RelationshipPattern& pattern, NodeId from, bool forward) {
  std::vector<Hop> hops;
  const bool either = pattern.direction == ast::Direction::kEither;
  const bool outgoing = either || (pattern.direction == ast::Direction::kOutgoing) == forward;
  const bool incoming = either || !outgoing;
  if (outgoing) AddHops(pattern, from, graph::Direction::kOutgoing, false, hops);
  // A self-loop is met once, whichever way it is walked.
  if (incoming) AddHops(pattern, from, graph::Direction::kIncoming, either, hops);
  return hops;
}

// The types that the pattern allows; one that is absent stands for all.
const std::vector<std::optional<graph::TypeId>>& Matcher::TypesOf(const plan::RelationshipPattern& pattern) {
  const auto [known, added] = types_.try_emplace(&pattern);
  if (!added) return known->second;
  if (!pattern.types) {
    known->second.push_back(std::nullopt);
    return known->second;
  }
  for (const graph::TypeId type : context_.transaction.Types()) {
    if (evaluator_.TypeMatches(*pattern.types, type)) known->second.push_back(type);
  }
  return known->second;
}

void Matcher::AddHops(const plan::RelationshipPattern& pattern, NodeId from, graph::Direction direction,
                      bool skip_loops, std::vector<Hop>& hops) {
  for (const std::optional<graph::TypeId>& type : TypesOf(pattern)) {
    const auto neighbours = Take(context_.transaction.Neighbours(from, direction, type));
    for (const graph::Neighbour& neighbour : *neighbours) {
      if (skip_loops && neighbour.node == from) continue;
      hops.push_back({neighbour.relationship, from, neighbour.node, direction == graph::Direction::kOutgoing});
    }
  }
}

Value Matcher::RelationshipAt(const Hop& hop) const {
  return Relationship{.id = hop.relationship,
                      .type = context_.transaction.NameOf(graph::TypeOf(hop.relationship)),
                      .start = hop.outgoing ? hop.from : hop.node,
                      .end = hop.outgoing ? hop.node : hop.from,
                      .properties = {}};
}

bool Matcher::ExpandOne(const plan::RelationshipPattern& pattern, NodeId from, bool forward,
                        const std::function<bool(NodeId)>& go_on) {
  for (const Hop& hop : HopsFrom(pattern, from, forward)) {
    context_.Poll();
    if (Used(hop.relationship)) continue;
    (*row_)[pattern.slot] = RelationshipAt(hop);
    if (!RelationshipMatches(pattern, hop.relationship)) continue;
    used_.push_back(hop.relationship);
    const bool wanted = go_on(hop.node);
    used_.pop_back();
    if (!wanted) return false;
  }
  return true;
}

// Walks of every allowed length, depth first, no relationship twice. The stack is explicit: a walk may be long.
bool Matcher::ExpandMany(const plan::RelationshipPattern& pattern, NodeId from, bool forward,
                         const std::function<bool(NodeId)>& go_on) {
  struct Level {
    std::vector<Hop> hops;
    std::size_t next = 0;
  };
  const Value bound = pattern.bound ? (*row_)[pattern.slot] : Value();
  if (pattern.bound && bound.kind() != Kind::kList) return true;
  const auto minimum = static_cast<std::size_t>(std::max<std::int64_t>(pattern.repetition->minimum, 0));
  const auto maximum = pattern.repetition->maximum
                           ? static_cast<std::size_t>(std::max<std::int64_t>(*pattern.repetition->maximum, 0))
                           : SIZE_MAX;
  List walk;
  const auto emit = [&](NodeId end) {
    if (walk.size() < minimum || walk.size() > maximum) return true;
    return EmitWalk(pattern, bound, walk, end, forward, go_on);
  };
  if (!emit(from)) return false;
  std::vector<Level> levels;
  const auto descend = [&](NodeId node) {
    levels.push_back({walk.size() < maximum ? HopsFrom(pattern, node, forward) : std::vector<Hop>()});
  };
  descend(from);
  bool wanted = true;
  while (!levels.empty()) {
    context_.Poll();
    Level& level = levels.back();
    if (!wanted || level.next == level.hops.size()) {
      levels.pop_back();
      if (levels.empty()) break;
      walk.pop_back();
      used_.pop_back();
      continue;
    }
    const Hop hop = level.hops[level.next++];
    if (Used(hop.relationship)) continue;
    Value relationship = RelationshipAt(hop);
    (*row_)[pattern.slot] = relationship;  // conditions on a repeated relationship read each one
    if (!RelationshipMatches(pattern, hop.relationship)) continue;
    walk.push_back(std::move(relationship));
    used_.push_back(hop.relationship);
    wanted = emit(hop.node);
    if (PassesThrough(pattern, hop.node)) {
      descend(hop.node);
    } else {
      levels.push_back({});
    }
  }
  if (pattern.bound) (*row_)[pattern.slot] = bound;
  return wanted;
}

// Whether a walk may go on through the node: a filter of the clause holds for every node of it.
bool Matcher::PassesThrough(const plan::RelationshipPattern& pattern, NodeId node) {
  if (!pattern.node_filter) return true;
  const auto record = Take(context_.transaction.GetNode(node));
  return record && evaluator_.PassesFilter(pattern.node_filter, record->validity, *row_);
}

// A walk that is long enough: into its slot, in the direction the pattern is written, and on.
bool Matcher::EmitWalk(const plan::RelationshipPattern& pattern, const Value& bound, List walk, NodeId end,
                       bool forward, const std::function<bool(NodeId)>& go_on) {
  if (!forward) std::ranges::reverse(walk);
  Value value(std::move(walk));
  if (pattern.bound && Equal(value, bound) != true) return true;
  (*row_)[pattern.slot] = std::move(value);
  return go_on(end);
}

}  // namespace plenum::execution
