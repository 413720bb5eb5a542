// See workers.h.
#include "engine/traversal/workers.h"

#include <system_error>
#include <utility>

namespace plenum::traversal {

Workers::Workers(const RunOptions& options, std::uint64_t work_total, unsigned threads)
    : options_(options), polls_(options.poll != nullptr), work_total_(work_total) {
  Grow(threads);
}

Workers::~Workers() {
  work_ = nullptr;
  round_.fetch_add(1);
  round_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Grow(unsigned threads) {
  try {
    while (count() < threads) {
      threads_.emplace_back([this, worker = count(), seen = round_.load()] { WorkUntilTheEnd(worker, seen); });
    }
  } catch (const std::system_error&) {  // no more threads: a limit of processes, or no memory for a stack
  } catch (const std::bad_alloc&) {
  }
}

Status Workers::Run(const std::function<void(unsigned)>& work) {
  work_ = &work;
  at_work_.store(static_cast<std::uint32_t>(threads_.size()));
  round_.fetch_add(1);
  round_.notify_all();
  StopIfItThrows([&] { work(0); });
  while (!WaitForOthers()) {
    StopIfItThrows([this] { (void)GoesOn(0, kWorkBetweenLooks); });
  }
  if (threw_.load()) std::rethrow_exception(std::move(thrown_));
  return std::move(polled_);
}

template <class Work>
void Workers::StopIfItThrows(Work work) {
  try {
    work();
  } catch (...) {
    if (!threw_.exchange(true)) thrown_ = std::current_exception();
    Stop();
  }
}

// Whether they have ended; false comes back when it is time to poll.
bool Workers::WaitForOthers() {
  constexpr int kLooksMax = 1'000;  // about a microsecond: much less than to sleep and be woken
  for (int look = 0; look < kLooksMax; ++look) {
    if (at_work_.load(std::memory_order_acquire) == 0) return true;
  }
  std::unique_lock lock(mutex_);
  const auto ended = [this] { return at_work_.load(std::memory_order_acquire) == 0; };
  if (polls_ && !stopped_.load(std::memory_order_relaxed)) return all_done_.wait_for(lock, kPollInterval, ended);
  all_done_.wait(lock, ended);
  return true;
}

void Workers::WorkUntilTheEnd(unsigned worker, std::uint32_t seen) {
  for (;; ++seen) {
    round_.wait(seen);
    if (work_ == nullptr) return;
    StopIfItThrows([&] { (*work_)(worker); });
    if (at_work_.fetch_sub(1) != 1) continue;
    const std::lock_guard lock(mutex_);
    all_done_.notify_one();
  }
}

void Workers::LookAtTheClock() {
  unpolled_ = 0;
  const Clock::time_point now = Clock::now();
  if (stopped_.load(std::memory_order_relaxed) || now - asked_at_ < kPollInterval) return;
  asked_at_ = now;
  const auto done = static_cast<double>(work_done_.load(std::memory_order_relaxed));
  if (work_total_ != 0) told_ = std::max(told_, std::min(1.0, done / static_cast<double>(work_total_)));
  polled_ = options_.poll(told_);
  if (!polled_.ok()) Stop();
}

}  // namespace plenum::traversal
