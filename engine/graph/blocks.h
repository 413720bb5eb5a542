// The blocks of decoded data that all transactions of a graph share, and where each is found.
//
// A block is what one key of the store holds (key_layout.h), decoded, or the knowledge that there is no such key; with
// it go the changes that later commits made (block_cache.h). Blocks of a kind that belong together stand in one
// SlotTable, by their number.
#pragma once

#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <unordered_map>
#include <vector>

#include "engine/graph/block_cache.h"
#include "engine/graph/graph.h"
#include "engine/storage/column.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"
#include "engine/storage/segment.h"

namespace plenum::graph {

using storage::Owner;
using Chunks = std::vector<storage::HubStub::Chunk>;

// What commits made of one list since its segment, or chunk, was read.
struct ListChange {
  std::vector<Neighbour> added;
  std::vector<RelationshipId> removed;  // of those in the segment; ascending
  Chunks chunks;                        // not empty: the list has been moved into these, and nothing else here counts
  std::size_t bytes() const {
    return sizeof(ListChange) + added.size() * sizeof(Neighbour) + removed.size() * sizeof(RelationshipId) +
           chunks.size() * sizeof(Chunks::value_type);
  }
};

// Contents are null where the store has no such key. Keys of changes: the node within the segment (0 in a chunk); the
// slot; RowKey; the node within the range.
using SegmentBlock = Block<std::unique_ptr<const storage::Segment>, ListChange>;
using ColumnBlock = Block<std::unique_ptr<const storage::Column>, Value>;
using RowMapBlock = Block<std::unique_ptr<const storage::RowMap>, Value>;
using LabelBlock = Block<std::unique_ptr<const storage::LabelSet>, bool>;

// Changes of a row map: the value of a property in a slot, or that the property has a column from then on.
inline std::uint32_t RowKey(std::uint32_t slot, std::uint16_t property) {
  return std::uint32_t{property} << storage::kBlockBits | slot;
}
inline std::uint32_t HasColumnKey(std::uint16_t property) {
  return std::uint32_t{1} << (16 + storage::kBlockBits) | property;
}

class BlockTables {
 public:
  explicit BlockTables(BlockCache& cache) : cache_(cache) {}

  SlotTable& LabelSets(std::uint16_t label) { return Find(Name(1, label, 0, 0)); }
  SlotTable& Columns(Owner owner, std::uint16_t property) { return Find(Name(2, Number(owner), property, 0)); }
  SlotTable& RowMaps(Owner owner) { return Find(Name(3, Number(owner), 0, 0)); }
  // Of segments of 2^bits nodes.
  SlotTable& Segments(TypeId type, Direction direction, std::uint8_t bits) {
    return Find(Name(4 + static_cast<unsigned>(direction), type.value, bits, 0));
  }
  SlotTable& ChunksOf(TypeId type, Direction direction, NodeId node) {
    return Find(Name(6 + static_cast<unsigned>(direction), type.value, 0, node.value));
  }

 private:
  // Types are counted from 1, so that 0 stands for nodes.
  static std::uint32_t Number(Owner owner) { return owner.type ? std::uint32_t{*owner.type} + 1 : 0; }
  static std::uint64_t Name(unsigned kind, std::uint32_t number, std::uint16_t property, std::uint32_t node) {
    return std::uint64_t{kind} << 56 | std::uint64_t{number} << 32 | (node != 0 ? node : property);
  }
  SlotTable& Find(std::uint64_t name);

  BlockCache& cache_;
  std::shared_mutex mutex_;
  std::unordered_map<std::uint64_t, SlotTable*> tables_;
};

}  // namespace plenum::graph
