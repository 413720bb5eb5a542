// Where the threads of one piece of work wait for each other between its steps, when these are too short for
// Workers::Run: each begins the next when all have ended the last, and sees what all wrote in it.
#pragma once

#include <atomic>
#include <cstdint>

namespace plenum::traversal {

class Barrier {
 public:
  explicit Barrier(std::uint32_t count) : count_(count) {}

  void Wait() {
    if (count_ == 1) return;
    const std::uint32_t step = step_.load(std::memory_order_relaxed);
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count_) {
      arrived_.store(0, std::memory_order_relaxed);
      step_.store(step + 1, std::memory_order_release);
      step_.notify_all();
      return;
    }
    for (int look = 0; look < kLooksMax; ++look) {
      if (step_.load(std::memory_order_acquire) != step) return;
    }
    step_.wait(step, std::memory_order_acquire);
  }

 private:
  static constexpr int kLooksMax = 10'000;  // some microseconds: about what it takes to sleep and be woken

  const std::uint32_t count_;
  std::atomic<std::uint32_t> arrived_{0};
  std::atomic<std::uint32_t> step_{0};
};

}  // namespace plenum::traversal
