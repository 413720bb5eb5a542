// See walked_graphs.h.
#include "bench/walked_graphs.h"

#include <algorithm>
#include <cstdlib>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <random>

#include "bench/loaded_graph.h"
#include "engine/graph/graph.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/must.h"

namespace plenum::bench {
namespace {

constexpr std::size_t kLookups = 1 << 18;
constexpr std::size_t kTwoHopEdges = 1 << 22;  // about how many are walked
constexpr std::int32_t kStill = std::numeric_limits<std::int32_t>::max();

std::int32_t TypicalDay(const Days& days) {
  if (days.from.empty()) return 0;
  std::vector<std::int32_t> begins = days.from;
  const auto middle = begins.begin() + static_cast<std::ptrdiff_t>(begins.size() / 2);
  std::ranges::nth_element(begins, middle);
  return *middle;
}

// Terms of one to ten years that began in the last thirty, a third of them still held.
Days MakeTerms(std::size_t count) {
  std::mt19937 random(11);
  Days days;
  for (std::size_t i = 0; i < count; ++i) {
    const auto from = static_cast<std::int32_t>(9'000 + random() % 11'000);
    days.from.push_back(from);
    days.until.push_back(random() % 3 == 0 ? kStill : from + static_cast<std::int32_t>(365 + random() % 3'300));
  }
  return days;
}

struct Dense {
  explicit Dense(unsigned scale)
      : arrays(MakeRmat(scale, 1)),
        loaded(std::vector<LoadedGraph::Type>{{&arrays}}),
        walked(arrays, timeless, loaded.Snapshot(), TypeId{0}) {}
  Csr arrays;
  Days timeless;
  LoadedGraph loaded;
  Walked walked;
};

struct Sparse {
  Sparse()
      : arrays(MakeTyped(1 << 20, 5'000'000, 20, 3)),
        terms(MakeTerms(arrays[kType].targets.size())),
        loaded(Types()),
        walked(arrays[kType], terms, loaded.Snapshot(), TypeId{kType}) {}

  std::vector<LoadedGraph::Type> Types() {
    for (std::size_t i = 0; i < terms.from.size(); ++i) {
      Interval& term = validity.emplace_back();
      term.from = PartialDate{terms.from[i], terms.from[i]};
      if (terms.until[i] != kStill) term.until = PartialDate{terms.until[i], terms.until[i]};
    }
    std::vector<LoadedGraph::Type> types;
    for (const Csr& each : arrays) types.push_back({&each});
    types[kType].validity = validity;
    return types;
  }

  static constexpr std::uint16_t kType = 4;
  std::vector<Csr> arrays;
  Days terms;
  std::vector<Interval> validity;
  LoadedGraph loaded;
  Walked walked;
};

// Of a validity that may be uncertain: on which days it possibly holds.
std::int32_t FirstDay(const std::optional<Interval>& validity) {
  if (!validity || !validity->from || !validity->from->earliest) return std::numeric_limits<std::int32_t>::min();
  return static_cast<std::int32_t>(*validity->from->earliest);
}
std::int32_t DayAfterLast(const std::optional<Interval>& validity) {
  if (!validity || !validity->until || !validity->until->latest) return kStill;
  return static_cast<std::int32_t>(*validity->until->latest);
}

struct Own {
  Own()
      : store(Must(storage::OpenStore(std::getenv("PLENUM_BENCH_DATABASE")))),
        graph(Must(graph::Graph::Open(*store, {}))),
        snapshot(graph->Snapshot()),
        type(snapshot.FindType(std::getenv("PLENUM_BENCH_TYPE")).value()) {
    ReadArrays();
    walked.emplace(arrays, days, snapshot, type);
  }
  void ReadArrays() {
    GraphReader reader(snapshot);
    Adjacency adjacency(reader, {.types = {type}, .relationships = true});
    arrays.offsets.push_back(0);
    for (std::uint32_t node = 0; node < snapshot.nodes_end(); ++node) {
      adjacency.ForEachRelationshipChunk({node}, [&](const RelationshipChunk& chunk) {
        for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
          const std::optional<Interval> validity = reader.Validity(chunk.relationships[i]);
          arrays.targets.push_back(chunk.nodes[i].value);
          days.from.push_back(FirstDay(validity));
          days.until.push_back(DayAfterLast(validity));
        }
      });
      arrays.offsets.push_back(arrays.targets.size());
    }
    if (!reader.status().ok()) Must(reader.status());
  }

  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::Graph> graph;
  GraphSnapshot snapshot;
  TypeId type;
  Csr arrays;
  Days days;
  std::optional<Walked> walked;
};

}  // namespace

Walked::Walked(const Csr& rows, const Days& times, const GraphSnapshot& snapshot, TypeId type)
    : arrays(rows),
      days(times),
      day(TypicalDay(times)),
      reader(snapshot),
      adjacency(reader, {.types = {type}}),
      on_day(reader, {.types = {type}, .valid_at = day}),
      nodes(DrawSources(rows, kLookups, 7)) {
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

bool HasOwn() { return std::getenv("PLENUM_BENCH_DATABASE") != nullptr && std::getenv("PLENUM_BENCH_TYPE") != nullptr; }

Walked& WalkedGraph(std::int64_t scale) {
  // The store has statics of its own, which must be there before ours: they go in the opposite order.
  [[maybe_unused]] static const auto first = Must(storage::OpenStore(":memory:"));
  static std::map<std::int64_t, std::unique_ptr<Dense>> dense;
  static std::unique_ptr<Sparse> sparse;
  static std::unique_ptr<Own> own;
  if (scale == kSparse) {
    if (!sparse) sparse = std::make_unique<Sparse>();
    return sparse->walked;
  }
  if (scale == kOwn) {
    if (!own) own = std::make_unique<Own>();
    return *own->walked;
  }
  auto& graph = dense[scale];
  if (!graph) graph = std::make_unique<Dense>(static_cast<unsigned>(scale));
  return graph->walked;
}

}  // namespace plenum::bench
