// See check_run.h.
#include "engine/graph/check_run.h"

#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment.h"
#include "engine/value/utf8.h"

namespace plenum::graph {

using storage::KeyKind;
using storage::Owner;
using storage::Space;

std::string_view KindOfName(Space space) {
  static constexpr std::string_view kKinds[] = {"label", "relationship type", "property key"};
  return kKinds[static_cast<std::size_t>(space)];
}

CheckRun::CheckRun(storage::Store& checked, const CheckOptions& given)
    : store(checked), snapshot(checked.TakeSnapshot()), options(given), blocks(*snapshot) {}

void CheckRun::Problem(std::string text) {
  if (report.problem_count++ < options.problems_max) report.problems.push_back(std::move(text));
}

Status CheckRun::CheckCancelled() const {
  if (options.cancel == nullptr || !options.cancel->load(std::memory_order_relaxed)) return {};
  return storage::RuntimeError(ErrorType::kCancelled, "the check was cancelled");
}

void CheckRun::Unreadable(const Status& status) {
  if (!status.ok() && unreadable_.insert(status.error().message).second) Problem(status.error().message);
}

Status CheckRun::ForEachKey(std::string_view prefix, const VisitKey& visit) {
  const std::unique_ptr<storage::Cursor> cursor = snapshot->NewCursor();
  for (cursor->Seek(prefix); cursor->Valid() && cursor->key().starts_with(prefix); cursor->Next()) {
    if (Status status = visit(cursor->key(), cursor->value()); !status.ok()) return status;
  }
  Unreadable(cursor->status());
  return {};
}

Status CheckRun::CompareEntries(storage::ExternalSorter& entries, std::string_view prefix,
                                const EntryComparison& comparison) {
  const std::unique_ptr<storage::Cursor> cursor = snapshot->NewCursor();
  std::optional<std::string> stored;  // at the cursor
  const auto take = [&] {
    stored.reset();
    if (cursor->Valid() && cursor->key().starts_with(prefix)) {
      stored = comparison.stored_of(cursor->key(), cursor->value());
    }
  };
  const auto skip = [&] {
    cursor->Next();
    take();
  };
  cursor->Seek(prefix);
  take();
  Status status = entries.Read([&](std::string_view entry) -> Status {
    const std::string_view key = comparison.key_of(entry);
    for (; stored && *stored < key; skip()) comparison.superfluous(*stored);
    const bool wanted = comparison.visit(entry);
    if (stored && *stored == key) {
      skip();
    } else if (wanted && cursor->status().ok()) {
      comparison.missing(entry);
    }
    return {};
  });
  for (; status.ok() && stored; skip()) comparison.superfluous(*stored);
  Unreadable(cursor->status());
  return status;
}

// ---- The catalog

void CheckRun::ReadNames() {
  (void)ForEachKey(storage::KindPrefix(KeyKind::kName), [this](std::string_view key, std::string_view value) -> Status {
    if (IsWellFormedKey(key)) names[static_cast<std::size_t>(key[1])][storage::NumberOfName(key)] = value;
    return {};
  });
}

void CheckRun::ReadIndexes() {
  const std::string indexes_prefix = storage::KindPrefix(KeyKind::kIndexDefinition);
  (void)ForEachKey(indexes_prefix, [this](std::string_view key, std::string_view value) -> Status {
    if (const auto index = storage::DecodeIndexDefinition(key, value)) indexes.push_back(*index);
    return {};
  });
  const std::string bits_prefix = storage::KindPrefix(KeyKind::kSegmentBits);
  (void)ForEachKey(bits_prefix, [this](std::string_view key, std::string_view value) -> Status {
    const auto cut = storage::DecodeSegmentCut(value);
    if (!IsWellFormedKey(key) || !cut) return {};
    const storage::TypeDirection of = storage::TypeDirectionOfKey(key);
    cuts[{of.type, of.direction}] = *cut;
    return {};
  });
}

void CheckRun::ReadNodes() {
  const std::string prefix = storage::LabelSetPrefix(storage::kEveryNode);
  (void)ForEachKey(prefix, [this](std::string_view key, std::string_view value) -> Status {
    if (!IsWellFormedKey(key)) return {};
    auto& set = nodes[storage::RangeOfLabelSetKey(key)] = storage::LabelSet::Decode(value);
    if (set) report.nodes += set->count();
    if (!set) uncountable.insert(storage::NodeCountKey());
    return {};
  });
}

void CheckRun::ReadCatalog() {
  ReadNames();
  ReadIndexes();
  ReadNodes();
  Count(storage::NodeCountKey()) = report.nodes;
}

// ---- Names

std::string CheckRun::NameOf(Space space, std::uint16_t number) const {
  const auto& all = names[static_cast<std::size_t>(space)];
  const auto found = all.find(number);
  return found != all.end() ? found->second : "number " + std::to_string(number);
}

std::string CheckRun::PropertyName(std::uint16_t property) const {
  if (property == storage::kValidityProperty) return "validity";
  if (property == storage::kStartProperty) return "start";
  if (property == storage::kEndProperty) return "end";
  return "property '" + NameOf(Space::kKeys, property) + "'";
}

std::string CheckRun::ElementName(Owner owner, std::uint64_t number) const {
  if (!owner.type) return "node " + std::to_string(number);
  return "relationship " + TypeName(*owner.type) + " " + std::to_string(number);
}

std::string CheckRun::BlockName(Owner owner, std::uint32_t block) const {
  const std::uint64_t first = storage::NumberAt(block, 0);
  const std::string range = std::to_string(first) + " to " + std::to_string(first + storage::kBlockSlots - 1);
  return owner.type ? "relationships " + TypeName(*owner.type) + " " + range : "nodes " + range;
}

std::string CheckRun::IndexName(const storage::IndexDefinition& index) const {
  return std::string("the ") + (index.unique ? "unique" : "range") + " index on :" + LabelName(index.label) + "(" +
         NameOf(Space::kKeys, index.property) + ")";
}

void CheckRun::CheckName(Space space, std::uint16_t number) {
  const auto& all = names[static_cast<std::size_t>(space)];
  if (all.contains(number) || !unnamed_.emplace(space, number).second) return;
  Problem(std::string(KindOfName(space)) + " " + std::to_string(number) + " is in use and has no name in the catalog" +
          std::string(kRestore));
}

// ---- Elements

bool CheckRun::HasNode(std::uint64_t node) const {
  const auto range = nodes.find(static_cast<std::uint16_t>(node >> storage::kRangeBits));
  if (node > UINT32_MAX || range == nodes.end()) return false;
  return range->second == nullptr || range->second->Has(static_cast<std::uint16_t>(node));
}

StoredBlocks::Slots CheckRun::ElementsOf(Owner owner, std::uint32_t block) {
  if (owner.type) return blocks.SlotsWith(owner, storage::kStartProperty, block);
  StoredBlocks::Slots slots;
  const std::uint32_t number = block >> (storage::kRangeBits - storage::kBlockBits);
  const auto range = nodes.find(static_cast<std::uint16_t>(number));
  if (number > UINT16_MAX || range == nodes.end()) return slots;
  slots.damaged = range->second == nullptr;
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots && !slots.damaged; ++slot) {
    slots.with[slot] = range->second->Has(static_cast<std::uint16_t>(storage::NumberAt(block, slot)));
  }
  return slots;
}

bool CheckRun::HasElement(Owner owner, std::uint64_t number) {
  return owner.type ? blocks.Has(owner, storage::kStartProperty, number) : HasNode(number);
}

}  // namespace plenum::graph
