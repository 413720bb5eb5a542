// What adjacency costs as the store holds it: encoding, decoding, asking for lists, folding changes; bytes an edge.
//
// A dense graph of one type (R-MAT) and a sparse one of 20 types, in both directions. Relationships are numbered in the
// order of the outgoing lists, as bulk loading does: outgoing numbers are implicit, incoming ones explicit.
#include <benchmark/benchmark.h>

#include <algorithm>
#include <array>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "bench/rmat.h"
#include "engine/storage/segment.h"
#include "engine/storage/segment_operand.h"

namespace plenum::storage {
namespace {

// One type in one direction.
struct Adjacency {
  bench::Csr lists;
  std::vector<std::uint64_t> numbers;  // empty: implicit
  unsigned bits = 0;
  std::vector<std::uint32_t> locals;  // of the nodes with a list, segment after segment
  std::vector<std::uint32_t> degrees;
  std::vector<std::size_t> listed;  // where each segment begins among these

  explicit Adjacency(bench::Csr csr) : lists(std::move(csr)) {
    bits = SegmentBits(lists.node_count(), lists.targets.size());
    for (std::uint32_t node = 0; node < lists.node_count(); ++node) {
      if ((node & ((1U << bits) - 1)) == 0) listed.push_back(locals.size());
      if (lists.degree(node) == 0) continue;
      locals.push_back(node & ((1U << bits) - 1));
      degrees.push_back(static_cast<std::uint32_t>(lists.degree(node)));
    }
    listed.push_back(locals.size());
  }

