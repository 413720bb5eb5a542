// See graph_statistics.h. Here: how statistics are kept in the store.
#include "engine/graph/graph_statistics.h"

#include <memory>
#include <string>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
Result<GraphStatistics> GraphStatistics::Read(const storage::Snapshot& snapshot) {
  GraphStatistics statistics;
  const storage::KeyRange all = storage::PrefixRange(storage::KindPrefix(storage::KeyKind::kStatistics));
  bool whole = true;
  Status status = snapshot.ScanMany({&all, 1}, [&](std::size_t, std::string_view key, std::string_view value) {
    return whole = statistics.Add(key, value);
  });
  if (!status.ok()) return std::move(status).error();
  if (whole) return statistics;
  return storage::RuntimeError(ErrorType::kCorruption,
                               "the stored bytes of the statistics of the graph are damaged; restore a copy");
}

bool GraphStatistics::Add(std::string_view key, std::string_view value) {
  const auto found = storage::NameOfStatistic(key);
  if (!found) return false;
  const storage::StatisticName& name = *found;
  using Kind = storage::StatisticName::Kind;
  switch (name.kind) {
    case Kind::kDegrees: {
      auto degrees = storage::Degrees::Decode(value);
      if (degrees) types[name.type].degrees[name.direction] = *std::move(degrees);
      return degrees.has_value();
    }
    case Kind::kLabelPairs:
      if (value.size() == 8) {
        types[name.type].between[{name.start_label, name.end_label}] = storage::ReadBigEndian(value);
      }
      return value.size() == 8;
    case Kind::kDistinctOfLabel:
    case Kind::kDistinctOfType: {
      auto distinct = storage::DistinctCount::Decode(value);
      if (!distinct) return false;
      if (name.kind == Kind::kDistinctOfType) {
        types[name.type].distinct.emplace(name.property, *std::move(distinct));
      } else {
        labels.emplace(std::pair(name.start_label, name.property), *std::move(distinct));
      }
      return true;
    }
    case Kind::kBasis:
      if (value.size() != 16) return false;
      commit = storage::ReadBigEndian(value.substr(0, 8));
      elements = storage::ReadBigEndian(value.substr(8));
      return true;
  }
  return false;
}

void GraphStatistics::Put(storage::WriteSet& writes) const {
  writes.Put(storage::StatisticsBasisKey(), storage::BigEndian(commit, 8) + storage::BigEndian(elements, 8));
  for (const auto& [name, distinct] : labels) {
    writes.Put(storage::DistinctOfLabelKey(name.first, name.second), distinct.Encode());
  }
  for (const auto& [type, known] : types) {
    for (std::uint8_t direction = 0; direction < 2; ++direction) {
      writes.Put(storage::DegreesKey(type, direction), known.degrees[direction].Encode());
    }
    for (const auto& [between, count] : known.between) {
      writes.Put(storage::LabelPairCountKey(between.first, type, between.second), storage::BigEndian(count, 8));
    }
    for (const auto& [property, distinct] : known.distinct) {
      writes.Put(storage::DistinctOfTypeKey(type, property), distinct.Encode());
    }
  }
}

}  // namespace plenum::graph
