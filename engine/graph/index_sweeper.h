// Deletes the entries of dropped indexes in the background: the drop is one small commit, whatever the index's size.
// Likewise those of an index that was being built when its transaction was rolled back (index_build.cpp).
//
// An index is retired by its number, which is never given out again, so nothing waits for the entries to be gone. A
// process that ends before they are leaves the definition, marked as dropped; the next open for writing goes on.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <thread>

#include "engine/storage/store.h"

namespace plenum::graph {

class IndexSweeper {
 public:
  explicit IndexSweeper(storage::Store& store) : store_(store) {}
  ~IndexSweeper();  // stops where it is
  IndexSweeper(const IndexSweeper&) = delete;
  IndexSweeper& operator=(const IndexSweeper&) = delete;

  // Deletes the entries of `index`, whose definition says that it is dropped, and then that. Returns at once.
  void Sweep(std::uint32_t index);

 private:
  void Run();

  storage::Store& store_;
  std::atomic<bool> stop_{false};
  std::mutex mutex_;  // guards what follows
  std::condition_variable changed_;
  std::deque<std::uint32_t> waiting_;
  std::thread thread_;  // begun with the first index
};

}  // namespace plenum::graph
