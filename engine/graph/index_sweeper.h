// Deletes the entries of dropped indexes in the background: the drop is one small commit, whatever the index's size.
// Likewise those of an index that was being built when its transaction was rolled back (index_build.cpp).
//
// An index is retired by its number, which is never given out again, so nothing waits for the entries to be gone. A
// process that ends before they are leaves the definition, marked as dropped; the next open for writing goes on.
#pragma once

#include <cstdint>

#include "engine/graph/background.h"
#include "engine/storage/store.h"

namespace plenum::graph {

// Deletes the entries of `index`, whose definition says that it is dropped, and then that, as a task. Returns at once.
// The store must outlive the tasks.
void SweepIndex(storage::Store& store, std::uint32_t index, BackgroundTasks& tasks);

}  // namespace plenum::graph
