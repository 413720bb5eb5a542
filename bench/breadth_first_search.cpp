// The yardstick for traversal: breadth-first search over plain arrays in memory, nothing of a database around it.
//
// The kernel is direction-optimising (Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First Search", SC
// 2012): a small frontier looks at the neighbours of its nodes; a large one lets every node not yet reached look for a
// parent among its own. It returns the tree of parents. Its answer is checked outside the clock against a plain queue.
//
// "edges/s" counts, as Graph500 does, each undirected edge of the component searched once. One thread.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "bench/rmat.h"

namespace plenum::bench {
namespace {

using Nodes = std::vector<std::uint32_t>;

constexpr std::uint32_t kUnreached = std::numeric_limits<std::uint32_t>::max();

// When to change direction (the paper's α and β): look for parents once the frontier's edges exceed the unexplored ones
// divided by kAlpha, look for children again once the frontier is smaller than the nodes divided by kBeta.
constexpr std::uint64_t kAlpha = 15;
constexpr std::uint64_t kBeta = 18;

class Bitmap {
 public:
  explicit Bitmap(std::size_t size) : words_((size + 63) / 64) {}
  void Set(std::uint32_t bit) { words_[bit / 64] |= std::uint64_t{1} << (bit % 64); }
  bool Test(std::uint32_t bit) const { return words_[bit / 64] >> (bit % 64) & 1; }
  void Clear() { words_.assign(words_.size(), 0); }
  void Swap(Bitmap& other) { words_.swap(other.words_); }

 private:
  std::vector<std::uint64_t> words_;
};

// One step from the frontier to its neighbours; returns the edges that leave the new frontier.
std::uint64_t StepDown(const Csr& graph, Nodes& parents, Nodes& frontier) {
  Nodes next;
  std::uint64_t edges = 0;
  for (std::uint32_t node : frontier) {
    for (std::uint32_t neighbour : graph.neighbours(node)) {
      if (parents[neighbour] != kUnreached) continue;
      parents[neighbour] = node;
      next.push_back(neighbour);
      edges += graph.degree(neighbour);
    }
  }
  frontier.swap(next);
  return edges;
}

// One step in which each node not yet reached looks for a parent in the frontier; returns how many found one.
std::size_t StepUp(const Csr& graph, Nodes& parents, const Bitmap& frontier, Bitmap& next) {
  std::size_t found = 0;
  next.Clear();
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (parents[node] != kUnreached) continue;
    for (std::uint32_t neighbour : graph.neighbours(node)) {
      if (!frontier.Test(neighbour)) continue;
      parents[node] = neighbour;
      next.Set(node);
      ++found;
      break;
    }
  }
  return found;
}

// Steps up while the frontier is large, and turns back into a list of nodes; returns nothing when it has run dry.
Nodes StepUpWhileLarge(const Csr& graph, Nodes& parents, const Nodes& frontier) {
  Bitmap current(graph.node_count()), next(graph.node_count());
  for (std::uint32_t node : frontier) current.Set(node);
  std::size_t size = frontier.size(), previous = 0;
  do {
    previous = size;
    size = StepUp(graph, parents, current, next);
    current.Swap(next);
  } while (size >= previous || size > graph.node_count() / kBeta);
  Nodes nodes;
  for (std::uint32_t node = 0; size > 0 && node < graph.node_count(); ++node) {
    if (current.Test(node)) nodes.push_back(node);
  }
  return nodes;
}

// The parent of each node in a tree of shortest paths from `source`; the source is its own; kUnreached for the rest.
Nodes BreadthFirstSearch(const Csr& graph, std::uint32_t source) {
  Nodes parents(graph.node_count(), kUnreached);
  parents[source] = source;
  Nodes frontier = {source};
  std::uint64_t unexplored = graph.targets.size();
  std::uint64_t frontier_edges = graph.degree(source);
  while (!frontier.empty()) {
    if (frontier_edges > unexplored / kAlpha) {
      frontier = StepUpWhileLarge(graph, parents, frontier);
      frontier_edges = 1;
    } else {
      unexplored -= frontier_edges;
      frontier_edges = StepDown(graph, parents, frontier);
    }
  }
  return parents;
}

// Distances by the simplest means there is.
Nodes DistancesByQueue(const Csr& graph, std::uint32_t source) {
  Nodes distances(graph.node_count(), kUnreached);
  distances[source] = 0;
  std::deque<std::uint32_t> queue = {source};
  for (; !queue.empty(); queue.pop_front()) {
    for (std::uint32_t neighbour : graph.neighbours(queue.front())) {
      if (distances[neighbour] != kUnreached) continue;
      distances[neighbour] = distances[queue.front()] + 1;
      queue.push_back(neighbour);
    }
  }
  return distances;
}

// Whether `parents` is a tree of shortest paths: the same nodes reached, each one edge from a parent one step nearer.
bool IsShortestPathTree(const Csr& graph, std::uint32_t source, const Nodes& parents) {
  const Nodes distances = DistancesByQueue(graph, source);
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if ((parents[node] == kUnreached) != (distances[node] == kUnreached)) return false;
    if (node == source || parents[node] == kUnreached) continue;
    const auto row = graph.neighbours(node);
    const bool joined = std::binary_search(row.begin(), row.end(), parents[node]);
    if (!joined || distances[parents[node]] + 1 != distances[node]) return false;
  }
  return parents[source] == source;
}

// Undirected edges of what was reached.
std::uint64_t EdgesReached(const Csr& graph, const Nodes& parents) {
  std::uint64_t ends = 0;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    if (parents[node] != kUnreached) ends += graph.degree(node);
  }
  return ends / 2;
}

void BM_BreadthFirstSearchOverArrays(benchmark::State& state) {
  constexpr std::uint64_t kGraphSeed = 42, kSourceSeed = 7;
  constexpr std::size_t kSources = 64;
  const Csr graph = MakeRmat(static_cast<unsigned>(state.range(0)), kGraphSeed);
  const Nodes sources = DrawSources(graph, kSources, kSourceSeed);
  Nodes edges(kSources, 0);  // per source, known once its answer has been checked
  for (std::size_t i = 0; i < kSources; ++i) {
    const Nodes parents = BreadthFirstSearch(graph, sources[i]);
    if (!IsShortestPathTree(graph, sources[i], parents)) return state.SkipWithError("a wrong tree of shortest paths");
    edges[i] = static_cast<std::uint32_t>(EdgesReached(graph, parents));
  }
  std::uint64_t searched = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(BreadthFirstSearch(graph, sources[i]));
    searched += edges[i];
    i = (i + 1) % kSources;
  }
  state.counters["edges/s"] = benchmark::Counter(static_cast<double>(searched), benchmark::Counter::kIsRate);
  state.counters["nodes"] = graph.node_count();
  state.counters["edges"] = static_cast<double>(graph.targets.size()) / 2;
}
BENCHMARK(BM_BreadthFirstSearchOverArrays)->ArgName("scale")->DenseRange(12, 18)->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plenum::bench
