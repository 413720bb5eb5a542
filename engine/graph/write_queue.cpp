// See write_queue.h. The turn is handed from one to the next without ever being free between them, so that nobody who
// comes later gets in before those who wait.
#include "engine/graph/write_queue.h"

#include <algorithm>

namespace plenum::graph {
namespace {

constexpr std::chrono::milliseconds kCancelInterval{10};

}  // namespace

bool WriteQueue::Enter(std::chrono::milliseconds wait, const std::atomic<bool>* cancel) {
  std::unique_lock lock(mutex_);
  if (!taken_) return taken_ = true;
  Waiter self;
  const auto place = waiting_.insert(waiting_.end(), &self);
  const auto deadline = std::chrono::steady_clock::now() + wait;
  while (!self.has_turn) {
    const auto now = std::chrono::steady_clock::now();
    if (now >= deadline || (cancel && cancel->load(std::memory_order_relaxed))) {
      waiting_.erase(place);
      return false;
    }
    self.turn_came.wait_until(lock, cancel ? std::min(deadline, now + kCancelInterval) : deadline);
  }
  return true;
}

void WriteQueue::Leave() {
  const std::lock_guard lock(mutex_);
  if (waiting_.empty()) {
    taken_ = false;
    return;
  }
  Waiter* next = waiting_.front();
  waiting_.pop_front();
  next->has_turn = true;
  next->turn_came.notify_one();
}

}  // namespace plenum::graph
