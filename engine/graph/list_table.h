// The lists of one type and direction, for who looks up many: where the arrays of each segment that was met are, so
// that most lists are found without a call (plenum/segment_arrays.h), and what it takes to read the others.
//
// Those others: lists that commits have changed since their segment was decoded, and lists in chunks. They are put
// together once, and kept until Forget. With a filter by time they hold only what passes it; of segments the lanes say
// what does, and one without anything that does is as one without lists.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "engine/graph/committed_reads.h"
#include "engine/graph/time_filter.h"
#include "plenum/graph.h"
#include "plenum/segment_arrays.h"

namespace plenum::graph {

// One reader's. What it holds is good within one Scope of `reads`, between two calls of Forget.
class ListTable {
 public:
  struct Options {
    bool relationships = false;  // their ids are asked for
    std::optional<TimeFilter> time;
  };
  ListTable(CommittedReads& reads, TypeId type, Direction direction, Options options);

  TypeId type() const { return type_; }
  Direction direction() const { return direction_; }
  unsigned log2_nodes() const { return bits_; }
  std::span<const SegmentArrays> segments() const { return segments_; }
  std::span<const SegmentLanes> lanes() const { return lanes_; }  // empty: the options ask for none

  // In how many segments the lists of a type and direction are, and so what a table of them costs.
  static std::uint64_t CountSegments(const ReadView& view, TypeId type, Direction direction);

  // A list that lies in pieces of its own.
  struct Pieces {
    std::vector<std::span<const NodeId>> nodes;
    std::vector<RelationshipIds> relationships;  // of each piece, if they are asked for
    // What is not in a segment as it is.
    std::vector<std::unique_ptr<NodeId[]>> own_nodes;
    std::vector<std::unique_ptr<std::uint64_t[]>> own_relationships;
  };
  // For a list that segments() do not have, of a node in one of them. Null: they have it now.
  Result<const Pieces*> Meet(NodeId node);

  // Whether a list can be seen without reading it piece by piece first, as Meet does for those in chunks.
  Result<bool> IsAtHand(NodeId node);

  // visit(std::span<const NodeId>, RelationshipIds) for each piece of a node's list, none of them empty. What they show
  // lives until Forget. Requires options.relationships, and no filter by time.
  template <class Visit>
  Status ForEachPiece(NodeId node, Visit visit) {
    const std::uint32_t segment = node.value >> bits_;
    if (segment >= segments_.size()) return {};
    const std::uint32_t local = node.value & ((std::uint32_t{1} << bits_) - 1);
    std::span<const NodeId> list = segments_[segment].Find(local);
    if (list.data() == nullptr) {
      const Result<const Pieces*> pieces = Meet(node);
      if (!pieces) return pieces.error();
      if (*pieces != nullptr) {
        for (std::size_t i = 0; i < (*pieces)->nodes.size(); ++i)
          visit((*pieces)->nodes[i], (*pieces)->relationships[i]);
        return {};
      }
      list = segments_[segment].Find(local);
    }
    if (list.empty()) return {};
    visit(list, lanes_[segment].relationships.From(static_cast<std::size_t>(list.data() - segments_[segment].targets)));
    return {};
  }

  void Forget();

 private:
  Status MeetSegment(std::uint32_t number);
  void NoteArrays(std::uint32_t number, const storage::Segment* segment, const std::uint64_t* exceptions);
  void NoteLanes(std::uint32_t number, const storage::Segment& segment);
  const std::uint64_t* NoteExceptions(const SegmentBlock& block);
  Result<Pieces> Gather(NodeId node);
  Status AddPart(const CommittedReads::ListPlace& place, Pieces& pieces);
  Status AddChanged(const CommittedReads::ListPlace& place, Pieces& pieces);
  void AddOwn(std::span<const Neighbour> entries, Pieces& pieces) const;
  storage::Lanes LanesAsked() const {
    return {.numbers = options_.relationships, .validity = options_.time.has_value()};
  }

  CommittedReads& reads_;
  const TypeId type_;
  const Direction direction_;
  const Options options_;
  unsigned bits_ = 0;
  std::vector<SegmentArrays> segments_;
  std::vector<SegmentLanes> lanes_;
  std::vector<std::uint32_t> met_;  // the numbers of the segments that were met
  std::vector<std::unique_ptr<std::uint64_t[]>> exceptions_;
  std::vector<std::unique_ptr<std::uint64_t[]>> holds_;
  std::unordered_map<std::uint32_t, Pieces> pieces_;  // by node
};

}  // namespace plenum::graph
