// Compiling paths.
#include "engine/execution/path_program.h"

#include <algorithm>
#include <utility>

#include "engine/plan/whole_path.h"

namespace plenum::execution {
namespace {

using Kind = PathInstruction::Kind;

// Whether the path can be walked without a step.
bool MayStay(const plan::PathPattern& path) {
  return std::ranges::all_of(path.relationships, [](const plan::RelationshipPattern& relationship) {
    if (relationship.repetition) return relationship.repetition->minimum <= 0;
    if (!relationship.subpath) return false;
    return (*relationship.subpath)->rounds.minimum <= 0 || MayStay((*relationship.subpath)->body);
  });
}

class Compiler {
 public:
  explicit Compiler(bool forward) : forward_(forward) {}

  void Add(const plan::RelationshipPattern& pattern) {
    if (pattern.subpath && (*pattern.subpath)->selector) {
      AddPath((*pattern.subpath)->body, true);
    } else if (pattern.subpath) {
      AddGroup(**pattern.subpath);
    } else if (pattern.repetition) {
      AddLoop(*pattern.repetition, nullptr, [&] { AddHop(pattern); });
    } else {
      AddHop(pattern);
    }
  }

  PathProgram Finish() { return std::move(program_); }

 private:
  void AddHop(const plan::RelationshipPattern& pattern) {
    program_.instructions.push_back(
        {.kind = Kind::kHop, .relationship = &pattern, .loop = loop_, .fresh = waiting_ == 0});
    ++program_.hops;
  }

  // Where a round begins, none of its tests waits for its end.
  void AddGroup(const plan::Subpath& group) {
    const bool begins_fresh = waiting_ == 0;
    const bool waits = plan::IsTestedAsAWhole(group);
    waiting_ += waits ? 1 : 0;
    AddLoop(group.rounds, &group, [&] { AddPath(group.body, begins_fresh); });
    waiting_ -= waits ? 1 : 0;
  }

  void AddPath(const plan::PathPattern& path, bool begins_fresh) {
    const std::size_t last = path.relationships.size();
    for (std::size_t i = 0; i <= last; ++i) {
      const plan::NodePattern& node = path.nodes[forward_ ? i : last - i];
      const bool fresh = waiting_ == 0 || (i == 0 && begins_fresh);
      program_.instructions.push_back({.kind = Kind::kNode, .node = &node, .loop = loop_, .fresh = fresh});
      if (i < last) Add(path.relationships[forward_ ? i : last - 1 - i]);
    }
  }

  template <class AddBody>
  void AddLoop(const plan::Repetition& rounds, const plan::Subpath* group, const AddBody& add_body) {
    const std::size_t loop = program_.loops.size();
    const auto at_least_none = [](std::int64_t count) {
      return static_cast<std::uint64_t>(std::max<std::int64_t>(count, 0));
    };
    program_.loops.push_back({.rounds_min = at_least_none(rounds.minimum),
                              .rounds_max = rounds.maximum ? at_least_none(*rounds.maximum) : UINT64_MAX,
                              .begin = program_.instructions.size(),
                              .group = group,
                              .may_stay = group && MayStay(group->body)});
    program_.instructions.push_back({.kind = Kind::kEnter, .loop = loop});
    const std::size_t around = std::exchange(loop_, loop);
    add_body();
    loop_ = around;
    program_.loops[loop].end = program_.instructions.size();
    program_.instructions.push_back({.kind = Kind::kRoundEnd, .loop = loop});
  }

  bool forward_;
  std::size_t loop_ = kNoLoop;
  std::size_t waiting_ = 0;  // groups around, of which a round is tested as a whole when it ends
  PathProgram program_;
};

}  // namespace

PathProgram CompilePath(const plan::RelationshipPattern& pattern, bool forward) {
  Compiler compiler(forward);
  compiler.Add(pattern);
  return compiler.Finish();
}

}  // namespace plenum::execution
