// Triangles of an undirected projection: how many there are, and in how many each node is.
//
//   auto triangles = plenum::TrianglesPerNode(projection);
//   double clustering = triangles->LocalClustering(7);  // of the node with index 7
//
// A triangle is a set of three distinct nodes that are joined pairwise. Parallel edges do not make more triangles, and
// self-loops none: what is counted is sets of nodes, not of relationships.
//
// Threads: as many as RunOptions allows, where there is enough to do; the answer is the same for any number. Memory
// while it runs, beside the projection: at most 8 bytes for each entry of its rows (two an edge), 24 for each node and
// 8 more a thread; counts of each node take 12 for each node, and 8 more a thread. Errors: UsageError where the
// projection is not undirected, and those of RunOptions. Its poll may be late by the time for some tens of nodes: for
// each lower neighbour of one, a list of √edges numbers, or a bit for each hub; a millisecond at most, but in graphs of
// billions of edges.
//
// Time: at worst in proportion to edges × √edges; bench/triangles_benchmark.cpp measures it.
//
// Method: nodes in descending order of degree (Chiba, Nishizeki 1985; T. Schank, D. Wagner, "Finding, Counting and
// Listing All Triangles in Large Graphs, an Experimental Study", 2005; M. Latapy, "Main-memory triangle computations
// for very large (sparse (power-law)) graphs", 2008), a matrix of bits for those with the most neighbours.
#pragma once

#include <cstdint>
#include <vector>

#include "plenum/projection.h"
#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum {

// The number of triangles.
Result<std::uint64_t> CountTriangles(const Projection& projection, const RunOptions& options = {});

// By index.
struct NodeTriangles {
  std::vector<std::uint64_t> triangles;   // that the node is in; together three times the number there are
  std::vector<std::uint32_t> neighbours;  // distinct ones, itself not among them

  // Which part of the pairs of a node's neighbours are joined, from 0 to 1; 0 where it has fewer than two (D. Watts,
  // S. Strogatz, "Collective dynamics of 'small-world' networks", 1998).
  double LocalClustering(std::uint32_t index) const {
    const auto degree = static_cast<double>(neighbours[index]);
    return degree < 2 ? 0 : 2 * static_cast<double>(triangles[index]) / (degree * (degree - 1));
  }
  // Three times the triangles, divided by the pairs of neighbours of all nodes; 0 where there are none (the
  // transitivity of M. Newman, S. Strogatz, D. Watts, "Random graphs with arbitrary degree distributions", 2001).
  double Transitivity() const;
};

// Takes little longer than CountTriangles.
Result<NodeTriangles> TrianglesPerNode(const Projection& projection, const RunOptions& options = {});

}  // namespace plenum
