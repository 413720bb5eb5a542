// Where the arrays of decoded segments are: what lets graph.h read lists without a call. A part of it; of no use alone.
#pragma once

#include <bit>
#include <cstdint>
#include <span>

#include "plenum/value.h"

namespace plenum {

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
  // Of each entry, the days from which and until which it holds, the second not among them; null where `verdict` does
  // not need them.
  const std::int32_t* from_days = nullptr;
  const std::int32_t* until_days = nullptr;
  enum class Verdict : std::uint8_t {
    kAll,    // hold on the day that is asked for
    kNone,   // does
    kSome,   // where the days say so
    kApart,  // as kSome; but of some entries the days do not tell all
  } verdict = Verdict::kAll;
};

}  // namespace plenum
