// What an index on (label, property) holds, and how a unique one finds a node.
#pragma once

#include <optional>

#include "engine/graph/catalog.h"
#include "engine/graph/graph.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

// Whether an index holds it. A unique one holds what equals itself: NaN does not, nor does a list with it, so no two
// nodes can share it and none is found by it. A range one holds such lists, which < may compare.
bool IsIndexed(const Value& value, bool unique);

// The node that a unique index has under a value: one read of the store.
Result<std::optional<NodeId>> SeekUnique(storage::StoreTransaction& store, const IndexDefinition& index,
                                         const Value& value);

}  // namespace plenum::graph
