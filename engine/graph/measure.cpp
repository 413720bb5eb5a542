// See measure.h. One pass over all keys, in their order; each block is decoded and let go.
#include "engine/graph/measure.h"

#include <algorithm>
#include <functional>
#include <map>
#include <memory>
#include <tuple>
#include <utility>

#include "engine/graph/catalog.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/column.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/label_set.h"
#include "engine/storage/row_map.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;
using storage::Owner;
using storage::RuntimeError;

constexpr std::uint64_t kKeysBetweenPolls = 256;

struct KindName {
  KeyKind first;
  KeyKind last;
  std::string_view name;
};
constexpr KindName kKinds[] = {{KeyKind::kMeta, KeyKind::kNext, "counters"},
                               {KeyKind::kStatistics, KeyKind::kStatistics, "statistics"},
                               {KeyKind::kName, KeyKind::kSegmentBits, "catalog"},
                               {KeyKind::kLabelSet, KeyKind::kLabelSet, "label sets"},
                               {KeyKind::kColumn, KeyKind::kColumn, "columns"},
                               {KeyKind::kRowMap, KeyKind::kRowMap, "row maps"},
                               {KeyKind::kLongText, KeyKind::kLongText, "long strings"},
                               {KeyKind::kSegment, KeyKind::kSegment, "adjacency"},
                               {KeyKind::kChunk, KeyKind::kChunk, "adjacency of hubs"},
                               {KeyKind::kCitation, KeyKind::kCited, "citations"},
                               {KeyKind::kText, KeyKind::kText, "source texts"},
                               {KeyKind::kIndexEntry, KeyKind::kIndexEntry, "indexes"}};

class Measurement {
 public:
  Measurement(storage::Store& store, std::shared_ptr<const storage::Snapshot> snapshot, const Catalog& catalog,
              const StatisticsOptions& options)
      : store_(store), snapshot_(std::move(snapshot)), catalog_(catalog), options_(options) {}

  Result<DatabaseStatistics> Take() {
    for (const KindName& kind : kKinds) {
      if (Status status = MeasureKind(kind); !status.ok()) return std::move(status).error();
    }
    if (Status status = ReadCounters(); !status.ok()) return std::move(status).error();
    CollectTypes();
    CollectProperties();
    CollectIndexes();
    return std::move(statistics_);
  }

 private:
  // By type and direction, while segments and chunks come.
  struct Lists {
    DirectionStatistics statistics;
    std::uint32_t hub = 0;  // whose chunks come
    std::uint64_t hub_degree = 0;
  };

  Status MeasureKind(const KindName& kind);
  Status Visit(KeyKind kind, std::string_view key, std::string_view value, StorageUse& use);
  Status VisitColumn(std::string_view key, std::string_view value, StorageUse& use);
  Status VisitRowMap(std::string_view key, std::string_view value, StorageUse& use);
  Status VisitSegment(std::string_view key, std::string_view value, StorageUse& use);
  static void EndHub(Lists& lists);
  Status ReadCounters();
  void CollectTypes();
  void CollectProperties();
  void CollectIndexes();
  const std::string& NameOf(Space space, std::uint16_t number) const {
    return catalog_.names[static_cast<std::size_t>(space)][number];
  }
  // Numbers that the catalog does not know are for a check to tell.
  bool IsNamed(Space space, std::uint16_t number) const {
    return number < catalog_.names[static_cast<std::size_t>(space)].size();
  }
  std::uint8_t BitsOf(std::uint16_t type, std::uint8_t direction) const {
    const auto bits = catalog_.segment_bits.find({TypeId{type}, static_cast<Direction>(direction)});
    return bits == catalog_.segment_bits.end() ? 0 : bits->second;
  }
  static Error Damaged() {
    return RuntimeError(ErrorType::kCorruption, "some stored bytes are damaged; `plenum check` says which");
  }

  storage::Store& store_;
  std::shared_ptr<const storage::Snapshot> snapshot_;
  const Catalog& catalog_;
  StatisticsOptions options_;
  DatabaseStatistics statistics_;
  std::map<std::pair<std::uint16_t, std::uint8_t>, Lists> lists_;
  std::map<std::pair<Owner, std::uint16_t>, std::uint64_t> values_;
  std::map<std::uint32_t, std::uint64_t> index_entries_;
  std::map<std::uint16_t, TypeStatistics> types_;
};

