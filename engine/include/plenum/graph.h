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
#include <bit>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "plenum/graph_reader.h"
#include "plenum/segment_arrays.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

namespace graph {
class ListTable;
}  // namespace graph

// Which relationships of a node: those that leave it, those that arrive at it, or both. With both, a self-loop is met
// once.
enum class Direction : std::uint8_t { kOutgoing, kIncoming, kEither };

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

// The relationships of any node, as the options say. Belongs to its reader's thread; takes 32 bytes a segment, and 32
// more where relationships are asked for or times are tested; for a day also a bit for each relationship of the
// segments that were met.
//
// Costs, for a list in memory: some nanoseconds, and then what its entries cost; a filter by label or day looks at a
// bit for each. A list that is met first is read from the store, together with those of the nodes around: some 5 ns for
// each of the up to 16,000 relationships that they have, and the disk; for a day, another half nanosecond for each.
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
        if (!ForEachPassing(part, node, NodesOnly(visit))) return;
      } else if (!nodes.empty() && !detail::GoesOn(visit, nodes)) {
        return;
      }
    }
  }

  // visit(NodeId, std::span<const NodeId>) for each piece of the lists of the nodes from `first` on and before `end`,
  // type by type and direction by direction, and then ascending by node. The fastest way over all of a graph.
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit);

  // visit(NodeId, std::span<const NodeId>) for each piece of the lists of some of 64 nodes that lie side by side:
  // `first`, whose id is a multiple of 64, and i more, for each bit i of `which`. Type by type and direction by
  // direction; false is enough of that node. For who looks for something in the lists of many nodes.
  template <class Visit>
  void ForEachListAmong(NodeId first, std::uint64_t which, Visit&& visit);

  // visit(const RelationshipChunk&), likewise. Without options.relationships it is a UsageError, told by the reader's
  // status, and there are none.
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) {
    if (!options_.relationships) return RefuseRelationships();
    for (const Part& part : parts_) {
      const auto visit_piece = [&](std::span<const NodeId> nodes, const RelationshipIds& relationships) {
        return detail::GoesOn(visit, RelationshipChunk{nodes, relationships, part.type, part.outgoing});
      };
      if (!ForEachPassing(part, node, visit_piece)) return;
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
    for (const Part& part : parts_) {
      const std::span<const NodeId> nodes = part.Find(from);
      count += nodes.data() != nullptr ? std::ranges::equal_range(nodes, to).size() : CountPassing(part, from, to);
    }
    return count;
  }
  bool HasEdge(NodeId from, NodeId to) {
    std::uint64_t found = 0;
    // To stop when it is found would be to wait for what is read, as the next question need not.
    for (const Part& part : parts_) {
      const std::span<const NodeId> nodes = part.Find(from);
      found |= nodes.data() != nullptr ? detail::Contains(nodes, to) : CountPassing(part, from, to);
    }
    return found != 0;
  }

  // The neighbours of many nodes: visit(std::size_t i, std::span<const NodeId>) for each piece of the list of from[i],
  // in the order of `from`; false ends the walk. Looks ahead, so that lists that lie far apart are on their way from
  // memory before their turn: faster than asking for one after the other, unless they are in the processor's caches
  // anyway.
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    bool more = true;
    for (std::size_t i = 0; i < from.size() && more; ++i) {
      for (const Part& part : parts_) {
        if (i + 2 * kLookAhead < from.size()) PrefetchPlace(part, from[i + 2 * kLookAhead]);
        if (i + kLookAhead < from.size()) PrefetchList(part, from[i + kLookAhead]);
      }
      ForEachChunk(from[i], [&](std::span<const NodeId> nodes) { return more = detail::GoesOn(visit, i, nodes); });
    }
  }

 private:
  static constexpr std::size_t kLookAhead = 8;
  static constexpr std::size_t kWord = 64;  // entries that are filtered at once

  using Part = detail::ListPart;
  using Piece = detail::ListPiece;
  using Rest = detail::ListRest;

  template <class Visit>
  static auto NodesOnly(Visit& visit) {
    return [&visit](std::span<const NodeId> nodes, const RelationshipIds&) { return detail::GoesOn(visit, nodes); };
  }

  // visit(std::span<const NodeId>, const RelationshipIds&) for what passes the filters. False: it ended the walk.
  template <class Visit>
  [[gnu::noinline]] bool ForEachPassing(const Part& part, NodeId node, Visit visit) {
    const std::uint32_t segment = node.value >> part.log2_nodes;
    if (segment >= part.segment_count) return true;
    const std::span<const NodeId> list = part.segments[segment].Find(part.LocalOf(node));
    if (list.data() != nullptr) [[likely]] {
      return list.empty() || VisitPassing(part, node, part.PieceOf(segment, list), visit);
    }
    Rest rest;
    Piece piece = FirstPiece(part, node, rest);
    for (;;) {
      if (!piece.nodes.empty() && !VisitPassing(part, node, piece, visit)) return false;
      if (rest.left == 0) return true;
      piece = rest.Next();
    }
  }

  // The same of one piece, which is not empty.
  template <class Visit>
  bool VisitPassing(const Part& part, NodeId node, const Piece& piece, Visit& visit) {
    if (!part.skips_loops) return VisitFiltered(part, piece, visit);
    const auto [first, end] = std::ranges::equal_range(piece.nodes, node);
    const auto before = static_cast<std::size_t>(first - piece.nodes.begin());
    const auto after = static_cast<std::size_t>(end - piece.nodes.begin());
    if (before != 0 && !VisitFiltered(part, piece.Slice(0, before), visit)) return false;
    return after == piece.nodes.size() || VisitFiltered(part, piece.Slice(after, piece.nodes.size()), visit);
  }

  template <class Visit>
  bool VisitFiltered(const Part& part, const Piece& piece, Visit& visit) {
    if (piece.holds == nullptr && !part.by_label) return visit(piece.nodes, piece.relationships);
    std::uint32_t kept_nodes[kWord];  // of NodeId's form, without its zeros to begin with
    std::uint64_t kept_relationships[kWord];
    for (std::size_t begin = 0; begin < piece.nodes.size(); begin += kWord) {
      const std::span<const NodeId> nodes = piece.nodes.subspan(begin, std::min(kWord, piece.nodes.size() - begin));
      const std::uint64_t passing = piece.HoldingFrom(begin) & (part.by_label ? Labelled(nodes) : ~std::uint64_t{0});
      std::size_t count = 0;
      for (std::size_t i = 0; i < nodes.size(); ++i) {
        kept_nodes[count] = nodes[i].value;
        if (options_.relationships) kept_relationships[count] = piece.relationships[begin + i].value;
        count += passing >> i & 1;
      }
      const std::span<const NodeId> kept(reinterpret_cast<const NodeId*>(kept_nodes), count);
      if (count != 0 && !visit(kept, RelationshipIds{0, nullptr, kept_relationships})) return false;
    }
    return true;
  }

  // Inlined by force: a compiler may take a function that only prefetches for one that does nothing.
  [[gnu::always_inline]] static void PrefetchPlace(const Part& part, NodeId node) {
    const std::uint32_t segment = node.value >> part.log2_nodes;
    if (segment >= part.segment_count || part.segments[segment].offsets == nullptr) return;
    __builtin_prefetch(part.segments[segment].PlaceOf(part.LocalOf(node)));
  }
  [[gnu::always_inline]] static void PrefetchList(const Part& part, NodeId node) {
    const std::uint32_t segment = node.value >> part.log2_nodes;
    if (segment < part.segment_count) __builtin_prefetch(part.segments[segment].Find(part.LocalOf(node)).data());
  }

  // A list that its segment does not have, or that was not met yet: its first piece, and the rest of it.
  Piece FirstPiece(const Part& part, NodeId node, Rest& rest);
  std::uint64_t Labelled(std::span<const NodeId> nodes);  // up to 64: a bit for each that has the label
  std::uint64_t CountPassing(const Part& part, NodeId from, NodeId to);
  void RefuseRelationships();
  // The part's arrays of a segment, met.
  const SegmentArrays& MetSegment(const Part& part, std::uint32_t segment);

  GraphReader& reader_;
  const AdjacencyOptions options_;
  std::vector<Part> parts_;
  std::vector<std::unique_ptr<graph::ListTable>> tables_;
  std::vector<const std::uint64_t*> label_ranges_;  // of options_.label: a bit a node, null where it was not met
};

