// The graphs that walking is measured on: each in a database, and as plain arrays.
#pragma once

#include <cstdint>
#include <vector>

#include "bench/rmat.h"
#include "plenum/graph.h"

namespace plenum::bench {

// From which day each entry of the arrays holds, and until which, the second not among them. Empty: timeless.
struct Days {
  std::vector<std::int32_t> from;
  std::vector<std::int32_t> until;
};

// One type's outgoing relationships, and nodes to walk from.
struct Walked {
  Walked(const Csr& rows, const Days& days, const GraphSnapshot& snapshot, TypeId type);

  const Csr& arrays;
  const Days& days;
  std::int32_t day;  // within the days: one on which about as many hold as on any
  GraphReader reader;
  Adjacency adjacency;
  Adjacency on_day;                   // those that hold on `day`
  std::vector<std::uint32_t> nodes;   // with relationships, at random
  std::size_t two_hop_sources = 0;    // so many of them
  std::vector<std::uint32_t> others;  // every second one a neighbour of the node in the same place
};

// Beside R-MAT graphs, by their scale.
constexpr std::int64_t kSparse = 0;  // one of twenty types over a million nodes, its relationships terms of some years
constexpr std::int64_t kOwn = -1;  // the type PLENUM_BENCH_TYPE of the database PLENUM_BENCH_DATABASE, if these are set

bool HasOwn();
// Made when it is first asked for, and kept.
Walked& WalkedGraph(std::int64_t scale);

}  // namespace plenum::bench
