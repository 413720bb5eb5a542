// One property of many elements at once, straight from the blocks that hold it.
//
// A block of 4096 elements is looked up once. Where its column says all, values are read from there by their type;
// rare properties, what later commits have changed and long strings are read one by one.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "engine/graph/blocks.h"
#include "engine/graph/graph.h"
#include "plenum/graph_reader.h"

namespace plenum::graph {

// Belongs to its reader's thread. Takes 40 bytes a block that it has met.
class PropertyReader {
 public:
  PropertyReader(GraphReader& reader, KeyId key) : reader_(reader), key_(key) {}

  // For each row rows[0 … count - 1]: the property of element_of(row), a NodeId or RelationshipId, is given to `sink`
  // as what it is: sink.Integer(i, number), Float, Boolean, Text (lives until the reader is released), Date (its day),
  // Other(i, Value), or Null(i), where it has none; `i` counts the rows.
  template <class ElementOf, class Sink>
  void Read(const std::uint16_t* rows, std::size_t count, ElementOf element_of, Sink& sink) {
    for (std::size_t i = 0; i < count;) {
      const auto element = element_of(rows[i]);
      const Block& block = BlockWith(element);
      const std::size_t begin = i;
      // Ids of relationships have their type above their number: one of another type is in another block.
      while (++i < count && element_of(rows[i]).value >> storage::kBlockBits == element.value >> storage::kBlockBits) {
      }
      ReadBlock(block, rows, begin, i, element_of, sink);
    }
  }

 private:
  struct Block {
    std::uint64_t scope = 0;                  // of the reader, in which it was met; 0: never
    const storage::Column* column = nullptr;  // null: none of its elements has a value in a column
    const ColumnBlock* changed = nullptr;     // null: nothing was
    bool in_rows = false;                     // the values may be in the row map

    // Whether the column says what the slot has.
    bool Says(std::uint32_t slot, CommitNumber commit) const {
      if (in_rows || (column != nullptr && column->IsLong(slot))) return false;
      return changed == nullptr || changed->changes.Find(slot, commit) == nullptr;
    }
  };

  const Block& BlockWith(NodeId node) { return BlockAt({}, node.value); }
  const Block& BlockWith(RelationshipId relationship) {
    return BlockAt({TypeOf(relationship).value}, NumberOf(relationship));
  }
  const Block& BlockAt(storage::Owner owner, std::uint64_t number);
  void Meet(storage::Owner owner, std::uint32_t number, Block& block);
  CommitNumber commit() const;

  // visit(column, slot) gives what the column has there to the sink.
  template <class ElementOf, class Sink, class Visit>
  void ForEachSlot(const Block& block, const std::uint16_t* rows, std::size_t begin, std::size_t end,
                   ElementOf element_of, Sink& sink, Visit visit) {
    const storage::Column& column = *block.column;
    const CommitNumber commit_number = commit();
    for (std::size_t i = begin; i < end; ++i) {
      const auto element = element_of(rows[i]);
      const auto slot = static_cast<std::uint32_t>(element.value % storage::kBlockSlots);
      if (!block.Says(slot, commit_number)) {
        sink.Other(i, reader_.Property(element, key_));
      } else if (column.Has(slot)) {
        visit(i, column, slot);
      } else {
        sink.Null(i);
      }
    }
  }

  template <class ElementOf, class Sink>
  void ReadBlock(const Block& block, const std::uint16_t* rows, std::size_t begin, std::size_t end,
                 ElementOf element_of, Sink& sink) {
    using storage::Column;
    using storage::ColumnKind;
    const auto each = [&](auto visit) { ForEachSlot(block, rows, begin, end, element_of, sink, visit); };
    if (block.column == nullptr) {
      const bool none = !block.in_rows && block.changed == nullptr;
      for (std::size_t i = begin; i < end; ++i) {
        none ? sink.Null(i) : sink.Other(i, reader_.Property(element_of(rows[i]), key_));
      }
      return;
    }
    switch (block.column->kind()) {
      case ColumnKind::kIntegers:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Integer(i, c.NumberAt(slot)); });
      case ColumnKind::kDates:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Date(i, c.NumberAt(slot)); });
      case ColumnKind::kFloats:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Float(i, c.FloatAt(slot)); });
      case ColumnKind::kBooleans:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Boolean(i, c.BooleanAt(slot)); });
      case ColumnKind::kDictionary:
      case ColumnKind::kStrings:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Text(i, c.TextAt(slot)); });
      case ColumnKind::kMixed:
      case ColumnKind::kIntervals:
        return each([&](std::size_t i, const Column& c, std::uint32_t slot) { sink.Other(i, c.ValueAt(slot)); });
    }
  }

  GraphReader& reader_;
  const KeyId key_;
  std::vector<std::vector<Block>> owners_;  // nodes, then types; by the block's number
};

}  // namespace plenum::graph
