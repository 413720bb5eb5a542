// A row map: the rare properties of a block of 4096 elements, and which properties have a column. Its bytes:
//
//   row-map       = 0x01 varint:n n × varint:gap { row }        0x01: version; the properties with a column, ascending,
//                                                               each - (last + 1)
//   row           = varint:slot-gap varint:n n × ( varint:property-gap cell )   slots and properties ascend; n > 0;
//                                                               cells as in cell.h, none null
//   row-operand   = 0x01 0x00 varint:slot varint:property cell  set; a null cell removes
//                 | 0x01 0x01 varint:property                   from here on it has a column: its rows go
//
// Operands are appended one to the other; later ones win. A RowMap is immutable; any number of threads may read it.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/cell.h"
#include "plenum/value.h"

namespace plenum::storage {

class RowMap {
 public:
  // Null when the bytes are damaged. The map keeps no reference to them.
  static std::unique_ptr<const RowMap> Decode(std::string_view bytes);

  // Properties that have a column, ascending.
  std::span<const std::uint16_t> columns() const { return {columns_, column_count_}; }
  bool HasColumn(std::uint16_t property) const {
    return std::binary_search(columns_, columns_ + column_count_, property);
  }

  std::size_t size() const { return size_; }                                  // values
  std::size_t bytes() const { return sizeof(RowMap) + memory_bytes_; }        // of memory
  std::uint32_t CountOf(std::uint16_t property) const;                        // slots that have it
  bool HasAny(std::uint32_t slot) const;                                      // a property at all
  std::string_view CellAt(std::uint32_t slot, std::uint16_t property) const;  // empty when there is none
  Value ValueAt(std::uint32_t slot, std::uint16_t property) const;            // null when none, or IsLong
  bool IsLong(std::uint32_t slot, std::uint16_t property) const;              // its text is kept elsewhere

  // visit(property, cell), properties ascending; see ValueOfCell and IsLongCell.
  template <class Visit>
  void ForEachOf(std::uint32_t slot, Visit visit) const {
    for (std::size_t i = LowerBound(KeyOf(slot, 0)); i < size_ && keys_[i] >> 16 == slot; ++i) {
      visit(static_cast<std::uint16_t>(keys_[i]), StretchAt(i));
    }
  }
  // visit(slot, cell), slots ascending. Looks at every value of the map.
  template <class Visit>
  void ForEachOfProperty(std::uint16_t property, Visit visit) const {
    for (std::size_t i = 0; i < size_; ++i) {
      if (static_cast<std::uint16_t>(keys_[i]) == property) visit(keys_[i] >> 16, StretchAt(i));
    }
  }
  // visit(slot, property, cell), ascending.
  template <class Visit>
  void ForEach(Visit visit) const {
    for (std::size_t i = 0; i < size_; ++i) visit(keys_[i] >> 16, static_cast<std::uint16_t>(keys_[i]), StretchAt(i));
  }

 private:
  RowMap() = default;

  static std::uint32_t KeyOf(std::uint32_t slot, std::uint16_t property) { return slot << 16 | property; }
  // Halving without a branch on what is found, which nobody could predict.
  std::size_t LowerBound(std::uint32_t key) const {
    std::size_t first = 0;
    for (std::size_t size = size_; size > 0;) {
      const std::size_t half = (size + 1) / 2;
      first += keys_[first + half - 1] < key ? half : 0;
      size -= half;
    }
    return first;
  }
  std::string_view StretchAt(std::size_t i) const { return {text_ + starts_[i], starts_[i + 1] - starts_[i]}; }

  std::size_t size_ = 0;
  std::size_t column_count_ = 0;
  const std::uint32_t* keys_ = nullptr;
  const std::uint32_t* starts_ = nullptr;  // of cells in text_, and the end of the last
  const std::uint16_t* columns_ = nullptr;
  const char* text_ = nullptr;
  std::unique_ptr<std::uint32_t[]> memory_;  // that all of these point into
  std::size_t memory_bytes_ = 0;
};

// Makes the bytes of a row map; used again and again in bulk loading.
class RowMapBuilder {
 public:
  // Properties ascend strictly, and all come before the first value.
  void AddColumn(std::uint16_t property);
  // Strictly ascending by slot, then property. Cells are those of cell.h; a null adds nothing.
  void AddCell(std::uint32_t slot, std::uint16_t property, std::string_view cell);
  void AddValue(std::uint32_t slot, std::uint16_t property, const Value& value);

  bool empty() const { return columns_.empty() && row_.empty() && rows_.empty(); }

  // The row map of what was added; the builder is empty again.
  std::string Finish();

 private:
  void EndRow();

  std::string columns_;  // their gaps
  std::uint32_t column_count_ = 0;
  std::uint32_t next_column_ = 0;
  std::string rows_;  // finished
  std::string row_;   // of slot_, without its head
  std::uint32_t row_count_ = 0;
  std::uint32_t slot_ = 0;
  std::uint32_t next_slot_ = 0;  // after the last finished row
  std::uint32_t next_property_ = 0;
  std::string cell_;
};

// IsStorable or null. Of a string of more than kLongStringBytes the mark: its text is the caller's to keep.
void AppendRowSet(std::string& out, std::uint32_t slot, std::uint16_t property, const Value& value);
void AppendHasColumn(std::string& out, std::uint16_t property);

// The row map after all operands, in their order; without a base, of an empty one. Absent: something is damaged.
std::optional<std::string> FoldRowMap(std::optional<std::string_view> base, std::span<const std::string_view> operands);

}  // namespace plenum::storage
