// See stored_blocks.h.
#include "engine/graph/stored_blocks.h"

#include <utility>

namespace plenum::graph {
namespace {

using storage::BlockOf;
using storage::Owner;
using storage::SlotOf;

constexpr std::size_t kKeptBytesMax = std::size_t{16} << 20;

SlotSet SlotsOf(const std::uint64_t* words) {
  SlotSet slots;
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot)
    slots[slot] = (words[slot / 64] >> slot % 64 & 1) != 0;
  return slots;
}

}  // namespace

SlotSet PresentSlots(const storage::Column& column) { return SlotsOf(column.present()); }
SlotSet LongSlots(const storage::Column& column) { return SlotsOf(column.longs()); }

// What is kept goes all at once: who reads in the order of keys comes back to the last few alone.
template <class Content>
const StoredBlocks::Loaded<Content>& StoredBlocks::Load(Kept<Content>& kept, std::string key) {
  const auto found = kept.find(key);
  if (found != kept.end()) return found->second;
  if (bytes_ > kKeptBytesMax) {
    columns_.clear();
    row_maps_.clear();
    bytes_ = 0;
  }
  std::string bytes;
  const Result<bool> there = snapshot_.Get(key, bytes);
  Loaded<Content> loaded;
  if (there && *there) loaded.content = Content::Decode(bytes);
  loaded.damaged = !there || (*there && loaded.content == nullptr);
  bytes_ += key.size() + sizeof(Loaded<Content>) + (loaded.content ? loaded.content->bytes() : 0);
  return kept.emplace(std::move(key), std::move(loaded)).first->second;
}

const StoredBlocks::Loaded<storage::Column>& StoredBlocks::Column(Owner owner, std::uint16_t property,
                                                                  std::uint32_t block) {
  return Load(columns_, storage::ColumnKey(owner, property, block));
}

const StoredBlocks::Loaded<storage::RowMap>& StoredBlocks::RowMap(Owner owner, std::uint32_t block) {
  return Load(row_maps_, storage::RowMapKey(owner, block));
}

StoredBlocks::Slots StoredBlocks::SlotsWith(Owner owner, std::uint16_t property, std::uint32_t block) {
  Slots slots;
  const Loaded<storage::Column> column = Column(owner, property, block);
  if (column.content) slots.with = PresentSlots(*column.content);
  const Loaded<storage::RowMap> rows = RowMap(owner, block);
  if (rows.content) {
    rows.content->ForEachOfProperty(property, [&](std::uint32_t slot, std::string_view) { slots.with.set(slot); });
  }
  slots.damaged = column.damaged || rows.damaged;
  return slots;
}

bool StoredBlocks::Has(Owner owner, std::uint16_t property, std::uint64_t number) {
  const Loaded<storage::Column> column = Column(owner, property, BlockOf(number));
  if (column.content && column.content->Has(SlotOf(number))) return true;
  const Loaded<storage::RowMap> rows = RowMap(owner, BlockOf(number));
  return rows.content && !rows.content->CellAt(SlotOf(number), property).empty();
}

bool StoredBlocks::IsLong(Owner owner, std::uint16_t property, std::uint64_t number) {
  const Loaded<storage::Column> column = Column(owner, property, BlockOf(number));
  if (column.content && column.content->IsLong(SlotOf(number))) return true;
  const Loaded<storage::RowMap> rows = RowMap(owner, BlockOf(number));
  return rows.content && rows.content->IsLong(SlotOf(number), property);
}

Value StoredBlocks::LongText(Owner owner, std::uint16_t property, std::uint64_t number) {
  std::string text;
  const Result<bool> there = snapshot_.Get(storage::LongTextKey(owner, property, number), text);
  return there && *there ? Value(std::move(text)) : Value();
}

Value StoredBlocks::ValueOf(Owner owner, std::uint16_t property, std::uint64_t number) {
  if (IsLong(owner, property, number)) return LongText(owner, property, number);
  const Loaded<storage::Column> column = Column(owner, property, BlockOf(number));
  if (column.content && column.content->Has(SlotOf(number))) return column.content->ValueAt(SlotOf(number));
  const Loaded<storage::RowMap> rows = RowMap(owner, BlockOf(number));
  return rows.content ? rows.content->ValueAt(SlotOf(number), property) : Value();
}

void StoredBlocks::ForEachValue(Owner owner, std::uint16_t property, std::uint32_t block, const VisitValue& visit) {
  const std::uint64_t first = storage::NumberAt(block, 0);
  const Loaded<storage::Column> column = Column(owner, property, block);
  for (std::uint32_t slot = 0; column.content && slot < storage::kBlockSlots; ++slot) {
    if (!column.content->Has(slot)) continue;
    visit(slot, column.content->IsLong(slot) ? LongText(owner, property, first + slot) : column.content->ValueAt(slot));
  }
  const Loaded<storage::RowMap> rows = RowMap(owner, block);
  if (!rows.content) return;
  rows.content->ForEachOfProperty(property, [&](std::uint32_t slot, std::string_view cell) {
    visit(slot, storage::IsLongCell(cell) ? LongText(owner, property, first + slot) : storage::ValueOfCell(cell));
  });
}

}  // namespace plenum::graph
