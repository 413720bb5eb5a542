// Keeps the statistics of a graph from growing old: when commits have written more than a tenth of it, they are taken
// anew in the background, of a snapshot, and stored beside the commits.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>

#include "engine/graph/background.h"
#include "engine/graph/graph_statistics.h"
#include "engine/storage/store.h"

namespace plenum::graph {

class StatisticsKeeper {
 public:
  // A snapshot and of how many commits it is.
  struct Moment {
    std::shared_ptr<const storage::Snapshot> snapshot;
    std::uint64_t commit = 0;
  };
  using Newest = std::function<Moment()>;
  // What `newest` and the tasks refer to must outlive the tasks.
  StatisticsKeeper(storage::Store& store, BackgroundTasks& tasks, Newest newest)
      : store_(store), tasks_(tasks), newest_(std::move(newest)) {}

  // Those that are stored, read at the first call, or taken since. Any thread.
  Result<std::shared_ptr<const GraphStatistics>> Current();
  // A commit of so many writes is published. By whoever has the turn to write.
  void Wrote(std::uint64_t writes);

 private:
  static constexpr std::uint64_t kWritesMin = 1000;
  static constexpr std::uint64_t kElementsPerWrite = 10;

  void TakeAnew(const std::atomic<bool>& stop);
  Status Store(const GraphStatistics& statistics, const storage::Snapshot& before);

  storage::Store& store_;
  BackgroundTasks& tasks_;
  const Newest newest_;
  std::mutex mutex_;  // guards what follows
  std::shared_ptr<const GraphStatistics> current_;
  std::optional<std::uint64_t> writes_;  // since the last were taken; absent: not known since the open
  std::uint64_t elements_ = 0;           // there were then; known where writes_ is
  bool taking_ = false;
};

}  // namespace plenum::graph
