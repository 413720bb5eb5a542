// Where the threads of one piece of work wait for each other between its steps, when these are too short for
// Workers::Run: each begins the next when all have ended the last, and sees what all wrote in it.
#pragma once

#include <atomic>
#include <cstdint>

namespace plenum::traversal {

class Barrier {
 public:
  explicit Barrier(std::uint32_t count) : count_(count) {}

  // False: it is broken, and nobody needs to come any more.
  bool Wait() {
    const std::uint32_t step = step_.load(std::memory_order_relaxed);
    if ((step & kBroken) != 0) return false;
    if (arrived_.fetch_add(1, std::memory_order_acq_rel) + 1 == count_) {
      arrived_.store(0, std::memory_order_relaxed);
      const bool whole = (step_.fetch_add(kStep, std::memory_order_acq_rel) & kBroken) == 0;
      step_.notify_all();
      return whole;
    }
    std::uint32_t now = step;
    for (int look = 0; look < kLooksMax && now == step; ++look) now = step_.load(std::memory_order_acquire);
    if (now == step) {
      step_.wait(step, std::memory_order_acquire);
      now = step_.load(std::memory_order_acquire);
    }
    return (now & kBroken) == 0;
  }

  // By a thread that will not come: lets go of all that wait, or ever will.
  void Break() {
    step_.fetch_or(kBroken, std::memory_order_release);
    step_.notify_all();
  }

 private:
  static constexpr int kLooksMax = 10'000;  // some microseconds: about what it takes to sleep and be woken
  static constexpr std::uint32_t kBroken = 1;
  static constexpr std::uint32_t kStep = 2;

  const std::uint32_t count_;
  std::atomic<std::uint32_t> arrived_{0};
  std::atomic<std::uint32_t> step_{0};  // the number of steps, and whether it is broken
};

}  // namespace plenum::traversal
