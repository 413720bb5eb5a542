// Checks indexes against the data: what each must hold is gathered from labels and values, sorted, and compared.
#include <algorithm>

#include "engine/graph/check_parts.h"
#include "engine/graph/indexes.h"
#include "engine/storage/byte_code.h"

namespace plenum::graph {
namespace {

constexpr std::size_t kNodeBytes = 4;

// An entry is the value's ordered bytes and the node: no value's bytes begin another's, so they sort by value.
std::string_view ValueOf(std::string_view entry) { return entry.substr(0, entry.size() - kNodeBytes); }
std::uint32_t NodeOf(std::string_view entry) { return storage::LastU32(entry); }
std::string NodeName(std::string_view entry) { return "node " + std::to_string(NodeOf(entry)); }

}  // namespace

// Of an index that was dropped, what is left is nobody's.
void IndexCheck::Entry(std::string_view key, std::string_view value) {
  const auto number = static_cast<std::uint32_t>(storage::ReadBigEndian(key.substr(1, 4)));
  const auto index = std::ranges::find(run_.indexes, number, &storage::IndexDefinition::index);
  if (index == run_.indexes.end()) {
    if (!undefined_.insert(number).second) return;
    return run_.Problem("index " + std::to_string(number) + " has entries and no definition" + std::string(kMakeAnew));
  }
  if (index->dropped) return;
  ++run_.report.index_entries;
  if (value.size() == (index->unique ? kNodeBytes : 0)) return;
  run_.Damaged("an entry of " + run_.IndexName(*index));
}

Status IndexCheck::GatherBlock(const storage::IndexDefinition& index, std::uint32_t block,
                               const std::uint64_t* labelled, storage::ExternalSorter& entries) {
  std::string entry;
  Status status;
  run_.blocks.ForEachValue({}, index.property, block, [&](std::uint32_t slot, const Value& value) {
    if (!status.ok() || (labelled[slot / 64] >> slot % 64 & 1) == 0 || !IsIndexed(value, index.unique)) return;
    entry.clear();
    storage::AppendOrdered(entry, value);
    storage::AppendBigEndian(entry, storage::NumberAt(block, slot), kNodeBytes);
    status = entries.Add(entry);
  });
  return status;
}

Status IndexCheck::Gather(const storage::IndexDefinition& index, storage::ExternalSorter& entries) {
  const std::string prefix = storage::LabelSetPrefix(index.label);
  return run_.ForEachKey(prefix, [&](std::string_view key, std::string_view value) -> Status {
    const auto set = IsWellFormedKey(key) ? storage::LabelSet::Decode(value) : nullptr;
    if (!IsWellFormedKey(key)) return {};
    const std::uint32_t range = storage::RangeOfLabelSetKey(key);
    if (set == nullptr) damaged_ranges_.insert(range);
    if (set == nullptr) return {};
    for (std::uint32_t i = 0; i < storage::kBlocksOfRange; ++i) {
      if (set->CountInBlock(i) == 0) continue;
      std::uint64_t labelled[storage::kBlockWords];
      set->CopyBlock(i, labelled);
      Status status = GatherBlock(index, range * storage::kBlocksOfRange + i, labelled, entries);
      if (status.ok()) status = run_.CheckCancelled();
      if (!status.ok()) return status;
    }
    return {};
  });
}

// Whether what is damaged may be why the node seems not to have the value.
bool IndexCheck::IsDoubtful(const storage::IndexDefinition& index, std::uint32_t node) {
  if (damaged_ranges_.contains(node >> storage::kRangeBits)) return true;
  return run_.blocks.SlotsWith({}, index.property, storage::BlockOf(node)).damaged;
}

Status IndexCheck::Compare(const storage::IndexDefinition& index) {
  storage::ExternalSorter entries(run_.options.directory, run_.options.memory_bytes_max / 2);
  damaged_ranges_.clear();
  if (Status status = Gather(index, entries); !status.ok()) return status;
  const std::string prefix = storage::IndexPrefix(index.index);
  std::string previous;  // entry
  CheckRun::EntryComparison comparison;
  comparison.stored_of = [&](std::string_view key, std::string_view value) {
    std::string stored(key.substr(prefix.size()));
    return index.unique ? stored.append(value) : stored;
  };
  comparison.key_of = [](std::string_view entry) { return entry; };
  // Of several nodes with one value a unique index can only hold one.
  comparison.visit = [&](std::string_view entry) {
    const bool repeated = index.unique && !previous.empty() && ValueOf(previous) == ValueOf(entry);
    if (repeated) {
      run_.Problem(NodeName(previous) + " and " + NodeName(entry) + " have the same value in " + run_.IndexName(index) +
                   "; change or remove the value of one");
    }
    previous = entry;
    return !repeated;
  };
  comparison.missing = [&](std::string_view entry) {
    run_.Problem(NodeName(entry) + " is missing from " + run_.IndexName(index) + std::string(kMakeAnew));
  };
  comparison.superfluous = [&](std::string_view stored) {
    if (stored.size() > kNodeBytes && IsDoubtful(index, NodeOf(stored))) return;
    const std::string node = stored.size() > kNodeBytes ? NodeName(stored) : "a node";
    run_.Problem(run_.IndexName(index) + " has an entry of " + node + " for a value that it does not have" +
                 std::string(kMakeAnew));
  };
  return run_.CompareEntries(entries, prefix, comparison);
}

Status IndexCheck::End() {
  for (const storage::IndexDefinition& index : run_.indexes) {
    if (index.dropped) continue;
    if (Status status = Compare(index); !status.ok()) return status;
  }
  return {};
}

}  // namespace plenum::graph
