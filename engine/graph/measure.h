// Counts what a store holds of a graph, and its bytes by kind: on the disk, and decoded as transactions keep it.
#pragma once

#include "engine/storage/store.h"
#include "plenum/inspection.h"
#include "plenum/status.h"

namespace plenum::graph {

// The state at the moment of the call. Corruption where something cannot be read: a check says more.
Result<DatabaseStatistics> Measure(storage::Store& store, const StatisticsOptions& options = {});

}  // namespace plenum::graph
