// What the transactions of one Graph share: the committed state to begin from, the blocks in memory, and whose turn it
// is to write.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

#include "engine/graph/background.h"
#include "engine/graph/block_cache.h"
#include "engine/graph/blocks.h"
#include "engine/graph/catalog.h"
#include "engine/graph/graph.h"
#include "engine/graph/merge_chains.h"
#include "engine/graph/statistics_keeper.h"
#include "engine/graph/write_queue.h"
#include "engine/storage/page_arena.h"
#include "engine/storage/store.h"

namespace plenum::graph {

// The committed state between two commits, shared by all transactions that began in that time. Immutable.
struct ReadView {
  CommitNumber commit = 0;
  std::shared_ptr<const storage::Snapshot> snapshot;  // of just this commit
  std::shared_ptr<const Catalog> catalog;
  std::uint64_t extents = 0;  // given out so far: every node's id is below 4096 times that
};

// The next numbers to give out, by the key they are stored under. They only ever grow, also when a transaction is
// rolled back, so that nothing that was seen under a number comes back as something else. Each is read when first
// needed.
using NextNumbers = std::map<std::string, std::uint64_t>;

class GraphCore {
 public:
  GraphCore(storage::Store& opened_store, GraphOptions given)
      : store(opened_store),
        options(std::move(given)),
        cache({.bytes_max = options.cache_bytes_max}),
        tables(cache),
        statistics(opened_store, tasks, [this] {
          const auto view = View();
          return StatisticsKeeper::Moment{view->snapshot, view->commit};
        }) {}

  std::shared_ptr<const ReadView> View() const {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void SetView(std::shared_ptr<const ReadView> view) {
    const std::lock_guard lock(mutex_);
    view_ = std::move(view);
  }

  storage::Store& store;
  const GraphOptions options;
  storage::PageArena segment_memory;  // before the cache, whose segments lie in it
  BlockCache cache;
  BlockTables tables;
  WriteQueue queue;
  // For whoever has the turn to write.
  NextNumbers next_numbers;
  std::map<std::string, std::uint64_t> counters;  // those that commits have changed, as they are committed
  std::set<std::string> taken_numbers;  // keys of those that the store does not know yet: the next commit tells it
  MergeChains chains;
  SegmentBitsMap recut;  // the cuts that a task was begun to replace
  StatisticsKeeper statistics;

 private:
  mutable std::mutex mutex_;
  std::shared_ptr<const ReadView> view_;

 public:
  BackgroundTasks tasks;  // the last: its thread ends before what it uses goes
};

}  // namespace plenum::graph
