// What the transactions of one Graph share: the committed state to begin from, and whose turn it is to write.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

#include "engine/graph/catalog.h"
#include "engine/graph/element_cache.h"
#include "engine/graph/write_queue.h"
#include "engine/storage/store.h"

namespace plenum::graph {

// The committed state between two commits, shared by all transactions that began in that time. Immutable, but for the
// cache, which only ever holds what the snapshot says.
struct ReadView {
  std::shared_ptr<const storage::Snapshot> snapshot;
  std::shared_ptr<const Catalog> catalog;
  std::shared_ptr<ElementCache> cache;
};

// The next numbers to give out, by the key they are stored under. They only ever grow, also when a transaction is
// rolled back, so that nothing that was seen under a number comes back as something else. Each is read when first
// needed.
using NextNumbers = std::map<std::string, std::uint64_t>;

class GraphCore {
 public:
  GraphCore(storage::Store& opened_store, std::uint64_t cache_bytes_max)
      : store(opened_store), cache_bytes_max_(cache_bytes_max) {}

  std::shared_ptr<const ReadView> View() const {
    const std::lock_guard lock(mutex_);
    return view_;
  }
  void Publish(std::shared_ptr<const Catalog> catalog);
  // After a commit that began at `before`: `forget` is called on the cache to erase what was written, when it can be
  // kept; it starts empty when other transactions still read the state before.
  template <class Forget>
  void Publish(std::shared_ptr<const Catalog> catalog, std::shared_ptr<const ReadView> before, Forget forget);

  storage::Store& store;
  WriteQueue queue;
  NextNumbers next_numbers;  // for whoever has the turn to write

 private:
  const std::uint64_t cache_bytes_max_;
  mutable std::mutex mutex_;
  std::shared_ptr<const ReadView> view_;
};

inline void GraphCore::Publish(std::shared_ptr<const Catalog> catalog) {
  auto cache = std::make_shared<ElementCache>(cache_bytes_max_);
  const std::lock_guard lock(mutex_);
  view_ = std::make_shared<const ReadView>(ReadView{store.TakeSnapshot(), std::move(catalog), std::move(cache)});
}

template <class Forget>
void GraphCore::Publish(std::shared_ptr<const Catalog> catalog, std::shared_ptr<const ReadView> before, Forget forget) {
  std::shared_ptr<const storage::Snapshot> snapshot = store.TakeSnapshot();
  const std::lock_guard lock(mutex_);
  // One reference is ours here, one is view_'s, and nobody can take another while the lock is held.
  const bool unshared = before == view_ && before.use_count() == 2;
  auto cache = unshared ? before->cache : std::make_shared<ElementCache>(cache_bytes_max_);
  if (unshared) forget(*cache);
  view_ = std::make_shared<const ReadView>(ReadView{std::move(snapshot), std::move(catalog), std::move(cache)});
}

}  // namespace plenum::graph
