// See statistics_keeper.h.
#include "engine/graph/statistics_keeper.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {
namespace {

// Nodes and relationships; what cannot be read counts as none.
std::uint64_t CountElements(const storage::Snapshot& snapshot) {
  const storage::KeyRange counters[] = {storage::PrefixRange(storage::NodeCountKey()),
                                        storage::PrefixRange(storage::TypeCountPrefix())};
  std::uint64_t count = 0;
  (void)snapshot.ScanMany(counters, [&](std::size_t, std::string_view, std::string_view value) {
    count += storage::ReadBigEndian(value);
    return true;
  });
  return count;
}

// When the statistics were taken that are stored; none where they were not, or cannot be read.
std::uint64_t ElementsOfStored(const storage::Snapshot& snapshot) {
  GraphStatistics statistics;
  std::string basis;
  const std::string key = storage::StatisticsBasisKey();
  const Result<bool> found = snapshot.Get(key, basis);
  if (found && *found) statistics.Add(key, basis);
  return statistics.elements;
}

}  // namespace

Result<std::shared_ptr<const GraphStatistics>> StatisticsKeeper::Current() {
  const std::lock_guard lock(mutex_);
  if (current_ == nullptr) {
    Result<GraphStatistics> read = GraphStatistics::Read(*newest_().snapshot);
    if (!read) return std::move(read).error();
    current_ = std::make_shared<const GraphStatistics>(*std::move(read));
  }
  return current_;
}

void StatisticsKeeper::Wrote(std::uint64_t writes) {
  const std::lock_guard lock(mutex_);
  if (taking_) return;
  if (!writes_) {
    const auto snapshot = newest_().snapshot;
    const std::uint64_t elements = CountElements(*snapshot);
    elements_ = ElementsOfStored(*snapshot);
    writes_ = std::max(elements, elements_) - std::min(elements, elements_);
  } else {
    *writes_ += writes;
  }
  if (*writes_ < kWritesMin + elements_ / kElementsPerWrite) return;
  taking_ = true;
  writes_ = 0;
  tasks_.Add([this](const std::atomic<bool>& stop) { TakeAnew(stop); });
}

// When it fails it is tried again after as many writes.
void StatisticsKeeper::TakeAnew(const std::atomic<bool>& stop) {
  const Moment moment = newest_();
  Result<GraphStatistics> taken = TakeStatistics(*moment.snapshot, moment.commit, stop);
  const bool stored = taken && Store(*taken, *moment.snapshot).ok();
  const std::lock_guard lock(mutex_);
  taking_ = false;
  if (!stored) return;
  elements_ = taken->elements;
  current_ = std::make_shared<const GraphStatistics>(*std::move(taken));
}

Status StatisticsKeeper::Store(const GraphStatistics& statistics, const storage::Snapshot& before) {
  storage::WriteSet writes;
  const storage::KeyRange all = storage::PrefixRange(storage::KindPrefix(storage::KeyKind::kStatistics));
  Status status = before.ScanMany({&all, 1}, [&](std::size_t, std::string_view key, std::string_view) {
    writes.Erase(std::string(key));
    return true;
  });
  if (!status.ok()) return status;
  statistics.Put(writes);
  return store_.Apply(writes, false);
}

}  // namespace plenum::graph
