// Walking over a graph of the database beside walking over plain arrays (compressed sparse rows) of the same graph, in
// the same run, by turns: lists of neighbours, two hops, tests for an edge, what holds on a day. Which graphs:
// bench/walked_graphs.h; with PLENUM_BENCH_DATABASE and PLENUM_BENCH_TYPE, one of one's own too.
//
// Counters: `ns` for each edge or lookup, `array_ns` for the same over arrays, `times_array`, how many times as long
// the database takes, and `times_unfiltered`, as long as without the filter: medians over the iterations. The answers
// of both are compared outside the clock.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <vector>

#include "bench/median.h"
#include "bench/walked_graphs.h"
#include "plenum/graph.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

// The same question to both. What they return must be equal; `units` is how many lookups or edges that took.
struct Question {
  std::function<std::uint64_t(Walked&)> of_database;
  std::function<std::uint64_t(const Walked&)> of_arrays;
  std::function<std::uint64_t(const Walked&)> units;
  std::function<std::uint64_t(Walked&)> unfiltered = {};  // where there is a filter: the database without it
};

std::uint64_t Sum(std::span<const std::uint32_t> nodes) {
  std::uint64_t sum = 0;
  for (const std::uint32_t node : nodes) sum += node;
  return sum;
}
std::uint64_t Sum(std::span<const NodeId> nodes) {
  std::uint64_t sum = 0;
  for (const NodeId& node : nodes) sum += node.value;  // by reference: copies of structs are not vectorised
  return sum;
}

Question Scan() {
  return {[](Walked& w) {
            std::uint64_t sum = 0;
            w.adjacency.ForEachList({0}, {w.arrays.node_count()},
                                    [&](NodeId, std::span<const NodeId> nodes) { sum += Sum(nodes); });
            return sum;
          },
          [](const Walked& w) {
            std::uint64_t sum = 0;
            for (std::uint32_t node = 0; node < w.arrays.node_count(); ++node) sum += Sum(w.arrays.neighbours(node));
            return sum;
          },
          [](const Walked& w) { return w.arrays.targets.size(); }};
}

std::uint64_t HopOverArrays(const Walked& w) {
  std::uint64_t sum = 0;
  for (const std::uint32_t node : w.nodes) sum += Sum(w.arrays.neighbours(node));
  return sum;
}

Question RandomHop() {
  return {[](Walked& w) {
            std::uint64_t sum = 0;
            for (const std::uint32_t node : w.nodes) {
              w.adjacency.ForEachChunk({node}, [&](std::span<const NodeId> nodes) { sum += Sum(nodes); });
            }
            return sum;
          },
          HopOverArrays, [](const Walked& w) { return w.nodes.size(); }};
}

Question ExpandHop() {
  return {[](Walked& w) {
            std::uint64_t sum = 0;
            static_assert(sizeof(NodeId) == sizeof(std::uint32_t));
            const std::span<const NodeId> from(reinterpret_cast<const NodeId*>(w.nodes.data()), w.nodes.size());
            w.adjacency.Expand(from, [&](std::size_t, std::span<const NodeId> nodes) { sum += Sum(nodes); });
            return sum;
          },
          HopOverArrays, [](const Walked& w) { return w.nodes.size(); }};
}

Question TwoHops() {
  return {[](Walked& w) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < w.two_hop_sources; ++i) {
              w.adjacency.ForEachChunk({w.nodes[i]}, [&](std::span<const NodeId> nodes) {
                for (const NodeId next : nodes) {
                  w.adjacency.ForEachChunk(next, [&](std::span<const NodeId> far) { sum += Sum(far); });
                }
              });
            }
            return sum;
          },
          [](const Walked& w) {
            std::uint64_t sum = 0;
            for (std::size_t i = 0; i < w.two_hop_sources; ++i) {
              for (const std::uint32_t next : w.arrays.neighbours(w.nodes[i])) sum += Sum(w.arrays.neighbours(next));
            }
            return sum;
          },
          [](const Walked& w) {
            std::uint64_t edges = 0;
            for (std::size_t i = 0; i < w.two_hop_sources; ++i) {
              for (const std::uint32_t next : w.arrays.neighbours(w.nodes[i])) edges += w.arrays.degree(next);
            }
            return edges;
          }};
}

