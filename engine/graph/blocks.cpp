// See blocks.h.
#include "engine/graph/blocks.h"

#include <mutex>

namespace plenum::graph {

SlotTable& BlockTables::Find(std::uint64_t name) {
  {
    const std::shared_lock lock(mutex_);
    if (const auto found = tables_.find(name); found != tables_.end()) return *found->second;
  }
  const std::lock_guard lock(mutex_);
  SlotTable*& table = tables_[name];
  if (table == nullptr) table = &cache_.AddTable();
  return *table;
}

}  // namespace plenum::graph
