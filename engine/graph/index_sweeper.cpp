// See index_sweeper.h.
#include "engine/graph/index_sweeper.h"

#include "engine/storage/key_layout.h"

namespace plenum::graph {

IndexSweeper::~IndexSweeper() {
  {
    const std::lock_guard lock(mutex_);
    stop_ = true;
  }
  changed_.notify_all();
  if (thread_.joinable()) thread_.join();
}

void IndexSweeper::Sweep(std::uint32_t index) {
  const std::lock_guard lock(mutex_);
  waiting_.push_back(index);
  if (!thread_.joinable()) thread_ = std::thread([this] { Run(); });
  changed_.notify_all();
}

void IndexSweeper::Run() {
  for (;;) {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return stop_ || !waiting_.empty(); });
    if (stop_) return;
    const std::uint32_t index = waiting_.front();
    waiting_.pop_front();
    lock.unlock();
    // When the store fails, it refuses further writes and says why to whoever writes next; the next open goes on here.
    const storage::KeyRange entries = storage::PrefixRange(storage::IndexPrefix(index));
    if (!store_.DropRange(entries, &stop_).ok()) return;
    storage::WriteSet definition;
    definition.Erase(storage::IndexDefinitionKey(index));
    if (!store_.Apply(definition, false).ok()) return;
  }
}

}  // namespace plenum::graph