template <class Visit>
void Adjacency::ForEachList(NodeId first, NodeId end, Visit&& visit) {
  for (const Part& part : parts_) {
    const std::uint64_t size = std::uint64_t{1} << part.log2_nodes;
    std::uint32_t segment = first.value >> part.log2_nodes;
    for (; segment < part.segment_count && segment * size < end.value; ++segment) {
      const auto base = static_cast<std::uint32_t>(segment * size);
      const std::uint32_t from = first.value > base ? first.value - base : 0;
      const auto to = static_cast<std::uint32_t>(std::min<std::uint64_t>(size, end.value - base));
      const SegmentArrays& arrays = MetSegment(part, segment);
      const auto visit_list = [&](std::uint32_t local, std::span<const NodeId> nodes) {
        return detail::GoesOn(visit, NodeId{base + local}, nodes);
      };
      const auto visit_filtered = [&](std::uint32_t local, std::span<const NodeId> nodes) {
        const auto visit_piece = [&](std::span<const NodeId> passing, const RelationshipIds&) {
          return visit_list(local, passing);
        };
        return VisitPassing(part, {base + local}, part.PieceOf(segment, nodes), visit_piece);
      };
      if (arrays.exceptions == nullptr) {
        const bool plain = part.plain_count != 0;
        const bool on = plain ? arrays.ForEachList(from, to, visit_list) : arrays.ForEachList(from, to, visit_filtered);
        if (!on) return;
        continue;
      }
      for (std::uint32_t local = from; local < to; ++local) {
        const std::span<const NodeId> nodes = part.Find({base + local});
        if (nodes.data() != nullptr) {
          if (!nodes.empty() && !visit_list(local, nodes)) return;
          continue;
        }
        const auto visit_piece = [&](std::span<const NodeId> piece, const RelationshipIds&) {
          return visit_list(local, piece);
        };
        if (!ForEachPassing(part, {base + local}, visit_piece)) return;
      }
    }
  }
}

