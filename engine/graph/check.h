// Whether what a store holds of a graph agrees: every value decodes, both directions of adjacency and the columns of
// relationships say the same, indexes and counters are those of the data, and so on.
//
// It reads the bytes as they are, not through the blocks and transactions that take all of that for granted. One pass
// over all keys in their order, with look-ups beside it; what must be compared in another order is sorted, in files
// where it does not fit into memory. What is meant to be estimated (degrees, distinct values, pairs of labels: bulk
// loading writes them, commits leave them) is only decoded.
#pragma once

#include "engine/storage/store.h"
#include "plenum/inspection.h"
#include "plenum/status.h"

namespace plenum::graph {

// The state at the moment of the call; others may read and write meanwhile. What cannot be read is a problem of the
// report. An Error: Cancelled, or files for sorting cannot be written.
Result<CheckReport> Check(storage::Store& store, const CheckOptions& options = {});

}  // namespace plenum::graph
