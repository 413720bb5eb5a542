// The threads of one algorithm: begun once, they run one piece of work after the other, so that a step of a tenth of a
// millisecond is worth sharing. The calling thread is one of them, and the only one that polls.
//
// Work may end early: because the poll answered with an error, because a thread threw, or because somebody said Stop.
// Then all threads end as soon as they ask whether to go on, and nothing can be run any more.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <exception>
#include <functional>
#include <mutex>
#include <thread>
#include <vector>

#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum::traversal {

class Workers {
 public:
  // What to count for reading a list from a snapshot, beside its entries: it may have to come from a disk.
  static constexpr std::uint64_t kListWork = 256;

  // `work_total`, in whatever unit AddWork counts in, is what `done` of RunOptions::poll is a fraction of. `options`
  // outlives this. Where the system starts fewer threads, these are enough.
  explicit Workers(const RunOptions& options, std::uint64_t work_total = 0)
      : Workers(options, work_total, options.threads) {}
  // Of so many threads at first, whatever `options` allow.
  Workers(const RunOptions& options, std::uint64_t work_total, unsigned threads);
  ~Workers();
  Workers(const Workers&) = delete;
  Workers& operator=(const Workers&) = delete;

  // Starts threads until there are so many, or as many of them as the system starts.
  void Grow(unsigned threads);

  const RunOptions& options() const { return options_; }
  unsigned count() const { return static_cast<unsigned>(threads_.size()) + 1; }

  // work(worker) on each thread, worker from 0 (the calling one) to count() - 1; returns when all have. `work` sees
  // what was written before the call; the caller sees what it wrote. An error of the poll is returned. What is thrown
  // on any thread is thrown on here, when all have ended.
  Status Run(const std::function<void(unsigned worker)>& work);

  // work(begin, end, worker) over pieces of [0, size) of at most `grain`, whoever is free taking the next. Polls in
  // between: an error ends it when the pieces at hand are done. Each piece counts as end - begin of the work in all.
  template <class Work>
  Status ForEachRange(std::uint64_t size, std::uint64_t grain, Work work);

  // Whether thread `worker` is to go on, after work that is measured in entries of lists. The calling thread polls, but
  // at most once in a few milliseconds; the error is then what Run and ForEachRange return.
  bool GoesOn(unsigned worker, std::uint64_t entries) {
    if (worker == 0 && polls_ && (unpolled_ += entries) >= kWorkBetweenLooks) LookAtTheClock();
    return !stopped_.load(std::memory_order_relaxed);
  }
  // The same for loops of the calling thread's own.
  Status Poll(std::uint64_t entries) { return GoesOn(0, entries) ? Status() : std::move(polled_); }

  void Stop() { stopped_.store(true, std::memory_order_relaxed); }
  const std::atomic<bool>& stopped() const { return stopped_; }

  void AddWork(std::uint64_t work) { work_done_.fetch_add(work, std::memory_order_relaxed); }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t kWorkBetweenLooks = 4096;  // some 10 µs
  static constexpr std::chrono::milliseconds kPollInterval{2};

  void LookAtTheClock();
  template <class Work>
  void StopIfItThrows(Work work);
  bool WaitForOthers();
  void WorkUntilTheEnd(unsigned worker, std::uint32_t seen);

  const RunOptions& options_;
  const bool polls_;
  const std::uint64_t work_total_;
  std::atomic<std::uint64_t> work_done_{0};
  std::uint64_t unpolled_ = 0;
  Clock::time_point asked_at_{};  // long ago: who has been cancelled already is heard at once
  double told_ = 0;
  Status polled_;
  std::atomic<bool> stopped_{false};
  std::atomic<bool> threw_{false};
  std::exception_ptr thrown_;  // by the thread that set threw_

  const std::function<void(unsigned)>* work_ = nullptr;  // null: the threads shall end
  std::atomic<std::uint32_t> round_{0};                  // counts calls of Run
  std::atomic<std::uint32_t> at_work_{0};                // of threads_
  std::mutex mutex_;                                     // for all_done_ alone
  std::condition_variable all_done_;                     // at_work_ is 0
  std::vector<std::thread> threads_;
};

// body(begin, end) over consecutive pieces of [0, size) on the calling thread, polling in between.
template <class Body>
Status InPieces(Workers& workers, std::uint64_t size, Body body) {
  constexpr std::uint64_t kPiece = 4096;
  for (std::uint64_t begin = 0; begin < size; begin += kPiece) {
    body(begin, std::min(begin + kPiece, size));
    if (Status status = workers.Poll(kPiece); !status.ok()) return status;
  }
  return {};
}

template <class Work>
Status Workers::ForEachRange(std::uint64_t size, std::uint64_t grain, Work work) {
  std::atomic<std::uint64_t> next{0};
  const auto take_pieces = [&](unsigned worker) {
    for (bool goes_on = !stopped_.load(std::memory_order_relaxed); goes_on;
         goes_on = GoesOn(worker, kWorkBetweenLooks)) {
      const std::uint64_t begin = next.fetch_add(grain, std::memory_order_relaxed);
      if (begin >= size) return;
      const std::uint64_t end = std::min(begin + grain, size);
      work(begin, end, worker);
      AddWork(end - begin);
    }
  };
  if (count() > 1 && size > grain) return Run(take_pieces);
  take_pieces(0);
  return std::move(polled_);
}

}  // namespace plenum::traversal
