// Searches of plenum/paths.h over R-MAT graphs in the database, beside the same code over plain arrays of the same
// graph, in the same run, by turns.
//
// Counters: `us` for each search (for each path, `ns`), `array_us` over arrays, `times_array`, how many times as long
// the database takes: medians over the iterations. Distances from 64 sources also have `plain_us`, 64 searches from one
// source over the same lists of the database, and `times_plain`, how many times as long these take. Answers are
// compared with those of plain queues outside the clock.
#include <benchmark/benchmark.h>
#include <time.h>

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include "bench/loaded_graph.h"
#include "bench/rmat.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/traversal/all_shortest_paths.h"
#include "engine/traversal/column_counts.h"
#include "engine/traversal/multi_source_search.h"
#include "engine/traversal/neighbourhood.h"
#include "engine/traversal/path_enumeration.h"
#include "plenum/paths.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

using traversal::ArraySource;
using traversal::Levels;
using traversal::Polling;

constexpr std::uint32_t kFar = 0xFFFFFFFF;
constexpr std::size_t kSources = 64;

std::span<const NodeId> AsNodes(const std::vector<std::uint32_t>& numbers) {
  static_assert(sizeof(NodeId) == sizeof(std::uint32_t));
  return {reinterpret_cast<const NodeId*>(numbers.data()), numbers.size()};
}

// A graph in the database and in arrays; what searches keep between two of them is there for both.
struct Searched {
  explicit Searched(unsigned scale)
      : arrays(MakeRmat(scale, 1)),
        loaded(std::vector<LoadedGraph::Type>{{&arrays}}),
        reader(loaded.Snapshot()),
        finder(reader, {}),
        source(arrays.offsets, AsNodes(arrays.targets)),
        levels{Levels(arrays.node_count()), Levels(arrays.node_count())},
        wanted(arrays.node_count()),
        nodes(DrawSources(arrays, 2 * kSources, 7)),
        polling(run) {}

  NodeId node(std::size_t i) const { return {nodes[i]}; }
  NodeId other(std::size_t i) const { return {nodes[kSources + i]}; }

  Csr arrays;
  LoadedGraph loaded;
  GraphReader reader;
  PathFinder finder;
  ArraySource source;
  Levels levels[2];
  traversal::NodeBits wanted;
  std::vector<std::uint32_t> nodes;
  RunOptions run;
  Polling polling;
};

Searched& At(std::int64_t scale) {
  // The store has statics of its own, which must be there before ours: they go in the opposite order.
  [[maybe_unused]] static const auto first = Must(storage::OpenStore(":memory:"));
  static std::map<std::int64_t, std::unique_ptr<Searched>> graphs;
  auto& graph = graphs[scale];
  if (!graph) graph = std::make_unique<Searched>(static_cast<unsigned>(scale));
  return *graph;
}

std::vector<std::uint32_t> DistancesByQueue(const Csr& graph, std::uint32_t source) {
  std::vector<std::uint32_t> distances(graph.node_count(), kFar);
  std::vector<std::uint32_t> queue = {source};
  distances[source] = 0;
  for (std::size_t i = 0; i < queue.size(); ++i) {
    for (const std::uint32_t neighbour : graph.neighbours(queue[i])) {
      if (distances[neighbour] != kFar) continue;
      distances[neighbour] = distances[queue[i]] + 1;
      queue.push_back(neighbour);
    }
  }
  return distances;
}

double Median(std::vector<double>& values) {
  const auto middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

// Of processor time: what else runs on the machine is not counted.
double ThreadMicroseconds() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) * 1e-3;
}

// One of the ways to answer a question: a checksum, and how long it took.
struct Way {
  std::function<std::uint64_t()> answer;
  std::vector<double> us = {};

  void Time(double per) {
    const double begin = ThreadMicroseconds();
    benchmark::DoNotOptimize(answer());
    us.push_back((ThreadMicroseconds() - begin) / per);
  }
};

// Each way by turns; `searches` is what the time is divided by. Returns the medians, in microseconds.
std::vector<double> Measure(benchmark::State& state, std::vector<Way> ways, std::uint64_t expected, double searches) {
  for (Way& way : ways) {
    if (way.answer() != expected) state.SkipWithError("an answer is wrong");
  }
  for (auto _ : state) {
    for (Way& way : ways) way.Time(searches);
    state.SetIterationTime(ways.front().us.back() * searches * 1e-6);
  }
  std::vector<double> medians;
  for (Way& way : ways) medians.push_back(way.us.empty() ? 0 : Median(way.us));
  return medians;
}

