// Adjacency as the store holds it: a segment is the lists of 2^k consecutive nodes, in one type and one direction.
//
// The bytes, in the notation of key_layout.h:
//
//   segment       = 0x01 u8:flags u8:k varint:n varint:m            0x01: version; n nodes have a list, of m together
//                   nodes degrees targets [ hubs ] numbers [ validity ]
//   flags         = 1 nodes as gaps | 2 hubs | 4 validity | 8 numbers explicit | 16 … ascending | 32 … wide
//   nodes         = bitmap (2^k bits, at least a byte, least significant first)
//                 | stream0 of n                                    what each local number exceeds the one before by,
//                                                                   less one (the first: itself)
//   degrees       = stream0 of n: degree - 1
//   targets       = varint:base lists                               base: the least target, or 0
//   lists         = stream1 of m: a list's first number less base, then what each exceeds the one before by
//   hubs          = varint:n n × ( varint:local varint:n n × ( varint:target varint:number varint:chunk ) )
//                                                                   locals ascending; first entries ascending
//   numbers       = varint:base                                     implicit: base + position
//                 | varint:length varint:base lists                 explicit ascending: ascending in each list
//                 | varint:length varint:base stream1 of m          explicit: zigzag of what number - base exceeds the
//                                                                   one before by (the first: zero), modulo 2^32
//                 | varint:length varint:base m × u40               explicit wide: number - base, little-endian
//   validity      = bounds varint:length lane
//   bounds        = signed signed signed signed                     ValidityBounds: all_from, all_until, any_…
//   lane          = exact others
//   exact         = varint:0 | varint:n [ gaps ] days days          n positions with an interval of exact days,
//                                                                   its from, its until; no gaps when n is m
//   days          = signed:base stream1 of n                        0: open, else day - base + 1
//   others        = varint:0 | varint:n n × interval varint:n gaps stream0 of n
//                                                                   other intervals, each once; n positions, which one
//   gaps          = stream0 of n                                    positions, written as `nodes` are
//   stream1       = Stream VByte, numbers of 1, 2, 3 or 4 bytes; stream0: of 0, 1, 2 or 4 (stream_vbyte.h)
//
// A hub chunk, a part of the list of one node, is a segment with k = 0.
//
// What a change writes, laid over a segment or over nothing (segment_operand.h). The concatenation of operands is one:
//
//   operand       = { 0x01 u8:k | change }                          begins with 0x01: version, and the segment's k
//   change        = ( 0x10 | 0x11 interval ) entry                  add (or give this validity: timeless, interval)
//                 | 0x12 entry                                      remove
//                 | ( 0x13 | 0x14 interval ) entry                  set the validity, if it is there
//                 | 0x15 varint:local varint:n n × ( varint:target varint:number varint:chunk )   set hub; n = 0: unset
//   entry         = varint:local varint:target varint:number
//
// Pure functions and immutable values: any thread may call anything here at any time. Decoding checks every length:
// damaged bytes give null.
#pragma once

#include <bit>
#include <cassert>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/key_layout.h"
#include "engine/storage/page_arena.h"
#include "engine/storage/validity_lane.h"
#include "plenum/value.h"

namespace plenum::storage {

inline constexpr std::uint32_t kSegmentEdgesAim = 16 * 1024;  // what SegmentBits aims at
inline constexpr std::uint32_t kHubDegree = 8 * 1024;         // a longer list goes into chunks
inline constexpr unsigned kChunkBits = 0;                     // log2_nodes of a chunk

// log2 of how many nodes should share a segment of a type and direction, at most kSegmentBitsMax.
unsigned SegmentBits(std::uint64_t node_count, std::uint64_t edge_count);

// One relationship as seen from the node `local` (its number less the segment's first): to or from `target`.
// A segment's order, and that of every list, is (local, target, number); no two are equal in these.
struct SegmentEntry {
  std::uint32_t local = 0;
  std::uint32_t target = 0;
  std::uint64_t number = 0;  // of the relationship in its type, below 2^kNumberBits
  std::optional<Interval> validity;
};

// Instead of a list: the chunks it is in, ascending. A chunk holds the entries from its first (target, number) on, up
// to the next one's; the first chunk also what comes before its first.
struct HubStub {
  struct Chunk {
    std::uint32_t first_target = 0;
    std::uint64_t first_number = 0;
    std::uint16_t chunk = 0;  // in the chunk's key
    bool operator==(const Chunk&) const = default;
  };
  std::uint32_t local = 0;
  std::vector<Chunk> chunks;  // never empty

