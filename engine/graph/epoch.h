// When memory that readers reach without a lock may be freed: epoch-based reclamation (Fraser, "Practical
// lock-freedom", 2004).
//
// A reader is inside an EpochGuard while it holds pointers to what may be unlinked. Nothing retired meanwhile is freed
// before it leaves: so it is inside for a batch, or longer as long as it looks now and then at how much that is.
// Whoever unlinks something hands it to Retire. It is freed once each reader that was inside at that time has left.
// Entering and leaving write to the reader's own cache line only.
//
// The order that it rests on: the reader's entry and its loads of pointers, and the writer's unlinking and its look at
// the readers, are all sequentially consistent. So either the writer sees the reader, or the reader sees the pointer
// gone. A pointer that leads to something retirable is therefore loaded and stored with std::memory_order_seq_cst (the
// default), which costs a reader nothing on x86.
#pragma once

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <deque>
#include <memory>
#include <mutex>
#include <vector>

namespace plenum::graph {

// What can be retired.
class Retirable {
 public:
  Retirable() = default;
  Retirable(const Retirable&) = delete;
  Retirable& operator=(const Retirable&) = delete;
  virtual ~Retirable() = default;
};

// Any number of threads may use it.
class Epochs {
 public:
  Epochs() = default;
  ~Epochs();  // nobody is inside any more; frees all that was retired
  Epochs(const Epochs&) = delete;
  Epochs& operator=(const Epochs&) = delete;

  // `object` can no longer be reached by who enters from now on. `bytes`: what it holds.
  void Retire(std::unique_ptr<const Retirable> object, std::size_t bytes);
  // Frees what no reader can hold any more. Called by who retires and by who brings new things in; not while holding a
  // lock that others wait for, since it runs destructors.
  void Reclaim();
  // Retired and not yet freed.
  std::size_t retired_bytes() const { return retired_bytes_.load(std::memory_order_relaxed); }

 private:
  friend class EpochParticipant;
  friend class EpochGuard;
  static constexpr std::uint64_t kOutside = 0;
  struct alignas(64) Seat {
    std::atomic<std::uint64_t> epoch{kOutside};  // in which its reader entered
  };
  struct Retired {
    std::unique_ptr<const Retirable> object;
    std::size_t bytes;
    std::uint64_t epoch;  // that ended with its retirement: who entered in a later one cannot hold it
  };

  Seat* TakeSeat();
  void GiveBack(Seat* seat);
  std::uint64_t OldestInside() const;

  std::atomic<std::uint64_t> epoch_{1};  // the number of things retired, and one
  std::atomic<std::uint64_t> bytes_ever_retired_{0};
  std::atomic<std::size_t> retired_bytes_{0};
  std::mutex mutex_;  // guards what follows
  std::deque<Seat> seats_;
  std::vector<Seat*> free_seats_;
  std::deque<Retired> retired_;  // oldest first
};

// A reader's place among those that are waited for: one a transaction, used by one thread at a time. Must not outlive
// the Epochs.
class EpochParticipant {
 public:
  explicit EpochParticipant(Epochs& epochs) : epochs_(epochs), seat_(epochs.TakeSeat()) {}
  ~EpochParticipant() {
    assert(depth_ == 0);
    epochs_.GiveBack(seat_);
  }
  EpochParticipant(const EpochParticipant&) = delete;
  EpochParticipant& operator=(const EpochParticipant&) = delete;

  bool inside() const { return depth_ > 0; }
  // Bytes retired since it entered: all that waits for it to leave. Requires that it is inside.
  std::uint64_t waiting_bytes() const {
    assert(inside());
    return epochs_.bytes_ever_retired_.load(std::memory_order_relaxed) - retired_before_;
  }

 private:
  friend class EpochGuard;
  Epochs& epochs_;
  Epochs::Seat* const seat_;
  int depth_ = 0;
  std::uint64_t retired_before_ = 0;  // it entered: the bytes that had ever been
};

// The participant is inside while this lives. Guards of one participant may be nested.
class EpochGuard {
 public:
  explicit EpochGuard(EpochParticipant& participant) : participant_(participant) {
    if (participant_.depth_++ != 0) return;
    // Before the epoch is looked at, so that all that waits for this one is counted as retired since.
    participant_.retired_before_ = participant_.epochs_.bytes_ever_retired_.load();
    participant_.seat_->epoch.store(participant_.epochs_.epoch_.load());
  }
  ~EpochGuard() {
    if (--participant_.depth_ == 0) {
      participant_.seat_->epoch.store(Epochs::kOutside, std::memory_order_release);
    }
  }
  EpochGuard(const EpochGuard&) = delete;
  EpochGuard& operator=(const EpochGuard&) = delete;

 private:
  EpochParticipant& participant_;
};

}  // namespace plenum::graph
