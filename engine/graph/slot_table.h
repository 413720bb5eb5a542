// From a block's number to the block that is cached for it, if any: a few loads, no lock, no reference count.
//
// Two levels: a directory of leaves of kLeafSlots slots. Leaves are made when the first block of theirs is cached, and
// stay. A directory that became too small is replaced by one of twice the size or more; the old ones stay too, readers
// may still be in them, and together they are no larger than the last. Only the BlockCache changes a table.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/graph/changes.h"
#include "engine/graph/epoch.h"
#include "engine/value/mutant.h"

namespace plenum::graph {

class SlotTable;

// A decoded piece of the store: exact at commit `base`, and with the changes that hang on it at each later commit that
// is published while it is cached.
class CachedBlock : public Retirable {
 public:
  // `bytes`: what the content holds in memory.
  CachedBlock(CommitNumber exact_at, std::size_t bytes) : base(exact_at), content_bytes(bytes) {}

  const CommitNumber base;
  const std::size_t content_bytes;

 private:
  friend class BlockCache;
  friend class Publication;
  friend class SlotTable;
  static constexpr std::size_t kUnlinked = SIZE_MAX;

  void MarkUsed() const {
    if (!used_.load(std::memory_order_relaxed)) used_.store(true, std::memory_order_relaxed);
  }

  mutable std::atomic<bool> used_{false};  // again, since it came or the clock's hand passed
  // What follows is guarded by the cache's mutex.
  SlotTable* table_ = nullptr;
  std::uint32_t number_ = 0;
  std::size_t place_ = kUnlinked;  // in the clock's ring
  std::size_t change_bytes_ = 0;
};

// A block of one kind: what was decoded, and what changed since. Content is immutable.
template <class ContentType, class PayloadType>
struct Block : CachedBlock {
  using Content = ContentType;
  using Payload = PayloadType;

  Block(CommitNumber exact_at, std::size_t bytes, Content decoded)
      : CachedBlock(exact_at, bytes), content(std::move(decoded)) {}

  const Content content;
  Changes<Payload> changes;
};

class SlotTable {
 public:
  SlotTable(const SlotTable&) = delete;
  SlotTable& operator=(const SlotTable&) = delete;

  // The cached block of `number` if it can be read at `commit`, else null: then the reader decodes one from its own
  // store snapshot (see BlockCache::Install). The caller is inside an EpochGuard; the block is good until it leaves.
  // All blocks of one table are of the type B.
  template <class B>
  const B* Find(std::uint32_t number, CommitNumber commit) const {
    const CachedBlock* block = Get(number);
    // What is newer than the reader's view does not say what held then.
    if (!block || (block->base > commit && !IsMutant("block-newer-than-the-view"))) return nullptr;
    block->MarkUsed();
    return static_cast<const B*>(block);
  }

 private:
  friend class BlockCache;
  friend class Publication;
  static constexpr std::uint32_t kLeafBits = 8;
  static constexpr std::uint32_t kLeafSlots = 1u << kLeafBits;
  static constexpr std::uint32_t kFirstLeaves = 4;
  using Leaf = std::array<std::atomic<CachedBlock*>, kLeafSlots>;
  struct Directory {
    explicit Directory(std::uint32_t leaves_max) : size(leaves_max), leaves(new std::atomic<Leaf*>[leaves_max] {}) {}
    const std::uint32_t size;
    const std::unique_ptr<std::atomic<Leaf*>[]> leaves;
  };

  explicit SlotTable(std::uint32_t id) : id_(id) {}

  CachedBlock* Get(std::uint32_t number) const {
    const Directory* directory = directory_.load(std::memory_order_acquire);
    const std::uint32_t index = number >> kLeafBits;
    if (!directory || index >= directory->size) return nullptr;
    const Leaf* leaf = directory->leaves[index].load(std::memory_order_acquire);
    // Sequentially consistent: see epoch.h. Directories and leaves are never retired.
    return leaf ? (*leaf)[number % kLeafSlots].load() : nullptr;
  }
  void Set(std::uint32_t number, CachedBlock* block);
  std::atomic<Leaf*>& LeafEntry(std::uint32_t index);  // in a directory large enough

  const std::uint32_t id_;  // within its cache
  std::atomic<const Directory*> directory_{nullptr};
  std::vector<std::unique_ptr<Directory>> directories_;  // the last is the one in use
  std::vector<std::unique_ptr<Leaf>> leaves_;
};

}  // namespace plenum::graph
