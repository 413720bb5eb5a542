// See slot_table.h: how a table grows.
#include "engine/graph/slot_table.h"

#include <algorithm>

namespace plenum::graph {

void SlotTable::Set(std::uint32_t number, CachedBlock* block) {
  std::atomic<Leaf*>& leaf = LeafEntry(number >> kLeafBits);
  if (!leaf.load()) {
    leaves_.push_back(std::make_unique<Leaf>());
    leaf.store(leaves_.back().get(), std::memory_order_release);
  }
  (*leaf.load())[number % kLeafSlots].store(block);
}

std::atomic<SlotTable::Leaf*>& SlotTable::LeafEntry(std::uint32_t index) {
  const Directory* old = directory_.load();
  if (old && index < old->size) return old->leaves[index];
  const std::uint32_t old_size = old ? old->size : 0;
  auto larger = std::make_unique<Directory>(std::max({index + 1, old_size * 2, kFirstLeaves}));
  for (std::uint32_t i = 0; i < old_size; ++i) larger->leaves[i].store(old->leaves[i].load());
  directory_.store(larger.get(), std::memory_order_release);
  directories_.push_back(std::move(larger));
  return directories_.back()->leaves[index];
}

}  // namespace plenum::graph
