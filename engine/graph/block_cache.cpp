// See block_cache.h. Whatever is unlinked is retired in the same moment, under the mutex; it is freed after the mutex
// is given back.
#include "engine/graph/block_cache.h"

#include <cassert>

namespace plenum::graph {

BlockCache::BlockCache(BlockCacheOptions options) : options_(options), last_touched_(kTouchEntries) {}

BlockCache::~BlockCache() {
  for (CachedBlock* block : ring_) delete block;
}

SlotTable& BlockCache::AddTable() {
  const std::lock_guard lock(tables_mutex_);
  tables_.push_back(std::unique_ptr<SlotTable>(new SlotTable(static_cast<std::uint32_t>(tables_.size()))));
  return *tables_.back();
}

const CachedBlock* BlockCache::InstallAny(SlotTable& table, std::uint32_t number, std::unique_ptr<CachedBlock>& block) {
  assert(block);
  std::unique_ptr<CachedBlock> duplicate;  // destroyed without the lock
  const CachedBlock* used = block.get();
  {
    const std::lock_guard lock(mutex_);
    const CachedBlock* cached = table.Get(number);
    if (cached && cached->base <= block->base) {
      ++counts_.duplicates;
      duplicate = std::move(block);
      cached->MarkUsed();
      return cached;
    }
    if (cached) {
      ++counts_.refused_newer;
    } else if (LastTouched(table, number) > block->base && !IsMutant("install-what-a-commit-has-touched")) {
      ++counts_.refused_touched;
    } else if (!HasRoom(*block)) {
      ++counts_.refused_full;
    } else {
      ++counts_.installed;
      Link(table, number, std::move(block));
      Evict();
    }
  }
  epochs_.Reclaim();
  return used;
}

void BlockCache::Discard(SlotTable& table, std::uint32_t number, const CachedBlock& block) {
  const std::lock_guard lock(mutex_);
  CachedBlock* cached = table.Get(number);
  if (cached == &block) Unlink(*cached);
}

CommitNumber& BlockCache::LastTouched(const SlotTable& table, std::uint32_t number) {
  // Blocks of one table that are near each other have entries of their own.
  return last_touched_[(table.id_ * 0x9E3779B1u + number) % kTouchEntries];
}

void BlockCache::Link(SlotTable& table, std::uint32_t number, std::unique_ptr<CachedBlock> block) {
  block->table_ = &table;
  block->number_ = number;
  block->place_ = ring_.size();
  cached_bytes_ += BytesOf(*block);
  ring_.push_back(block.get());
  table.Set(number, block.release());
}

void BlockCache::Unlink(CachedBlock& block) {
  const std::size_t bytes = BytesOf(block);
  block.table_->Set(block.number_, nullptr);
  ring_.back()->place_ = block.place_;
  std::swap(ring_[block.place_], ring_.back());
  ring_.pop_back();
  cached_bytes_ -= bytes;
  epochs_.Retire(std::unique_ptr<const Retirable>(&block), bytes);
}

bool BlockCache::HasRoom(const CachedBlock& block) const {
  return epochs_.retired_bytes() + BytesOf(block) <= options_.bytes_max / 2;
}

void BlockCache::Evict() {
  // What is retired still takes memory, so there is that much less room; but never less than half.
  const std::size_t room = options_.bytes_max - std::min(epochs_.retired_bytes(), options_.bytes_max / 2);
  // Readers set marks while the hand goes round, so after two rounds marks no longer protect.
  for (std::size_t spared = 0; cached_bytes_ > room && !ring_.empty();) {
    if (hand_ >= ring_.size()) hand_ = 0;
    CachedBlock& block = *ring_[hand_];
    if (spared < 2 * ring_.size() && block.used_.load(std::memory_order_relaxed)) {
      block.used_.store(false, std::memory_order_relaxed);
      ++spared;
    } else {
      ++counts_.evicted;
      Unlink(block);
    }
    ++hand_;  // past the newest block too, which is now where the evicted one was: its turn comes a round later
  }
}

bool BlockCache::Outgrown(const CachedBlock& block) const {
  return block.change_bytes_ > std::max(options_.change_bytes_max, block.content_bytes / options_.content_per_change);
}

std::size_t BlockCache::BytesOf(const CachedBlock& block) {
  constexpr std::size_t kBlockBytes = sizeof(CachedBlock) + 64;  // with its changes' own fields, ring and slot
  return kBlockBytes + block.content_bytes + block.change_bytes_;
}

Publication BlockCache::Publish(CommitNumber commit) { return Publication(*this, commit); }

std::size_t BlockCache::bytes() const {
  const std::lock_guard lock(mutex_);
  return cached_bytes_ + epochs_.retired_bytes();
}

BlockCacheCounts BlockCache::counts() const {
  const std::lock_guard lock(mutex_);
  return counts_;
}

Publication::Publication(BlockCache& cache, CommitNumber commit) : cache_(cache), lock_(cache.mutex_), commit_(commit) {
  assert(commit > cache_.published_);
}

Publication::~Publication() {
  if (!lock_.owns_lock()) return;  // finished
  for (const auto& [table, number] : touched_) {
    if (CachedBlock* block = table->Get(number)) Drop(*block);
  }
  Unlock();
}

CachedBlock* Publication::TouchAny(SlotTable& table, std::uint32_t number) {
  cache_.LastTouched(table, number) = commit_;
  CachedBlock* block = table.Get(number);
  if (block) touched_.emplace_back(&table, number);
  return block;
}

void Publication::Count(CachedBlock& block, std::size_t bytes) {
  block.change_bytes_ += bytes;
  cache_.cached_bytes_ += bytes;
}

void Publication::Drop(CachedBlock& block) { cache_.Unlink(block); }

void Publication::End() {
  for (const auto& [table, number] : touched_) {
    CachedBlock* block = table->Get(number);
    if (!block || !cache_.Outgrown(*block)) continue;
    ++cache_.counts_.outgrown;
    cache_.Unlink(*block);
  }
  cache_.Evict();
  Unlock();
}

void Publication::Unlock() {
  cache_.published_ = commit_;
  lock_.unlock();
  cache_.epochs_.Reclaim();
}

}  // namespace plenum::graph
