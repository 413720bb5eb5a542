// The graph without the query language: neighbours, degrees, labels and properties, read at the speed of arrays.
//
//   plenum::GraphSnapshot snapshot = db->Snapshot();
//   plenum::GraphReader reader(snapshot);
//   plenum::Adjacency knows(reader, {.types = {*snapshot.FindType("KNOWS")}, .direction = plenum::Direction::kEither});
//   knows.ForEachChunk(ada, [](std::span<const plenum::NodeId> friends) { … });
//   if (!reader.status().ok()) std::cerr << plenum::Describe(reader.status().error()) << '\n';
//
// examples/neighbours.cpp is a whole program. A snapshot is one committed state, shared by as many threads as like;
// each thread reads it through a reader of its own. The database must outlive both.
//
// How it is fast: the relationships of one type and direction of some thousand neighbouring nodes are a segment, which
// is decoded once, as compressed sparse rows, and shared by all readers (docs/storage.md). An Adjacency notes where the
// arrays of each segment that it meets are. Then a list is found by three loads, without a lock, a hash, a reference
// count or a call. Lists that commits have changed since, and those of nodes with thousands of relationships, which lie
// in pieces, are put together once, and found by a hash after that.
#pragma once

#include <algorithm>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

#include "plenum/segment_arrays.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

namespace graph {
class Graph;
class GraphCore;
class ListTable;
struct ReadView;
class Transaction;
}  // namespace graph

// Numbers of labels, relationship types and property keys. A database gives each to one name for ever.
struct LabelId {
  std::uint16_t value = 0;
  auto operator<=>(const LabelId&) const = default;
};
struct TypeId {
  std::uint16_t value = 0;
  auto operator<=>(const TypeId&) const = default;
};
struct KeyId {
  std::uint16_t value = 0;
  auto operator<=>(const KeyId&) const = default;
};

// Which relationships of a node: those that leave it, those that arrive at it, or both. With both, a self-loop is met
// once.
enum class Direction : std::uint8_t { kOutgoing, kIncoming, kEither };

// One committed state of a graph. Cheap to copy; immutable; any thread may use it. What is committed later is not seen,
// and what is deleted later is still there. A snapshot that is kept for long keeps the store from forgetting what it
// sees.
class GraphSnapshot {
 public:
  std::uint64_t commit() const;     // which state: commits count from 1 since the database was made
  std::uint32_t nodes_end() const;  // every node's id is below: how long an array by node must be

  // Absent: no node, relationship or property was ever called so.
  std::optional<LabelId> FindLabel(std::string_view name) const;
  std::optional<TypeId> FindType(std::string_view name) const;
  std::optional<KeyId> FindKey(std::string_view name) const;
  std::vector<TypeId> Types() const;  // every one there ever was, ascending

  // Exact, in the time of one read of the store.
  Result<std::uint64_t> CountNodes(std::optional<LabelId> label = std::nullopt) const;
  Result<std::uint64_t> CountRelationships(TypeId type) const;

 private:
  friend class Adjacency;
  friend class GraphReader;
  friend class graph::Graph;
  friend class graph::Transaction;
  GraphSnapshot(graph::GraphCore& core, std::shared_ptr<const graph::ReadView> view);

  graph::GraphCore* core_;
  std::shared_ptr<const graph::ReadView> view_;
};

// One thread's reading of a snapshot. What cannot be read (a damaged file, a disk that fails) reads as if it were not
// there and leaves an error in status(): look at it at the end of a piece of work, and before answering.
//
// What a reader has met stays in memory until Release, so that spans and lists stay good: do not keep one idle.
class GraphReader {
 public:
  explicit GraphReader(const GraphSnapshot& snapshot);
  ~GraphReader();  // after everything that reads through it
  GraphReader(const GraphReader&) = delete;
  GraphReader& operator=(const GraphReader&) = delete;

  const GraphSnapshot& snapshot() const;
  const Status& status() const;  // of the first read that failed

