// Graphs to measure on, as plain arrays: R-MAT (Chakrabarti, Zhan and Faloutsos, 2004) with Graph500's parameters, and
// a sparse one of several types.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace plenum::bench {

// A graph in compressed sparse rows, rows sorted, no parallel edges.
struct Csr {
  std::vector<std::uint64_t> offsets;  // one more than there are nodes
  std::vector<std::uint32_t> targets;

  std::uint32_t node_count() const { return static_cast<std::uint32_t>(offsets.size() - 1); }
  std::uint64_t degree(std::uint32_t node) const { return offsets[node + 1] - offsets[node]; }
  std::span<const std::uint32_t> neighbours(std::uint32_t node) const {
    return {targets.data() + offsets[node], degree(node)};
  }
};

// 2^scale nodes and 16 edges drawn for each (fewer remain, parallel ones and loops go), with shuffled node numbers;
// both directions of every edge. The same scale and seed give the same graph everywhere.
Csr MakeRmat(unsigned scale, std::uint64_t seed);
// The same, each edge in the one direction it was drawn in.
Csr MakeDirectedRmat(unsigned scale, std::uint64_t seed);

// A graph for each of `type_count` types, over the same nodes: the k-th type has 1/k as many edges as the first, about
// `edge_count` together; few nodes, others in each type, have many.
std::vector<Csr> MakeTyped(std::uint32_t node_count, std::uint64_t edge_count, unsigned type_count, std::uint64_t seed);

// `count` nodes that have an edge, drawn with `seed`, repeats possible: where searches begin.
std::vector<std::uint32_t> DrawSources(const Csr& graph, std::size_t count, std::uint64_t seed);

}  // namespace plenum::bench