  // The chunk that an entry is in, if it is anywhere.
  std::uint16_t ChunkOf(std::uint32_t target, std::uint64_t number) const;
  bool operator==(const HubStub&) const = default;
};

// The entries of a segment as arrays, for loading in bulk: nothing is copied into structs first.
struct SegmentColumns {
  // Of the nodes that have a list, ascending; or empty, when degrees are those of every local number.
  std::span<const std::uint32_t> locals;
  // Of each of `locals`, none 0; or of every local number from 0 on (those missing at the end have none), which takes
  // longer where many nodes have no list.
  std::span<const std::uint32_t> degrees;
  std::span<const std::uint32_t> targets;  // list after list
  // Of each entry; or empty: first_number + position, as when numbers are handed out in the order of the lists.
  std::span<const std::uint64_t> numbers;
  std::uint64_t first_number = 0;
  const ValidityLane* validity = nullptr;  // of each entry; null: all timeless
  std::span<const HubStub> hubs;           // ascending
};

std::string EncodeSegment(unsigned log2_nodes, const SegmentColumns& columns);
std::string EncodeSegment(unsigned log2_nodes, std::span<const SegmentEntry> entries,
                          std::span<const HubStub> hubs = {});

// Which lanes to decode besides the lists and hubs.
struct Lanes {
  bool numbers = false;
  bool validity = false;
};

// A list's targets, ascending. `first` is the position of the first in the segment, for the lanes.
struct ListView {
  const std::uint32_t* targets = nullptr;
  std::uint32_t size = 0;
  std::uint32_t first = 0;

  const std::uint32_t* begin() const { return targets; }
  const std::uint32_t* end() const { return targets + size; }
};

// A segment decoded: immutable, its topology and numbers one block of memory. Two forms, by which is smaller and fast
// enough: an offset for every node, or a bitmap of the nodes that have a list and their rank in it.
class Segment {
 public:
  // Null: damaged. The arena, null for the heap, outlives the segment.
  static std::unique_ptr<const Segment> Decode(std::string_view bytes, Lanes asked = {}, PageArena* arena = nullptr);

  unsigned log2_nodes() const { return log2_nodes_; }
  std::uint32_t node_count() const { return std::uint32_t{1} << log2_nodes_; }
  std::uint32_t edge_count() const { return edge_count_; }      // in lists here, not in chunks
  std::uint32_t listed_nodes() const { return listed_nodes_; }  // nodes whose list is here and not empty
  std::size_t bytes() const { return bytes_; }                  // of memory, this object's included

  // Empty for a node without a list, and for a hub (ask Hub). Requires local < node_count().
  ListView List(std::uint32_t local) const {
    assert(local < node_count());
    if (offsets_ != nullptr) {
      const std::uint32_t first = offsets_[local];
      return {targets_ + first, offsets_[local + 1] - first, first};
    }
    const std::uint64_t cell = cells_[local / kCellNodes];
    const std::uint64_t node = std::uint64_t{1} << local % kCellNodes;
    const std::uint32_t index = CountOnes(cell & (node - 1)) + static_cast<std::uint32_t>(cell >> kCellNodes);
    const std::uint32_t first = short_offsets_[index];
    return {targets_ + first, short_offsets_[index + ((cell & node) != 0 ? 1 : 0)] - first, first};
  }

