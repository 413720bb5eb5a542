// The properties of one block of elements while they are gathered, for bulk loading: those that many elements have
// become columns, the others the block's row map (storage/key_layout.h).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/bulk_output.h"
#include "engine/storage/column_builder.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/row_map.h"
#include "engine/value/plain_value.h"

namespace plenum::graph {

// The cell of a value (storage/cell.h), of a long string its mark; appended.
void AppendCellOf(std::string& out, const PlainValue& value);

class BlockBuilder {
 public:
  explicit BlockBuilder(storage::Owner owner) : owner_(owner) {}

  // Slots ascend strictly within a property. `cell` is not null; `hash` is what statistics know the value by.
  void AddCell(std::uint32_t slot, std::uint16_t property, std::string_view cell, std::uint64_t hash);
  // For the ends of relationships, which statistics know without.
  void AddInteger(std::uint32_t slot, std::uint16_t property, std::int64_t integer);

  // About what it holds, since the last Write.
  std::size_t bytes() const { return bytes_; }

  // Writes the block and begins anew. Calls visit(property, slot, hash) for each cell that was added.
  template <class Visit>
  Status Write(std::uint32_t block, BulkOutput& output, Visit visit) {
    for (const Property& property : properties_) {
      for (const auto& [slot, hash] : property.hashes) visit(property.number, slot, hash);
    }
    return Write(block, output);
  }
  Status Write(std::uint32_t block, BulkOutput& output);

 private:
  struct RareCell {
    std::uint32_t slot = 0;
    std::uint32_t end = 0;  // in `cells`
  };
  struct Property {
    std::uint16_t number = 0;
    bool is_column = false;
    std::vector<RareCell> rare;  // until there are enough for a column
    std::string cells;
    storage::ColumnBuilder column;
    std::vector<std::pair<std::uint32_t, std::uint64_t>> hashes;  // by slot
  };

  Property& Find(std::uint16_t number);
  static void AddRare(Property& property, std::uint32_t slot, std::string_view cell);
  std::string EncodeRowMap();

  storage::Owner owner_;
  std::vector<Property> properties_;  // ascending
  std::size_t next_ = 0;              // where the next one is, when elements have their properties in the same order
  std::size_t bytes_ = 0;
  std::string cell_;
  storage::RowMapBuilder rows_;
};

}  // namespace plenum::graph
