// Walking over a graph of the database beside walking over plain arrays (compressed sparse rows) of the same graph, in
// the same run, by turns: lists of neighbours, two hops, tests for an edge.
//
// Counters: `ns` for each edge or lookup, `array_ns` for the same over arrays, `times_array`, how many times as long
// the database takes: medians over the iterations. The answers of both are compared outside the clock.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <random>
#include <vector>

#include "bench/loaded_graph.h"
#include "bench/median.h"
#include "bench/rmat.h"
#include "engine/storage/rocksdb_store.h"
#include "plenum/graph.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

constexpr std::size_t kLookups = 1 << 18;
constexpr std::size_t kTwoHopEdges = 1 << 22;  // about how many are walked

// Nodes of some type's arrays, and of the database, to walk from.
struct Walked {
  Walked(const Csr& rows, const GraphSnapshot& snapshot, TypeId type)
      : arrays(rows), reader(snapshot), adjacency(reader, {.types = {type}}), nodes(DrawSources(rows, kLookups, 7)) {
    std::mt19937 random(7);
    for (std::size_t i = 0; i < kLookups; ++i) {
      const auto row = arrays.neighbours(nodes[i]);
      others.push_back(i % 2 == 0 ? row[random() % row.size()]
                                  : static_cast<std::uint32_t>(random() % arrays.node_count()));
    }
    for (std::size_t edges = 0; edges < kTwoHopEdges && two_hop_sources < kLookups; ++two_hop_sources) {
      for (const std::uint32_t next : arrays.neighbours(nodes[two_hop_sources])) edges += arrays.degree(next);
    }
  }

  const Csr& arrays;
  GraphReader reader;
  Adjacency adjacency;
  std::vector<std::uint32_t> nodes;   // with relationships, at random
  std::size_t two_hop_sources = 0;    // so many of them
  std::vector<std::uint32_t> others;  // every second one a neighbour of the node in the same place
};

struct Dense {
  explicit Dense(unsigned scale)
      : arrays(MakeRmat(scale, 1)),
        loaded(std::vector<LoadedGraph::Type>{{&arrays}}),
        walked(arrays, loaded.Snapshot(), TypeId{0}) {}
  Csr arrays;
  LoadedGraph loaded;
  Walked walked;
};

struct Sparse {
  Sparse() : arrays(MakeTyped(1 << 20, 5'000'000, 20, 3)), loaded(Types(arrays)) {
    walked = std::make_unique<Walked>(arrays[kType], loaded.Snapshot(), TypeId{kType});
  }
  static std::vector<LoadedGraph::Type> Types(const std::vector<Csr>& arrays) {
    std::vector<LoadedGraph::Type> types;
    for (const Csr& each : arrays) types.push_back({&each});
    return types;
  }
  static constexpr std::uint16_t kType = 4;
  std::vector<Csr> arrays;
  LoadedGraph loaded;
  std::unique_ptr<Walked> walked;
};

constexpr std::int64_t kSparse = 0;  // instead of a scale

Walked& At(std::int64_t scale) {
  // The store has statics of its own, which must be there before ours: they go in the opposite order.
  [[maybe_unused]] static const auto first = Must(storage::OpenStore(":memory:"));
  static std::map<std::int64_t, std::unique_ptr<Dense>> dense;
  static std::unique_ptr<Sparse> sparse;
  if (scale == kSparse) {
    if (!sparse) sparse = std::make_unique<Sparse>();
    return *sparse->walked;
  }
  auto& graph = dense[scale];
  if (!graph) graph = std::make_unique<Dense>(static_cast<unsigned>(scale));
  return graph->walked;
}

// The same question to both. What they return must be equal; `units` is how many lookups or edges that took.
struct Question {
  std::function<std::uint64_t(Walked&)> of_database;
  std::function<std::uint64_t(const Walked&)> of_arrays;
  std::function<std::uint64_t(const Walked&)> units;
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
  Walked& walked = At(state.range(0));
  const Question question = make();
  if (question.of_database(walked) != question.of_arrays(walked)) return state.SkipWithError("the answers differ");
  Must(walked.reader.status().ok() ? Status() : Status(walked.reader.status().error()));
  const auto units = static_cast<double>(question.units(walked));
  std::vector<double> database;
  std::vector<double> arrays;
  const auto time = [&](const auto& ask) {
    const Clock::time_point begin = Clock::now();
    benchmark::DoNotOptimize(ask(walked));
    return std::chrono::duration<double, std::nano>(Clock::now() - begin).count() / units;
  };
  for (auto _ : state) {
    arrays.push_back(time(question.of_arrays));
    database.push_back(time(question.of_database));
    state.SetIterationTime(database.back() * units * 1e-9);
  }
  const double ns = Median(database);
  const double array_ns = Median(arrays);
  state.counters["ns"] = ns;
  state.counters["array_ns"] = array_ns;
  state.counters["times_array"] = ns / array_ns;
}

#define PLENUM_COMPARE(name)              \
  BENCHMARK_CAPTURE(Compare, name, &name) \
      ->ArgName("scale")                  \
      ->Arg(16)                           \
      ->Arg(18)                           \
      ->Arg(20)                           \
      ->Arg(kSparse)                      \
      ->Iterations(21)                    \
      ->UseManualTime()

PLENUM_COMPARE(Scan);
PLENUM_COMPARE(RandomHop);
PLENUM_COMPARE(ExpandHop);
PLENUM_COMPARE(TwoHops);
PLENUM_COMPARE(HasEdge);

}  // namespace
}  // namespace plenum::bench
