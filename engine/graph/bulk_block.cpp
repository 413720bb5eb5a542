// See bulk_block.h.
#include "engine/graph/bulk_block.h"

#include <algorithm>

namespace plenum::graph {

void AppendCellOf(std::string& out, const PlainValue& value) {
  struct Append {
    std::string& out;
    void operator()(std::monostate) const { storage::AppendCell(out, Value()); }
    void operator()(bool boolean) const { storage::AppendBooleanCell(out, boolean); }
    void operator()(std::int64_t integer) const { storage::AppendIntegerCell(out, integer); }
    void operator()(double real) const { storage::AppendFloatCell(out, real); }
    void operator()(Date date) const { storage::AppendDateCell(out, date); }
    void operator()(std::string_view text) const {
      if (storage::IsLongString(text)) {
        storage::AppendLongStringCell(out);
      } else {
        storage::AppendTextCell(out, text);
      }
    }
    void operator()(const Value* other) const { storage::AppendCell(out, *other); }
  };
  std::visit(Append{out}, value);
}

BlockBuilder::Property& BlockBuilder::Find(std::uint16_t number) {
  if (next_ >= properties_.size()) next_ = 0;
  if (next_ >= properties_.size() || properties_[next_].number != number) {
    const auto place = std::ranges::lower_bound(properties_, number, {}, &Property::number);
    next_ = static_cast<std::size_t>(place - properties_.begin());
    if (place == properties_.end() || place->number != number) {
      properties_.emplace(place)->number = number;
    }
  }
  return properties_[next_++];
}

void BlockBuilder::AddRare(Property& property, std::uint32_t slot, std::string_view cell) {
  property.cells += cell;
  property.rare.push_back({slot, static_cast<std::uint32_t>(property.cells.size())});
  if (property.rare.size() < storage::kColumnValuesMin) return;
  std::size_t begin = 0;
  for (const RareCell& each : property.rare) {
    property.column.AddCell(each.slot, std::string_view(property.cells).substr(begin, each.end - begin));
    begin = each.end;
  }
  property.rare.clear();
  property.cells.clear();
  property.is_column = true;
}

void BlockBuilder::AddCell(std::uint32_t slot, std::uint16_t number, std::string_view cell, std::uint64_t hash) {
  Property& property = Find(number);
  property.hashes.emplace_back(slot, hash);
  bytes_ += cell.size() + sizeof property.hashes.back() + sizeof(std::uint64_t);
  if (property.is_column) {
    property.column.AddCell(slot, cell);
  } else {
    AddRare(property, slot, cell);
  }
}

void BlockBuilder::AddInteger(std::uint32_t slot, std::uint16_t number, std::int64_t integer) {
  Property& property = Find(number);
  bytes_ += sizeof integer;
  if (property.is_column) return property.column.AddInteger(slot, integer);
  cell_.clear();
  storage::AppendIntegerCell(cell_, integer);
  AddRare(property, slot, cell_);
}

std::string BlockBuilder::EncodeRowMap() {
  struct Row {
    std::uint32_t slot = 0;
    std::uint16_t property = 0;
    std::string_view cell;
  };
  std::vector<Row> rows;
  for (Property& property : properties_) {
    if (property.is_column) rows_.AddColumn(property.number);
    std::size_t begin = 0;
    for (const RareCell& each : property.rare) {
      rows.push_back({each.slot, property.number, std::string_view(property.cells).substr(begin, each.end - begin)});
      begin = each.end;
    }
  }
  std::ranges::stable_sort(rows, {}, &Row::slot);  // properties ascend already
  for (const Row& row : rows) rows_.AddCell(row.slot, row.property, row.cell);
  return rows_.Finish();
}

Status BlockBuilder::Write(std::uint32_t block, BulkOutput& output) {
  // What the last block had, the next one is likely to have.
  std::erase_if(properties_, [](const Property& property) { return !property.is_column && property.rare.empty(); });
  bytes_ = 0;
  if (properties_.empty()) return {};
  Status status = output.Put(storage::RowMapKey(owner_, block), EncodeRowMap());
  for (Property& property : properties_) {
    if (status.ok() && property.is_column) {
      status = output.Put(storage::ColumnKey(owner_, property.number, block), property.column.Finish());
    }
    property.is_column = false;
    property.rare.clear();
    property.cells.clear();
    property.hashes.clear();
  }
  return status;
}

}  // namespace plenum::graph
