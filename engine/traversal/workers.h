// The threads of one algorithm: begun once, they run one piece of work after the other, so that a step of a tenth of a
// millisecond is worth sharing. The calling thread is one of them, and the only one that polls.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <thread>
#include <vector>

#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum::traversal {

class Workers {
 public:
  // `work_total`, in whatever unit AddWork counts in, is what `done` of RunOptions::poll is a fraction of. `options`
  // outlives this.
  explicit Workers(const RunOptions& options, std::uint64_t work_total = 0);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  unsigned count() const { return static_cast<unsigned>(threads_.size()) + 1; }

  // work(worker) on each thread, worker from 0 (the calling one) to count() - 1; returns when all have. `work` must not
  // throw, and sees what was written before the call; the caller sees what it wrote.
  void Run(const std::function<void(unsigned worker)>& work);

  // work(begin, end, worker) over pieces of [0, size) of at most `grain`, whoever is free taking the next. Polls in
  // between: an error ends it when the pieces at hand are done. Each piece counts as end - begin of the work in all.
  template <class Work>
  Status ForEachRange(std::uint64_t size, std::uint64_t grain, Work work);

  // For loops of the calling thread's own: asks RunOptions::poll, but at most once in a few milliseconds.
  Status Poll() {
    if (!options_.poll || ++polls_skipped_ < kPollsSkippedMax) return {};
    return AskIfDue();
  }
  void AddWork(std::uint64_t work) { work_done_.fetch_add(work, std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr unsigned kPollsSkippedMax = 16;  // between looks at the clock
  static constexpr std::chrono::milliseconds kPollInterval{2};

  Status AskIfDue();
  void WorkUntilTheEnd(unsigned worker);

  const RunOptions& options_;
  const std::uint64_t work_total_;
  std::atomic<std::uint64_t> work_done_{0};
  unsigned polls_skipped_ = 0;
  Clock::time_point asked_at_{};  // long ago: who has been cancelled already is heard at once
  double told_ = 0;

  const std::function<void(unsigned)>* work_ = nullptr;  // null: the threads shall end
  std::atomic<std::uint32_t> round_{0};                  // counts calls of Run
  std::atomic<std::uint32_t> at_work_{0};                // of threads_
  std::vector<std::thread> threads_;
};

template <class Work>
Status Workers::ForEachRange(std::uint64_t size, std::uint64_t grain, Work work) {
  std::atomic<std::uint64_t> next{0};
  std::atomic<bool> stop{false};
  Status status;
  const auto take_pieces = [&](unsigned worker) {
    while (!stop.load(std::memory_order_relaxed)) {
      const std::uint64_t begin = next.fetch_add(grain, std::memory_order_relaxed);
      if (begin >= size) return;
      const std::uint64_t end = std::min(begin + grain, size);
      work(begin, end, worker);
      AddWork(end - begin);
      if (worker != 0) continue;
      status = Poll();
      if (!status.ok()) stop.store(true, std::memory_order_relaxed);
    }
  };
  if (count() == 1 || size <= grain) {
    take_pieces(0);
  } else {
    Run(take_pieces);
  }
  return status;
}

}  // namespace plenum::traversal
