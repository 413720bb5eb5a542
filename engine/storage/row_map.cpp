// See row_map.h.
#include "engine/storage/row_map.h"

#include <cassert>
#include <cstring>
#include <map>
#include <set>
#include <vector>

#include "engine/storage/byte_code.h"

namespace plenum::storage {
namespace {

constexpr std::uint8_t kVersion = 1;
constexpr std::uint8_t kSet = 0x00;
constexpr std::uint8_t kHasColumn = 0x01;
constexpr std::uint64_t kSlots = 4096;
constexpr std::uint64_t kProperties = 65'536;

// The next of numbers that ascend strictly, below `end`; `next` is one more than the last.
std::uint64_t TakeAscending(ByteReader& reader, std::uint64_t& next, std::uint64_t end) {
  const std::uint64_t gap = reader.Varint();
  if (next >= end || gap >= end - next) {
    reader.Fail();
    return 0;
  }
  next += gap + 1;
  return next - 1;
}

struct Rows {
  std::vector<std::uint16_t> columns;
  std::vector<std::uint32_t> keys;
  std::vector<std::string_view> cells;
};

void ReadRow(ByteReader& reader, std::uint64_t slot, Rows& rows) {
  const std::uint64_t count = reader.Count();
  if (count == 0) return reader.Fail();
  std::uint64_t next_property = 0;
  for (std::uint64_t i = 0; i < count; ++i) {
    const std::uint64_t property = TakeAscending(reader, next_property, kProperties);
    const std::string_view cell = TakeCell(reader);
    if (!reader.ok() || IsNullCell(cell)) return reader.Fail();
    rows.keys.push_back(static_cast<std::uint32_t>(slot << 16 | property));
    rows.cells.push_back(cell);
  }
}

std::optional<Rows> ReadRows(std::string_view bytes) {
  ByteReader reader(bytes);
  if (reader.Byte() != kVersion) return std::nullopt;
  Rows rows;
  std::uint64_t next_column = 0;
  for (std::uint64_t count = reader.Count(); count > 0 && reader.ok(); --count) {
    rows.columns.push_back(static_cast<std::uint16_t>(TakeAscending(reader, next_column, kProperties)));
  }
  std::uint64_t next_slot = 0;
  while (!reader.AtEnd()) {
    const std::uint64_t slot = TakeAscending(reader, next_slot, kSlots);
    ReadRow(reader, slot, rows);
  }
  if (!reader.ok()) return std::nullopt;
  return rows;
}

// What operands make of a base.
struct Changes {
  std::set<std::uint16_t> columns;                  // new ones, whose rows of the base go
  std::map<std::uint32_t, std::string_view> cells;  // by slot << 16 | property
};

bool Gather(std::string_view operands, Changes& changes) {
  ByteReader reader(operands);
  while (!reader.AtEnd()) {
    const std::uint8_t version = reader.Byte();
    const std::uint8_t what = reader.Byte();
    if (version != kVersion || what > kHasColumn) return false;
    const std::uint64_t slot = what == kSet ? reader.Varint() : 0;
    const std::uint64_t property = reader.Varint();
    if (!reader.ok() || slot >= kSlots || property >= kProperties) return false;
    if (what == kSet) {
      const std::string_view cell = TakeCell(reader);
      if (!reader.ok()) return false;
      changes.cells.insert_or_assign(static_cast<std::uint32_t>(slot << 16 | property), cell);
    } else {
      changes.columns.insert(static_cast<std::uint16_t>(property));
      std::erase_if(changes.cells, [=](const auto& change) { return (change.first & 0xFFFF) == property; });
    }
  }
  return reader.ok();
}

void AppendMerged(const Rows& base, const Changes& changes, RowMapBuilder& builder) {
  const auto add = [&](std::uint32_t key, std::string_view cell) {
    builder.AddCell(key >> 16, static_cast<std::uint16_t>(key), cell);
  };
  auto change = changes.cells.begin();
  for (std::size_t i = 0; i < base.keys.size(); ++i) {
    for (; change != changes.cells.end() && change->first < base.keys[i]; ++change) add(change->first, change->second);
    if (change != changes.cells.end() && change->first == base.keys[i]) continue;  // it replaces this one
    if (!changes.columns.contains(static_cast<std::uint16_t>(base.keys[i]))) add(base.keys[i], base.cells[i]);
  }
  for (; change != changes.cells.end(); ++change) add(change->first, change->second);
}

}  // namespace

std::unique_ptr<const RowMap> RowMap::Decode(std::string_view bytes) {
  const std::optional<Rows> rows = ReadRows(bytes);
  if (!rows) return nullptr;
  std::size_t text_bytes = 0;
  for (const std::string_view cell : rows->cells) text_bytes += cell.size();

  std::unique_ptr<RowMap> map(new RowMap);
  map->size_ = rows->keys.size();
  map->column_count_ = rows->columns.size();
  const std::size_t words = 2 * map->size_ + 1 + (map->column_count_ + 1) / 2 + (text_bytes + 3) / 4;
  map->memory_ = std::make_unique_for_overwrite<std::uint32_t[]>(words);
  map->memory_bytes_ = words * sizeof(std::uint32_t);
  std::uint32_t* const keys = map->memory_.get();
  std::uint32_t* const starts = std::copy(rows->keys.begin(), rows->keys.end(), keys);
  auto* const columns = reinterpret_cast<std::uint16_t*>(starts + map->size_ + 1);
  std::copy(rows->columns.begin(), rows->columns.end(), columns);
  auto* const text = reinterpret_cast<char*>(starts + map->size_ + 1 + (map->column_count_ + 1) / 2);
  std::uint32_t start = 0;
  for (std::size_t i = 0; i < map->size_; ++i) {
    starts[i] = start;
    std::memcpy(text + start, rows->cells[i].data(), rows->cells[i].size());
    start += static_cast<std::uint32_t>(rows->cells[i].size());
  }
  starts[map->size_] = start;
  map->keys_ = keys;
  map->starts_ = starts;
  map->columns_ = columns;
  map->text_ = text;
  return map;
}

std::uint32_t RowMap::CountOf(std::uint16_t property) const {
  std::uint32_t count = 0;
  for (std::size_t i = 0; i < size_; ++i) count += static_cast<std::uint16_t>(keys_[i]) == property ? 1 : 0;
  return count;
}

bool RowMap::HasAny(std::uint32_t slot) const {
  const std::size_t i = LowerBound(KeyOf(slot, 0));
  return i < size_ && keys_[i] >> 16 == slot;
}

std::string_view RowMap::CellAt(std::uint32_t slot, std::uint16_t property) const {
  const std::uint32_t key = KeyOf(slot, property);
  const std::size_t i = LowerBound(key);
  return i < size_ && keys_[i] == key ? StretchAt(i) : std::string_view();
}

Value RowMap::ValueAt(std::uint32_t slot, std::uint16_t property) const {
  const std::string_view cell = CellAt(slot, property);
  return cell.empty() ? Value() : ValueOfCell(cell);
}

bool RowMap::IsLong(std::uint32_t slot, std::uint16_t property) const {
  const std::string_view cell = CellAt(slot, property);
  return !cell.empty() && IsLongCell(cell);
}

void RowMapBuilder::AddColumn(std::uint16_t property) {
  assert(property >= next_column_ && rows_.empty() && row_.empty());
  AppendVarint(columns_, property - next_column_);
  next_column_ = property + 1U;
  ++column_count_;
}

void RowMapBuilder::AddCell(std::uint32_t slot, std::uint16_t property, std::string_view cell) {
  assert(slot < kSlots);
  if (IsNullCell(cell)) return;
  if (slot != slot_) EndRow();
  slot_ = slot;
  assert(slot >= next_slot_ && property >= next_property_);
  AppendVarint(row_, property - next_property_);
  row_ += cell;
  next_property_ = property + 1U;
  ++row_count_;
}

void RowMapBuilder::AddValue(std::uint32_t slot, std::uint16_t property, const Value& value) {
  cell_.clear();
  AppendCell(cell_, value);
  AddCell(slot, property, cell_);
}

void RowMapBuilder::EndRow() {
  if (row_count_ == 0) return;
  AppendVarint(rows_, slot_ - next_slot_);
  AppendVarint(rows_, row_count_);
  rows_ += row_;
  next_slot_ = slot_ + 1;
  row_.clear();
  row_count_ = 0;
  next_property_ = 0;
}

std::string RowMapBuilder::Finish() {
  EndRow();
  std::string out(1, static_cast<char>(kVersion));
  AppendVarint(out, column_count_);
  out += columns_;
  out += rows_;
  columns_.clear();
  rows_.clear();
  column_count_ = next_column_ = slot_ = next_slot_ = 0;
  return out;
}

void AppendRowSet(std::string& out, std::uint32_t slot, std::uint16_t property, const Value& value) {
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(kSet));
  AppendVarint(out, slot);
  AppendVarint(out, property);
  AppendCell(out, value);
}

void AppendHasColumn(std::string& out, std::uint16_t property) {
  out.push_back(static_cast<char>(kVersion));
  out.push_back(static_cast<char>(kHasColumn));
  AppendVarint(out, property);
}

std::optional<std::string> FoldRowMap(std::optional<std::string_view> base,
                                      std::span<const std::string_view> operands) {
  Rows rows;
  if (base) {
    std::optional<Rows> read = ReadRows(*base);
    if (!read) return std::nullopt;
    rows = *std::move(read);
  }
  Changes changes;
  for (const std::string_view some : operands) {
    if (!Gather(some, changes)) return std::nullopt;
  }
  std::set<std::uint16_t> columns(rows.columns.begin(), rows.columns.end());
  columns.insert(changes.columns.begin(), changes.columns.end());
  RowMapBuilder builder;
  for (const std::uint16_t property : columns) builder.AddColumn(property);
  AppendMerged(rows, changes, builder);
  return builder.Finish();
}

}  // namespace plenum::storage
