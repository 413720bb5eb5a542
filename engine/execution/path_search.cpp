// The search: what may follow a state, and in which order states are followed.
#include "engine/execution/path_search.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

using Kind = Value::Kind;
using Mode = ast::PathMode;

PathSearch::PathSearch(QueryContext& context, ElementMatch& elements, const plan::RelationshipPattern& pattern,
                       const plan::NodePattern& end, bool forward, ast::PathMode mode)
    : context_(context),
      elements_(elements),
      evaluator_(context),
      pattern_(pattern),
      end_(end),
      chosen_(pattern.subpath && (*pattern.subpath)->selector ? &**pattern.subpath : nullptr),
      forward_(forward),
      mode_(mode),
      program_(CompilePath(pattern, forward)),
      first_counts_(chosen_ && FirstCounts()) {}

bool PathSearch::Run(NodeId from, std::optional<NodeId> to, Row& row, std::vector<RelationshipId>& used,
                     const Found& found) {
  from_ = from;
  to_ = to;
  row_ = &row;
  used_ = &used;
  if (chosen_) return RunChosen(from, found);
  if (!pattern_.bound) return RunEvery(from, found);
  const Value bound = row[pattern_.slot];
  const bool wanted = RunBound(bound, from, found);
  row[pattern_.slot] = bound;
  return wanted;
}

// ---- Every path

bool PathSearch::RunEvery(NodeId from, const Found& found) {
  std::vector<Item> pending;
  const auto push = [&](std::vector<Item> items) {
    pending.insert(pending.end(), std::make_move_iterator(items.rbegin()), std::make_move_iterator(items.rend()));
  };
  walk_.clear();
  on_walk_.clear();
  push(Begin(from));
  while (!pending.empty()) {
    context_.Poll();
    const Item item = std::move(pending.back());
    pending.pop_back();
    if (!item.complete) {
      StandAt(*item.state);
      push(Next(item.state));
    } else if (!Emit(*item.state, found)) {
      return false;
    }
  }
  return true;
}

// Depth first, what was walked before the state's own hop is the beginning of what was walked to the state before it.
void PathSearch::StandAt(const PathState& state) {
  for (const std::size_t before = state.length - (state.hop ? 1 : 0); walk_.size() > before; walk_.pop_back()) {
    on_walk_.erase(walk_.back());
  }
  if (!state.hop) return;
  walk_.push_back(state.hop->relationship);
  on_walk_.insert(state.hop->relationship);
}

bool PathSearch::Emit(const PathState& state, const Found& found) {
  // The end first: to read the path back takes as long as it is.
  if ((to_ && state.node != *to_) || !elements_.NodeMatches(end_, state.node, *row_) || !Accept(state)) return true;
  if (mode_ == Mode::kWalk) return found(state.node);
  const std::size_t before = used_->size();
  for (const PathState* step = &state; step; step = step->parent.get()) {
    if (step->hop) used_->push_back(step->hop->relationship);
  }
  const bool wanted = found(state.node);
  used_->resize(before);
  return wanted;
}

// The list of relationships is known: it is the only path there may be.
bool PathSearch::RunBound(const Value& bound, NodeId from, const Found& found) {
  if (bound.kind() == Kind::kNull) return true;
  if (bound.kind() != Kind::kList) {
    AtSpan(pattern_.span, [&] {
      RaiseInvalidType(
          fmt::format("a list of relationships is walked here, but the variable holds {}", Described(bound)));
    });
  }
  List walk = bound.list();
  const PathLoop& loop = program_.loops.front();
  if (walk.size() < loop.rounds_min || walk.size() > loop.rounds_max) return true;
  if (!forward_) std::ranges::reverse(walk);
  NodeId node = from;
  const std::size_t before = used_->size();
  bool walks = true;
  for (std::size_t i = 0; i < walk.size() && walks; ++i) {
    context_.Poll();
    const std::optional<Relationship> step = ElementMatch::BoundRelationship(pattern_, walk[i]);
    walks = step && (i == 0 || elements_.PassesThrough(pattern_, node, *row_));
    if (!walks) break;
    elements_.FindHops(pattern_, node, std::nullopt, forward_, hops_);
    const auto hop = std::ranges::find(hops_, step->id, &Hop::relationship);
    walks = hop != hops_.end() &&
            (mode_ == Mode::kWalk || std::ranges::find(*used_, hop->relationship) == used_->end()) &&
            elements_.RelationshipMatches(pattern_, walk[i], *row_);
    if (!walks) break;
    node = hop->node;
    if (mode_ != Mode::kWalk) used_->push_back(hop->relationship);
    EmptyBuffer(hops_);
  }
  (*row_)[pattern_.slot] = bound;
  walks = walks && (!to_ || node == *to_) && elements_.NodeMatches(end_, node, *row_);
  const bool wanted = !walks || found(node);
  used_->resize(before);
  return wanted;
}

