// See statistics_keeper.h.
#include "engine/graph/statistics_keeper.h"

#include <algorithm>
#include <string>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {
namespace {

using storage::KeyKind;

template <class Visit>
Status ForEachKey(const storage::Snapshot& snapshot, KeyKind kind, Visit visit) {
  const storage::KeyRange range = storage::PrefixRange(storage::KindPrefix(kind));
  const std::unique_ptr<storage::Cursor> cursor = snapshot.NewCursor(range.end);
  for (cursor->Seek(range.begin); cursor->Valid() && cursor->key() < range.end; cursor->Next()) {
    visit(cursor->key(), cursor->value());
  }
  return cursor->status();
}

// Nodes and relationships; what cannot be read counts as none.
std::uint64_t CountElements(const storage::Snapshot& snapshot) {
  const std::string types = storage::TypeCountKey(0).substr(0, 2);
  std::uint64_t count = 0;
  (void)ForEachKey(snapshot, KeyKind::kCounter, [&](std::string_view key, std::string_view value) {
    if (key == storage::NodeCountKey() || key.starts_with(types)) count += storage::ReadBigEndian(value);
  });
  return count;
}

}  // namespace

Result<std::shared_ptr<const GraphStatistics>> StatisticsKeeper::Current() {
  const std::lock_guard lock(mutex_);
  return CurrentLocked();
}

Result<std::shared_ptr<const GraphStatistics>> StatisticsKeeper::CurrentLocked() {
  if (current_ == nullptr) {
    Result<GraphStatistics> read = GraphStatistics::Read(*newest_().snapshot);
    if (!read) return std::move(read).error();
    current_ = std::make_shared<const GraphStatistics>(*std::move(read));
  }
  return current_;
}

void StatisticsKeeper::Wrote(std::uint64_t writes) {
  const std::lock_guard lock(mutex_);
  const auto current = CurrentLocked();
  if (!current || taking_) return;
  if (!writes_) {
    const std::uint64_t elements = CountElements(*newest_().snapshot);
    const std::uint64_t then = (*current)->elements;
    writes_ = std::max(elements, then) - std::min(elements, then);
  } else {
    *writes_ += writes;
  }
  if (*writes_ < kWritesMin + (*current)->elements / kElementsPerWrite) return;
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
  if (stored) current_ = std::make_shared<const GraphStatistics>(*std::move(taken));
}

Status StatisticsKeeper::Store(const GraphStatistics& statistics, const storage::Snapshot& before) {
  storage::WriteSet writes;
  Status status = ForEachKey(before, KeyKind::kStatistics,
                             [&](std::string_view key, std::string_view) { writes.Erase(std::string(key)); });
  if (!status.ok()) return status;
  statistics.Put(writes);
  return store_.Apply(writes, false);
}

}  // namespace plenum::graph
