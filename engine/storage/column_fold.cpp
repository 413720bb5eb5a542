// See column_fold.h.
#include "engine/storage/column_fold.h"

#include <memory>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/cell.h"
#include "engine/storage/column.h"
#include "engine/storage/column_builder.h"

namespace plenum::storage {
namespace {

constexpr std::uint8_t kOperandVersion = 1;

void CopySlot(const Column& column, std::uint32_t slot, ColumnBuilder& builder) {
  if (column.IsLong(slot)) return builder.AddLongString(slot);
  switch (column.kind()) {
    case ColumnKind::kIntegers:
      return builder.AddInteger(slot, column.NumberAt(slot));
    case ColumnKind::kDates:
      return builder.AddDate(slot, Date{column.NumberAt(slot)});
    case ColumnKind::kFloats:
      return builder.AddFloat(slot, column.FloatAt(slot));
    case ColumnKind::kBooleans:
      return builder.AddBoolean(slot, column.BooleanAt(slot));
    case ColumnKind::kDictionary:
    case ColumnKind::kStrings:
      return builder.AddText(slot, column.TextAt(slot));
    case ColumnKind::kIntervals:
      return builder.AddInterval(slot, column.IntervalAt(slot));
    case ColumnKind::kMixed:
      return builder.AddCell(slot, column.CellAt(slot));
  }
}

// The last cell that each slot was given, empty for none. False: the bytes are damaged.
bool GatherCells(std::string_view operands, std::vector<std::string_view>& cells) {
  ByteReader reader(operands);
  while (!reader.AtEnd()) {
    const std::uint8_t version = reader.Byte();
    const std::uint64_t slot = reader.Varint();
    const std::string_view cell = TakeCell(reader);
    if (!reader.ok() || version != kOperandVersion || slot >= kBlockSlots) return false;
    cells[slot] = cell;
  }
  return reader.ok();
}

}  // namespace

void AppendColumnSet(std::string& out, std::uint32_t slot, const Value& value) {
  out.push_back(static_cast<char>(kOperandVersion));
  AppendVarint(out, slot);
  AppendCell(out, value);
}

std::optional<std::string> FoldColumn(std::optional<std::string_view> base,
                                      std::span<const std::string_view> operands) {
  std::unique_ptr<const Column> column;
  if (base) {
    column = Column::Decode(*base);
    if (column == nullptr) return std::nullopt;
  }
  std::vector<std::string_view> cells(kBlockSlots);
  for (const std::string_view some : operands) {
    if (!GatherCells(some, cells)) return std::nullopt;
  }
  ColumnBuilder builder;
  for (std::uint32_t slot = 0; slot < kBlockSlots; ++slot) {
    if (!cells[slot].empty()) {
      builder.AddCell(slot, cells[slot]);
    } else if (column != nullptr && column->Has(slot)) {
      CopySlot(*column, slot, builder);
    }
  }
  return builder.Finish();
}

}  // namespace plenum::storage