Status Measurement::MeasureKind(const KindName& kind) {
  StorageUse use;
  use.kind = kind.name;
  storage::KeyRange range{storage::KindPrefix(kind.first), storage::PrefixRange(storage::KindPrefix(kind.last)).end};
  const std::unique_ptr<storage::Cursor> cursor = snapshot_->NewCursor();
  for (cursor->Seek(range.begin); cursor->Valid() && cursor->key() < range.end; cursor->Next()) {
    if (use.keys++ % kKeysBetweenPolls == 0 && options_.cancel != nullptr &&
        options_.cancel->load(std::memory_order_relaxed)) {
      return RuntimeError(ErrorType::kCancelled, "the statistics were cancelled");
    }
    use.bytes += cursor->key().size() + cursor->value().size();
    const auto each = static_cast<KeyKind>(cursor->key().front());
    if (Status status = Visit(each, cursor->key(), cursor->value(), use); !status.ok()) return status;
  }
  if (Status status = cursor->status(); !status.ok()) return status;
  if (use.keys == 0) return {};
  use.disk_bytes = store_.ApproximateBytes(range);
  statistics_.storage.push_back(std::move(use));
  return {};
}

Status Measurement::Visit(KeyKind kind, std::string_view key, std::string_view value, StorageUse& use) {
  switch (kind) {
    case KeyKind::kLabelSet: {
      const auto set = storage::LabelSet::Decode(value);
      if (set == nullptr) return Damaged();
      use.memory_bytes += set->bytes();
      return {};
    }
    case KeyKind::kColumn:
      return VisitColumn(key, value, use);
    case KeyKind::kRowMap:
      return VisitRowMap(key, value, use);
    case KeyKind::kSegment:
    case KeyKind::kChunk:
      return VisitSegment(key, value, use);
    case KeyKind::kIndexEntry:
      ++index_entries_[static_cast<std::uint32_t>(storage::ReadBigEndian(key.substr(1, 4)))];
      return {};
    default:
      return {};
  }
}

Status Measurement::VisitColumn(std::string_view key, std::string_view value, StorageUse& use) {
  const storage::ColumnName name = storage::NameOfColumn(key);
  const auto column = storage::Column::Decode(value);
  if (column == nullptr) return Damaged();
  use.memory_bytes += column->bytes();
  if (name.property < storage::kNamesEnd) values_[{name.owner, name.property}] += column->count();
  return {};
}

Status Measurement::VisitRowMap(std::string_view key, std::string_view value, StorageUse& use) {
  const auto rows = storage::RowMap::Decode(value);
  if (rows == nullptr) return Damaged();
  use.memory_bytes += rows->bytes();
  const Owner owner = storage::OwnerOfKey(key);
  rows->ForEach([&](std::uint32_t, std::uint16_t property, std::string_view) {
    if (property < storage::kNamesEnd) ++values_[{owner, property}];
  });
  return {};
}

// The chunks of a node follow each other; the segments of its type come before them.
Status Measurement::VisitSegment(std::string_view key, std::string_view value, StorageUse& use) {
  const storage::SegmentName name = storage::NameOfSegment(key);
  const bool is_chunk = static_cast<KeyKind>(key.front()) == KeyKind::kChunk;
  if (!is_chunk && name.bits != BitsOf(name.type, name.direction)) return {};  // of a cut that nobody reads
  const auto bare = storage::Segment::Decode(value);
  const auto numbered = storage::Segment::Decode(value, {.numbers = true});
  if (bare == nullptr || numbered == nullptr) return Damaged();
  Lists& lists = lists_[{name.type, name.direction}];
  lists.statistics.memory_bytes += bare->bytes();
  lists.statistics.memory_bytes_with_numbers += numbered->bytes();
  use.memory_bytes += numbered->bytes();
  if (is_chunk) {
    if (lists.hub != name.number) EndHub(lists);
    lists.hub = name.number;
    lists.hub_degree += bare->edge_count();
    return {};
  }
  lists.statistics.nodes += bare->listed_nodes();
  bare->ForEachList([&](std::uint32_t, const storage::ListView& list) {
    lists.statistics.greatest_degree = std::max<std::uint64_t>(lists.statistics.greatest_degree, list.size);
  });
  return {};
}