void Count(benchmark::State& state, const std::vector<double>& medians) {
  state.counters["us"] = medians[0];
  state.counters["array_us"] = medians[1];
  state.counters["times_array"] = medians[0] / medians[1];
}

std::uint64_t TotalOverArrays(Searched& s, std::span<const NodeId> sources) {
  traversal::MultiSourceSearch<ArraySource> search(s.source, s.source);
  traversal::ColumnCounts counts;
  std::uint64_t total = 0;
  const auto level = [&](std::uint32_t distance) {
    for (const std::uint64_t count : counts.Take()) total += distance * count;
  };
  search.Run(
      sources, kAnyHops, [&](NodeId, std::uint64_t which) { counts.Add(which); }, level, s.polling);
  return total;
}

// The sum of all distances from 64 sources.
void BM_DistancesFrom64Sources(benchmark::State& state) {
  Searched& s = At(state.range(0));
  const std::vector<std::uint32_t> numbers(s.nodes.begin(), s.nodes.begin() + kSources);
  const std::span<const NodeId> sources = AsNodes(numbers);
  std::uint64_t expected = 0;
  for (const std::uint32_t source : numbers) {
    for (const std::uint32_t distance : DistancesByQueue(s.arrays, source)) expected += distance == kFar ? 0 : distance;
  }
  const auto shared = [&] {
    std::uint64_t total = 0;
    for (const DistanceCounts& counts : Must(CountDistances(s.reader.snapshot(), {}, sources))) {
      total += counts.TotalDistance();
    }
    return total;
  };
  const auto plain = [&] {
    std::uint64_t total = 0;
    for (const NodeId source : sources) {
      Must(s.finder.VisitWithin(source, {}, [&](std::span<const NodeId> nodes, std::uint32_t distance) {
        total += distance * nodes.size();
        return true;
      }));
    }
    return total;
  };
  const auto medians = Measure(state, {{shared}, {[&] { return TotalOverArrays(s, sources); }}, {plain}}, expected, 1);
  Count(state, medians);
  state.counters["plain_us"] = medians[2];
  state.counters["times_plain"] = medians[2] / medians[0];
}
BENCHMARK(BM_DistancesFrom64Sources)->ArgName("scale")->Arg(16)->Arg(18)->Iterations(9)->UseManualTime();

// How many nodes there are within 1, 2 or 3 hops.
void BM_NodesWithinHops(benchmark::State& state) {
  Searched& s = At(state.range(0));
  const Hops hops{1, static_cast<std::uint32_t>(state.range(1))};
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kSources; ++i) {
    for (const std::uint32_t distance : DistancesByQueue(s.arrays, s.nodes[i])) {
      expected += distance >= 1 && distance <= hops.most ? 1 : 0;
    }
  }
  const auto of_database = [&] {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < kSources; ++i) count += Must(s.finder.CountWithin(s.node(i), hops));
    return count;
  };
  const auto of_arrays = [&] {
    std::uint64_t count = 0;
    const auto add = [&](std::span<const NodeId> nodes, std::uint32_t) {
      count += nodes.size();
      return true;
    };
    for (std::size_t i = 0; i < kSources; ++i) {
      const NodeId from = s.node(i);
      traversal::VisitNeighbourhood(s.source, s.source, s.levels[0], {&from, 1}, hops, add, s.polling);
    }
    return count;
  };
  Count(state, Measure(state, {{of_database}, {of_arrays}}, expected, kSources));
}
BENCHMARK(BM_NodesWithinHops)
    ->ArgNames({"scale", "hops"})
    ->ArgsProduct({{16, 18}, {1, 2, 3}})
    ->Iterations(21)
    ->UseManualTime();