template <class Visit>
void Adjacency::ForEachListAmong(NodeId first, std::uint64_t which, Visit&& visit) {
  for (const Part& part : parts_) {
    if (which == 0) return;
    std::uint64_t enough = 0;
    const auto visit_list = [&](std::uint32_t i, std::span<const NodeId> nodes) {
      const bool more = detail::GoesOn(visit, NodeId{first.value + i}, nodes);
      enough |= std::uint64_t{!more} << i;
      return more;
    };
    if (const std::uint32_t* const offsets = part.FindOffsets(first)) {
      const NodeId* const targets = part.segments[first.value >> part.log2_nodes].targets;
      for (std::uint64_t rest = which; rest != 0; rest &= rest - 1) {
        __builtin_prefetch(targets + offsets[std::countr_zero(rest)]);
      }
      for (std::uint64_t rest = which; rest != 0; rest &= rest - 1) {
        const auto i = static_cast<std::uint32_t>(std::countr_zero(rest));
        if (offsets[i] != offsets[i + 1]) visit_list(i, std::span(targets + offsets[i], targets + offsets[i + 1]));
      }
    } else {
      for (std::uint64_t rest = which; rest != 0; rest &= rest - 1) {
        const auto i = static_cast<std::uint32_t>(std::countr_zero(rest));
        const std::span<const NodeId> nodes = part.Find({first.value + i});
        const auto visit_piece = [&](std::span<const NodeId> piece, const RelationshipIds&) {
          return visit_list(i, piece);
        };
        if (nodes.data() == nullptr) ForEachPassing(part, {first.value + i}, visit_piece);
        if (!nodes.empty()) visit_list(i, nodes);
      }
    }
    which &= ~enough;
  }
}

}  // namespace plenum
