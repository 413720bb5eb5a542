// What later commits changed in a decoded block: for each u32 key within the block (a local node, a slot, a property
// and a slot) the payloads by commit, newest first.
//
// A payload says all that a reader needs beside the block's content: it replaces the older payloads of its key. One
// thread at a time adds, any number read meanwhile, inside an EpochGuard, without a lock. A reader asks for the commit
// of its view and never sees what a later commit adds.
//
// A table of open addressing into which keys are only inserted. A key is written before the head of its chain, and
// never again, so that who sees the head sees the key. A full table is replaced by one of twice the size and retired;
// the chains live as long as the block.
#pragma once

#include <atomic>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <utility>

#include "engine/graph/epoch.h"

namespace plenum::graph {

// Counts the commits of a database, without gaps among those that are published.
using CommitNumber = std::uint64_t;

template <class Payload>
class Changes {
 public:
  Changes() = default;
  ~Changes();
  Changes(const Changes&) = delete;
  Changes& operator=(const Changes&) = delete;

  // False only if nothing was ever added: for who scans the content alone in that case.
  bool any() const { return table_.load() != nullptr; }
  // The payload of the newest commit that is at most `commit`, or null: the content still says it.
  const Payload* Find(std::uint32_t key, CommitNumber commit) const;
  // visit(key, const Payload&) for each key that Find finds, in no order.
  template <class Visit>
  void ForEach(CommitNumber commit, Visit visit) const;

  // Returns how many bytes it took, without what `payload` owns elsewhere. `commit` is not older than those added
  // before. Of two payloads of one key and commit the later one is found.
  std::size_t Add(std::uint32_t key, CommitNumber commit, Payload payload, Epochs& epochs);

 private:
  struct Version {
    CommitNumber commit;
    const Version* older;
    Payload payload;
  };
  struct Entry {
    std::atomic<const Version*> newest{nullptr};
    std::uint32_t key = 0;  // set once, before `newest`
  };
  struct Table : Retirable {
    explicit Table(std::uint32_t capacity) : mask(capacity - 1), entries(new Entry[capacity]) {}
    // Where `key` is, or the free entry where it would be.
    Entry& At(std::uint32_t key) const;
    std::size_t bytes() const { return sizeof(Table) + (std::size_t{mask} + 1) * sizeof(Entry); }

    const std::uint32_t mask;  // the capacity, a power of two, less one
    const std::unique_ptr<Entry[]> entries;
  };
  static constexpr std::uint32_t kFirstCapacity = 8;
  static constexpr std::size_t kAllocationBytes = 16;  // what the allocator adds to each version

  static const Version* UpTo(const Version* version, CommitNumber commit) {
    while (version && version->commit > commit) version = version->older;
    return version;
  }
  std::size_t Grow(Epochs& epochs);

  std::atomic<Table*> table_{nullptr};  // owned
  std::uint32_t keys_ = 0;              // the adding thread's
};

template <class Payload>
typename Changes<Payload>::Entry& Changes<Payload>::Table::At(std::uint32_t key) const {
  std::uint32_t place = key * 0x9E3779B1u;  // neighbouring keys go apart (Knuth's multiplicative hashing)
  place ^= place >> 15;
  for (;; ++place) {
    Entry& entry = entries[place & mask];
    if (!entry.newest.load(std::memory_order_acquire) || entry.key == key) return entry;
  }
}

template <class Payload>
const Payload* Changes<Payload>::Find(std::uint32_t key, CommitNumber commit) const {
  const Table* table = table_.load();
  if (!table) return nullptr;
  const Version* version = UpTo(table->At(key).newest.load(std::memory_order_acquire), commit);
  return version ? &version->payload : nullptr;
}

template <class Payload>
template <class Visit>
void Changes<Payload>::ForEach(CommitNumber commit, Visit visit) const {
  const Table* table = table_.load();
  if (!table) return;
  for (std::uint32_t i = 0; i <= table->mask; ++i) {
    const Entry& entry = table->entries[i];
    const Version* newest = entry.newest.load(std::memory_order_acquire);
    if (const Version* version = UpTo(newest, commit)) visit(entry.key, version->payload);
  }
}

template <class Payload>
std::size_t Changes<Payload>::Add(std::uint32_t key, CommitNumber commit, Payload payload, Epochs& epochs) {
  std::size_t bytes = sizeof(Version) + kAllocationBytes;
  Table* table = table_.load();
  // Never more than half full, so that a search ends soon, and ends.
  if (!table || keys_ * 2 > table->mask) {
    bytes += Grow(epochs);
    table = table_.load();
  }
  Entry& entry = table->At(key);
  const Version* newest = entry.newest.load(std::memory_order_relaxed);
  assert(!newest || newest->commit <= commit);
  if (!newest) {
    entry.key = key;
    ++keys_;
  }
  entry.newest.store(new Version{commit, newest, std::move(payload)}, std::memory_order_release);
  return bytes;
}

// Returns how many bytes the new table has more than the old one.
template <class Payload>
std::size_t Changes<Payload>::Grow(Epochs& epochs) {
  const Table* old = table_.load();
  auto table = std::make_unique<Table>(old ? (old->mask + 1) * 2 : kFirstCapacity);
  const std::size_t old_bytes = old ? old->bytes() : 0;
  const std::size_t grown_bytes = table->bytes() - old_bytes;
  for (std::uint32_t i = 0; old && i <= old->mask; ++i) {
    const Version* newest = old->entries[i].newest.load(std::memory_order_relaxed);
    if (!newest) continue;
    Entry& entry = table->At(old->entries[i].key);
    entry.key = old->entries[i].key;
    entry.newest.store(newest, std::memory_order_relaxed);
  }
  table_.store(table.release());
  if (old) epochs.Retire(std::unique_ptr<const Table>(old), old_bytes);
  return grown_bytes;
}

template <class Payload>
Changes<Payload>::~Changes() {
  const std::unique_ptr<Table> table(table_.load());
  for (std::uint32_t i = 0; table && i <= table->mask; ++i) {
    const Version* version = table->entries[i].newest.load(std::memory_order_relaxed);
    while (version) delete std::exchange(version, version->older);
  }
}

}  // namespace plenum::graph