// ---- Following a state

std::vector<PathSearch::Item> PathSearch::Begin(NodeId from) {
  const auto start = std::make_shared<PathState>(context_);
  start->node = from;
  std::vector<Item> items;
  Follow(0, start, Rounds(program_.loops.size()), items);
  return items;
}

std::vector<PathSearch::Item> PathSearch::Next(const PathStatePtr& state) {
  std::vector<Item> items;
  Follow(state->at + 1, state, state->rounds, items);
  return items;
}

// All states that come next when the program goes on at `pc`; first those that leave a loop, so that shorter paths come
// before the longer ones that they begin.
void PathSearch::Follow(std::size_t pc, const PathStatePtr& state, Rounds rounds, std::vector<Item>& items) {
  if (pc == program_.instructions.size()) return items.push_back({state, true});
  const PathInstruction& instruction = program_.instructions[pc];
  switch (instruction.kind) {
    case PathInstruction::Kind::kNode:
      if (!MayStandAt(*instruction.node, state->node)) return;
      if (elements_.NodeMatches(*instruction.node, state->node, *row_)) items.push_back({After(pc, state, rounds)});
      return;
    case PathInstruction::Kind::kHop:
      return AddHops(pc, state, rounds, items);
    case PathInstruction::Kind::kEnter: {
      const PathLoop& loop = program_.loops[instruction.loop];
      rounds[instruction.loop] = 0;
      if (loop.rounds_min == 0) Follow(loop.end + 1, state, rounds, items);
      if (loop.rounds_max > 0) Follow(pc + 1, state, std::move(rounds), items);
      return;
    }
    case PathInstruction::Kind::kRoundEnd:
      return FollowLoopEnd(instruction.loop, state, std::move(rounds), items);
  }
}

// The ends of a chosen path are known when it is searched for, and may stand inside of it, too.
bool PathSearch::MayStandAt(const plan::NodePattern& pattern, NodeId node) const {
  if (!chosen_) return true;
  const auto& nodes = chosen_->body.nodes;
  const plan::Slot first = forward_ ? nodes.front().slot : nodes.back().slot;
  const plan::Slot last = forward_ ? nodes.back().slot : nodes.front().slot;
  return (pattern.slot != first || node == from_) && (pattern.slot != last || !to_ || node == *to_);
}

void PathSearch::FollowLoopEnd(std::size_t index, const PathStatePtr& state, Rounds rounds, std::vector<Item>& items) {
  const PathLoop& loop = program_.loops[index];
  if (!RoundHolds(loop, *state)) return;
  const std::uint64_t done = ++rounds[index];
  // Without a bound, rounds that go nowhere could be made for ever: they are only to reach the minimum.
  const bool idle = loop.may_stay && loop.rounds_max == UINT64_MAX && HasIdleRound(loop, *state, done);
  if (idle && done > loop.rounds_min) return;
  if (done >= loop.rounds_min) {
    Rounds outside = rounds;
    outside[index] = 0;  // what follows the loop does not ask how often it went round
    Follow(loop.end + 1, state, std::move(outside), items);
  }
  if (done >= loop.rounds_max || (idle && done >= loop.rounds_min)) return;
  if (!loop.group) {
    const plan::RelationshipPattern& step = *program_.instructions[loop.begin + 1].relationship;
    if (!elements_.PassesThrough(step, state->node, *row_)) return;
  }
  Follow(loop.begin + 1, state, std::move(rounds), items);
}

