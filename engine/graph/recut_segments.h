// Cuts the lists of a type and direction into smaller segments when the type has grown, so that no segment holds much
// more than SegmentBits (storage/segment.h) aims at.
//
// The new segments have keys of their own, so nobody sees them while they are made. One commit makes them those that
// are read; views of before go on reading the old ones. What is not in use is named in the store before it is made and
// until it is deleted: a process that ends in between leaves it to the next open.
#pragma once

#include <atomic>
#include <cstdint>

#include "engine/graph/graph.h"
#include "engine/graph/graph_core.h"

namespace plenum::graph {

// Segments of 2^bits nodes hold several times as much as they should, in a graph of so many nodes and so many
// relationships of the type.
bool AreSegmentsTooLarge(std::uint8_t bits, std::uint64_t nodes, std::uint64_t relationships);

// Takes its turn to write, and keeps it for about 100 ns a relationship. Does nothing when the segments are small
// enough.
Status RecutSegments(GraphCore& core, TypeId type, Direction direction, const std::atomic<bool>& stop);

// Deletes the segments that are not in use.
Status SweepLeftOverCut(storage::Store& store, TypeId type, Direction direction, const std::atomic<bool>& stop);

}  // namespace plenum::graph
