// Checks labels, columns, row maps and long strings: each value decodes, belongs to an element that there is, and
// stands in one place.
#include <cstring>

#include "engine/graph/check_parts.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/cell.h"

namespace plenum::graph {
namespace {

using storage::NumberAt;
using storage::Owner;
using storage::Space;

}  // namespace

void ValueCheck::Labels(std::string_view key, std::string_view value) {
  const auto label = static_cast<std::uint16_t>(storage::ReadBigEndian(key.substr(1, 2)));
  const std::uint16_t range = storage::RangeOfLabelSetKey(key);
  const auto set = storage::LabelSet::Decode(value);
  const std::string counter = storage::LabelCountKey(label);
  if (set == nullptr) {
    run_.uncountable.insert(counter);
    return run_.Damaged(label == storage::kEveryNode ? "the set of all nodes"
                                                     : "the set of nodes labelled " + run_.LabelName(label));
  }
  if (label == storage::kEveryNode) return;
  run_.CheckName(Space::kLabels, label);
  run_.Count(counter) += set->count();
  set->ForEach([&](std::uint16_t local) {
    const std::uint64_t node = std::uint64_t{range} << storage::kRangeBits | local;
    if (run_.HasNode(node)) return;
    run_.Problem("node " + std::to_string(node) + " is labelled " + run_.LabelName(label) +
                 ", and there is no such node" + std::string(kMakeAnew));
  });
}

// ---- Columns and row maps

void ValueCheck::CheckProperty(Owner owner, std::uint16_t property) {
  const bool is_end = property == storage::kStartProperty || property == storage::kEndProperty;
  if (property == storage::kValidityProperty || (is_end && owner.type)) return;
  run_.CheckName(Space::kKeys, property);
}

// Only relationships can be in a block of which nothing was seen yet.
void ValueCheck::NoteBlock(Owner owner, std::uint32_t block) {
  run_.CheckOwner(owner);
  if (owner.type) run_.relationship_blocks[*owner.type].insert(block);
}

// `what`: of the element that is not there.
void ValueCheck::CheckOwners(Owner owner, std::uint32_t block, const SlotSet& with, const std::string& what) {
  const StoredBlocks::Slots elements = run_.ElementsOf(owner, block);
  const SlotSet without = with & ~elements.with;
  if (elements.damaged || without.none()) return;
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
    if (!without[slot]) continue;
    run_.Problem(run_.ElementName(owner, NumberAt(block, slot)) + " has a value of " + what +
                 ", and there is no such " + (owner.type ? "relationship" : "node") + std::string(kMakeAnew));
  }
}

void ValueCheck::CheckLongText(Owner owner, std::uint16_t property, std::uint64_t number) {
  std::string text;
  const Result<bool> found = run_.snapshot->Get(storage::LongTextKey(owner, property, number), text);
  if (!found) return run_.Unreadable(Status(found.error()));
  if (*found && storage::IsLongString(std::string_view(text))) return;
  run_.Problem(run_.ElementName(owner, number) + ": the text of its " + run_.PropertyName(property) + " is " +
               (*found ? "too short to be kept apart" : "missing") + std::string(kRestore));
}

void ValueCheck::Column(std::string_view key, std::string_view value) {
  const storage::ColumnName name = storage::NameOfColumn(key);
  NoteBlock(name.owner, name.block);
  CheckProperty(name.owner, name.property);
  const std::string what = "the column of " + run_.PropertyName(name.property);
  const auto column = storage::Column::Decode(value);
  if (column == nullptr) return run_.Damaged(what + " of " + run_.BlockName(name.owner, name.block));
  if (name.property < storage::kNamesEnd) run_.report.properties += column->count();
  CheckOwners(name.owner, name.block, PresentSlots(*column), run_.PropertyName(name.property));
  const SlotSet longs = LongSlots(*column);
  for (std::uint32_t slot = 0; longs.any() && slot < storage::kBlockSlots; ++slot) {
    if (longs[slot]) CheckLongText(name.owner, name.property, NumberAt(name.block, slot));
  }
  if (name.property == storage::kValidityProperty) {
    for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
      if (!column->Has(slot) || column->ValueAt(slot).kind() == Value::Kind::kInterval) continue;
      run_.Problem(run_.ElementName(name.owner, NumberAt(name.block, slot)) + ": its validity is no interval" +
                   std::string(kRestore));
    }
  }
  const auto rows = run_.blocks.RowMap(name.owner, name.block);
  if (rows.damaged || (rows.content && rows.content->HasColumn(name.property))) return;
  run_.Problem(what + " of " + run_.BlockName(name.owner, name.block) + " is not in the block's list of columns" +
               std::string(kRestore));
}

void ValueCheck::RowMap(std::string_view key, std::string_view value) {
  const Owner owner = storage::OwnerOfKey(key);
  const std::uint32_t block = storage::LastU32(key);
  NoteBlock(owner, block);
  const auto rows = storage::RowMap::Decode(value);
  if (rows == nullptr) return run_.Damaged("the row map of " + run_.BlockName(owner, block));
  for (const std::uint16_t property : rows->columns()) {
    CheckProperty(owner, property);
    const auto column = run_.blocks.Column(owner, property, block);
    if (column.content || column.damaged) continue;
    run_.Problem("the column of " + run_.PropertyName(property) + " of " + run_.BlockName(owner, block) +
                 " is in the block's list of columns and missing" + std::string(kRestore));
  }
  CheckRows(owner, block, *rows);
}

void ValueCheck::CheckRows(Owner owner, std::uint32_t block, const storage::RowMap& rows) {
  std::map<std::uint16_t, SlotSet> with;
  rows.ForEach([&](std::uint32_t slot, std::uint16_t property, std::string_view cell) {
    with[property].set(slot);
    if (storage::IsLongCell(cell)) CheckLongText(owner, property, NumberAt(block, slot));
    if (property == storage::kValidityProperty && !storage::IntervalOfCell(cell)) {
      run_.Problem(run_.ElementName(owner, NumberAt(block, slot)) + ": its validity is no interval" +
                   std::string(kRestore));
    }
  });
  for (const auto& [property, slots] : with) {
    CheckProperty(owner, property);
    CheckOwners(owner, block, slots, run_.PropertyName(property));
    if (property < storage::kNamesEnd) run_.report.properties += slots.count();
    const std::string where = run_.PropertyName(property) + " of " + run_.BlockName(owner, block);
    if (rows.HasColumn(property)) {
      run_.Problem(where + " has values in its column and in the row map" + std::string(kMakeAnew));
    } else if (slots.count() >= storage::kColumnValuesMin) {
      run_.Problem(where + " has " + std::to_string(slots.count()) + " values and no column" + std::string(kMakeAnew));
    }
  }
}

void ValueCheck::LongText(std::string_view key, std::string_view) {
  const Owner owner = storage::OwnerOfKey(key);
  const std::string_view rest = key.substr(owner.type ? 4 : 2);
  const auto property = static_cast<std::uint16_t>(storage::ReadBigEndian(rest.substr(0, 2)));
  const std::uint64_t number = storage::ReadBigEndian(rest.substr(2));
  const std::uint32_t block = storage::BlockOf(number);
  if (run_.blocks.IsLong(owner, property, number)) return;
  if (run_.blocks.Column(owner, property, block).damaged || run_.blocks.RowMap(owner, block).damaged) return;
  run_.Problem(run_.ElementName(owner, number) + ": there is a long text for its " + run_.PropertyName(property) +
               ", which does not refer to it" + std::string(kMakeAnew));
}

}  // namespace plenum::graph