// As whole numbers modulo 2^64.
std::uint64_t PathsByQueue(const Csr& graph, std::uint32_t from, std::uint32_t to) {
  const std::vector<std::uint32_t> distances = DistancesByQueue(graph, from);
  std::vector<std::uint64_t> counts(graph.node_count(), 0);
  counts[from] = 1;
  for (std::uint32_t distance = 0; distances[to] != kFar && distance < distances[to]; ++distance) {
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      if (distances[node] != distance) continue;
      for (const std::uint32_t other : graph.neighbours(node)) {
        if (distances[other] == distance + 1) counts[other] += counts[node];
      }
    }
  }
  return counts[to];
}

// Found and counted.
void BM_AllShortestPathsOfPairs(benchmark::State& state) {
  Searched& s = At(state.range(0));
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kSources; ++i) expected += PathsByQueue(s.arrays, s.node(i).value, s.other(i).value);
  const auto of_database = [&] {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < kSources; ++i) count += Must(s.finder.FindShortestPaths(s.node(i), s.other(i))).count();
    return count;
  };
  const auto of_arrays = [&] {
    std::uint64_t count = 0;
    traversal::AllShortestPaths<ArraySource> search({s.source, s.levels[0]}, {s.source, s.levels[1]}, s.wanted);
    for (std::size_t i = 0; i < kSources; ++i) {
      count += search.Find(s.node(i), s.other(i), kAnyHops, s.polling)->count();
    }
    return count;
  };
  Count(state, Measure(state, {{of_database}, {of_arrays}}, expected, kSources));
}
BENCHMARK(BM_AllShortestPathsOfPairs)->ArgName("scale")->Arg(16)->Arg(18)->Iterations(21)->UseManualTime();

void BM_ReachabilityOfPairs(benchmark::State& state) {
  Searched& s = At(state.range(0));
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kSources; ++i) {
    expected += DistancesByQueue(s.arrays, s.node(i).value)[s.other(i).value] != kFar ? 1 : 0;
  }
  const auto of_database = [&] {
    std::uint64_t count = 0;
    for (std::size_t i = 0; i < kSources; ++i) count += Must(s.finder.IsReachable(s.node(i), s.other(i))) ? 1 : 0;
    return count;
  };
  const auto of_arrays = [&] {
    std::uint64_t count = 0;
    traversal::TwoSidedSearch<ArraySource> search({s.source, s.levels[0]}, {s.source, s.levels[1]});
    for (std::size_t i = 0; i < kSources; ++i) {
      search.Run(s.node(i), s.other(i), kAnyHops, true, s.polling);
      count += search.found() ? 1 : 0;
    }
    return count;
  };
  Count(state, Measure(state, {{of_database}, {of_arrays}}, expected, kSources));
}
BENCHMARK(BM_ReachabilityOfPairs)->ArgName("scale")->Arg(16)->Arg(18)->Iterations(21)->UseManualTime();

// Trails of two hops: each relationship leads both ways as two, so that none is met again.
void BM_TrailsOfTwoHops(benchmark::State& state) {
  Searched& s = At(state.range(0));
  constexpr Hops kHops{2, 2};
  constexpr std::size_t kFrom = 8;
  std::uint64_t expected = 0;
  for (std::size_t i = 0; i < kFrom; ++i) {
    for (const std::uint32_t next : s.arrays.neighbours(s.nodes[i])) expected += s.arrays.degree(next);
  }
  std::uint64_t count = 0;
  const auto add = [&](const PathView&) { return ++count != 0; };
  const auto of_database = [&] {
    count = 0;
    for (std::size_t i = 0; i < kFrom; ++i) Must(s.finder.VisitPaths(s.node(i), kHops, PathMode::kTrail, add));
    return count;
  };
  const auto of_arrays = [&] {
    count = 0;
    for (std::size_t i = 0; i < kFrom; ++i) {
      traversal::PathEnumeration<ArraySource>(s.source, kHops, PathMode::kTrail, s.polling).Run(s.node(i), add);
    }
    return count;
  };
  const auto medians = Measure(state, {{of_database}, {of_arrays}}, expected, static_cast<double>(expected));
  state.counters["ns"] = 1000 * medians[0];
  state.counters["array_ns"] = 1000 * medians[1];
  state.counters["times_array"] = medians[0] / medians[1];
}
BENCHMARK(BM_TrailsOfTwoHops)->ArgName("scale")->Arg(16)->Arg(18)->Iterations(21)->UseManualTime();

}  // namespace
}  // namespace plenum::bench