// Whether one of the `rounds` rounds that the loop has made went nowhere.
bool PathSearch::HasIdleRound(const PathLoop& loop, const PathState& state, std::uint64_t rounds) const {
  std::uint64_t end = state.length;
  for (const PathState* step = &state; rounds > 0; step = step->parent.get()) {
    if (step->at != loop.begin + 1) continue;
    if (step->length == end) return true;
    end = step->length;
    --rounds;
  }
  return false;
}

void PathSearch::AddHops(std::size_t pc, const PathStatePtr& state, const Rounds& rounds, std::vector<Item>& items) {
  const plan::RelationshipPattern& pattern = *program_.instructions[pc].relationship;
  if (mode_ == Mode::kSimple && state->length > 0 && state->node == from_) return;  // closed: it may go no further
  elements_.FindHops(pattern, state->node, std::nullopt, forward_, hops_);
  for (const Hop& hop : hops_) {
    context_.Poll();
    if (!ModeAllows(*state, hop)) continue;
    if (!elements_.RelationshipMatches(pattern, elements_.RelationshipOf(hop), *row_)) continue;
    const PathStatePtr next = After(pc, state, rounds);
    next->hop = hop;
    next->node = hop.node;
    next->length = state->length + 1;
    if (!next->first) next->first = hop.relationship;
    items.push_back({next});
  }
  EmptyBuffer(hops_);
}

PathStatePtr PathSearch::After(std::size_t pc, const PathStatePtr& state, const Rounds& rounds) const {
  const auto next = std::make_shared<PathState>(context_);
  next->parent = state;
  next->at = pc;
  next->node = state->node;
  next->rounds = rounds;
  next->length = state->length;
  next->first = state->first;
  return next;
}

bool PathSearch::ModeAllows(const PathState& state, const Hop& hop) const {
  if (mode_ == Mode::kWalk) return true;
  if (first_counts_) {  // a shortest path meets no node again but the one where it began, see FirstCounts
    return mode_ == Mode::kAcyclic ? hop.node != from_ : !closed_ || state.first != hop.relationship;
  }
  if (!chosen_) {
    if (on_walk_.contains(hop.relationship)) return false;
    if (std::ranges::find(*used_, hop.relationship) != used_->end()) return false;
    if (mode_ == Mode::kTrail) return true;
  }
  for (const PathState* step = &state; step; step = step->parent.get()) {
    if (step->hop && step->hop->relationship == hop.relationship) return false;
    if (mode_ == Mode::kAcyclic && step->node == hop.node && !IsMutant("acyclic-as-trail")) return false;
    if (mode_ == Mode::kSimple && step->hop && step->node == hop.node) return false;
  }
  return true;
}

bool PathSearch::RoundHolds(const PathLoop& loop, const PathState& state) {
  if (!loop.group) return true;
  PathReader reader(program_, elements_, forward_, state, loop.begin + 1, *row_);
  return reader.ReadPath(loop.group->body) && elements_.DeferredHold(loop.group->body, *row_) &&
         ConditionsHold(*loop.group);
}

bool PathSearch::ConditionsHold(const plan::Subpath& subpath) {
  return std::ranges::all_of(subpath.conditions, [&](const plan::Expression& condition) {
    return evaluator_.EvaluateCondition(condition, *row_).value_or(IsMutant("round-of-null-passes"));
  });
}

// The program has ended: fills the slots, and tests what only a whole path can be tested for.
bool PathSearch::Accept(const PathState& state) {
  PathReader reader(program_, elements_, forward_, state, std::nullopt, *row_);
  if (!chosen_) {
    reader.ReadRelationship(pattern_);
    return true;
  }
  if (!reader.ReadPath(chosen_->body)) return false;
  const Value path = BuildPath(chosen_->body, *row_);
  if (chosen_->body.slot) (*row_)[*chosen_->body.slot] = path;
  List walk;
  for (const Relationship& relationship : path.path().relationships) walk.push_back(relationship);
  (*row_)[pattern_.slot] = std::move(walk);
  return elements_.DeferredHold(chosen_->body, *row_) && ConditionsHold(*chosen_);
}

}  // namespace plenum::execution
