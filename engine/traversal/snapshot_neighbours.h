// The neighbours of a snapshot's nodes as searches ask for them: a reader and its lists in one, for one thread.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <utility>

#include "plenum/graph.h"
#include "plenum/status.h"

namespace plenum::traversal {

class SnapshotNeighbours {
 public:
  SnapshotNeighbours(const GraphSnapshot& snapshot, AdjacencyOptions options, std::optional<LabelId> accepted = {})
      : reader_(snapshot), adjacency_(reader_, std::move(options)), accepted_(accepted) {}

  std::uint32_t nodes_end() const { return reader_.snapshot().nodes_end(); }
  const Status& status() const { return reader_.status(); }
  Adjacency& adjacency() { return adjacency_; }

  template <class Visit>
  void ForEachChunk(NodeId node, Visit&& visit) {
    adjacency_.ForEachChunk(node, visit);
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) {
    adjacency_.ForEachList(first, end, visit);
  }
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    adjacency_.Expand(from, visit);
  }
  bool Accepts(NodeId node) { return !accepted_ || reader_.HasLabel(node, *accepted_); }
  void Release() { reader_.Release(); }

  Status CheckExists(NodeId node) {
    if (reader_.Exists(node)) return {};
    if (!reader_.status().ok()) return reader_.status().error();
    return Error{.type = ErrorType::kEntityNotFound,
                 .detail = "DeletedEntityAccess",
                 .message = "there is no node " + std::to_string(node.value) +
                            " in this snapshot: it was deleted before, or made after it was taken",
                 .place = {}};
  }

 private:
  GraphReader reader_;
  Adjacency adjacency_;
  const std::optional<LabelId> accepted_;
};

// The options that walk the same relationships the other way. What may be reached is asked of Accepts then.
inline AdjacencyOptions Reversed(AdjacencyOptions options) {
  if (options.direction != Direction::kEither) {
    options.direction = options.direction == Direction::kOutgoing ? Direction::kIncoming : Direction::kOutgoing;
  }
  options.label.reset();
  return options;
}

}  // namespace plenum::traversal
