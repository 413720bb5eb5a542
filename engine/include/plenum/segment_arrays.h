// Where the arrays of decoded segments are: what lets graph.h read lists without a call. A part of it; of no use alone.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>
#include <type_traits>

#include "plenum/value.h"

namespace plenum {

namespace graph {
class ListTable;
}

// The ids of relationships that stand side by side: explicit ones, or consecutive ones from `first` on.
struct RelationshipIds {
  std::uint64_t first = 0;
  const std::uint32_t* offsets = nullptr;  // to be added to `first`
  const std::uint64_t* wide = nullptr;     // likewise, where 32 bits do not do

  RelationshipId operator[](std::size_t i) const {
    if (offsets != nullptr) return {first + offsets[i]};
    return {first + (wide != nullptr ? wide[i] : i)};
  }
  RelationshipIds From(std::size_t i) const {
    if (offsets != nullptr) return {first, offsets + i, nullptr};
    return wide != nullptr ? RelationshipIds{first, nullptr, wide + i} : RelationshipIds{first + i, nullptr, nullptr};
  }
};

// The lists of 2^k consecutive nodes, in one type and direction, where they lie side by side in `targets`.
struct SegmentArrays {
  // Of u32, one more than nodes: where each list begins. Or, where there are cells, of u16, one more than lists.
  const void* offsets = nullptr;
  const NodeId* targets = nullptr;
  // Null, or 48 bits, of the nodes that have a list, and above them how many lists come before.
  const std::uint64_t* cells = nullptr;
  // Null, or a bit a node: those whose lists are not to be found here.
  const std::uint64_t* exceptions = nullptr;

  static constexpr std::uint32_t kCellNodes = 48;
  static constexpr std::uint64_t kNodesOfCell = (std::uint64_t{1} << kCellNodes) - 1;

  // Where the cell, or the offset, of a node is.
  const void* PlaceOf(std::uint32_t local) const {
    if (cells != nullptr) return cells + local / kCellNodes;
    return static_cast<const std::uint32_t*>(offsets) + local;
  }

  // Its data is null where the list is elsewhere, or the segment has not been met yet.
  std::span<const NodeId> Find(std::uint32_t local) const {
    if (exceptions != nullptr && IsException(local)) return {};
    if (cells == nullptr) {
      if (offsets == nullptr) return {};
      const std::uint32_t* const at = static_cast<const std::uint32_t*>(offsets) + local;
      return {targets + at[0], targets + at[1]};
    }
    const std::uint64_t cell = cells[local / kCellNodes];
    const std::uint64_t node = std::uint64_t{1} << local % kCellNodes;
    if ((cell & node) == 0) return {targets, targets};
    const std::uint16_t* const at =
        static_cast<const std::uint16_t*>(offsets) + CountOnes(cell & (node - 1)) + (cell >> kCellNodes);
    return {targets + at[0], targets + at[1]};
  }

  bool IsException(std::uint32_t local) const { return (exceptions[local / 64] >> local % 64 & 1) != 0; }

  // visit(local, std::span<const NodeId>), ascending, of the lists that are not empty; false ends it. Requires that the
  // segment was met, and has no exceptions.
  template <class Visit>
  bool ForEachList(std::uint32_t first, std::uint32_t end, Visit&& visit) const {
    if (cells == nullptr) {
      const auto* const at = static_cast<const std::uint32_t*>(offsets);
      for (std::uint32_t local = first; local < end; ++local) {
        if (at[local] != at[local + 1] && !visit(local, std::span(targets + at[local], targets + at[local + 1]))) {
          return false;
        }
      }
      return true;
    }
    for (std::uint32_t cell = first / kCellNodes; cell * kCellNodes < end; ++cell) {
      const auto* at = static_cast<const std::uint16_t*>(offsets) + (cells[cell] >> kCellNodes);
      for (std::uint64_t rest = cells[cell] & kNodesOfCell; rest != 0; rest &= rest - 1, ++at) {
        const std::uint32_t local = cell * kCellNodes + static_cast<std::uint32_t>(std::countr_zero(rest));
        if (local < first) continue;
        if (local >= end) return true;
        if (!visit(local, std::span(targets + at[0], targets + at[1]))) return false;
      }
    }
    return true;
  }

