// One state of a search for paths, and the way back from it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <vector>

#include "engine/execution/element_match.h"
#include "engine/execution/path_program.h"
#include "engine/execution/query_context.h"

namespace plenum::execution {

struct PathState;
using PathStatePtr = std::shared_ptr<PathState>;

// Where a search stands after the instruction `at`. States share the steps that led to them; each live one counts
// against the query's memory.
struct PathState {
  explicit PathState(QueryContext& query) : context(query) { context.Charge(kBytes, "a search for paths"); }
  PathState(const PathState&) = delete;
  PathState& operator=(const PathState&) = delete;
  ~PathState() {
    context.memory_bytes -= kBytes;
    // One by one: a path may be longer than the stack is deep.
    PathStatePtr next = std::move(parent);
    while (next && next.use_count() == 1) next = PathStatePtr(std::move(next->parent));
  }

  static constexpr std::uint64_t kBytes = 208;
  static constexpr std::size_t kStart = SIZE_MAX;

  QueryContext& context;
  PathStatePtr parent;  // null: the start
  std::size_t at = kStart;
  NodeId node{};
  std::optional<Hop> hop;               // of kHop
  std::vector<std::uint64_t> rounds;    // that each loop has made
  std::uint64_t length = 0;             // in relationships
  std::optional<RelationshipId> first;  // of the path
};

// The steps of a path as values of its pattern's slots.
class PathReader {
 public:
  // Reads the steps that led to `last`, from the one after the instruction `from` was last reached (itself included),
  // or from the start.
  PathReader(const PathProgram& program, const ElementMatch& elements, bool forward, const PathState& last,
             std::optional<std::size_t> from, Row& row);

  // Fills the slots of all elements; false when a node that stands at two places is two different nodes.
  bool ReadPath(const plan::PathPattern& path);
  void ReadRelationship(const plan::RelationshipPattern& pattern);

 private:
  bool At(const plan::NodePattern& node) const;
  bool At(const plan::RelationshipPattern& relationship) const;
  void ReadGroup(const plan::Subpath& group);
  void Finish(List values, plan::Slot slot);

  const PathProgram& program_;
  const ElementMatch& elements_;
  bool forward_;
  Row& row_;
  std::vector<const PathState*> steps_;
  std::size_t next_ = 0;
};

// The path whose elements are in their slots.
Value BuildPath(const plan::PathPattern& path, const Row& row);

}  // namespace plenum::execution
