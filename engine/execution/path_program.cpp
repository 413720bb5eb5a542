// Compiling paths.
#include "engine/execution/path_program.h"

#include <algorithm>
#include <utility>

namespace plenum::execution {
namespace {

using Kind = PathInstruction::Kind;

class Compiler {
 public:
  explicit Compiler(bool forward) : forward_(forward) {}

  void Add(const plan::RelationshipPattern& pattern) {
    if (pattern.subpath && (*pattern.subpath)->selector) {
      AddPath((*pattern.subpath)->body);
    } else if (pattern.subpath) {
      AddLoop((*pattern.subpath)->rounds, &**pattern.subpath, [&] { AddPath((*pattern.subpath)->body); });
    } else if (pattern.repetition) {
      AddLoop(*pattern.repetition, nullptr, [&] { AddHop(pattern); });
    } else {
      AddHop(pattern);
    }
  }

  PathProgram Finish() { return std::move(program_); }

 private:
  void AddHop(const plan::RelationshipPattern& pattern) {
    const bool fresh = depth_ == 0 || (depth_ == 1 && !program_.loops[loop_].group);
    program_.instructions.push_back({.kind = Kind::kHop, .relationship = &pattern, .loop = loop_, .fresh = fresh});
    ++program_.hops;
  }

  // A group's round is tested as a whole when it ends; so only where it begins nothing of it is pending.
  void AddPath(const plan::PathPattern& path) {
    const std::size_t last = path.relationships.size();
    for (std::size_t i = 0; i <= last; ++i) {
      const plan::NodePattern& node = path.nodes[forward_ ? i : last - i];
      const bool fresh = depth_ == 0 || (depth_ == 1 && i == 0);
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
                              .group = group});
    program_.instructions.push_back({.kind = Kind::kEnter, .loop = loop});
    const std::size_t around = std::exchange(loop_, loop);
    ++depth_;
    add_body();
    --depth_;
    loop_ = around;
    program_.loops[loop].end = program_.instructions.size();
    program_.instructions.push_back({.kind = Kind::kRoundEnd, .loop = loop});
  }

  bool forward_;
  std::size_t loop_ = kNoLoop;
  std::size_t depth_ = 0;  // of loops
  PathProgram program_;
};

}  // namespace

PathProgram CompilePath(const plan::RelationshipPattern& pattern, bool forward) {
  Compiler compiler(forward);
  compiler.Add(pattern);
  return compiler.Finish();
}

}  // namespace plenum::execution
