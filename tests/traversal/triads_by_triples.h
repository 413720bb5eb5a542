// The slow twin of the triad census: every triple, compared with a drawing of each triad in all six ways of naming its
// nodes.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <vector>

#include "plenum/projection.h"
#include "plenum/triads.h"

namespace plenum {

// Edges of A, B and C (0, 1, 2), in the order of Triad.
inline const std::array<std::vector<std::array<int, 2>>, kTriadCount> kTriadDrawings = {{
    {},
    {{0, 1}},
    {{0, 1}, {1, 0}},
    {{1, 0}, {1, 2}},
    {{0, 1}, {2, 1}},
    {{0, 1}, {1, 2}},
    {{0, 1}, {1, 0}, {2, 1}},
    {{0, 1}, {1, 0}, {1, 2}},
    {{0, 1}, {1, 2}, {0, 2}},
    {{0, 1}, {1, 2}, {2, 0}},
    {{0, 1}, {1, 0}, {1, 2}, {2, 1}},
    {{1, 0}, {1, 2}, {0, 2}, {2, 0}},
    {{0, 1}, {2, 1}, {0, 2}, {2, 0}},
    {{0, 1}, {1, 2}, {0, 2}, {2, 0}},
    {{0, 1}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
    {{0, 1}, {1, 0}, {1, 2}, {2, 1}, {0, 2}, {2, 0}},
}};

// Bit 3 i + j: an edge from i to j.
using TriadEdges = std::uint16_t;

// The place in Triad of each set of edges between three nodes; kTriadCount where none fits.
inline std::vector<std::size_t> TriadsByEdges() {
  std::vector<std::size_t> triads(1 << 9, kTriadCount);
  for (std::size_t triad = 0; triad < kTriadCount; ++triad) {
    std::array<int, 3> names = {0, 1, 2};
    do {
      TriadEdges edges = 0;
      for (const auto& [from, to] : kTriadDrawings[triad]) {
        edges |= static_cast<TriadEdges>(
            1 << (3 * names[static_cast<std::size_t>(from)] + names[static_cast<std::size_t>(to)]));
      }
      triads[edges] = triad;
    } while (std::ranges::next_permutation(names).found);
  }
  return triads;
}

inline std::array<std::uint64_t, kTriadCount> TriadsByTriples(std::uint32_t node_count,
                                                              const std::vector<Projection::Edge>& edges) {
  static const std::vector<std::size_t> triads = TriadsByEdges();
  std::vector<std::vector<char>> joined(node_count, std::vector<char>(node_count, 0));
  for (const Projection::Edge& edge : edges) joined[edge.from][edge.to] = 1;
  std::array<std::uint64_t, kTriadCount> counts = {};
  for (std::uint32_t a = 0; a < node_count; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) {
      for (std::uint32_t c = 0; c < b; ++c) {
        const std::array<std::uint32_t, 3> nodes = {a, b, c};
        TriadEdges found = 0;
        for (unsigned i = 0; i < 3; ++i) {
          for (unsigned j = 0; j < 3; ++j) {
            if (i != j && joined[nodes[i]][nodes[j]]) found |= static_cast<TriadEdges>(1 << (3 * i + j));
          }
        }
        ++counts.at(triads[found]);
      }
    }
  }
  return counts;
}

}  // namespace plenum
