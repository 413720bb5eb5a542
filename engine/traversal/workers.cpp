// See workers.h.
#include "engine/traversal/workers.h"

namespace plenum::traversal {

Workers::Workers(const RunOptions& options, std::uint64_t work_total) : options_(options), work_total_(work_total) {
  for (unsigned worker = 1; worker < options.threads; ++worker) {
    threads_.emplace_back([this, worker] { WorkUntilTheEnd(worker); });
  }
}

Workers::~Workers() {
  work_ = nullptr;
  round_.fetch_add(1);
  round_.notify_all();
  for (std::thread& thread : threads_) thread.join();
}

void Workers::Run(const std::function<void(unsigned)>& work) {
  work_ = &work;
  at_work_.store(static_cast<std::uint32_t>(threads_.size()));
  round_.fetch_add(1);
  round_.notify_all();
  work(0);
  for (std::uint32_t left = at_work_.load(); left != 0; left = at_work_.load()) at_work_.wait(left);
}

void Workers::WorkUntilTheEnd(unsigned worker) {
  for (std::uint32_t seen = 0;; ++seen) {
    round_.wait(seen);
    if (work_ == nullptr) return;
    (*work_)(worker);
    if (at_work_.fetch_sub(1) == 1) at_work_.notify_one();
  }
}

Status Workers::AskIfDue() {
  polls_skipped_ = 0;
  const Clock::time_point now = Clock::now();
  if (now - asked_at_ < kPollInterval) return {};
  asked_at_ = now;
  const auto done = static_cast<double>(work_done_.load(std::memory_order_relaxed));
  if (work_total_ != 0) told_ = std::max(told_, std::min(1.0, done / static_cast<double>(work_total_)));
  return options_.poll(told_);
}

}  // namespace plenum::traversal
