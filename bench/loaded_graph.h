// Plain arrays as a graph in a store, loaded in bulk and open for reading.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "bench/rmat.h"
#include "bench/temporary_directory.h"
#include "engine/graph/graph.h"
#include "engine/storage/store.h"

namespace plenum::bench {

// Nodes 0 to n - 1, labelled "N", have the ids of the arrays; each row entry is a relationship. The arrays of the k-th
// type, "T0" and so on, may have a validity for each entry, in the order of the rows.
class LoadedGraph {
 public:
  struct Type {
    const Csr* rows = nullptr;
    std::span<const Interval> validity = {};  // empty: timeless
  };
  explicit LoadedGraph(std::span<const Type> types);

  GraphSnapshot Snapshot() const { return graph_->Snapshot(); }

 private:
  TemporaryDirectory directory_;
  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<graph::Graph> graph_;
};

}  // namespace plenum::bench