void Measurement::EndHub(Lists& lists) {
  if (lists.hub_degree > 0) ++lists.statistics.nodes;
  lists.statistics.greatest_degree = std::max(lists.statistics.greatest_degree, lists.hub_degree);
  lists.hub_degree = 0;
}

Status Measurement::ReadCounters() {
  Status status;
  const storage::StoreTransaction reading(store_, snapshot_);
  const auto read = [&](const std::string& key) -> std::uint64_t {
    const Result<std::uint64_t> number = reading.GetNumber(key);
    if (!number && status.ok()) status = number.error();
    return number ? *number : 0;
  };
  statistics_.nodes = read(storage::NodeCountKey());
  for (std::size_t label = 0; label < catalog_.names[0].size(); ++label) {
    const auto number = static_cast<std::uint16_t>(label);
    const std::uint64_t nodes = read(storage::LabelCountKey(number));
    if (nodes > 0) statistics_.labels.push_back({NameOf(Space::kLabels, number), nodes});
  }
  std::ranges::sort(statistics_.labels, {}, &LabelStatistics::label);
  for (std::size_t type = 0; type < catalog_.names[1].size(); ++type) {
    const auto number = static_cast<std::uint16_t>(type);
    TypeStatistics each;
    each.type = NameOf(Space::kTypes, number);
    each.relationships = read(storage::TypeCountKey(number));
    each.loops = read(storage::LoopCountKey(number));
    each.parallel = read(storage::ParallelCountKey(number));
    statistics_.relationships += each.relationships;
    if (each.relationships > 0) types_.emplace(number, std::move(each));
  }
  return status;
}

void Measurement::CollectTypes() {
  for (auto& [number, type] : types_) {
    for (const std::uint8_t direction : {0, 1}) {
      Lists& lists = lists_[{number, direction}];
      EndHub(lists);
      for (const std::string& prefix : {storage::SegmentPrefix(number, direction, BitsOf(number, direction)),
                                        storage::ChunkPrefix(number, direction)}) {
        lists.statistics.disk_bytes += store_.ApproximateBytes(storage::PrefixRange(prefix));
      }
      (direction == 0 ? type.outgoing : type.incoming) = lists.statistics;
    }
    statistics_.types.push_back(std::move(type));
  }
  std::ranges::sort(statistics_.types, {}, &TypeStatistics::type);
}

void Measurement::CollectProperties() {
  for (const auto& [name, values] : values_) {
    const auto& [owner, property] = name;
    if (values == 0 || !IsNamed(Space::kKeys, property)) continue;
    if (owner.type && !IsNamed(Space::kTypes, *owner.type)) continue;
    const std::string type = owner.type ? NameOf(Space::kTypes, *owner.type) : "";
    statistics_.properties.push_back({type, NameOf(Space::kKeys, property), values});
  }
  std::ranges::sort(statistics_.properties, [](const PropertyStatistics& a, const PropertyStatistics& b) {
    return std::tie(a.type, a.property) < std::tie(b.type, b.property);
  });
}

void Measurement::CollectIndexes() {
  for (const IndexDefinition& index : catalog_.indexes) {
    if (index.dropped || !IsNamed(Space::kLabels, index.label) || !IsNamed(Space::kKeys, index.property)) continue;
    statistics_.indexes.push_back({NameOf(Space::kLabels, index.label), NameOf(Space::kKeys, index.property),
                                   index.unique, index_entries_[index.index]});
  }
}

}  // namespace

Result<DatabaseStatistics> Measure(storage::Store& store, const StatisticsOptions& options) {
  if (options.compact) {
    if (Status status = store.Compact(); !status.ok()) return std::move(status).error();
  }
  const std::shared_ptr<const storage::Snapshot> snapshot = store.TakeSnapshot();
  storage::StoreTransaction reading(store, snapshot);
  const auto catalog = Catalog::Read(reading);
  if (!catalog) return catalog.error();
  return Measurement(store, snapshot, **catalog, options).Take();
}

}  // namespace plenum::graph
