// Takes the statistics of a graph from one snapshot: one pass over label sets, one over lists, one over values. Blocks
// are decoded here and let go, so that the cache that readers share stays theirs.
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/graph_statistics.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/cell.h"
#include "engine/storage/column.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment.h"

namespace plenum::graph {
namespace {

using storage::DistinctCount;
using storage::KeyKind;
using storage::Owner;

constexpr std::uint8_t kOutgoing = 0;

Error Damaged() {
  return storage::RuntimeError(ErrorType::kCorruption, "some stored bytes are damaged; `plenum check` says which");
}

class StatisticsScan {
 public:
  StatisticsScan(const storage::Snapshot& snapshot, const std::atomic<bool>& stop) : snapshot_(snapshot), stop_(stop) {}

  Status Run() {
    Status status = ReadLabels();
    if (status.ok()) status = ForEachKey(KeyKind::kSegmentBits, &StatisticsScan::ReadSegmentBits);
    if (status.ok()) status = ForEachKey(KeyKind::kSegment, &StatisticsScan::ReadSegment);
    if (status.ok()) status = ForEachKey(KeyKind::kChunk, &StatisticsScan::ReadChunk);
    EndHub();
    for (auto& [type, pairs] : pairs_) known_.types[type].between = pairs.ByLabels(sets_);
    if (status.ok()) status = ForEachKey(KeyKind::kColumn, &StatisticsScan::ReadColumn);
    if (status.ok()) status = ForEachKey(KeyKind::kRowMap, &StatisticsScan::ReadRowMap);
    return status;
  }
  GraphStatistics Take() { return std::move(known_); }

 private:
  using ReadKey = Status (StatisticsScan::*)(std::string_view key, std::string_view value);
  Status ForEachKey(KeyKind kind, ReadKey read);

  Status ReadLabels();
  Status NoteLabel(std::string_view key, std::string_view value);
  Status ReadRange(std::uint16_t range, const std::vector<std::uint16_t>& labels);
  LabelSetId With(LabelSetId set, LabelId label);

  Status ReadSegmentBits(std::string_view key, std::string_view value);
  Status ReadSegment(std::string_view key, std::string_view value);
  Status ReadChunk(std::string_view key, std::string_view value);
  void EndHub();
  bool CountPairs(std::uint16_t type, NodeId start, const storage::ListView& list);

  Status ReadColumn(std::string_view key, std::string_view value);
  Status ReadRowMap(std::string_view key, std::string_view value);
  void Count(Owner owner, std::uint16_t property, std::uint64_t number, std::uint64_t hash);
  std::uint64_t HashOf(const storage::Column& column, std::uint32_t slot);
  Result<std::uint64_t> HashOfLong(Owner owner, std::uint16_t property, std::uint64_t number) const;