  std::string Encode(std::uint32_t segment) const {
    const std::uint32_t begin = segment << bits;
    const std::uint32_t end = std::min(lists.node_count(), (segment + 1) << bits);
    const std::uint64_t first = lists.offsets[begin];
    const std::uint64_t count = lists.offsets[end] - first;
    SegmentColumns columns{.locals = {locals.data() + listed[segment], listed[segment + 1] - listed[segment]},
                           .degrees = {degrees.data() + listed[segment], listed[segment + 1] - listed[segment]},
                           .targets = {lists.targets.data() + first, count},
                           .first_number = first};
    if (!numbers.empty()) columns.numbers = {numbers.data() + first, count};
    return EncodeSegment(bits, columns);
  }
  std::vector<std::string> EncodeAll() const {
    std::vector<std::string> segments;
    for (std::uint32_t first = 0; first < lists.node_count(); first += 1U << bits) {
      segments.push_back(Encode(first >> bits));
    }
    return segments;
  }
};

// The other direction, with the numbers that the edges have in this one.
Adjacency Reverse(const bench::Csr& outgoing) {
  bench::Csr incoming;
  incoming.offsets.assign(outgoing.offsets.size(), 0);
  incoming.targets.resize(outgoing.targets.size());
  for (const std::uint32_t target : outgoing.targets) ++incoming.offsets[target + 1];
  for (std::size_t i = 1; i < incoming.offsets.size(); ++i) incoming.offsets[i] += incoming.offsets[i - 1];
  std::vector<std::uint64_t> next = incoming.offsets;
  std::vector<std::uint64_t> numbers(outgoing.targets.size());
  for (std::uint32_t source = 0; source < outgoing.node_count(); ++source) {
    for (std::uint64_t i = outgoing.offsets[source]; i < outgoing.offsets[source + 1]; ++i) {
      const std::uint64_t at = next[outgoing.targets[i]]++;
      incoming.targets[at] = source;
      numbers[at] = i;
    }
  }
  Adjacency adjacency(std::move(incoming));
  adjacency.numbers = std::move(numbers);
  return adjacency;
}

enum Graph { kDense, kSparse };
enum Direction { kOutgoing, kIncoming };

const std::vector<Adjacency>& AdjacencyOf(std::int64_t graph, std::int64_t direction) {
  static std::map<std::int64_t, std::array<std::vector<Adjacency>, 2>> made;
  auto& both = made[graph];
  if (both[kOutgoing].empty()) {
    std::vector<bench::Csr> types;
    if (graph == kDense) {
      types.push_back(bench::MakeDirectedRmat(18, 42));
    } else {
      types = bench::MakeTyped(1'000'000, 5'000'000, 20, 7);
    }
    for (bench::Csr& type : types) {
      both[kIncoming].push_back(Reverse(type));
      both[kOutgoing].emplace_back(std::move(type));
    }
  }
  return both[static_cast<std::size_t>(direction)];
}

std::uint64_t EdgesOf(const std::vector<Adjacency>& types) {
  std::uint64_t edges = 0;
  for (const Adjacency& type : types) edges += type.lists.targets.size();
  return edges;
}

void ReportTime(benchmark::State& state, const char* name, std::uint64_t things) {
  state.counters[name] = benchmark::Counter(
      static_cast<double>(things), benchmark::Counter::kIsIterationInvariantRate | benchmark::Counter::kInvert);
}

void EncodeGraph(benchmark::State& state) {
  const auto& types = AdjacencyOf(state.range(0), state.range(1));
  std::size_t bytes = 0, segments = 0;
  for (auto _ : state) {
    bytes = segments = 0;
    for (const Adjacency& type : types) {
      for (std::uint32_t first = 0; first < type.lists.node_count(); first += 1U << type.bits, ++segments) {
        bytes += type.Encode(first >> type.bits).size();
      }
    }
  }
  const std::uint64_t edges = EdgesOf(types);
  ReportTime(state, "time_per_edge", edges);
  state.counters["stored_bytes_per_edge"] = static_cast<double>(bytes) / static_cast<double>(edges);
  state.counters["segments"] = static_cast<double>(segments);
}

void DecodeGraph(benchmark::State& state) {
  const auto& types = AdjacencyOf(state.range(0), state.range(1));
  const Lanes lanes{.numbers = state.range(2) != 0};
  std::vector<std::string> stored;
  for (const Adjacency& type : types) {
    for (std::string& bytes : type.EncodeAll()) stored.push_back(std::move(bytes));
  }
  std::size_t bytes = 0, edges = 0;
  for (auto _ : state) {
    bytes = edges = 0;
    for (const std::string& segment : stored) {
      const auto decoded = Segment::Decode(segment, lanes);
      bytes += decoded->bytes();
      edges += decoded->edge_count();
    }
  }
  if (edges != EdgesOf(types)) state.SkipWithError("edges were lost");
  ReportTime(state, "time_per_edge", edges);
  state.counters["decoded_bytes_per_edge"] = static_cast<double>(bytes) / static_cast<double>(edges);
}

// The lane of as many relationships as a segment aims at. Of each hundred so many have dates: from some day of 50
// years, half of them until some day of the next ten.
void DatedLane(benchmark::State& state) {
  constexpr std::uint32_t kEdges = kSegmentEdgesAim;
  std::uint64_t random = 1;
  const auto below = [&random](std::uint64_t end) {
    random = random * 6364136223846793005 + 1442695040888963407;
    return static_cast<std::int64_t>((random >> 33) % end);
  };
  ValidityLane lane;
  for (std::uint32_t i = 0; i < kEdges; ++i) {
    std::optional<Interval> validity;
    if (below(100) < state.range(0)) {
      const std::int64_t from = below(18262);
      validity = Interval{PartialDate{from, from}, std::nullopt};
      const std::int64_t until = from + below(3653);
      if (below(2) == 0) validity->until = PartialDate{until, until};
      if (state.range(1) != 0) validity = Interval{PartialDate{from / 365 * 365, from / 365 * 365 + 364}, std::nullopt};
    }
    lane.Append(validity);
  }
  std::string bytes;
  lane.AppendTo(bytes);
  std::size_t decoded = 0;
  for (auto _ : state) decoded = ValidityLane::Decode(bytes, kEdges)->bytes();
  ReportTime(state, "time_per_edge", kEdges);
  state.counters["stored_bytes_per_edge"] = static_cast<double>(bytes.size()) / kEdges;
  state.counters["decoded_bytes_per_edge"] = static_cast<double>(decoded) / kEdges;
}

// Lists of random nodes, in random types.
void AskForLists(benchmark::State& state) {
  const auto& types = AdjacencyOf(state.range(0), kOutgoing);
  std::vector<std::vector<std::unique_ptr<const Segment>>> decoded(types.size());
  for (std::size_t i = 0; i < types.size(); ++i) {
    for (const std::string& bytes : types[i].EncodeAll()) decoded[i].push_back(Segment::Decode(bytes));
  }
  const std::uint32_t nodes = types[0].lists.node_count();
  std::vector<std::pair<std::uint32_t, std::uint32_t>> asked;
  std::uint64_t random = 1;
  for (int i = 0; i < 100'000; ++i) {
    random = random * 6364136223846793005 + 1442695040888963407;
    asked.emplace_back((random >> 16) % types.size(), (random >> 32) % nodes);
  }
  std::uint64_t found = 0;
  for (auto _ : state) {
    found = 0;
    for (const auto& [type, node] : asked) {
      const unsigned bits = types[type].bits;
      const ListView list = decoded[type][node >> bits]->List(node & ((1U << bits) - 1));
      found += list.size;
    }
    benchmark::DoNotOptimize(found);
  }
  std::uint64_t expected = 0;
  for (const auto& [type, node] : asked) expected += types[type].lists.degree(node);
  if (found != expected) state.SkipWithError("lists are not what they were");
  ReportTime(state, "time_per_list", asked.size());
}

// A segment of the dense graph with so many relationships added, with dates or without.
void FoldChanges(benchmark::State& state) {
  const Adjacency& incoming = AdjacencyOf(kDense, kIncoming).front();
  const std::string base = incoming.Encode(1);
  std::string operand = BeginSegmentOperand(incoming.bits);
  for (std::int64_t i = 0; i < state.range(0); ++i) {
    SegmentEntry entry{static_cast<std::uint32_t>(i * 7919) & ((1U << incoming.bits) - 1),
                       static_cast<std::uint32_t>(i * 104729) % incoming.lists.node_count(),
                       incoming.numbers.size() + static_cast<std::uint64_t>(i), std::nullopt};
    if (state.range(1) != 0) entry.validity = Interval{PartialDate{i, i}, std::nullopt};
    AppendAdd(operand, entry);
  }
  const std::string_view view = operand;
  for (auto _ : state) benchmark::DoNotOptimize(FoldSegment(base, std::span(&view, 1)));
  state.counters["edges"] = static_cast<double>(Segment::Decode(base)->edge_count());
}

BENCHMARK(EncodeGraph)->ArgNames({"sparse", "incoming"})->ArgsProduct({{kDense, kSparse}, {kOutgoing, kIncoming}});
BENCHMARK(DecodeGraph)
    ->ArgNames({"sparse", "incoming", "numbers"})
    ->ArgsProduct({{kDense, kSparse}, {kOutgoing, kIncoming}, {0, 1}});
BENCHMARK(DatedLane)->ArgNames({"dated_percent", "years"})->ArgsProduct({{1, 10, 100}, {0, 1}});
BENCHMARK(AskForLists)->ArgName("sparse")->Arg(kDense)->Arg(kSparse);
BENCHMARK(FoldChanges)->ArgNames({"changes", "dated"})->ArgsProduct({{1, 100, 1000}, {0, 1}});

}  // namespace
}  // namespace plenum::storage
