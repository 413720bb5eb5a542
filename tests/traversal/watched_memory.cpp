// See watched_memory.h. This program's operators new and delete.
#include "tests/traversal/watched_memory.h"

#include <malloc.h>

#include <atomic>
#include <cstdlib>
#include <limits>
#include <new>

namespace plenum::tests {
namespace {

constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

std::atomic<std::int64_t> allocations_left{kNever};
std::atomic<std::int64_t> taken{0};
std::atomic<std::int64_t> most_taken{0};

void* Taken(void* memory) {
  if (memory == nullptr) throw std::bad_alloc();
  const auto now = taken.fetch_add(static_cast<std::int64_t>(malloc_usable_size(memory))) +
                   static_cast<std::int64_t>(malloc_usable_size(memory));
  for (std::int64_t most = most_taken.load(); now > most && !most_taken.compare_exchange_weak(most, now);) {
  }
  return memory;
}

void FailIfDue() {
  if (allocations_left.load() != kNever && allocations_left.fetch_sub(1) == 0) throw std::bad_alloc();
}

void GiveBack(void* memory) {
  if (memory != nullptr) taken.fetch_sub(static_cast<std::int64_t>(malloc_usable_size(memory)));
  std::free(memory);
}

}  // namespace

void WatchMemory() {
  taken.store(0);
  most_taken.store(0);
}
std::uint64_t MostTaken() { return static_cast<std::uint64_t>(most_taken.load()); }

void FailAllocationAfter(std::int64_t allocations) { allocations_left.store(allocations); }
bool StopFailing() { return allocations_left.exchange(kNever) < 0; }

}  // namespace plenum::tests

void* operator new(std::size_t size) {
  plenum::tests::FailIfDue();
  return plenum::tests::Taken(std::malloc(size == 0 ? 1 : size));
}
// Else sanitizers have one of their own, whose memory operator delete cannot take.
void* operator new(std::size_t size, const std::nothrow_t&) noexcept {
  try {
    return operator new(size);
  } catch (const std::bad_alloc&) {
    return nullptr;
  }
}
void* operator new(std::size_t size, std::align_val_t alignment) {
  plenum::tests::FailIfDue();
  const auto align = static_cast<std::size_t>(alignment);
  return plenum::tests::Taken(std::aligned_alloc(align, (size + align - 1) / align * align));
}
void operator delete(void* memory) noexcept { plenum::tests::GiveBack(memory); }
void operator delete(void* memory, std::size_t) noexcept { plenum::tests::GiveBack(memory); }
void operator delete(void* memory, std::align_val_t) noexcept { plenum::tests::GiveBack(memory); }
void operator delete(void* memory, std::size_t, std::align_val_t) noexcept { plenum::tests::GiveBack(memory); }
