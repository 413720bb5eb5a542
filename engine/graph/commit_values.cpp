// What a commit does to labels and values.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "engine/graph/commit.h"
#include "engine/graph/value_bytes.h"
#include "engine/storage/cell.h"
#include "engine/storage/column_fold.h"

namespace plenum::graph {
namespace {

// `visit(label, range, first, end)` for the changes of each range of each label.
template <class Visit>
void ForEachLabelRange(const OwnWrites& own, Visit visit) {
  for (const auto& [label, changes] : own.labels()) {
    for (auto first = changes.begin(); first != changes.end();) {
      const std::uint64_t range = first->first >> storage::kRangeBits;
      const auto end = changes.lower_bound((range + 1) << storage::kRangeBits);
      visit(label, static_cast<std::uint16_t>(range), first, end);
      first = end;
    }
  }
}

bool HasSlot(const std::vector<std::pair<std::uint32_t, Value>>& values, std::uint32_t slot) {
  const auto place = std::lower_bound(values.begin(), values.end(), slot,
                                      [](const auto& each, std::uint32_t wanted) { return each.first < wanted; });
  return place != values.end() && place->first == slot;
}

}  // namespace

void Commit::PrepareLabels() {
  ForEachLabelRange(own_, [this](std::uint16_t label, std::uint16_t range, auto first, auto end) {
    std::string operand;
    for (; first != end; ++first) {
      (first->second ? storage::AppendLabelOn : storage::AppendLabelOff)(operand,
                                                                         static_cast<std::uint16_t>(first->first));
    }
    store_.Merge(storage::LabelSetKey(label, range), operand);
  });
}

void Commit::PublishLabels(BlockTables& tables, Publication& publication) const {
  ForEachLabelRange(own_, [&](std::uint16_t label, std::uint16_t range, auto first, auto end) {
    auto* block = publication.Touch<LabelBlock>(tables.LabelSets(label), range);
    for (; block != nullptr && first != end; ++first) {
      publication.Add(*block, static_cast<std::uint16_t>(first->first), first->second, sizeof(bool));
    }
  });
}

void Commit::GatherCells() {
  for (const auto& [element, values] : own_.values()) {
    const std::uint64_t number = NumberOf(element);
    for (const auto& [property, value] : values) {
      cells_.push_back({OwnerOf(element), BlockOf(number), property, SlotOf(number), &value});
    }
  }
  std::sort(cells_.begin(), cells_.end(), [](const Cell& a, const Cell& b) { return a.Order() < b.Order(); });
  for (std::size_t first = 0; first < cells_.size();) {
    const Cell& head = cells_[first];
    std::size_t end = first + 1;
    const auto same_group = [&head](const Cell& cell) {
      return cell.owner == head.owner && cell.block == head.block && cell.property == head.property;
    };
    while (end < cells_.size() && same_group(cells_[end])) ++end;
    groups_.push_back({first, end});
    first = end;
  }
}

Status Commit::PrepareCells() {
  GatherCells();
  for (CellGroup& group : groups_) {
    if (Status status = PrepareGroup(group); !status.ok()) return status;
  }
  return {};
}

// The rows of the group's property that are committed, by slot.
Result<Commit::SlotValues> Commit::RowsToMove(const CellGroup& group) {
  const Cell& head = cells_[group.first];
  const auto rows = reads_.RowMap(head.owner, head.block);
  if (!rows) return rows.error();
  std::vector<std::uint32_t> slots;
  if ((*rows)->content) {
    (*rows)->content->ForEachOfProperty(head.property,
                                        [&](std::uint32_t slot, std::string_view) { slots.push_back(slot); });
  }
  (*rows)->changes.ForEach(reads_.commit(), [&](std::uint32_t key, const Value&) {
    const std::uint32_t slot = SlotOf(key);
    if (key == RowKey(slot, head.property)) slots.push_back(slot);
  });
  std::sort(slots.begin(), slots.end());
  slots.erase(std::unique(slots.begin(), slots.end()), slots.end());
  SlotValues moved;
  for (const std::uint32_t slot : slots) {
    const std::uint64_t number = std::uint64_t{head.block} << storage::kBlockBits | slot;
    Result<Value> value = reads_.ValueOf(head.owner, head.property, number);
    if (!value) return std::move(value).error();
    if (!value->is_null()) moved.emplace_back(slot, *std::move(value));
  }
  return moved;
}

Status Commit::PrepareGroup(CellGroup& group) {
  const Cell& head = cells_[group.first];
  const Result<bool> has_column = reads_.HasColumn(head.owner, head.property, head.block);
  if (!has_column) return has_column.error();
  group.in_column = *has_column;
  std::string column_operand;
  if (!group.in_column) {
    const auto rows = RowsToMove(group);
    if (!rows) return rows.error();
    std::size_t count = rows->size();
    for (std::size_t i = group.first; i < group.end; ++i) {
      if (!cells_[i].value->is_null() && !HasSlot(*rows, cells_[i].slot)) ++count;
    }
    group.in_column = group.new_column = count >= storage::kColumnValuesMin;
    if (group.new_column) {
      for (const auto& [slot, value] : *rows) storage::AppendColumnSet(column_operand, slot, value);
    }
  }
  std::string row_operand;
  if (group.new_column) storage::AppendHasColumn(row_operand, head.property);
  for (std::size_t i = group.first; i < group.end; ++i) {
    const Cell& cell = cells_[i];
    if (group.in_column) {
      storage::AppendColumnSet(column_operand, cell.slot, *cell.value);
    } else {
      storage::AppendRowSet(row_operand, cell.slot, cell.property, *cell.value);
    }
  }
  if (!column_operand.empty()) {
    store_.Merge(storage::ColumnKey(head.owner, head.property, head.block), column_operand);
  }
  if (!row_operand.empty()) store_.Merge(storage::RowMapKey(head.owner, head.block), row_operand);
  return PrepareLongTexts(group);
}

Status Commit::PrepareLongTexts(const CellGroup& group) {
  if (cells_[group.first].property >= storage::kNamesEnd) return {};  // validity, start and end are no strings
  for (std::size_t i = group.first; i < group.end; ++i) {
    const Cell& cell = cells_[i];
    const std::uint64_t number = std::uint64_t{cell.block} << storage::kBlockBits | cell.slot;
    std::string key = storage::LongTextKey(cell.owner, cell.property, number);
    if (storage::IsLongString(*cell.value)) {
      store_.Put(std::move(key), cell.value->string());
      continue;
    }
    const Result<bool> was_long = reads_.IsLong(cell.owner, cell.property, number);
    if (!was_long) return was_long.error();
    if (*was_long) store_.Erase(std::move(key));
  }
  return {};
}

void Commit::PublishCells(BlockTables& tables, Publication& publication) const {
  for (const CellGroup& group : groups_) {
    const Cell& head = cells_[group.first];
    const auto bytes_of = [](const Value& value) { return sizeof(Value) + BytesOf(value); };
    if (group.new_column) {
      Drop(tables.Columns(head.owner, head.property), head.block, publication);
      auto* rows = publication.Touch<RowMapBlock>(tables.RowMaps(head.owner), head.block);
      if (rows != nullptr) publication.Add(*rows, HasColumnKey(head.property), Value(true), sizeof(Value));
    } else if (group.in_column) {
      auto* column = publication.Touch<ColumnBlock>(tables.Columns(head.owner, head.property), head.block);
      for (std::size_t i = group.first; column != nullptr && i < group.end; ++i) {
        publication.Add(*column, cells_[i].slot, *cells_[i].value, bytes_of(*cells_[i].value));
      }
    } else {
      auto* rows = publication.Touch<RowMapBlock>(tables.RowMaps(head.owner), head.block);
      for (std::size_t i = group.first; rows != nullptr && i < group.end; ++i) {
        publication.Add(*rows, RowKey(cells_[i].slot, head.property), *cells_[i].value, bytes_of(*cells_[i].value));
      }
    }
  }
}

}  // namespace plenum::graph
