// The algorithms over whole graphs, on R-MAT graphs of 16 edges a node drawn: undirected, but for the strongly
// connected components. The answers are checked outside the clock, against the simplest code that gives them.
//
// "edges/s" counts each edge of the graph once for each answer, however often the algorithm reads it ("iterations" says
// how often); betweenness counts it once for each source. PageRank runs as the GAP Benchmark Suite (Beamer, Asanović
// and Patterson, 2015) has it: until the ranks change by 10^-4 together, 20 iterations at most.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <numeric>
#include <utility>
#include <vector>

#include "bench/rmat.h"
#include "plenum/algorithms.h"

namespace plenum::bench {
namespace {

constexpr std::uint64_t kSeed = 42;
constexpr PageRankOptions kPageRank{.damping = 0.85, .tolerance = 1e-4, .iterations_max = 20};
constexpr std::uint32_t kSources = 8;

const Projection& Graph(std::int64_t scale, bool undirected) {
  static std::map<std::pair<std::int64_t, bool>, Projection> made;
  const auto found = made.find({scale, undirected});
  if (found != made.end()) return found->second;
  const auto bits = static_cast<unsigned>(scale);
  const Csr csr = undirected ? MakeRmat(bits, kSeed) : MakeDirectedRmat(bits, kSeed);
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node < csr.node_count(); ++node) {
    for (const std::uint32_t other : csr.neighbours(node)) {
      if (!undirected || node < other) edges.push_back({node, other});
    }
  }
  Projection projection = Projection::FromEdges(csr.node_count(), edges, {.undirected = undirected});
  return made.emplace(std::pair(scale, undirected), std::move(projection)).first->second;
}

RunOptions Threads(const benchmark::State& state) { return {.threads = static_cast<unsigned>(state.range(1))}; }

void Report(benchmark::State& state, const Projection& graph, std::uint64_t times = 1) {
  state.counters["edges/s"] = benchmark::Counter(static_cast<double>(graph.edge_count() * times),
                                                 benchmark::Counter::kIsIterationInvariantRate);
  state.counters["edges"] = static_cast<double>(graph.edge_count());
  state.counters["nodes"] = graph.node_count();
}

// Pushed along each edge, one iteration after the other.
std::vector<double> RanksByPushing(const Projection& graph, std::uint32_t iterations) {
  const double node_count = graph.node_count();
  std::vector<double> ranks(graph.node_count(), 1 / node_count);
  for (; iterations > 0; --iterations) {
    std::vector<double> next(graph.node_count(), 0);
    double kept = 0;
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      const auto row = graph.Outgoing(node);
      if (row.empty()) kept += ranks[node];
      for (const std::uint32_t other : row) next[other] += ranks[node] / static_cast<double>(row.size());
    }
    for (double& rank : next)
      rank = (1 - kPageRank.damping + kPageRank.damping * kept) / node_count + kPageRank.damping * rank;
    ranks.swap(next);
  }
  return ranks;
}

// The smallest node that a search from each node reaches; of undirected rows.
std::vector<std::uint32_t> ComponentsBySearch(const Projection& graph) {
  std::vector<std::uint32_t> component(graph.node_count(), graph.node_count());
  for (std::uint32_t begin = 0; begin < graph.node_count(); ++begin) {
    if (component[begin] != graph.node_count()) continue;
    component[begin] = begin;
    for (std::vector<std::uint32_t> to_do = {begin}; !to_do.empty();) {
      const std::uint32_t node = to_do.back();
      to_do.pop_back();
      for (const std::uint32_t other : graph.Outgoing(node)) {
        if (component[other] != graph.node_count()) continue;
        component[other] = begin;
        to_do.push_back(other);
      }
    }
  }
  return component;
}

