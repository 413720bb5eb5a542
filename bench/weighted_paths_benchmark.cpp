// Weighted shortest paths over projections of R-MAT graphs, undirected, with weights from 1 to 255, as the GAP
// Benchmark Suite draws them: distances from one node by each method, on one thread and two, and paths of random pairs.
//
// Answers are checked outside the clock: distances against a search over a queue that knows nothing of order, paths
// against distances. "edges/s" counts each undirected edge of what was reached once.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "bench/rmat.h"
#include "plenum/weighted_paths.h"

namespace plenum::bench {
namespace {

constexpr std::uint64_t kGraphSeed = 42, kSourceSeed = 7;
constexpr std::uint32_t kWeightSeed = 1;
constexpr std::size_t kSources = 16;

struct Subject {
  Projection projection;
  std::vector<std::uint32_t> sources;
  std::vector<std::vector<double>> distances;  // from each of them
};

// By the simplest means there is: whoever came nearer tells its neighbours.
std::vector<double> DistancesByQueue(const Projection& projection, std::uint32_t source) {
  std::vector<double> distances(projection.node_count(), std::numeric_limits<double>::infinity());
  distances[source] = 0;
  std::deque<std::uint32_t> queue = {source};
  for (; !queue.empty(); queue.pop_front()) {
    const std::uint32_t node = queue.front();
    for (std::size_t i = 0; i < projection.Outgoing(node).size(); ++i) {
      const std::uint32_t next = projection.Outgoing(node)[i];
      const double distance = distances[node] + projection.OutgoingWeights(node)[i];
      if (distance >= distances[next]) continue;
      distances[next] = distance;
      queue.push_back(next);
    }
  }
  return distances;
}

// Made once for each scale.
const Subject& SubjectOf(unsigned scale) {
  static std::map<unsigned, std::unique_ptr<Subject>> subjects;
  std::unique_ptr<Subject>& subject = subjects[scale];
  if (subject) return *subject;
  const Csr graph = MakeRmat(scale, kGraphSeed);
  std::mt19937 random(kWeightSeed);
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t neighbour : graph.neighbours(node)) {
      if (node >= neighbour) continue;
      edges.push_back({node, neighbour, static_cast<double>(1 + random() % 255), RelationshipId{edges.size()}});
    }
  }
  const Projection::Form form{.undirected = true, .weights = true, .relationships = true};
  subject = std::make_unique<Subject>(
      Subject{Projection::FromEdges(graph.node_count(), edges, form), DrawSources(graph, kSources, kSourceSeed), {}});
  for (const std::uint32_t source : subject->sources) {
    subject->distances.push_back(DistancesByQueue(subject->projection, source));
  }
  return *subject;
}

double EdgesReached(const Projection& projection, const std::vector<double>& distances) {
  std::size_t ends = 0;
  for (std::uint32_t node = 0; node < projection.node_count(); ++node) {
    if (distances[node] != std::numeric_limits<double>::infinity()) ends += projection.Outgoing(node).size();
  }
  return static_cast<double>(ends) / 2;
}

void MeasureDistances(benchmark::State& state, WeightedMethod method, bool parents) {
  const auto& [projection, sources, distances] = SubjectOf(static_cast<unsigned>(state.range(0)));
  const WeightedDistancesOptions options{
      .method = method, .parents = parents, .run = {.threads = static_cast<unsigned>(state.range(1))}};
  std::vector<double> edges;
  for (std::size_t i = 0; i < kSources; ++i) {
    const auto answer = WeightedDistances(projection, sources[i], options);
    if (!answer || answer->distances != distances[i]) return state.SkipWithError("wrong distances");
    edges.push_back(EdgesReached(projection, answer->distances));
  }
  double searched = 0;
  std::size_t i = 0;
  for (auto _ : state) {
    benchmark::DoNotOptimize(WeightedDistances(projection, sources[i], options));
    searched += edges[i];
    i = (i + 1) % kSources;
  }
  state.counters["edges/s"] = benchmark::Counter(searched, benchmark::Counter::kIsRate);
  state.counters["edges"] = static_cast<double>(projection.edge_count());
}

void BM_Dijkstra(benchmark::State& state) { MeasureDistances(state, WeightedMethod::kDijkstra, false); }
BENCHMARK(BM_Dijkstra)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct({{16, 18}, {1}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_DeltaStepping(benchmark::State& state) { MeasureDistances(state, WeightedMethod::kDeltaStepping, false); }
BENCHMARK(BM_DeltaStepping)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct({{16, 18}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

void BM_TreeOfShortestPaths(benchmark::State& state) { MeasureDistances(state, WeightedMethod::kAutomatic, true); }
BENCHMARK(BM_TreeOfShortestPaths)
    ->ArgNames({"scale", "threads"})
    ->ArgsProduct({{16, 18}, {1, 2}})
    ->Unit(benchmark::kMillisecond)
    ->UseRealTime();

// Pairs of the sources.
void MeasurePairs(benchmark::State& state, std::size_t count) {
  const auto& [projection, sources, distances] = SubjectOf(static_cast<unsigned>(state.range(0)));
  std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
  for (std::size_t i = 0; i < kSources; ++i) {
    pairs.emplace_back(sources[i], sources[(i + 1) % kSources]);
    const double distance = distances[i][pairs[i].second];
    const auto path = WeightedShortestPath(projection, pairs[i].first, pairs[i].second, {});
    const auto paths = WeightedShortestPaths(projection, pairs[i].first, pairs[i].second, count, {});
    const bool none = distance == std::numeric_limits<double>::infinity();
    if (!path || !paths || path->has_value() == none || paths->empty() != none) return state.SkipWithError("no path");
    if (none) continue;
    if ((*path)->cost != distance || paths->front().relationships != (*path)->relationships ||
        !std::ranges::is_sorted(*paths, {}, &WeightedPath::cost)) {
      return state.SkipWithError("a wrong path");
    }
  }
  std::size_t i = 0;
  for (auto _ : state) {
    const auto [source, target] = pairs[i];
    if (count == 1) {
      benchmark::DoNotOptimize(WeightedShortestPath(projection, source, target, {}));
    } else {
      benchmark::DoNotOptimize(WeightedShortestPaths(projection, source, target, count, {}));
    }
    i = (i + 1) % kSources;
  }
}

void BM_PathOfAPair(benchmark::State& state) { MeasurePairs(state, 1); }
BENCHMARK(BM_PathOfAPair)->ArgName("scale")->Arg(16)->Arg(18)->Unit(benchmark::kMillisecond);

void BM_TenPathsOfAPair(benchmark::State& state) { MeasurePairs(state, 10); }
BENCHMARK(BM_TenPathsOfAPair)->ArgName("scale")->Arg(16)->Arg(18)->Unit(benchmark::kMillisecond);

}  // namespace
}  // namespace plenum::bench