Question HopOnDay() {
  return {[](Walked& w) {
            std::uint64_t sum = 0;
            for (const std::uint32_t node : w.nodes) {
              w.on_day.ForEachChunk({node}, [&](std::span<const NodeId> nodes) { sum += Sum(nodes); });
            }
            return sum;
          },
          [](const Walked& w) {
            std::uint64_t sum = 0;
            for (const std::uint32_t node : w.nodes) {
              for (std::uint64_t i = w.arrays.offsets[node]; i < w.arrays.offsets[node + 1]; ++i) {
                if (w.days.from[i] <= w.day && w.day < w.days.until[i]) sum += w.arrays.targets[i];
              }
            }
            return sum;
          },
          [](const Walked& w) { return w.nodes.size(); }, RandomHop().of_database};
}

Question HasEdge() {
  return {[](Walked& w) {
            std::uint64_t found = 0;
            for (std::size_t i = 0; i < w.nodes.size(); ++i) {
              found += w.adjacency.HasEdge({w.nodes[i]}, {w.others[i]}) ? 1 : 0;
            }
            return found;
          },
          [](const Walked& w) {
            std::uint64_t found = 0;
            for (std::size_t i = 0; i < w.nodes.size(); ++i) {
              const auto row = w.arrays.neighbours(w.nodes[i]);
              found += std::binary_search(row.begin(), row.end(), w.others[i]) ? 1 : 0;
            }
            return found;
          },
          [](const Walked& w) { return w.nodes.size(); }};
}

using Clock = std::chrono::steady_clock;

void Compare(benchmark::State& state, Question (*make)()) {
  Walked& walked = WalkedGraph(state.range(0));
  const Question question = make();
  if (question.of_database(walked) != question.of_arrays(walked)) return state.SkipWithError("the answers differ");
  Must(walked.reader.status().ok() ? Status() : Status(walked.reader.status().error()));
  const auto units = static_cast<double>(question.units(walked));
  if (units == 0) return state.SkipWithError("there is nothing to walk");
  std::vector<double> database;
  std::vector<double> arrays;
  std::vector<double> unfiltered;
  const auto time = [&](const auto& ask) {
    const Clock::time_point begin = Clock::now();
    benchmark::DoNotOptimize(ask(walked));
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / units;
  };
  for (auto _ : state) {
    arrays.push_back(time(question.of_arrays));
    database.push_back(time(question.of_database));
    if (question.unfiltered) unfiltered.push_back(time(question.unfiltered));
    state.SetIterationTime(database.back() * units * 1e-9);
  }
  const double ns = Median(database);
  const double array_ns = Median(arrays);
  state.counters["ns"] = ns;
  state.counters["array_ns"] = array_ns;
  state.counters["times_array"] = ns / array_ns;
  if (question.unfiltered) state.counters["times_unfiltered"] = ns / Median(unfiltered);
}

void OnSparseGraphs(benchmark::internal::Benchmark* benchmark) {
  benchmark->ArgName("scale")->Arg(kSparse)->Iterations(21)->UseManualTime();
  if (HasOwn()) benchmark->Arg(kOwn);
}
void OnAllGraphs(benchmark::internal::Benchmark* benchmark) {
  OnSparseGraphs(benchmark);
  benchmark->Arg(16)->Arg(18)->Arg(20);
}

BENCHMARK_CAPTURE(Compare, Scan, &Scan)->Apply(OnAllGraphs);
BENCHMARK_CAPTURE(Compare, RandomHop, &RandomHop)->Apply(OnAllGraphs);
BENCHMARK_CAPTURE(Compare, ExpandHop, &ExpandHop)->Apply(OnAllGraphs);
BENCHMARK_CAPTURE(Compare, HopOnDay, &HopOnDay)->Apply(OnSparseGraphs);
BENCHMARK_CAPTURE(Compare, TwoHops, &TwoHops)->Apply(OnAllGraphs);
BENCHMARK_CAPTURE(Compare, HasEdge, &HasEdge)->Apply(OnAllGraphs);

}  // namespace
}  // namespace plenum::bench