  const storage::Snapshot& snapshot_;
  const std::atomic<bool>& stop_;
  GraphStatistics known_;
  std::map<std::uint16_t, std::vector<std::uint16_t>> labels_of_range_;  // ascending
  LabelSets sets_;
  NodeLabelSets node_sets_;
  std::map<std::pair<LabelSetId, LabelId>, LabelSetId> with_;
  std::map<std::pair<std::uint16_t, std::uint8_t>, std::uint8_t> bits_;  // of segments, by type and direction
  std::map<std::uint16_t, LabelSetPairs> pairs_;                         // by type
  // The node whose chunks come.
  struct Hub {
    std::uint16_t type = 0;
    std::uint8_t direction = 0;
    NodeId node;
    bool operator==(const Hub&) const = default;
  };
  std::optional<Hub> hub_;
  std::uint64_t hub_degree_ = 0;
  std::string cell_;
};

Status StatisticsScan::ForEachKey(KeyKind kind, ReadKey read) {
  const storage::KeyRange range = storage::PrefixRange(storage::KindPrefix(kind));
  Status visited;
  Status scanned = snapshot_.ScanMany({&range, 1}, [&](std::size_t, std::string_view key, std::string_view value) {
    visited = stop_.load(std::memory_order_relaxed)
                  ? storage::RuntimeError(ErrorType::kCancelled, "the statistics were cancelled")
                  : (this->*read)(key, value);
    return visited.ok();
  });
  return visited.ok() ? std::move(scanned) : std::move(visited);
}

// ---- Labels

// Keys come label by label, and are wanted range by range.
Status StatisticsScan::ReadLabels() {
  if (Status status = ForEachKey(KeyKind::kLabelSet, &StatisticsScan::NoteLabel); !status.ok()) return status;
  sets_.Intern({});
  for (const auto& [range, labels] : labels_of_range_) {
    if (Status status = ReadRange(range, labels); !status.ok()) return status;
  }
  return {};
}

Status StatisticsScan::NoteLabel(std::string_view key, std::string_view) {
  const auto label = static_cast<std::uint16_t>(storage::ReadBigEndian(key.substr(1, 2)));
  labels_of_range_[storage::RangeOfLabelSetKey(key)].push_back(label);
  return {};
}

Status StatisticsScan::ReadRange(std::uint16_t range, const std::vector<std::uint16_t>& labels) {
  std::vector<LabelSetId> sets(storage::kLabelRange);
  std::string bytes;
  for (const std::uint16_t label : labels) {
    const Result<bool> found = snapshot_.Get(storage::LabelSetKey(label, range), bytes);
    if (!found) return found.error();
    const auto nodes = storage::LabelSet::Decode(bytes);
    if (nodes == nullptr) return Damaged();
    if (label == storage::kEveryNode) {
      known_.elements += nodes->count();
    } else {
      nodes->ForEach([&](std::uint16_t node) { sets[node] = With(sets[node], LabelId{label}); });
    }
  }
  for (std::uint32_t block = 0; block < storage::kBlocksOfRange; ++block) {
    const auto first = sets.begin() + (block << storage::kBlockBits);
    node_sets_.SetBlock(range * storage::kBlocksOfRange + block, {first, first + storage::kBlockSlots});
  }
  return {};
}

LabelSetId StatisticsScan::With(LabelSetId set, LabelId label) {
  const auto [place, added] = with_.try_emplace({set, label});
  if (added) {
    std::vector<LabelId> labels = sets_.LabelsOf(set);
    labels.push_back(label);
    place->second = sets_.Intern(labels);
  }
  return place->second;
}

// ---- Lists

Status StatisticsScan::ReadSegmentBits(std::string_view key, std::string_view value) {
  const storage::TypeDirection of = storage::TypeDirectionOfKey(key);
  const auto cut = storage::DecodeSegmentCut(value);
  if (!cut) return Damaged();
  bits_[{of.type, of.direction}] = cut->bits;
  return {};
}

Status StatisticsScan::ReadSegment(std::string_view key, std::string_view value) {
  const storage::SegmentName name = storage::NameOfSegment(key);
  const auto bits = bits_.find({name.type, name.direction});
  if (bits == bits_.end() || bits->second != name.bits) return {};  // of a cut that nobody reads
  const auto segment = storage::Segment::Decode(value);
  if (segment == nullptr) return Damaged();
  const std::uint32_t first = name.number << segment->log2_nodes();
  storage::Degrees& degrees = known_.types[name.type].degrees[name.direction];
  bool known_nodes = true;
  segment->ForEachList([&](std::uint32_t local, const storage::ListView& list) {
    degrees.Add(list.size);
    if (name.direction == kOutgoing) known_nodes = known_nodes && CountPairs(name.type, {first + local}, list);
  });
  return known_nodes ? Status() : Status(Damaged());
}

// The chunks of a node follow each other.
Status StatisticsScan::ReadChunk(std::string_view key, std::string_view value) {
  const storage::SegmentName name = storage::NameOfSegment(key);
  const auto chunk = storage::Segment::Decode(value);
  if (chunk == nullptr) return Damaged();
  const Hub hub{name.type, name.direction, {name.number}};
  if (hub_ != hub) EndHub();
  hub_ = hub;
  hub_degree_ += chunk->edge_count();
  const bool counted = name.direction != kOutgoing || CountPairs(name.type, hub.node, chunk->List(0));
  return counted ? Status() : Status(Damaged());
}

void StatisticsScan::EndHub() {
  if (hub_degree_ > 0) known_.types[hub_->type].degrees[hub_->direction].Add(hub_degree_);
  hub_degree_ = 0;
}

// False when there are no such nodes.
bool StatisticsScan::CountPairs(std::uint16_t type, NodeId start, const storage::ListView& list) {
  LabelSetPairs& pairs = pairs_[type];
  if (!node_sets_.HasBlock(storage::BlockOf(start.value))) return false;
  const LabelSetId start_set = node_sets_.SetOf(start);
  for (const std::uint32_t end : list) {
    if (!node_sets_.HasBlock(storage::BlockOf(end))) return false;
    pairs.Add(start_set, node_sets_.SetOf({end}));
  }
  known_.elements += list.size;
  return true;
}

// ---- Values

Status StatisticsScan::ReadColumn(std::string_view key, std::string_view value) {
  const storage::ColumnName name = storage::NameOfColumn(key);
  if (name.property >= storage::kNamesEnd) return {};
  const auto column = storage::Column::Decode(value);
  if (column == nullptr) return Damaged();
  for (std::uint32_t slot = 0; slot < storage::kBlockSlots; ++slot) {
    if (!column->Has(slot)) continue;
    const std::uint64_t number = storage::NumberAt(name.block, slot);
    if (!column->IsLong(slot)) {
      Count(name.owner, name.property, number, HashOf(*column, slot));
      continue;
    }
    const Result<std::uint64_t> hash = HashOfLong(name.owner, name.property, number);
    if (!hash) return hash.error();
    Count(name.owner, name.property, number, *hash);
  }
  return {};
}

Status StatisticsScan::ReadRowMap(std::string_view key, std::string_view value) {
  const auto rows = storage::RowMap::Decode(value);
  if (rows == nullptr) return Damaged();
  const Owner owner = storage::OwnerOfKey(key);
  const std::uint64_t block = storage::ReadBigEndian(key.substr(key.size() - 4));
  Status status;
  rows->ForEach([&](std::uint32_t slot, std::uint16_t property, std::string_view cell) {
    if (property >= storage::kNamesEnd || !status.ok()) return;
    const std::uint64_t number = storage::NumberAt(block, slot);
    const Result<std::uint64_t> hash =
        storage::IsLongCell(cell) ? HashOfLong(owner, property, number) : storage::HashOfBytes(cell);
    if (hash) {
      Count(owner, property, number, *hash);
    } else {
      status = hash.error();
    }
  });
  return status;
}

void StatisticsScan::Count(Owner owner, std::uint16_t property, std::uint64_t number, std::uint64_t hash) {
  if (owner.type) {
    known_.types[*owner.type].distinct[property].Add(hash);
    return;
  }
  const NodeId node{static_cast<std::uint32_t>(number)};
  if (!node_sets_.HasBlock(storage::BlockOf(node.value))) return;
  for (const LabelId label : sets_.LabelsOf(node_sets_.SetOf(node))) known_.labels[{label.value, property}].Add(hash);
}

std::uint64_t StatisticsScan::HashOf(const storage::Column& column, std::uint32_t slot) {
  if (column.kind() == storage::ColumnKind::kMixed) return storage::HashOfBytes(column.CellAt(slot));
  cell_.clear();
  storage::AppendCell(cell_, column.ValueAt(slot));
  return storage::HashOfBytes(cell_);
}

Result<std::uint64_t> StatisticsScan::HashOfLong(Owner owner, std::uint16_t property, std::uint64_t number) const {
  std::string text;
  const Result<bool> found = snapshot_.Get(storage::LongTextKey(owner, property, number), text);
  if (!found) return found.error();
  if (!*found) return Damaged();
  return storage::HashOfBytes(text);
}

}  // namespace

Result<GraphStatistics> TakeStatistics(const storage::Snapshot& snapshot, std::uint64_t commit,
                                       const std::atomic<bool>& stop) {
  StatisticsScan scan(snapshot, stop);
  if (Status status = scan.Run(); !status.ok()) return std::move(status).error();
  GraphStatistics statistics = scan.Take();
  statistics.commit = commit;
  return statistics;
}

}  // namespace plenum::graph