  bool Exists(NodeId node);
  bool HasLabel(NodeId node, LabelId label);
  // visit(std::span<const NodeId>): every node, or every one with the label, ascending, at most some thousand at once.
  // The spans live until `visit` returns.
  template <class Visit>
  void ForEachNodeChunk(std::optional<LabelId> label, Visit visit) {
    for (std::uint32_t range = 0; range < node_ranges(); ++range) {
      const std::vector<NodeId>& nodes = NodesOfRange(label, range);
      if (!nodes.empty()) visit(std::span<const NodeId>(nodes));
    }
  }

  // Null where there is no such element, or it has no such property.
  Value Property(NodeId node, KeyId key);
  Value Property(RelationshipId relationship, KeyId key);
  // Absent: timeless, or no such element.
  std::optional<Interval> Validity(NodeId node);
  std::optional<Interval> Validity(RelationshipId relationship);

  // Between two pieces of work: everything that was read before may go from memory; spans and lists from before are no
  // longer good, Adjacency objects are. Costs nothing while nobody needs the memory, so call it as often as you poll.
  void Release();

 private:
  friend class Adjacency;
  struct State;
  std::uint32_t node_ranges() const;
  const std::vector<NodeId>& NodesOfRange(std::optional<LabelId> label, std::uint32_t range);

  std::unique_ptr<State> state_;
};

// Which relationships an Adjacency has, and which nodes at their other ends.
struct AdjacencyOptions {
  std::vector<TypeId> types = {};  // empty: every type
  Direction direction = Direction::kOutgoing;
  std::optional<LabelId> label = std::nullopt;  // only those whose other end has it
  // Only those that hold on this day (days since 1970-01-01): for certain, or possibly, where an end is not known to
  // the day. Relationships without valid time hold on every day.
  std::optional<std::int64_t> valid_at = std::nullopt;
  bool certainly = false;
  bool relationships = false;  // ForEachRelationshipChunk will be asked for
};

// Some relationships of one node: of one type and direction, ascending by the other end, then by id.
struct RelationshipChunk {
  std::span<const NodeId> nodes;  // the other ends
  RelationshipIds relationships;  // [i]: the one that leads to nodes[i]
  TypeId type;
  bool outgoing = true;  // they leave the node that was asked for
};

// The relationships of any node, as the options say. Belongs to its reader's thread; takes 32 bytes a segment, and 48
// more where relationships are asked for or times are tested.
//
// Costs, for a list in memory: some nanoseconds, and then what its entries cost; a filter by label looks at a bit a
// neighbour, one by time at two numbers. A list that is met first is read from the store, together with those of the
// nodes around: some 5 ns for each of the up to 16,000 relationships that they have, and the disk.
class Adjacency {
 public:
  Adjacency(GraphReader& reader, AdjacencyOptions options);
  ~Adjacency();
  Adjacency(const Adjacency&) = delete;
  Adjacency& operator=(const Adjacency&) = delete;

  // visit(std::span<const NodeId>) for each piece of the list: the other ends, one for each relationship; ascending
  // within a piece, and over the pieces of one type and direction. `visit` may answer with a bool: false ends the walk.
  // It may ask for other lists. The spans live until it returns; those that no filter was applied to, until Release.
  template <class Visit>
  void ForEachChunk(NodeId node, Visit&& visit) {
    for (const Part& part : parts_) {
      const std::span<const NodeId> nodes = part.Find(node);
      if (nodes.data() == nullptr) [[unlikely]] {
        if (!ForEachPiece(part, node, visit)) return;
      } else if (!nodes.empty() && !GoesOn(visit, nodes)) {
        return;
      }
    }
  }

