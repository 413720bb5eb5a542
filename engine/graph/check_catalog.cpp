// Checks names, definitions of indexes, how types are cut into segments, and the numbers: counters against what was
// counted, next numbers against what is in use.
#include <algorithm>

#include "engine/graph/catalog.h"
#include "engine/graph/check_parts.h"
#include "engine/graph/graph_statistics.h"
#include "engine/storage/byte_code.h"
#include "engine/value/utf8.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;
using storage::Space;

KeyKind KindOf(std::string_view key) { return static_cast<KeyKind>(key.front()); }
// The number of a label or type in the key of a counter or a next number.
std::uint16_t NumberIn(std::string_view key) {
  return static_cast<std::uint16_t>(storage::ReadBigEndian(key.substr(2, 2)));
}

}  // namespace

void CatalogCheck::Number(std::string_view key, std::string_view value) {
  if (value.size() != 8) return run_.Damaged("a counter");
  stored_.emplace(key, storage::ReadBigEndian(value));
  // A next number may be of a name that came to nothing with its transaction.
  if (KindOf(key) != KeyKind::kCounter || key.size() < 4) return;
  run_.CheckName(key[1] == 1 ? Space::kLabels : Space::kTypes, NumberIn(key));
}

// They are of an earlier commit, so there is nothing to compare them with.
void CatalogCheck::Statistic(std::string_view key, std::string_view value) {
  if (!GraphStatistics().Add(key, value)) run_.Damaged("the statistics of the graph");
}

void CatalogCheck::Name(std::string_view key, std::string_view value) {
  const auto space = static_cast<std::size_t>(key[1]);
  const std::uint16_t number = storage::NumberOfName(key);
  const std::string what = std::string(KindOfName(static_cast<Space>(key[1]))) + " " + std::to_string(number);
  const auto& names = run_.names[space];
  if (number > 0 && !names.contains(static_cast<std::uint16_t>(number - 1))) {
    run_.Problem("the names have a gap before " + what + std::string(kRestore));
  }
  if (number >= storage::kNamesEnd) run_.Problem(what + " is beyond the numbers of names" + std::string(kRestore));
  if (FindInvalidUtf8(value)) run_.Problem("the name of " + what + " is not UTF-8" + std::string(kRestore));
  const auto first = std::ranges::find(names, value, [](const auto& name) { return std::string_view(name.second); });
  if (first->first < number) {
    run_.Problem(what + " has the name '" + std::string(value) + "' of number " + std::to_string(first->first) +
                 std::string(kRestore));
  }
}

void CatalogCheck::Definition(std::string_view key, std::string_view value) {
  const auto index = storage::DecodeIndexDefinition(key, value);
  if (!index) return run_.Damaged("the definition of an index");
  if (index->dropped) return;  // or of a transaction that came to nothing, as may have its names
  run_.CheckName(Space::kLabels, index->label);
  run_.CheckName(Space::kKeys, index->property);
}

void CatalogCheck::SegmentBits(std::string_view key, std::string_view value) {
  const storage::TypeDirection of = storage::TypeDirectionOfKey(key);
  run_.CheckName(Space::kTypes, of.type);
  if (storage::DecodeSegmentCut(value)) return;
  run_.Damaged("how the relationships of type " + run_.TypeName(of.type) + " are cut into segments");
}

// ---- Numbers

std::uint64_t CatalogCheck::Stored(const std::string& key) const {
  const auto found = stored_.find(key);
  return found == stored_.end() ? 0 : found->second;
}

std::string CatalogCheck::CounterName(std::string_view key) const {
  switch (key[1]) {
    case 0:
      return "nodes";
    case 1:
      return "nodes labelled " + run_.LabelName(NumberIn(key));
    case 2:
      return "relationships of type " + run_.TypeName(NumberIn(key));
    case 3:
      return "self-loops of type " + run_.TypeName(NumberIn(key));
    default:
      return "parallel relationships of type " + run_.TypeName(NumberIn(key));
  }
}

