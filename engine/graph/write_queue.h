// Who may write: one at a time, in the order of asking, each waiting no longer than it said.
#pragma once

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <list>
#include <mutex>

namespace plenum::graph {

class WriteQueue {
 public:
  // True once it is the caller's turn, which lasts until Leave; false when the time ran out before, or `cancel` (which
  // may be null) became true: it is looked at every few milliseconds.
  bool Enter(std::chrono::milliseconds wait, const std::atomic<bool>* cancel = nullptr);
  void Leave();  // from any thread

 private:
  struct Waiter {
    std::condition_variable turn_came;
    bool has_turn = false;
  };
  std::mutex mutex_;
  std::list<Waiter*> waiting_;  // first come first
  bool taken_ = false;
};

}  // namespace plenum::graph