  // visit(NodeId, std::span<const NodeId>) for each piece of the lists of the nodes from `first` on and before `end`,
  // type by type and direction by direction, and then ascending by node. The fastest way over all of a graph.
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit);

  // visit(const RelationshipChunk&), likewise. Requires options.relationships.
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) {
    Rest rest;
    for (const Part& part : parts_) {
      RelationshipChunk chunk = BeginRelationships(part, node, rest);
      for (;;) {
        if (!chunk.nodes.empty() && !GoesOn(visit, chunk)) return;
        if (!rest.more) break;
        chunk = NextOfList(part, node, rest);
      }
    }
  }

  // How many relationships the node has.
  std::uint64_t Degree(NodeId node) {
    std::uint64_t degree = 0;
    ForEachChunk(node, [&](std::span<const NodeId> nodes) { degree += nodes.size(); });
    return degree;
  }

  // How many lead from one to the other: a binary search in the list of `from`, for each type and direction.
  std::uint64_t CountBetween(NodeId from, NodeId to) {
    std::uint64_t count = 0;
    ForEachChunk(from, [&](std::span<const NodeId> nodes) {
      const auto [first, end] = std::equal_range(nodes.begin(), nodes.end(), to);
      count += static_cast<std::uint64_t>(end - first);
    });
    return count;
  }
  bool HasEdge(NodeId from, NodeId to) {
    std::uint32_t found = 0;
    // To stop when it is found would be to wait for what is read, as the next question need not.
    ForEachChunk(from, [&](std::span<const NodeId> nodes) { found |= Contains(nodes, to); });
    return found != 0;
  }

  // The neighbours of many nodes: visit(std::size_t i, std::span<const NodeId>) for each piece of the list of from[i],
  // in the order of `from`. Looks ahead, so that lists that lie far apart are on their way from memory before their
  // turn: faster than asking for one after the other, unless they are in the processor's caches anyway.
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      for (const Part& part : parts_) {
        if (i + 2 * kLookAhead < from.size()) PrefetchPlace(part, from[i + 2 * kLookAhead]);
        if (i + kLookAhead < from.size()) PrefetchList(part, from[i + kLookAhead]);
      }
      ForEachChunk(from[i], [&](std::span<const NodeId> nodes) { return GoesOn(visit, i, nodes); });
    }
  }

 private:
  static constexpr std::size_t kLookAhead = 8;
  static constexpr std::size_t kFilteredMax = 256;  // entries at once

  // The lists of one type in one direction.
  struct Part {
    const SegmentArrays* segments = nullptr;  // of `table`; for Find, so none where what it finds is to be filtered
    std::uint32_t segment_count = 0;
    std::uint8_t log2_nodes = 0;
    bool by_time = false;      // the lists of segments are to be filtered by the lanes
    bool skips_loops = false;  // they were met in the other direction
    bool outgoing = true;
    TypeId type;
    graph::ListTable* table = nullptr;

    // Its data is null where BeginList must be asked.
    std::span<const NodeId> Find(NodeId node) const {
      const std::uint32_t segment = node.value >> log2_nodes;
      if (segment >= segment_count) return {};
      return segments[segment].Find(node.value & ((std::uint32_t{1} << log2_nodes) - 1));
    }
  };
  // What is still to come of a list. There is one for each that is asked for, so nothing in it is set but `more`, to
  // false, before BeginList says otherwise.
  struct Rest {
    bool more;
    const NodeId* piece;  // the current one, and how long it is
    std::size_t size;
    std::size_t position;                   // in it: what comes next
    const std::span<const NodeId>* pieces;  // those after it
    std::size_t pieces_left;
    const RelationshipIds* ids;  // of the current piece, which has those from first_id on
    std::size_t first_id;
    const SegmentLanes* lanes;  // of a piece in a segment that is to be filtered by time
    std::uint32_t kept_nodes[kFilteredMax];
    std::uint64_t kept_relationships[kFilteredMax];
  };

  template <class Visit, class... Arguments>
  static bool GoesOn(Visit& visit, Arguments&&... arguments) {
    if constexpr (std::is_same_v<decltype(visit(arguments...)), bool>) {
      return visit(arguments...);
    } else {
      visit(arguments...);
      return true;
    }
  }

  // The pieces of a list that Find does not know. False: `visit` ended the walk.
  template <class Visit>
  [[gnu::noinline]] bool ForEachPiece(const Part& part, NodeId node, Visit& visit) {
    Rest rest;
    for (std::span<const NodeId> nodes = BeginList(part, node, rest);;) {
      if (!nodes.empty() && !GoesOn(visit, nodes)) return false;
      if (!rest.more) return true;
      nodes = NextOfList(part, node, rest).nodes;
    }
  }

  // 1 if an ascending list has it, else 0. Halves the list without a branch on what is read, which no processor could
  // foretell, and looks at all that is left at once.
  static std::uint32_t Contains(std::span<const NodeId> nodes, NodeId wanted) {
    constexpr std::size_t kAtOnce = 48;
    const NodeId* first = nodes.data();
    std::size_t size = nodes.size();
    while (size > kAtOnce) {
      const std::size_t half = (size + 1) / 2;
      size -= half;
      first += first[half - 1].value < wanted.value ? half : 0;
    }
    // It is in `size` numbers from `first` on, or in the one behind these.
    const NodeId* const end = std::min(first + size + 1, nodes.data() + nodes.size());
    std::uint32_t found = 0;
    for (; first < end; ++first) found |= first->value == wanted.value ? 1 : 0;
    return found;
  }

  void PrefetchPlace(const Part& part, NodeId node) const {
    const std::uint32_t segment = node.value >> part.log2_nodes;
    if (segment >= part.segment_count || part.segments[segment].offsets == nullptr) return;
    __builtin_prefetch(part.segments[segment].PlaceOf(node.value & ((std::uint32_t{1} << part.log2_nodes) - 1)));
  }
  void PrefetchList(const Part& part, NodeId node) const { __builtin_prefetch(part.Find(node).data()); }

  // A list that Find does not know: its first piece, and the rest of it.
  std::span<const NodeId> BeginList(const Part& part, NodeId node, Rest& rest);
  RelationshipChunk BeginRelationships(const Part& part, NodeId node, Rest& rest);
  RelationshipChunk NextOfList(const Part& part, NodeId node, Rest& rest);
  static void BeginPiece(Rest& rest, std::span<const NodeId> piece, const RelationshipIds* ids, std::size_t first_id);
  bool Passes(const Part& part, NodeId node, const Rest& rest);  // what comes next
  // The part's arrays of a segment, met.
  const SegmentArrays& MetSegment(const Part& part, std::uint32_t segment);

  GraphReader& reader_;
  const AdjacencyOptions options_;
  std::vector<Part> parts_;
  std::vector<std::unique_ptr<graph::ListTable>> tables_;
};

