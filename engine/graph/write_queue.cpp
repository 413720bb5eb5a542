// See write_queue.h. The turn is handed from one to the next without ever being free between them, so that nobody who
// comes later gets in before those who wait.
#include "engine/graph/write_queue.h"

namespace plenum::graph {

bool WriteQueue::Enter(std::chrono::milliseconds wait) {
  std::unique_lock lock(mutex_);
  if (!taken_) return taken_ = true;
  Waiter self;
  const auto place = waiting_.insert(waiting_.end(), &self);
  if (self.turn_came.wait_for(lock, wait, [&] { return self.has_turn; })) return true;
  waiting_.erase(place);
  return false;
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
