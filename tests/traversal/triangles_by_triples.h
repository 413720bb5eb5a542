// The slow twin of triangle counts: which pairs are joined, in a table, and every triple asked.
#pragma once

#include <cstdint>
#include <vector>

#include "plenum/projection.h"

namespace plenum {

struct TrianglesFound {
  std::uint64_t total = 0;
  std::vector<std::uint64_t> of_node;
  std::vector<std::uint32_t> neighbours;
};

inline TrianglesFound TrianglesByTriples(std::uint32_t node_count, const std::vector<Projection::Edge>& edges) {
  std::vector<std::vector<char>> joined(node_count, std::vector<char>(node_count, 0));
  for (const Projection::Edge& edge : edges) joined[edge.from][edge.to] = joined[edge.to][edge.from] = 1;
  TrianglesFound found{0, std::vector<std::uint64_t>(node_count), std::vector<std::uint32_t>(node_count)};
  for (std::uint32_t a = 0; a < node_count; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) {
      if (!joined[a][b]) continue;
      ++found.neighbours[a];
      ++found.neighbours[b];
      for (std::uint32_t c = 0; c < b; ++c) {
        if (!joined[a][c] || !joined[b][c]) continue;
        ++found.total;
        for (const std::uint32_t node : {a, b, c}) ++found.of_node[node];
      }
    }
  }
  return found;
}

}  // namespace plenum