template <class Visit>
void Adjacency::ForEachList(NodeId first, NodeId end, Visit&& visit) {
  const auto visit_list = [&](NodeId node, std::span<const NodeId> nodes) { return GoesOn(visit, node, nodes); };
  Rest rest;
  rest.more = false;
  for (const Part& part : parts_) {
    const std::uint32_t size = std::uint32_t{1} << part.log2_nodes;
    for (std::uint64_t begin = first.value & ~std::uint64_t{size - 1}; begin < end.value; begin += size) {
      const auto base = static_cast<std::uint32_t>(begin);
      const std::uint32_t from = first.value > base ? first.value - base : 0;
      const std::uint32_t to = std::min(size, end.value - base);
      const bool whole = base >> part.log2_nodes < part.segment_count;
      const SegmentArrays* const arrays = whole ? &MetSegment(part, base >> part.log2_nodes) : nullptr;
      if (arrays != nullptr && arrays->exceptions == nullptr) {
        const bool on = arrays->ForEachList(from, to, [&](std::uint32_t local, std::span<const NodeId> nodes) {
          return visit_list({base + local}, nodes);
        });
        if (!on) return;
        continue;
      }
      for (std::uint32_t local = from; local < to; ++local) {
        const NodeId node{base + local};
        std::span<const NodeId> nodes = part.Find(node);
        if (nodes.data() == nullptr) nodes = BeginList(part, node, rest);
        for (;;) {
          if (!nodes.empty() && !visit_list(node, nodes)) return;
          if (!rest.more) break;
          nodes = NextOfList(part, node, rest).nodes;
        }
      }
    }
  }
}

}  // namespace plenum
