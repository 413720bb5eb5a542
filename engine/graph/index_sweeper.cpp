// See index_sweeper.h.
#include "engine/graph/index_sweeper.h"

#include <atomic>

#include "engine/storage/key_layout.h"

namespace plenum::graph {

void SweepIndex(storage::Store& store, std::uint32_t index, BackgroundTasks& tasks) {
  tasks.Add([&store, index](const std::atomic<bool>& stop) {
    // When the store fails, it refuses further writes and says why to whoever writes next; the next open goes on here.
    if (!store.DropRange(storage::PrefixRange(storage::IndexPrefix(index)), &stop).ok()) return;
    storage::WriteSet definition;
    definition.Erase(storage::IndexDefinitionKey(index));
    (void)store.Apply(definition, false);
  });
}

}  // namespace plenum::graph
