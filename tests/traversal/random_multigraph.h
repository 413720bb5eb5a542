// Small random multigraphs for comparing an algorithm with its slow twin: of no nodes up to a dozen, sparse to dense,
// with self-loops, parallel edges and isolated nodes; weights are small integers, zero among them, so that there are
// ties and sums are exact.
#pragma once

#include <cstdint>
#include <random>
#include <vector>

#include "plenum/projection.h"

namespace plenum {

struct Multigraph {
  std::uint32_t node_count = 0;
  std::vector<Projection::Edge> edges;  // relationship: the place in this vector
};

inline Multigraph RandomMultigraph(std::uint32_t seed) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = static_cast<std::uint32_t>(random() % 13), .edges = {}};
  const std::uint32_t edge_count = graph.node_count == 0 ? 0 : random() % (3 * graph.node_count + 1);
  const std::uint32_t loops_in = 2 + random() % 10;  // one of so many edges is a self-loop
  for (std::uint32_t i = 0; i < edge_count; ++i) {
    const std::uint32_t from = random() % graph.node_count;
    const std::uint32_t to = random() % loops_in == 0 ? from : random() % graph.node_count;
    graph.edges.push_back({from, to, static_cast<double>(random() % 5), RelationshipId{i}});
    if (random() % 8 == 0) graph.edges.push_back({from, to, static_cast<double>(random() % 5), RelationshipId{++i}});
  }
  for (std::size_t i = 0; i < graph.edges.size(); ++i) graph.edges[i].relationship.value = i;
  return graph;
}

}  // namespace plenum
