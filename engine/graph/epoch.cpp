// See epoch.h. What is retired carries the epoch of that moment, and with it a new epoch begins: so a reader that
// entered in a later epoch than the tag did so after the object could no longer be reached.
#include "engine/graph/epoch.h"

#include <algorithm>
#include <utility>

#include "engine/value/mutant.h"

namespace plenum::graph {

Epochs::~Epochs() { assert(free_seats_.size() == seats_.size()); }

void Epochs::Retire(std::unique_ptr<const Retirable> object, std::size_t bytes) {
  const std::lock_guard lock(mutex_);
  retired_.push_back({std::move(object), bytes, epoch_.load()});
  epoch_.fetch_add(1);
  retired_bytes_.fetch_add(bytes, std::memory_order_relaxed);
  bytes_ever_retired_.fetch_add(bytes);
}

void Epochs::Reclaim() {
  std::vector<Retired> freed;  // destroyed last, without the lock
  const std::lock_guard lock(mutex_);
  if (retired_.empty()) return;
  const std::uint64_t oldest = OldestInside();
  while (!retired_.empty() && (retired_.front().epoch < oldest || IsMutant("free-without-waiting-for-readers"))) {
    retired_bytes_.fetch_sub(retired_.front().bytes, std::memory_order_relaxed);
    freed.push_back(std::move(retired_.front()));
    retired_.pop_front();
  }
}

std::uint64_t Epochs::OldestInside() const {
  std::uint64_t oldest = epoch_.load();
  for (const Seat& seat : seats_) {
    const std::uint64_t epoch = seat.epoch.load();
    if (epoch != kOutside) oldest = std::min(oldest, epoch);
  }
  return oldest;
}

Epochs::Seat* Epochs::TakeSeat() {
  const std::lock_guard lock(mutex_);
  if (free_seats_.empty()) return &seats_.emplace_back();
  Seat* const seat = free_seats_.back();
  free_seats_.pop_back();
  return seat;
}

void Epochs::GiveBack(Seat* seat) {
  const std::lock_guard lock(mutex_);
  free_seats_.push_back(seat);
}

}  // namespace plenum::graph