 private:
  // Without the instruction, which is not on every processor that a program may be built for.
  static std::uint64_t CountOnes(std::uint64_t word) {
    word -= word >> 1 & 0x5555555555555555;
    word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return word * 0x0101010101010101 >> 56;
  }
};

// What goes with the entries of a segment, where it is asked for.
struct SegmentLanes {
  RelationshipIds relationships;
  const std::uint64_t* holds = nullptr;  // a bit an entry: it holds on the day asked for; null: all do
};

namespace detail {

// Calls visit, and tells whether it wants more: it does not where it answers with false.
template <class Visit, class... Arguments>
bool GoesOn(Visit& visit, Arguments&&... arguments) {
  if constexpr (std::is_same_v<decltype(visit(arguments...)), bool>) {
    return visit(arguments...);
  } else {
    visit(arguments...);
    return true;
  }
}

// A part of a list that lies in one place.
struct ListPiece {
  std::span<const NodeId> nodes;
  RelationshipIds relationships;         // where they are asked for
  const std::uint64_t* holds = nullptr;  // null, or bits, from `first` on: which of them hold
  std::size_t first = 0;

  ListPiece Slice(std::size_t begin, std::size_t end) const {
    return {nodes.subspan(begin, end - begin), relationships.From(begin), holds, first + begin};
  }
  // Bits of 64 entries from `begin` on, of which those behind the last mean nothing.
  std::uint64_t HoldingFrom(std::size_t begin) const {
    if (holds == nullptr) return ~std::uint64_t{0};
    const std::size_t at = first + begin;
    const std::uint64_t bits = holds[at / 64] >> at % 64;
    return at % 64 == 0 ? bits : bits | holds[at / 64 + 1] << (64 - at % 64);
  }
};

// What is still to come of a list in pieces.
struct ListRest {
  const std::span<const NodeId>* nodes = nullptr;
  const RelationshipIds* relationships = nullptr;
  std::size_t left = 0;

  ListPiece Next() {
    --left;
    return {.nodes = *nodes++, .relationships = *relationships++};
  }
};

// The lists of one type in one direction.
struct ListPart {
  const SegmentArrays* segments = nullptr;  // of `table`
  std::uint32_t plain_count = 0;            // of segments for Find: none, where what it finds is to be filtered
  std::uint32_t segment_count = 0;
  const SegmentLanes* lanes = nullptr;  // of `table`, if it has them
  graph::ListTable* table = nullptr;
  TypeId type;
  std::uint8_t log2_nodes = 0;
  bool by_label = false;     // entries are to be filtered by what is at their other end
  bool skips_loops = false;  // they were met in the other direction
  bool outgoing = true;

  std::uint32_t LocalOf(NodeId node) const { return node.value & ((std::uint32_t{1} << log2_nodes) - 1); }
  // Its data is null where it is not to be had so easily.
  std::span<const NodeId> Find(NodeId node) const {
    const std::uint32_t segment = node.value >> log2_nodes;
    if (segment >= plain_count) return {};
    return segments[segment].Find(LocalOf(node));
  }
  // Where the lists of 64 nodes side by side begin, if they are to be had as easily, and so written down; else null.
  const std::uint32_t* FindOffsets(NodeId first) const {
    const std::uint32_t segment = first.value >> log2_nodes;
    if (segment >= plain_count || log2_nodes < 6) return nullptr;
    const SegmentArrays& arrays = segments[segment];
    const std::uint32_t local = LocalOf(first);
    if (arrays.cells != nullptr || (arrays.exceptions != nullptr && arrays.exceptions[local / 64] != 0)) return nullptr;
    return arrays.offsets == nullptr ? nullptr : static_cast<const std::uint32_t*>(arrays.offsets) + local;
  }
  ListPiece PieceOf(std::uint32_t segment, std::span<const NodeId> list) const {
    ListPiece piece{.nodes = list, .relationships = {}};
    if (lanes == nullptr) return piece;
    piece.first = static_cast<std::size_t>(list.data() - segments[segment].targets);
    piece.holds = lanes[segment].holds;
    piece.relationships = lanes[segment].relationships.From(piece.first);
    return piece;
  }
};

// 1 if an ascending list has it, else 0. Halves the list without a branch on what is read, which no processor could
// foretell, and looks at all that is left at once.
inline std::uint64_t Contains(std::span<const NodeId> nodes, NodeId wanted) {
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

}  // namespace detail
}  // namespace plenum
