// Graphs of a few thousand nodes with triangles among nodes of every degree: cliques of different sizes over shuffled
// nodes, some edges between them, and hubs that are joined to many.
#pragma once

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <random>
#include <vector>

#include "tests/traversal/random_multigraph.h"

namespace plenum {

inline Multigraph CliquesAndHubs(std::uint32_t node_count, std::uint32_t hub_count, std::uint32_t seed) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = node_count, .edges = {}};
  std::vector<std::uint32_t> nodes(node_count);
  std::iota(nodes.begin(), nodes.end(), 0u);
  std::ranges::shuffle(nodes, random);
  const auto join = [&](std::uint32_t a, std::uint32_t b) {
    graph.edges.push_back({.from = nodes[a], .to = nodes[b]});
  };
  for (std::uint32_t begin = 0; begin < node_count;) {
    const std::uint32_t end = std::min<std::uint32_t>(node_count, begin + 1 + random() % 24);
    for (std::uint32_t a = begin; a < end; ++a) {
      for (std::uint32_t b = begin; b < a; ++b) random() % 2 == 0 ? join(a, b) : join(b, a);
      join(a, random() % node_count);
    }
    begin = end;
  }
  for (std::uint32_t hub = 0; hub < hub_count; ++hub) {
    for (std::uint32_t i = 0; i < node_count / 4; ++i) join(hub, random() % node_count);
  }
  return graph;
}

}  // namespace plenum
