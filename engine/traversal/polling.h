// When a search asks whether it may go on, and when it lets go of memory: by the clock, which is looked at after so
// much work that the looking costs next to nothing, and so little that milliseconds cannot pass.
#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <utility>

#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum::traversal {

class Polling {
 public:
  // What to count for a list beside its entries: the first of a segment has the whole segment read.
  static constexpr std::uint64_t kListWork = 64;

  // `run` outlives this.
  explicit Polling(const RunOptions& run) : run_(&run) {}
  // One that ends when another thread says so, too. `stop` outlives this.
  Polling(const RunOptions& run, const std::atomic<bool>& stop) : run_(&run), stop_(&stop) {}
  // One that asks nobody, but ends when another thread says so.
  explicit Polling(const std::atomic<bool>& stop) : stop_(&stop) {}

  // Counts work, in list entries read. False: the search is to end.
  bool GoesOn(std::uint64_t work) {
    work_ += work;
    return work_ < look_at_ ? goes_on_ : Look();
  }
  // The search is to end, without an error.
  void End() { goes_on_ = false; }
  // Whether it is time to call Release; says so once. For where no spans are held.
  bool ReleaseIsDue() { return std::exchange(release_due_, false); }

  // How much is done, from 0 to 1: an estimate, passed on if it is more than before.
  void Tell(double done) { done_ = std::max(done_, std::min(done, 1.0)); }
  double told() const { return done_; }

  // What the poll ended the search with, or else what reading did.
  Status TakeStatus(const Status& of_reading) {
    if (!status_.ok()) return std::move(status_);
    return of_reading.ok() ? Status() : Status(of_reading.error());
  }

 private:
  using Clock = std::chrono::steady_clock;
  static constexpr std::uint64_t kWorkBetweenLooks = 1024;
  static constexpr std::chrono::milliseconds kInterval{2};

  bool Look() {
    look_at_ = work_ + kWorkBetweenLooks;
    if (stop_ != nullptr && stop_->load(std::memory_order_relaxed)) goes_on_ = false;
    const Clock::time_point now = Clock::now();
    if (!goes_on_ || now - looked_at_ < kInterval) return goes_on_;
    looked_at_ = now;
    release_due_ = true;
    if (run_ != nullptr && run_->poll) status_ = run_->poll(done_);
    goes_on_ = status_.ok();
    return goes_on_;
  }

  const RunOptions* run_ = nullptr;
  const std::atomic<bool>* stop_ = nullptr;
  std::uint64_t work_ = 0;
  std::uint64_t look_at_ = kWorkBetweenLooks;
  bool goes_on_ = true;
  bool release_due_ = false;
  double done_ = 0;
  Clock::time_point looked_at_ = Clock::now();
  Status status_;
};

}  // namespace plenum::traversal
