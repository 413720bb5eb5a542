// Searches over a graph of the database, each edge stored once and walked in both directions, beside the same kernel
// over plain arrays that hold each edge in both rows, in the same run, by turns.
//
// Counters: `edges/s`, undirected edges of the component searched (as Graph500 counts) in a second, and `array_edges/s`
// for the arrays; `rate`, the first divided by the second; for pairs `ms` of each: medians over the iterations. All
// answers are compared outside the clock.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <map>
#include <memory>
#include <vector>

#include "bench/loaded_graph.h"
#include "bench/median.h"
#include "bench/rmat.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/traversal/breadth_first_search.h"
#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/shortest_path.h"
#include "plenum/search.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

constexpr std::uint64_t kGraphSeed = 42, kSourceSeed = 7;
constexpr std::size_t kSources = 32;
constexpr std::size_t kPairs = 300;

using Clock = std::chrono::steady_clock;

double SecondsSince(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

// The half of each undirected edge that leads to the larger number.
Csr Upwards(const Csr& both) {
  Csr half{.offsets = {0}, .targets = {}};
  for (std::uint32_t node = 0; node < both.node_count(); ++node) {
    for (const std::uint32_t other : both.neighbours(node)) {
      if (other > node) half.targets.push_back(other);
    }
    half.offsets.push_back(half.targets.size());
  }
  return half;
}

struct Undirected {
  explicit Undirected(unsigned scale)
      : arrays(MakeRmat(scale, kGraphSeed)),
        half(Upwards(arrays)),
        loaded(std::vector<LoadedGraph::Type>{{&half}}),
        sources(DrawSources(arrays, 2 * kPairs, kSourceSeed)) {}
  Csr arrays;
  Csr half;
  LoadedGraph loaded;
  std::vector<std::uint32_t> sources;
};

Undirected& At(std::int64_t scale) {
  // The store has statics of its own, which must be there before ours: they go in the opposite order.
  [[maybe_unused]] static const auto first = Must(storage::OpenStore(":memory:"));
  static std::map<std::int64_t, std::unique_ptr<Undirected>> graphs;
  auto& graph = graphs[scale];
  if (!graph) graph = std::make_unique<Undirected>(static_cast<unsigned>(scale));
  return *graph;
}

const AdjacencyOptions kAlong{.types = {TypeId{0}}, .direction = Direction::kEither};

// Twice the undirected edges that were reached.
std::uint64_t EdgeEndsReached(const Csr& rows, const std::vector<std::uint32_t>& distances) {
  std::uint64_t ends = 0;
  for (std::uint32_t node = 0; node < rows.node_count(); ++node) {
    if (distances[node] != kUnreached) ends += rows.degree(node);
  }
  return ends;
}

using traversal::ArraySource;

ArraySource SourceOf(const Csr& rows) {
  static_assert(sizeof(NodeId) == sizeof(std::uint32_t));
  return {rows.offsets, {reinterpret_cast<const NodeId*>(rows.targets.data()), rows.targets.size()}};
}

std::vector<std::uint32_t> DistancesOverArrays(const Csr& rows, std::uint32_t source, const RunOptions& options) {
  ArraySource neighbours = SourceOf(rows);
  const auto open = [&] { return std::shared_ptr<ArraySource>(std::shared_ptr<void>(), &neighbours); };  // owns nothing
  traversal::Workers workers(options, 0, 1);
  traversal::BreadthFirstSearch<ArraySource, traversal::Found::kDistances> search(neighbours, open, rows.targets.size(),
                                                                                  workers, options.threads);
  return Must(search.Run({source}));
}

void BM_Distances(benchmark::State& state) {
  Undirected& graph = At(state.range(0));
  const RunOptions options{.threads = static_cast<unsigned>(state.range(1)), .poll = {}};
  const GraphSnapshot snapshot = graph.loaded.Snapshot();
  std::vector<double> rates;
  std::vector<double> array_rates;
  std::vector<double> database_rates;
  std::size_t i = 0;
  for (auto _ : state) {
    const std::uint32_t source = graph.sources[i++ % kSources];
    Clock::time_point begin = Clock::now();
    const auto expected = DistancesOverArrays(graph.arrays, source, options);
    const double array_seconds = SecondsSince(begin);
    begin = Clock::now();
    auto distances = Must(Distances(snapshot, {source}, kAlong, options));
    const double seconds = SecondsSince(begin);
    state.SetIterationTime(seconds);
    distances.resize(expected.size());
    if (distances != expected) return state.SkipWithError("the distances differ");
    const auto edges = static_cast<double>(EdgeEndsReached(graph.arrays, distances)) / 2;
    if (i == 1) continue;  // which reads the graph
    database_rates.push_back(edges / seconds);
    array_rates.push_back(edges / array_seconds);
    rates.push_back(array_seconds / seconds);
  }
  state.counters["edges/s"] = Median(database_rates);
  state.counters["array_edges/s"] = Median(array_rates);
  state.counters["rate"] = Median(rates);
}
BENCHMARK(BM_Distances)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct({{16, 18, 20}, {1, 2}})
    ->Iterations(kSources + 1)
    ->UseManualTime()
    ->Unit(benchmark::kMillisecond);

void BM_ShortestPathOfPairs(benchmark::State& state) {
  Undirected& graph = At(state.range(0));
  const GraphSnapshot snapshot = graph.loaded.Snapshot();
  ArraySource arrays = SourceOf(graph.arrays);
  const RunOptions options;
  std::vector<double> seconds;
  std::vector<double> array_seconds;
  std::size_t i = 0;
  for (auto _ : state) {
    const NodeId from{graph.sources[i % kPairs]};
    const NodeId to{graph.sources[kPairs + i % kPairs]};
    Clock::time_point begin = Clock::now();
    traversal::Workers workers(options);
    traversal::BidirectionalSearch<ArraySource> search(arrays, arrays, workers);
    const auto nodes = Must(search.Run(from, to, kUnreached));
    if (++i > kPairs) array_seconds.push_back(SecondsSince(begin));  // the first time round reads the graph
    begin = Clock::now();
    const auto path = Must(ShortestPath(snapshot, from, to, kAlong));
    const double spent = SecondsSince(begin);
    state.SetIterationTime(spent);
    if (i > kPairs) seconds.push_back(spent);
    const std::size_t length = from == to ? 1 : nodes.size();
    if ((path ? path->nodes.size() : 0) != length) return state.SkipWithError("the lengths differ");
  }
  state.counters["ms"] = Median(seconds) * 1e3;
  state.counters["array_ms"] = Median(array_seconds) * 1e3;
}
BENCHMARK(BM_ShortestPathOfPairs)
    ->ArgName("scale")
    ->Arg(16)
    ->Arg(18)
    ->Arg(20)
    ->Iterations(2 * kPairs)
    ->UseManualTime()
    ->Unit(benchmark::kMicrosecond);

}  // namespace
}  // namespace plenum::bench
