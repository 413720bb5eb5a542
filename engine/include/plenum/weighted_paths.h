// Shortest paths where edges have lengths: distances from one node, the shortest path of a pair, and the k shortest.
//
// Weights are those of the projection (Requires form().weights, else kArgumentError). Every weight must be zero or
// more; one that is negative or not a number is a kArgumentError that names its relationship (without
// form().relationships: its nodes) as soon as a search meets it: weights that no search comes to are not looked at. An
// edge of infinite weight is as none, and so is a path whose cost exceeds what a double holds. Nodes are indexes of the
// projection; one that is not below node_count() is a kArgumentError. Self-loops are on no shortest path.
//
// The cost of a path is the sum of its weights in the order they are walked, from the source on, in doubles; a distance
// is the least cost of any path. Rounding is monotone and weights are not negative, so that every method, and any
// number of threads, gives the same doubles. What is said of ties below is exact where sums are (whole numbers below
// 2^53, say); where they are rounded, ties are still broken the same way each time.
//
// Of the shortest paths that end in a node, one is *the* shortest path, the same one for all that follows: it has the
// fewest edges, and of those, going back from the end, the smaller node where two differ. Of parallel edges it takes
// the lightest, of these the one with the smallest relationship id (without form().relationships: the first in
// Outgoing).
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "plenum/projection.h"
#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum {

enum class WeightedMethod : std::uint8_t {
  kAutomatic,      // whichever is the faster, judged by the size of the projection
  kDijkstra,       // finds them on one thread
  kDeltaStepping,  // on as many threads as RunOptions allows and pay
};

struct WeightedDistancesOptions {
  WeightedMethod method = WeightedMethod::kAutomatic;
  // The width of delta-stepping's buckets, in units of weight: narrow ones save work, wide ones share it better. 0:
  // a median of the weights, divided by the mean degree. Negative or not finite: kArgumentError. It does not change
  // the answer.
  double delta = 0;
  bool parents = false;  // the tree of shortest paths, too; takes about as long again
  RunOptions run;
};

struct WeightedDistancesResult {
  // In the parents: a node that has none (the source, and what cannot be reached).
  static constexpr std::uint32_t kNoParent = std::numeric_limits<std::uint32_t>::max();

  std::vector<double> distances;       // of each node; infinity: cannot be reached
  std::vector<std::uint32_t> parents;  // of each node, the one before it on its shortest path; empty if not asked for
};

// The distance of every node from `source`, along the directions of the edges (either, if undirected).
//
// Dijkstra, "A Note on Two Problems in Connexion with Graphs", 1959, over a heap of four children a node, O(m log n);
// or Meyer and Sanders, "Δ-stepping: a parallelizable shortest path algorithm", 2003, which keeps nodes in buckets of
// distances and works on a whole bucket at a time. Memory: 8 bytes a node, 12 more with parents; and beside what
// RunOptions::memory_bytes_max counts, 16 for each time a node comes nearer that is not yet worked off. Nobody is asked
// while those that are far away are sorted into buckets, some nanoseconds for each.
Result<WeightedDistancesResult> WeightedDistances(const Projection& projection, std::uint32_t source,
                                                  const WeightedDistancesOptions& options);

struct WeightedPath {
  double cost = 0;
  std::vector<std::uint32_t> nodes;           // from the first to the last
  std::vector<RelationshipId> relationships;  // one fewer; empty without form().relationships
};

// The shortest path between two nodes, or nothing where there is none. From a node to itself: of no edge, cost 0.
//
// Where the projection has incoming edges (or is undirected), two searches meet (Pohl, "Bi-directional Search", 1971;
// Nicholson, "Finding the Shortest Route between Two Points in a Network", 1966), which on many graphs sees a small
// part of what the one-sided search sees that runs otherwise. Uses one thread. Memory: 16 bytes a node and search, set
// up in each call; and beside what RunOptions::memory_bytes_max counts, 20 for each node that is met.
Result<std::optional<WeightedPath>> WeightedShortestPath(const Projection& projection, std::uint32_t source,
                                                         std::uint32_t target, const RunOptions& options);

// The `count` shortest paths between two nodes that pass no node twice, or as many as there are. Paths differ when
// their edges do: parallel edges make several paths, over the same nodes. In ascending order of cost, then of the
// number of edges, then, going back from the end to where two differ, of the smaller node, of the lighter of parallel
// edges, and of the smaller relationship id. So the first is WeightedShortestPath.
//
// Yen, "Finding the K Shortest Loopless Paths in a Network", 1971, each path's part of the search as Lawler cut it, "A
// Procedure for Computing the K Best Solutions to Discrete Optimization Problems and Its Application to the Shortest
// Path Problem", 1972. Where the projection has incoming edges, the searches are led by distances to the target (Hart,
// Nilsson and Raphael, "A Formal Basis for the Heuristic Determination of Minimum Cost Paths", 1968). One search for
// each node of each path found, at most, so O(count · n · (m log n)) in the worst case. Uses one thread. Memory: 16
// bytes a node and direction; and beside what RunOptions::memory_bytes_max counts, 20 for each node that is met, and up
// to `count` paths.
Result<std::vector<WeightedPath>> WeightedShortestPaths(const Projection& projection, std::uint32_t source,
                                                        std::uint32_t target, std::size_t count,
                                                        const RunOptions& options);

}  // namespace plenum