// For each k, whoever has at most k neighbours left goes, until nobody has.
std::vector<std::uint32_t> CoresByRounds(const Projection& graph) {
  std::vector<std::uint32_t> left(graph.node_count()), core(graph.node_count(), 0);
  std::vector<bool> gone(graph.node_count(), false);
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    left[node] = static_cast<std::uint32_t>(graph.Outgoing(node).size());
  }
  std::uint32_t remaining = graph.node_count();
  for (std::uint32_t k = 0; remaining > 0; ++k) {
    std::vector<std::uint32_t> to_do;
    for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
      if (!gone[node] && left[node] <= k) to_do.push_back(node);
    }
    while (!to_do.empty()) {
      const std::uint32_t node = to_do.back();
      to_do.pop_back();
      if (gone[node]) continue;
      gone[node] = true;
      core[node] = k;
      --remaining;
      for (const std::uint32_t other : graph.Outgoing(node)) {
        if (!gone[other] && --left[other] <= k) to_do.push_back(other);
      }
    }
  }
  return core;
}

void BM_PageRank(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), true);
  PageRanks answer;
  for (auto _ : state) answer = *PageRank(graph, kPageRank, Threads(state));
  const std::vector<double> expected = RanksByPushing(graph, answer.iterations);
  const auto differ = [](double a, double b) { return std::abs(a - b) > 1e-12; };
  if (!std::ranges::equal(answer.rank, expected, std::not_fn(differ))) state.SkipWithError("wrong ranks");
  Report(state, graph);
  state.counters["iterations"] = answer.iterations;
}

void BM_WeaklyConnectedComponents(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), true);
  Components answer;
  for (auto _ : state) answer = *WeaklyConnectedComponents(graph, Threads(state));
  if (answer.component != ComponentsBySearch(graph)) state.SkipWithError("wrong components");
  Report(state, graph);
  state.counters["components"] = answer.count;
}

// The nodes in the order in which a depth-first search leaves them.
std::vector<std::uint32_t> LeavingOrder(const Projection& graph) {
  std::vector<std::uint32_t> order;
  std::vector<std::uint64_t> next(graph.node_count(), 0);  // in each row; not 0: met
  for (std::uint32_t begin = 0; begin < graph.node_count(); ++begin) {
    if (next[begin] != 0) continue;
    for (std::vector<std::uint32_t> way = {begin}; !way.empty();) {
      const std::uint32_t node = way.back();
      const auto row = graph.Outgoing(node);
      const std::uint64_t at = next[node]++;
      if (at < row.size()) {
        if (next[row[at]] == 0) way.push_back(row[at]);
      } else {
        order.push_back(node);
        way.pop_back();
      }
    }
  }
  return order;
}

// Searched backwards, from the nodes that are left last: Kosaraju and Sharir's algorithm.
std::vector<std::uint32_t> StrongComponentsBySearches(const Projection& graph) {
  std::vector<std::vector<std::uint32_t>> backward(graph.node_count());
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    for (const std::uint32_t other : graph.Outgoing(node)) backward[other].push_back(node);
  }
  std::vector<std::uint32_t> component(graph.node_count(), graph.node_count());
  std::vector<std::uint32_t> order = LeavingOrder(graph);
  for (; !order.empty(); order.pop_back()) {
    if (component[order.back()] != graph.node_count()) continue;
    std::vector<std::uint32_t> members = {order.back()};
    component[order.back()] = order.back();
    for (std::size_t i = 0; i < members.size(); ++i) {
      for (const std::uint32_t other : backward[members[i]]) {
        if (component[other] != graph.node_count()) continue;
        component[other] = order.back();
        members.push_back(other);
      }
    }
    const std::uint32_t smallest = *std::ranges::min_element(members);
    for (const std::uint32_t member : members) component[member] = smallest;
  }
  return component;
}

void BM_StronglyConnectedComponents(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), false);
  Components answer;
  for (auto _ : state) answer = *StronglyConnectedComponents(graph, Threads(state));
  if (answer.component != StrongComponentsBySearches(graph)) state.SkipWithError("wrong components");
  Report(state, graph);
  state.counters["components"] = answer.count;
}

void BM_CoreNumbers(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), true);
  Cores answer;
  for (auto _ : state) answer = *CoreNumbers(graph, Threads(state));
  if (answer.core != CoresByRounds(graph)) state.SkipWithError("wrong core numbers");
  Report(state, graph);
  state.counters["core_max"] = answer.core_max;
}

