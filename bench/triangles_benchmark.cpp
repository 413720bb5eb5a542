// Triangles and triads of R-MAT graphs, over a projection: the number of triangles, the number each node is in, and the
// triad census. The clock runs over
// all that is made of the projection: ranks, lists, the matrix of hubs. Answers are checked outside it against an
// intersection of plain lists.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "bench/rmat.h"
#include "plenum/triads.h"
#include "plenum/triangles.h"

namespace plenum::bench {
namespace {

constexpr std::uint64_t kSeed = 42;

Projection ProjectionOf(const Csr& graph) {
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t neighbour : graph.neighbours(node)) {
      if (node < neighbour) edges.push_back({.from = node, .to = neighbour});
    }
  }
  return Projection::FromEdges(graph.node_count(), edges, {.undirected = true});
}

// Each edge's lists of neighbours that follow both its ends in the order of degrees, merged.
std::vector<std::uint64_t> TrianglesByMerging(const Csr& graph) {
  const auto follows = [&](std::uint32_t a, std::uint32_t b) {
    return std::pair(graph.degree(a), a) > std::pair(graph.degree(b), b);
  };
  std::vector<std::vector<std::uint32_t>> following(graph.node_count());
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t neighbour : graph.neighbours(node)) {
      if (follows(neighbour, node)) following[node].push_back(neighbour);
    }
  }
  std::vector<std::uint64_t> triangles(graph.node_count(), 0);
  std::vector<std::uint32_t> common;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t other : following[node]) {
      common.clear();
      std::ranges::set_intersection(following[node], following[other], std::back_inserter(common));
      triangles[node] += common.size();
      triangles[other] += common.size();
      for (const std::uint32_t third : common) ++triangles[third];
    }
  }
  return triangles;
}

void SetCounters(benchmark::State& state, std::size_t edge_count, std::uint64_t triangles) {
  const auto edges = static_cast<double>(edge_count);
  state.counters["edges/s"] = benchmark::Counter(edges, benchmark::Counter::kIsIterationInvariantRate);
  state.counters["edges"] = edges;
  state.counters["triangles"] = static_cast<double>(triangles);
}

void BM_CountTriangles(benchmark::State& state) {
  const Csr graph = MakeRmat(static_cast<unsigned>(state.range(0)), kSeed);
  const Projection projection = ProjectionOf(graph);
  const std::vector<std::uint64_t> expected = TrianglesByMerging(graph);
  const std::uint64_t triangles = std::accumulate(expected.begin(), expected.end(), std::uint64_t{0}) / 3;
  const RunOptions options{.threads = static_cast<unsigned>(state.range(1))};
  std::uint64_t found = 0;
  for (auto _ : state) found = *CountTriangles(projection, options);
  if (found != triangles) return state.SkipWithError("a wrong number of triangles");
  SetCounters(state, graph.targets.size() / 2, triangles);
}

void BM_TrianglesPerNode(benchmark::State& state) {
  const Csr graph = MakeRmat(static_cast<unsigned>(state.range(0)), kSeed);
  const Projection projection = ProjectionOf(graph);
  const std::vector<std::uint64_t> expected = TrianglesByMerging(graph);
  const RunOptions options{.threads = static_cast<unsigned>(state.range(1))};
  NodeTriangles found;
  for (auto _ : state) found = *TrianglesPerNode(projection, options);
  if (found.triangles != expected) return state.SkipWithError("wrong numbers of triangles");
  SetCounters(state, graph.targets.size() / 2, std::accumulate(expected.begin(), expected.end(), std::uint64_t{0}) / 3);
}

// Checked by what it must have in common with other counts: all triples, and the triangles of the graph without
// directions. Each triad by itself is checked in the tests.
void BM_CountTriads(benchmark::State& state) {
  const auto scale = static_cast<unsigned>(state.range(0));
  const Csr graph = MakeDirectedRmat(scale, kSeed);
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t target : graph.neighbours(node)) edges.push_back({.from = node, .to = target});
  }
  const Projection projection = Projection::FromEdges(graph.node_count(), edges, {.incoming = true});
  const std::uint64_t triangles =
      *CountTriangles(Projection::FromEdges(graph.node_count(), edges, {.undirected = true}));
  const RunOptions options{.threads = static_cast<unsigned>(state.range(1))};
  TriadCensus census;
  for (auto _ : state) census = *CountTriads(projection, options);
  std::uint64_t closed = 0;
  for (const Triad triad :
       {Triad::k030T, Triad::k030C, Triad::k120D, Triad::k120U, Triad::k120C, Triad::k210, Triad::k300}) {
    closed += census[triad];
  }
  const std::uint64_t nodes = graph.node_count();
  const std::uint64_t triples = std::accumulate(census.counts.begin(), census.counts.end(), std::uint64_t{0});
  if (closed != triangles || triples != nodes * (nodes - 1) / 2 * (nodes - 2) / 3) {
    return state.SkipWithError("a wrong census");
  }
  SetCounters(state, graph.targets.size(), closed);
}

const std::vector<std::vector<std::int64_t>> kScalesAndThreads = {{16, 18, 20}, {1, 2}};
BENCHMARK(BM_CountTriangles)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct(kScalesAndThreads)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(BM_TrianglesPerNode)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct(kScalesAndThreads)
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();
BENCHMARK(BM_CountTriads)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct({{16, 18}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

}  // namespace
}  // namespace plenum::bench
