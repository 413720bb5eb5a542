// Paths with a selector: ANY, SHORTEST and their kin, in order of length.
#include <algorithm>

#include "engine/execution/path_search.h"
#include "engine/plan/whole_path.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Mode = ast::PathMode;
using Selector = ast::PathSelector::Kind;

bool Undirected(const PathProgram& program) {
  return std::ranges::any_of(program.instructions, [](const PathInstruction& instruction) {
    return instruction.relationship && instruction.relationship->direction == ast::Direction::kEither;
  });
}

}  // namespace

// Whether of all ways to a place (an instruction, a node, rounds made) only the shortest matter. So it is for walks.
// For the other modes it is where one relationship pattern is all there is to repeat, from the first round on: a
// shortest path then meets no node twice, and nothing before a place forbids what follows it. Paths that end where they
// began are the exception, for they could go back along an undirected relationship that they came by: see RunChosen.
bool PathSearch::FirstCounts() const {
  if (chosen_->count != 1 || plan::IsTestedAsAWhole(*chosen_)) return false;
  if (mode_ == Mode::kWalk) return true;
  return program_.hops == 1 && program_.loops.size() <= 1 &&
         std::ranges::all_of(program_.loops, [](const PathLoop& loop) { return loop.rounds_min <= 1; });
}

// A closed path along undirected relationships is searched for by itself. There the first relationship belongs to the
// place: a shortest way that began with it and does not come back earlier may be closed by any other one.
bool PathSearch::RunChosen(NodeId from, const Found& found) {
  const std::optional<NodeId> to = to_;
  if (!first_counts_ || mode_ == Mode::kWalk || !Undirected(program_)) return Choose(from, false, found);
  const auto open_only = [&](NodeId end) { return end == from || found(end); };
  if ((!to || *to != from) && !Choose(from, false, open_only)) return false;
  if (to && *to != from) return true;
  to_ = from;
  const bool wanted = Choose(from, true, found);
  to_ = to;
  return wanted;
}

bool PathSearch::Choose(NodeId from, bool closed, const Found& found) {
  closed_ = closed;
  const struct Forget {  // what this search has seen
    PathSearch& search;
    ~Forget() {
      search.context_.memory_bytes -= search.seen_.size() * kSeenBytes;
      search.seen_.clear();
    }
  } forget{*this};
  std::map<NodeId, Taken> taken;
  std::deque<Item> pending;  // shorter ones in front
  const auto push = [&](std::vector<Item> items, std::uint64_t length) {
    for (auto item = items.rbegin(); item != items.rend(); ++item) {
      if (item->state->length == length) pending.push_front(std::move(*item));
    }
    for (Item& item : items) {
      if (item.state) pending.push_back(std::move(item));
    }
  };
  push(Begin(from), 0);
  while (!pending.empty()) {
    context_.Poll();
    const Item item = std::move(pending.front());
    pending.pop_front();
    const PathState& state = *item.state;
    if (to_ && taken.contains(*to_) && !WantsMore(taken[*to_], state.length)) return true;
    if (!item.complete) {
      if (!Seen(state)) push(Next(item.state), state.length);
      continue;
    }
    if (to_ && state.node != *to_) continue;
    Taken& so_far = taken[state.node];
    if (!WantsMore(so_far, state.length) || !Accept(state)) continue;
    if (so_far.paths++ == 0 || so_far.length != state.length) ++so_far.lengths;
    so_far.length = state.length;
    if (!found(state.node)) return false;
  }
  return true;
}

// Whether the selector takes one more path, of this length or longer.
bool PathSearch::WantsMore(const Taken& taken, std::uint64_t length) const {
  switch (*chosen_->selector) {
    case Selector::kAny:
    case Selector::kAnyShortest:
    case Selector::kShortestK:
      return taken.paths < chosen_->count;
    case Selector::kAllShortest:
    case Selector::kShortestKGroups:
      return taken.lengths < chosen_->count || taken.length == length;
    case Selector::kEvery:
    case Selector::kCheapest:
      break;
  }
  return true;
}

// Whether the place was reached before by a way that makes this one needless.
bool PathSearch::Seen(const PathState& state) {
  if (!first_counts_ || state.at == PathState::kStart || !program_.instructions[state.at].fresh) return false;
  Rounds rounds = state.rounds;
  for (std::size_t i = 0; i < rounds.size(); ++i) {
    const PathLoop& loop = program_.loops[i];
    // Of several loops, the shorter way may have made more rounds of one, and may have fewer left.
    const bool exact = program_.loops.size() > 1 && loop.rounds_max != UINT64_MAX;
    rounds[i] = std::min(rounds[i], exact ? loop.rounds_max : loop.rounds_min);
  }
  const RelationshipId first = closed_ ? state.first.value_or(RelationshipId{}) : RelationshipId{};
  const auto [known, added] = seen_.try_emplace({state.at, state.node, std::move(rounds), first}, state.length);
  if (added) {
    context_.Charge(kSeenBytes, "a search for paths");
    return false;
  }
  const bool all = *chosen_->selector == Selector::kAllShortest || *chosen_->selector == Selector::kShortestKGroups;
  return !all || known->second < state.length || IsMutant("shortest-drops-ties");
}

}  // namespace plenum::execution