// Each node must have a label that most of its neighbours have.
bool AreStable(const Projection& graph, const std::vector<std::uint32_t>& labels) {
  for (std::uint32_t node = 0; node < graph.node_count(); ++node) {
    std::map<std::uint32_t, std::uint32_t> votes = {{labels[node], 0}};
    for (const std::uint32_t other : graph.Outgoing(node)) ++votes[labels[other]];
    const auto fewer = [](const auto& a, const auto& b) { return a.second < b.second; };
    if (votes[labels[node]] != std::ranges::max_element(votes, fewer)->second) return false;
  }
  return true;
}

void BM_LabelPropagation(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), true);
  Communities answer;
  for (auto _ : state) answer = *LabelPropagation(graph, {}, Threads(state));
  if (!answer.converged || !AreStable(graph, answer.community)) state.SkipWithError("labels that would change");
  Report(state, graph);
  state.counters["communities"] = answer.count;
  state.counters["iterations"] = answer.iterations;
}

// Adds what depends on each node, of the shortest paths from one, with the nodes before each on these in lists.
void AddDependencies(const Projection& graph, std::uint32_t source, std::vector<double>& scores) {
  std::vector<std::vector<std::uint32_t>> before(graph.node_count());
  std::vector<std::uint32_t> distance(graph.node_count(), graph.node_count()), reached = {source};
  std::vector<double> paths(graph.node_count(), 0), dependency(graph.node_count(), 0);
  distance[source] = 0;
  paths[source] = 1;
  for (std::size_t i = 0; i < reached.size(); ++i) {
    for (const std::uint32_t other : graph.Outgoing(reached[i])) {
      if (distance[other] == graph.node_count()) {
        distance[other] = distance[reached[i]] + 1;
        reached.push_back(other);
      }
      if (distance[other] != distance[reached[i]] + 1) continue;
      before[other].push_back(reached[i]);
      paths[other] += paths[reached[i]];
    }
  }
  for (std::size_t i = reached.size(); i-- > 1;) {
    const std::uint32_t node = reached[i];
    for (const std::uint32_t other : before[node]) {
      dependency[other] += paths[other] / paths[node] * (1 + dependency[node]);
    }
    scores[node] += dependency[node];
  }
}

bool AreScores(const Projection& graph, const BetweennessScores& answer) {
  std::vector<double> scores(graph.node_count(), 0);
  for (const std::uint32_t source : answer.sources) AddDependencies(graph, source, scores);
  const double scale = graph.node_count() / (2.0 * static_cast<double>(answer.sources.size()));
  return std::ranges::equal(answer.score, scores, [scale](double score, double sum) {
    return std::abs(score - sum * scale) <= 1e-9 * (1 + score);
  });
}

void BM_Betweenness(benchmark::State& state) {
  const Projection& graph = Graph(state.range(0), true);
  BetweennessScores answer;
  for (auto _ : state) answer = *Betweenness(graph, {.sources = kSources, .seed = kSeed}, Threads(state));
  if (answer.sources.size() != kSources || !AreScores(graph, answer)) state.SkipWithError("wrong scores");
  Report(state, graph, kSources);
}

void ScalesAndThreads(benchmark::internal::Benchmark* suite) {
  suite->ArgNames({"scale", "threads"})->ArgsProduct({{16, 18}, {1, 2}})->UseRealTime()->Unit(benchmark::kMillisecond);
}
void Scales(benchmark::internal::Benchmark* suite) {
  suite->ArgNames({"scale", "threads"})->ArgsProduct({{16, 18}, {1}})->UseRealTime()->Unit(benchmark::kMillisecond);
}

BENCHMARK(BM_PageRank)->Apply(ScalesAndThreads);
BENCHMARK(BM_WeaklyConnectedComponents)->Apply(ScalesAndThreads);
BENCHMARK(BM_StronglyConnectedComponents)->Apply(Scales);
BENCHMARK(BM_CoreNumbers)->Apply(Scales);
BENCHMARK(BM_LabelPropagation)->Apply(ScalesAndThreads);
BENCHMARK(BM_Betweenness)->Apply(ScalesAndThreads);

}  // namespace
}  // namespace plenum::bench