  // The arrays behind List, for who looks up many: as `offsets`, one more than nodes, or, where that is null, as
  // `cells` (kCellNodes bits, of the nodes with a list, and above them how many ones come before) and `short_offsets`.
  static constexpr std::uint32_t kCellNodes = 48;
  const std::uint32_t* offsets() const { return offsets_; }
  const std::uint64_t* cells() const { return cells_; }
  const std::uint16_t* short_offsets() const { return short_offsets_; }

  // All targets, list after list.
  std::span<const std::uint32_t> targets() const { return {targets_, edge_count_}; }

  // Ascending visit(local, ListView) of the nodes whose list here is not empty.
  template <typename Visit>
  void ForEachList(Visit visit) const {
    for (std::uint32_t local = 0; local < node_count(); ++local) {
      const ListView list = List(local);
      if (list.size != 0) visit(local, list);
    }
  }

  // Numbers are there if asked for, and always where they are implicit. Requires has_numbers().
  bool has_numbers() const { return has_numbers_; }
  std::uint64_t NumberAt(std::uint32_t position) const {
    assert(has_numbers_ && position < edge_count_);
    if (number_offsets_ != nullptr) return first_number_ + number_offsets_[position];
    return wide_numbers_ != nullptr ? wide_numbers_[position] : first_number_ + position;
  }

  // The arrays behind NumberAt. Of an entry: first_number() and its number in number_offsets(); or, where that is null,
  // its number in wide_numbers(); or, where both are, first_number() and its position. Requires has_numbers().
  std::uint64_t first_number() const { return first_number_; }
  const std::uint32_t* number_offsets() const { return number_offsets_; }
  const std::uint64_t* wide_numbers() const { return wide_numbers_; }

  // Known without decoding the lane; of a segment without one, that all is timeless.
  const ValidityBounds& validity_bounds() const { return validity_bounds_; }
  bool AllTimeless() const { return !has_validity_; }
  // Null when all is timeless, or when the lane was not asked for.
  const ValidityLane* validity() const { return validity_ ? &*validity_ : nullptr; }
  // Requires that the lane was asked for.
  std::optional<Interval> ValidityAt(std::uint32_t position) const {
    assert(validity_ || !has_validity_);
    return validity_ ? validity_->At(position) : std::nullopt;
  }

  // The chunks of the node's list, or null where it is here.
  const HubStub* Hub(std::uint32_t local) const { return hubs_.empty() ? nullptr : FindHub(local); }
  std::span<const HubStub> hubs() const { return hubs_; }

  bool uses_ranks() const { return offsets_ == nullptr; }

 private:
  friend class SegmentDecoder;
  Segment() = default;

  // Without the instruction, which is not on every processor the build is for.
  static std::uint32_t CountOnes(std::uint64_t word) {
    word -= word >> 1 & 0x5555555555555555;
    word = (word & 0x3333333333333333) + (word >> 2 & 0x3333333333333333);
    word = (word + (word >> 4)) & 0x0F0F0F0F0F0F0F0F;
    return static_cast<std::uint32_t>(word * 0x0101010101010101 >> 56);
  }
  const HubStub* FindHub(std::uint32_t local) const;

  const std::uint32_t* targets_ = nullptr;
  const std::uint32_t* offsets_ = nullptr;        // one more than nodes; null in the form with ranks
  const std::uint64_t* cells_ = nullptr;          // of the nodes with a list
  const std::uint16_t* short_offsets_ = nullptr;  // one more than nodes with a list
  const std::uint32_t* number_offsets_ = nullptr;
  const std::uint64_t* wide_numbers_ = nullptr;
  std::uint64_t first_number_ = 0;
  std::uint32_t edge_count_ = 0;
  std::uint32_t listed_nodes_ = 0;
  std::uint8_t log2_nodes_ = 0;
  bool has_numbers_ = false;
  bool has_validity_ = false;
  ValidityBounds validity_bounds_;
  PageArena::Block block_;
  std::optional<ValidityLane> validity_;
  std::vector<HubStub> hubs_;
  std::size_t bytes_ = 0;
};

}  // namespace plenum::storage
