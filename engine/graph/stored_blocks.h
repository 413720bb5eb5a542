// Blocks of properties as the store has them, for who checks or measures the store itself: read from one snapshot and
// decoded, without the blocks that transactions share and without trust in how they refer to each other.
//
// Belongs to one thread at a time. Keeps a few megabytes of what was read last.
#pragma once

#include <bitset>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <unordered_map>

#include "engine/storage/column.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/row_map.h"
#include "engine/storage/store.h"
#include "plenum/value.h"

namespace plenum::graph {

using SlotSet = std::bitset<storage::kBlockSlots>;

class StoredBlocks {
 public:
  explicit StoredBlocks(const storage::Snapshot& snapshot) : snapshot_(snapshot) {}

  template <class Content>
  struct Loaded {
    std::shared_ptr<const Content> content;  // null where there is no such key, and where it is damaged
    bool damaged = false;                    // there are bytes, and they cannot be read
  };
  const Loaded<storage::Column>& Column(storage::Owner owner, std::uint16_t property, std::uint32_t block);
  const Loaded<storage::RowMap>& RowMap(storage::Owner owner, std::uint32_t block);

  // The slots with a value in the column or in the row map; `damaged` when one of them is.
  struct Slots {
    SlotSet with;
    bool damaged = false;
  };
  Slots SlotsWith(storage::Owner owner, std::uint16_t property, std::uint32_t block);

  bool Has(storage::Owner owner, std::uint16_t property, std::uint64_t number);
  // Whether the block holds the mark of a long string.
  bool IsLong(storage::Owner owner, std::uint16_t property, std::uint64_t number);
  // Null where there is none or it cannot be read; a long string with its text.
  Value ValueOf(storage::Owner owner, std::uint16_t property, std::uint64_t number);
  // Of a whole block: visit(slot, value) for what has one, ascending; of the column before the row map.
  using VisitValue = std::function<void(std::uint32_t slot, const Value& value)>;
  void ForEachValue(storage::Owner owner, std::uint16_t property, std::uint32_t block, const VisitValue& visit);

 private:
  template <class Content>
  using Kept = std::unordered_map<std::string, Loaded<Content>>;
  template <class Content>
  const Loaded<Content>& Load(Kept<Content>& kept, std::string key);
  Value LongText(storage::Owner owner, std::uint16_t property, std::uint64_t number);

  const storage::Snapshot& snapshot_;
  Kept<storage::Column> columns_;
  Kept<storage::RowMap> row_maps_;
  std::size_t bytes_ = 0;
};

// The slots of a column that have a value, and of those the ones whose text is kept elsewhere.
SlotSet PresentSlots(const storage::Column& column);
SlotSet LongSlots(const storage::Column& column);

}  // namespace plenum::graph
