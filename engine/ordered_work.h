// Work on a sequence by several threads, with what depends on the order done in order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "plenum/status.h"

namespace plenum {

// For each item of `next()` → Result<std::optional<Item>>, until it gives nothing: `consume(work(item))` → Status.
// Items are taken one at a time, worked on side by side, and consumed one at a time in the order they were taken, so
// that the outcome does not depend on `threads`. The first failure in that order ends it and is returned.
template <class Next, class Work, class Consume>
Status WorkInOrder(unsigned threads, Next next, Work work, Consume consume) {
  std::mutex taking;
  std::uint64_t taken = 0;  // guarded by `taking`
  std::mutex turns;
  std::condition_variable turn_came;
  std::uint64_t turn = 0;  // these by `turns`
  bool stopped = false;
  Status result;

  const auto has_stopped = [&] {
    const std::lock_guard lock(turns);
    return stopped;
  };
  const auto in_turn = [&](std::uint64_t place, auto act) {  // whether to go on
    std::unique_lock lock(turns);
    turn_came.wait(lock, [&] { return stopped || turn == place; });
    if (stopped) return false;
    lock.unlock();
    Status status = act();
    lock.lock();
    ++turn;
    if (!status.ok()) {
      result = std::move(status);
      stopped = true;
    }
    turn_came.notify_all();
    return !stopped;
  };
  const auto run = [&] {
    while (!has_stopped()) {
      std::unique_lock lock(taking);
      auto item = next();
      const std::uint64_t place = taken++;
      lock.unlock();
      if (item && !*item) return;
      bool go_on = false;
      if (item) {
        auto worked = work(std::move(**item));
        go_on = in_turn(place, [&] { return consume(std::move(worked)); });
      } else {
        go_on = in_turn(place, [&] { return Status(std::move(item).error()); });
      }
      if (!go_on) return;
    }
  };
  std::vector<std::thread> others;
  for (unsigned i = 1; i < threads; ++i) others.emplace_back(run);
  run();
  for (std::thread& other : others) other.join();
  return result;
}

}  // namespace plenum
