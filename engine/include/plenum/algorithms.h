// Algorithms that read a whole graph: how central its nodes are, which of them belong together.
//
//   auto ranks = plenum::PageRank(projection, {.tolerance = 1e-8}, {.threads = 2});
//   if (!ranks) { std::cerr << plenum::Describe(ranks.error()) << '\n'; return 1; }
//   for (std::uint32_t index = 0; index < projection.node_count(); ++index) {
//     std::cout << projection.IdOf(index).value << ' ' << ranks->rank[index] << '\n';
//   }
//
// All of them:
// - answer with one value for each node, by its index in the projection, which must live as long as the call;
// - may be called from several threads at a time, on the same projection too;
// - give the same answer, to the last bit, for any number of threads;
// - report UsageError (with what to set) for an option that makes no sense and for a projection without the rows or
//   weights that they need, and the errors of RunOptions;
// - answer with nothing, and no error, for a graph without nodes.
//
// Time and memory: m is the length of the rows read, twice the number of edges in an undirected projection, n the
// number of nodes. Memory is what is needed beside the projection, the answer included.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "plenum/projection.h"
#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum {

// --- Centrality ---

struct PageRankOptions {
  // How likely who is at a node goes on along an edge, rather than to any node: at least 0, below 1.
  double damping = 0.85;
  // Done when all ranks together changed by at most so much in one iteration (the sum of the absolute changes; the
  // ranks sum to 1). 0: never, but for a fixed point.
  double tolerance = 1e-6;
  // Done after so many iterations in any case. 0: all ranks are the same.
  std::uint32_t iterations_max = 100;
  // Edges are taken in proportion to their weights, which must be finite and not negative; else all alike. Requires
  // weights in the projection.
  bool weighted = false;
};

struct PageRanks {
  std::vector<double> rank;  // sums to 1, but for rounding
  std::uint32_t iterations = 0;
  double change = 0;       // in the last iteration
  bool converged = false;  // whether that was at most the tolerance
};

// The share of time that a random surfer spends at each node: Brin and Page, "The Anatomy of a Large-Scale Hypertextual
// Web Search Engine", 1998. Who is at a node from which no edge (or none with a weight) leads on goes to any node next.
// Parallel edges are as many ways; a self-loop leads to where it begins; an undirected edge may be taken from either
// end.
//
// Power iteration from equal ranks: each is computed anew from those of the iteration before. O(m + n) an iteration, on
// all threads; 36 bytes a node. Requires incoming rows, or an undirected projection.
Result<PageRanks> PageRank(const Projection& projection, const PageRankOptions& options = {},
                           const RunOptions& run = {});

struct BetweennessOptions {
  // Shortest paths from so many nodes, drawn without repetition, are counted, and the sums scaled to estimate what all
  // would give; at least 1. Absent, or not below the number of nodes: from all, which is exact.
  std::optional<std::uint32_t> sources;
  std::uint64_t seed = 0;  // the same seed draws the same nodes
};

struct BetweennessScores {
  std::vector<double> score;
  std::vector<std::uint32_t> sources;  // from which the paths were counted, ascending
};

// For each node, the sum over all pairs of other nodes of the fraction of the shortest paths between them that lead
// through it: Freeman, "A Set of Measures of Centrality Based on Betweenness", 1977. Length is the number of edges.
// Paths that take different ones of parallel edges are different paths; self-loops are on none. In an undirected
// projection each pair counts once, else each ordered pair.
//
// Brandes, "A Faster Algorithm for Betweenness Centrality", 2001; drawn sources: Brandes and Pich, "Centrality
// Estimation in Large Networks", 2007. O(m + n) for each source that reaches all, one source a thread; 8 bytes a node,
// 44 more for each thread, and 4 a source. Fractions are summed to 2^-63. Where there are more than 10^290 shortest
// paths between two nodes, counting them takes longer and twice the memory, which is judged when it comes to that; past
// 10^4900 the error is ResourceExhausted.
Result<BetweennessScores> Betweenness(const Projection& projection, const BetweennessOptions& options = {},
                                      const RunOptions& run = {});

struct Cores {
  std::vector<std::uint32_t> core;  // the core number of each node
  std::uint32_t core_max = 0;       // the greatest of them: the degeneracy of the graph
};

// For each node, the largest k such that it is in a part of the graph in which each node has at least k neighbours:
// Seidman, "Network structure and minimum degree", 1983. A neighbour is another node that an edge leads to or comes
// from: parallel edges, and edges both ways, make one neighbour, a self-loop makes none.
//
// Batagelj and Zaversnik, "An O(m) Algorithm for Cores Decomposition of Networks", 2003. O(m + n), on one thread; 20
// bytes a node at most. Requires incoming rows, or an undirected projection.
Result<Cores> CoreNumbers(const Projection& projection, const RunOptions& run = {});

// --- What belongs together ---

// A partition of the nodes. Each part is named by the smallest index in it, so nodes are
// together if and only if their parts have the same name.
struct Components {
  std::vector<std::uint32_t> component;
  std::uint32_t count = 0;
};

// The weakly connected components: nodes are together if a path of edges, whatever their directions, joins them.
//
// Afforest: Sutton, Ben-Nun and Barak, "Optimizing Parallel Graph Connectivity Computation via Subgraph Sampling",
// 2018. O(m + n) at most, in practice little more than O(n) where most nodes are in one component, on all threads; 4
// bytes a node. Any projection will do; of a directed one without incoming rows, all edges are read.
Result<Components> WeaklyConnectedComponents(const Projection& projection, const RunOptions& run = {});

// The strongly connected components: nodes are together if paths along the directions of edges lead from each to the
// other. In an undirected projection these are the weakly connected ones.
//
// Pearce, "A Space-Efficient Algorithm for Finding Strongly Connected Components", 2016, after Tarjan, "Depth-First
// Search and Linear Graph Algorithms", 1972. O(m + n), on one thread, without recursion; 8 bytes a node, and
// up to 40 where paths are long, which are judged as they grow.
Result<Components> StronglyConnectedComponents(const Projection& projection, const RunOptions& run = {});

struct LabelPropagationOptions {
  // Done after so many iterations, whether or not labels still change.
  std::uint32_t iterations_max = 100;
  // An edge's vote is its weight, finite and not negative; else 1. Requires weights in the projection.
  bool weighted = false;
};

struct Communities {
  std::vector<std::uint32_t> community;  // named by the smallest index in it
  std::uint32_t count = 0;
  std::uint32_t iterations = 0;
  bool converged = false;  // whether each node has the label that most of its neighbours have, or one of these
};

// Communities by label propagation: each node begins with a label of its own, and takes the label that has most votes
// among its neighbours until all have it. Each edge to or from another node is a vote; parallel edges are as many,
// self-loops none. The label that a node has wins a tie, else the first of them from the node's own index on, counted
// round. Nodes of one label need not be joined.
//
// Raghavan, Albert and Kumara, "Near linear time algorithm to detect community structures in large-scale networks",
// 2007, in the form of Cordasco and Gargano, "Community detection via semi-synchronous label propagation algorithms",
// 2010: nodes are coloured so that neighbours differ, and colour after colour takes its labels. So nothing is drawn,
// the order of nodes of a colour does not matter, and labels cannot swap for ever. O(m + n) an iteration, less when few
// nodes have a neighbour that changed; on all threads but for the colouring; 17 bytes a node and 12 for each thread.
// Requires incoming rows, or an undirected projection.
Result<Communities> LabelPropagation(const Projection& projection, const LabelPropagationOptions& options = {},
                                     const RunOptions& run = {});

}  // namespace plenum
