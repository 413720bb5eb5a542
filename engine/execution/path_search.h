// Searching for the paths that a repetition, a quantified group or a path with a selector allows.
//
// Without a selector every path is found, depth first. With one, paths are found in order of length, and for each pair
// of ends the selector takes the first, the first k, or all of the first k lengths. Where the first way to a place
// tells all that later ways could, later ways are not followed (see FirstCounts).
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <tuple>
#include <vector>

#include "engine/execution/element_match.h"
#include "engine/execution/path_state.h"

namespace plenum::execution {

class PathSearch {
 public:
  // Along `pattern`, from its left end when `forward`, else from its right end; to a node as `end` wants it.
  PathSearch(QueryContext& context, ElementMatch& elements, const plan::RelationshipPattern& pattern,
             const plan::NodePattern& end, bool forward, ast::PathMode mode);

  // Calls `found` with the other end of each path, its variables in `row`; only with `to`, where that is known. The
  // relationships in `used` are not walked again, and while `found` runs those of the path are among them; a WALK and a
  // path with a selector neither see nor add to them. Stops when `found` answers false, and then answers false too.
  using Found = std::function<bool(NodeId)>;
  bool Run(NodeId from, std::optional<NodeId> to, Row& row, std::vector<RelationshipId>& used, const Found& found);

 private:
  struct Item {
    PathStatePtr state;
    bool complete = false;  // the program has ended with this state
  };
  using Rounds = std::vector<std::uint64_t>;

  bool RunEvery(NodeId from, const Found& found);
  bool RunBound(const Value& bound, NodeId from, const Found& found);
  bool RunChosen(NodeId from, const Found& found);
  bool Choose(NodeId from, bool closed, const Found& found);
  void StandAt(const PathState& state);
  bool Emit(const PathState& state, const Found& found);

  std::vector<Item> Begin(NodeId from);
  std::vector<Item> Next(const PathStatePtr& state);
  void Follow(std::size_t pc, const PathStatePtr& state, Rounds rounds, std::vector<Item>& items);
  void FollowLoopEnd(std::size_t loop, const PathStatePtr& state, Rounds rounds, std::vector<Item>& items);
  void AddHops(std::size_t pc, const PathStatePtr& state, const Rounds& rounds, std::vector<Item>& items);
  bool MayStandAt(const plan::NodePattern& pattern, NodeId node) const;
  PathStatePtr After(std::size_t pc, const PathStatePtr& state, const Rounds& rounds) const;
  bool ModeAllows(const PathState& state, const Hop& hop) const;
  bool HasIdleRound(const PathLoop& loop, const PathState& state, std::uint64_t rounds) const;
  bool RoundHolds(const PathLoop& loop, const PathState& state);
  bool Accept(const PathState& state);
  bool ConditionsHold(const plan::Subpath& subpath);

  bool FirstCounts() const;
  bool Seen(const PathState& state);

  // What the selector has taken for one pair of ends.
  struct Taken {
    std::uint64_t paths = 0;
    std::uint64_t lengths = 0;
    std::uint64_t length = 0;  // of the latest
  };
  bool WantsMore(const Taken& taken, std::uint64_t length) const;

  QueryContext& context_;
  ElementMatch& elements_;
  Evaluator evaluator_;
  const plan::RelationshipPattern& pattern_;
  const plan::NodePattern& end_;
  const plan::Subpath* chosen_ = nullptr;  // with a selector
  bool forward_;
  ast::PathMode mode_;
  PathProgram program_;
  bool first_counts_ = false;

  // Of the search that runs.
  NodeId from_{};
  std::optional<NodeId> to_;
  Row* row_ = nullptr;
  std::vector<RelationshipId>* used_ = nullptr;
  std::vector<RelationshipId> walk_;  // without a selector: to the state that is followed
  std::set<RelationshipId> on_walk_;  // the same
  std::vector<Hop> hops_;             // of the state that is followed
  bool closed_ = false;
  using Key = std::tuple<std::size_t, NodeId, Rounds, RelationshipId>;
  std::map<Key, std::uint64_t> seen_;  // to the length with which it was reached first
  static constexpr std::uint64_t kSeenBytes = 144;
};

}  // namespace plenum::execution