void CatalogCheck::CompareCounter(const std::string& key, std::uint64_t stored) {
  const auto found = run_.counted.find(key);
  const std::uint64_t counted = found == run_.counted.end() ? 0 : found->second;
  if (stored == counted || run_.uncountable.contains(key)) return;
  run_.Problem("the counter of " + CounterName(key) + " says " + std::to_string(stored) + ", and there are " +
               std::to_string(counted) + std::string(kMakeAnew));
}

// An id at the beginning of an extent means that the label has no extent with room.
void CatalogCheck::CheckNextNode(std::uint16_t home, std::uint64_t next, std::uint64_t extents_end) {
  if (next % storage::kBlockSlots == 0) return;
  const std::string of = home == storage::kEveryNode ? "nodes without a label" : "label " + run_.LabelName(home);
  const std::uint64_t extent = next >> storage::kBlockBits;
  if (extent >= extents_end) {
    run_.Problem("the next node of " + of + " is " + std::to_string(next) + ", beyond the extents given out" +
                 std::string(kMakeAnew));
  }
  if (!open_extents_.insert(extent).second) {
    run_.Problem("the next node of " + of + " is " + std::to_string(next) + ", in an extent that another label fills" +
                 std::string(kMakeAnew));
  }
  for (std::uint64_t node = next; node >> storage::kBlockBits == extent; ++node) {
    if (!run_.HasNode(node) || run_.nodes.at(static_cast<std::uint16_t>(node >> storage::kRangeBits)) == nullptr)
      continue;
    run_.Problem("the next node of " + of + " is " + std::to_string(next) + ", and there is a node " +
                 std::to_string(node) + " already" + std::string(kMakeAnew));
    return;
  }
}

void CatalogCheck::CheckNextNumbers() {
  const std::uint64_t extents_end = Stored(storage::NextExtentKey());
  for (const auto& [range, set] : run_.nodes) {
    std::uint64_t last = 0;
    if (set) set->ForEach([&](std::uint16_t node) { last = std::uint64_t{range} << storage::kRangeBits | node; });
    if (!set || set->count() == 0 || storage::BlockOf(last) < extents_end) continue;
    run_.Problem("node " + std::to_string(last) + " is beyond the extents given out, of which there are " +
                 std::to_string(extents_end) + std::string(kMakeAnew));
  }
  for (const auto& [key, next] : stored_) {
    if (KindOf(key) == KeyKind::kNext && key[1] == 0) CheckNextNode(NumberIn(key), next, extents_end);
  }
  for (const auto& [type, blocks] : run_.relationship_blocks) {
    const std::uint64_t next = Stored(storage::NextRelationshipKey(type));
    for (auto block = blocks.lower_bound(storage::BlockOf(next)); block != blocks.end(); ++block) {
      const StoredBlocks::Slots slots = run_.ElementsOf({type}, *block);
      for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
        const std::uint64_t number = storage::NumberAt(*block, slot);
        if (!slots.with[slot] || number < next) continue;
        run_.Problem(run_.ElementName({type}, number) + " is beyond the numbers given out: the next is " +
                     std::to_string(next) + std::string(kMakeAnew));
        break;
      }
    }
  }
  for (const storage::IndexDefinition& index : run_.indexes) {
    if (index.index < Stored(storage::NextIndexKey())) continue;
    run_.Problem(run_.IndexName(index) + " has number " + std::to_string(index.index) +
                 ", beyond the numbers given out" + std::string(kMakeAnew));
  }
}

void CatalogCheck::End() {
  const bool committed = std::ranges::any_of(run_.names, [](const auto& names) { return !names.empty(); });
  if (committed && !stored_.contains(storage::CommitsKey())) run_.Damaged("the number of commits");
  for (const auto& [key, counted] : run_.counted) {
    if (!stored_.contains(key)) CompareCounter(key, 0);
  }
  for (const auto& [key, stored] : stored_) {
    if (KindOf(key) == KeyKind::kCounter) CompareCounter(key, stored);
  }
  CheckNextNumbers();
}

}  // namespace plenum::graph
