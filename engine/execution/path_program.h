// A stretch of a path as a list of instructions: which node to test, along which relationship to go, what to repeat.
//
// The idea is that of matching regular expressions by a machine that runs all alternatives (Thompson 1968; Pike): the
// state of a search is a position in the program, a node of the graph, and how many rounds each loop has made.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "engine/plan/bound_query.h"

namespace plenum::execution {

// How often a loop goes round.
struct PathLoop {
  std::uint64_t rounds_min = 0;
  std::uint64_t rounds_max = 0;          // UINT64_MAX: unbounded
  std::size_t begin = 0;                 // its kEnter; the round begins behind it
  std::size_t end = 0;                   // its kRoundEnd
  const plan::Subpath* group = nullptr;  // what a round is: a group, or else one step along a relationship
  bool may_stay = false;                 // a round may go nowhere
};
inline constexpr std::size_t kNoLoop = SIZE_MAX;

struct PathInstruction {
  enum class Kind : std::uint8_t {
    kNode,      // test the node where the search stands
    kHop,       // go along a relationship
    kEnter,     // begin a loop: go on behind it, or into its first round
    kRoundEnd,  // a round is done: go on behind the loop, or into the next round
  };
  Kind kind{};
  const plan::NodePattern* node = nullptr;                  // kNode
  const plan::RelationshipPattern* relationship = nullptr;  // kHop
  std::size_t loop = kNoLoop;                               // the innermost that it stands in, or begins or ends
  bool fresh = false;  // kNode, kHop: what may follow depends on nothing before it but where it leads
};

struct PathProgram {
  std::vector<PathInstruction> instructions;
  std::vector<PathLoop> loops;
  std::size_t hops = 0;  // kHop instructions
};

// The relationship pattern with all that it repeats, without the nodes around it; a path that a selector chooses, with
// its nodes. Backwards (not `forward`) the elements come from right to left. The program points into the pattern.
PathProgram CompilePath(const plan::RelationshipPattern& pattern, bool forward);

}  // namespace plenum::execution
