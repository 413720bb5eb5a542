// The searches over plain arrays: beside slow twins where graphs are large enough for all of their code, how much they
// read, and that they end when a poll says so.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <deque>
#include <random>
#include <thread>

#include "engine/traversal/all_shortest_paths.h"
#include "engine/traversal/column_counts.h"
#include "engine/traversal/multi_source_search.h"
#include "engine/traversal/neighbourhood.h"
#include "engine/traversal/path_enumeration.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum::traversal {
namespace {

constexpr std::uint32_t kFar = 0xFFFFFFFF;

// Compressed sparse rows of edges, or of the edges turned round.
struct Rows {
  Rows(const Multigraph& graph, bool reversed) : offsets(std::size_t{graph.node_count} + 1) {
    std::vector<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (const Projection::Edge& edge : graph.edges) {
      pairs.emplace_back(reversed ? edge.to : edge.from, reversed ? edge.from : edge.to);
    }
    std::ranges::sort(pairs);
    for (const auto& [from, to] : pairs) {
      ++offsets[from + 1];
      targets.push_back({to});
    }
    for (std::size_t i = 1; i < offsets.size(); ++i) offsets[i] += offsets[i - 1];
  }
  std::vector<std::uint64_t> offsets;
  std::vector<NodeId> targets;
};

// Counts the entries that are read, and may take its time over each list.
class ObservedSource : public ArraySource {
 public:
  explicit ObservedSource(const Rows& rows, std::chrono::microseconds pause = {})
      : ArraySource(rows.offsets, rows.targets), pause_(pause) {}

  std::uint64_t lists() const { return lists_; }
  std::uint64_t entries() const { return entries_; }

  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    ArraySource::Expand(from, [&](std::size_t i, std::span<const NodeId> nodes) {
      if (visit(i, nodes)) Note(nodes.size());
      return true;
    });
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) {
    ArraySource::ForEachList(first, end, [&](NodeId node, std::span<const NodeId> nodes) {
      Note(nodes.size());
      return visit(node, nodes);
    });
  }
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) {
    ArraySource::ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
      Note(chunk.nodes.size());
      return visit(chunk);
    });
  }

 private:
  void Note(std::size_t entries) {
    ++lists_;
    entries_ += entries;
    if (pause_.count() != 0) std::this_thread::sleep_for(pause_);
  }

  std::chrono::microseconds pause_;
  std::uint64_t lists_ = 0;
  std::uint64_t entries_ = 0;
};

Multigraph RandomLarge(std::uint32_t node_count, std::size_t edge_count, std::uint32_t seed) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = node_count, .edges = {}};
  // A part of the nodes draws most of the edges, and some have none.
  const auto draw = [&] { return random() % 3 == 0 ? random() % (node_count / 2) : random() % (node_count / 16); };
  for (std::size_t i = 0; i < edge_count; ++i) {
    graph.edges.push_back({static_cast<std::uint32_t>(draw()), static_cast<std::uint32_t>(draw())});
  }
  return graph;
}

// Edges one after the other, `length` of them.
Multigraph Chain(std::uint32_t length) {
  Multigraph graph{.node_count = length + 1, .edges = {}};
  for (std::uint32_t i = 0; i < length; ++i) graph.edges.push_back({i, i + 1});
  return graph;
}

std::vector<std::uint32_t> DistancesByQueue(const Rows& rows, std::uint32_t source) {
  std::vector<std::uint32_t> distances(rows.offsets.size() - 1, kFar);
  std::deque<std::uint32_t> queue = {source};
  distances[source] = 0;
  for (; !queue.empty(); queue.pop_front()) {
    const std::uint32_t node = queue.front();
    for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
      std::uint32_t& distance = distances[rows.targets[i].value];
      if (distance != kFar) continue;
      distance = distances[node] + 1;
      queue.push_back(rows.targets[i].value);
    }
  }
  return distances;
}

void ExpectMultiSourceAgrees(const Multigraph& graph, std::span<const NodeId> sources, std::uint32_t hops_most) {
  const Rows forward(graph, false), backward(graph, true);
  ArraySource source(forward.offsets, forward.targets), reversed(backward.offsets, backward.targets);
  MultiSourceSearch<ArraySource> search(source, reversed);
  for (int round = 0; round < 2; ++round) {  // the second shows that nothing is left of the first
    std::vector<std::vector<std::uint32_t>> found(sources.size(), std::vector(graph.node_count, kFar));
    std::uint32_t current = 0;
    const RunOptions run;
    Polling polling(run);
    const bool whole = search.Run(
        sources, hops_most,
        [&](NodeId node, std::uint64_t which) {
          for (std::size_t i = 0; i < sources.size(); ++i) {
            if ((which >> i & 1) == 0) continue;
            ASSERT_EQ(found[i][node.value], kFar);
            found[i][node.value] = current;
          }
          ASSERT_EQ(sources.size() < 64 ? which >> sources.size() : 0, 0u);
        },
        [&](std::uint32_t distance) { current = distance + 1; }, polling);
    ASSERT_TRUE(whole);
    for (std::size_t i = 0; i < sources.size(); ++i) {
      std::vector<std::uint32_t> expected = DistancesByQueue(forward, sources[i].value);
      for (std::uint32_t& distance : expected) {
        if (distance > hops_most) distance = kFar;
      }
      ASSERT_EQ(found[i], expected) << "source " << sources[i].value;
    }
  }
}

TEST(MultiSourceSearch, AgreesWithAQueueOnSmallGraphs) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    std::mt19937 random(seed);
    std::vector<NodeId> sources;
    for (std::uint32_t i = 0; i < graph.node_count && i < seed % 20; ++i) {
      sources.push_back({static_cast<std::uint32_t>(random() % graph.node_count)});
    }
    ASSERT_NO_FATAL_FAILURE(ExpectMultiSourceAgrees(graph, sources, seed % 3 == 0 ? seed % 5 : kAnyHops)) << seed;
  }
}

TEST(MultiSourceSearch, AgreesWithAQueueOnLargerGraphs) {
  for (std::uint32_t seed = 0; seed < 12; ++seed) {
    const Multigraph graph = seed < 10 ? RandomLarge(10'000, 4'000 + 6'000 * seed, seed) : Chain(9'000);
    std::vector<NodeId> sources;
    for (std::uint32_t i = 0; i < 64 - seed % 2; ++i) sources.push_back({(i * 131 + seed) % 5'000});
    ASSERT_NO_FATAL_FAILURE(ExpectMultiSourceAgrees(graph, sources, seed % 4 == 3 ? 3 : kAnyHops)) << seed;
  }
}

TEST(ColumnCounts, CountEachBit) {
  std::mt19937_64 random(1);
  ColumnCounts counts;
  for (const std::size_t words : {0u, 1u, 7u, 8u, 9u, 255u, 256u, 100'000u}) {
    std::array<std::uint64_t, 64> expected{};
    for (std::size_t i = 0; i < words; ++i) {
      const std::uint64_t word = words % 2 == 0 ? ~std::uint64_t{0} : random() & random();
      for (std::size_t bit = 0; bit < 64; ++bit) expected[bit] += word >> bit & 1;
      counts.Add(word);
    }
    EXPECT_EQ(counts.Take(), expected) << words;
  }
}

// The distance that a search from both sides finds, and how much it read.
struct Between {
  explicit Between(const Multigraph& graph, std::chrono::microseconds pause = {})
      : forward(graph, false),
        backward(graph, true),
        source(forward, pause),
        reversed(backward, pause),
        levels{Levels(graph.node_count), Levels(graph.node_count)},
        wanted(graph.node_count) {}
  std::optional<ShortestPaths> Find(std::uint32_t from, std::uint32_t to, const RunOptions& run = {}) {
    Polling polling(run);
    AllShortestPaths<ObservedSource> search({source, levels[0]}, {reversed, levels[1]}, wanted);
    auto paths = search.Find({from}, {to}, kAnyHops, polling);
    status = polling.TakeStatus(Status());
    return paths;
  }
  std::uint64_t entries() const { return source.entries() + reversed.entries(); }

  Rows forward, backward;
  ObservedSource source, reversed;
  std::array<Levels, 2> levels;
  NodeBits wanted;
  Status status;
};

// By dynamic programming over distances from a queue.
double CountByQueue(const Rows& rows, const std::vector<std::uint32_t>& distances, std::uint32_t from,
                    std::uint32_t to) {
  std::vector<std::vector<std::uint32_t>> at_distance(rows.offsets.size());
  for (std::uint32_t node = 0; node < distances.size(); ++node) {
    if (distances[node] != kFar) at_distance[distances[node]].push_back(node);
  }
  std::vector<double> counts(distances.size(), 0);
  counts[from] = 1;
  for (const auto& nodes : at_distance) {
    for (const std::uint32_t node : nodes) {
      for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
        const std::uint32_t other = rows.targets[i].value;
        if (distances[other] == distances[node] + 1) counts[other] += counts[node];
      }
    }
  }
  return counts[to];
}

TEST(AllShortestPaths, AgreeInNumberWithAQueueOnLargerGraphs) {
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    const Multigraph graph = RandomLarge(20'000, 15'000 + 20'000 * seed, seed);
    Between between(graph);
    std::mt19937 random(seed);
    for (int i = 0; i < 40; ++i) {
      const auto from = static_cast<std::uint32_t>(random() % 5'000), to = static_cast<std::uint32_t>(random() % 5'000);
      const std::vector<std::uint32_t> distances = DistancesByQueue(between.forward, from);
      const auto paths = between.Find(from, to);
      ASSERT_TRUE(paths);
      ASSERT_EQ(paths->found(), distances[to] != kFar);
      ASSERT_EQ(static_cast<double>(paths->count()), CountByQueue(between.forward, distances, from, to));
      ASSERT_EQ(paths->hops(), paths->found() ? distances[to] : 0);
    }
  }
}

// Two stars of 1,000 rays, each of which ends in a tree of its own, and one long way between them.
TEST(AllShortestPaths, OfFarHubsReadLittleOfTheGraph) {
  constexpr std::uint32_t kRays = 1'000, kTree = 200, kWay = 6;
  Multigraph graph;
  const auto add_node = [&] { return graph.node_count++; };
  std::array<std::uint32_t, 2> hubs{};
  for (std::uint32_t& hub : hubs) {
    hub = add_node();
    for (std::uint32_t ray = 0; ray < kRays; ++ray) {
      const std::uint32_t end = add_node();
      graph.edges.push_back({hub, end});
      graph.edges.push_back({end, hub});
      for (std::uint32_t i = 0; i < kTree; ++i) graph.edges.push_back({end, add_node()});
    }
  }
  std::uint32_t last = hubs[0];
  for (std::uint32_t i = 1; i < kWay; ++i) {
    graph.edges.push_back({last, add_node()});
    last = graph.node_count - 1;
  }
  graph.edges.push_back({last, hubs[1]});
  Between between(graph);
  const auto paths = between.Find(hubs[0], hubs[1]);
  ASSERT_TRUE(paths);
  EXPECT_EQ(paths->count(), 1u);
  EXPECT_EQ(paths->hops(), kWay);
  EXPECT_LT(between.entries(), graph.edges.size() / 20);
  EXPECT_GT(between.entries(), kRays);
}

TEST(AllShortestPaths, ToANodeThatNothingLeadsToReadNothing) {
  Multigraph graph = RandomLarge(20'000, 200'000, 1);
  ++graph.node_count;
  Between between(graph);
  const auto paths = between.Find(3, graph.node_count - 1);
  ASSERT_TRUE(paths);
  EXPECT_FALSE(paths->found());
  EXPECT_EQ(between.entries(), 0u);
}

// Reading a list takes as long here as from a slow disk.
class EndedByThePoll : public testing::Test {
 protected:
  static constexpr std::chrono::microseconds kPause{100};
  static constexpr std::uint64_t kListsLater = 100;

  EndedByThePoll() : graph_(RandomLarge(20'000, 60'000, 5)) {}
  void ExpectEnded(const Status& status, std::uint64_t lists) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kCancelled);
    EXPECT_EQ(polls_, 3u);
    EXPECT_LT(lists, 3 * kListsLater);
  }

  const Multigraph graph_;
  unsigned polls_ = 0;
  const RunOptions run_{.poll = [this](double) -> Status {
    if (++polls_ < 3) return {};
    return Error{ErrorType::kCancelled, "", "stopped"};
  }};
};

TEST_F(EndedByThePoll, Neighbourhoods) {
  const Rows rows(graph_, false);
  ObservedSource source(rows, kPause);
  Levels levels(graph_.node_count);
  Polling polling(run_);
  const NodeId from{3};
  EXPECT_FALSE(VisitNeighbourhood(
      source, levels, {&from, 1}, {}, [](auto, auto) { return true; }, polling));
  ExpectEnded(polling.TakeStatus(Status()), source.lists());
}

TEST_F(EndedByThePoll, ShortestPaths) {
  Multigraph graph = Chain(10'000);
  Between between(graph, kPause);
  EXPECT_FALSE(between.Find(0, 10'000, run_));
  ExpectEnded(between.status, between.source.lists() + between.reversed.lists());
}

TEST_F(EndedByThePoll, MultiSourceSearches) {
  for (const std::uint32_t source_count : {1u, 64u}) {
    polls_ = 0;
    const Rows forward(graph_, false), backward(graph_, true);
    ObservedSource source(forward, kPause), reversed(backward, kPause);
    MultiSourceSearch<ObservedSource> search(source, reversed);
    std::vector<NodeId> sources;
    for (std::uint32_t i = 0; i < source_count; ++i) sources.push_back({i});
    Polling polling(run_);
    EXPECT_FALSE(search.Run(
        sources, kAnyHops, [](NodeId, std::uint64_t) {}, [](std::uint32_t) {}, polling));
    ExpectEnded(polling.TakeStatus(Status()), source.lists() + reversed.lists());
  }
}

TEST_F(EndedByThePoll, Enumerations) {
  const Rows rows(graph_, false);
  ObservedSource source(rows, kPause);
  Polling polling(run_);
  PathEnumeration<ObservedSource> enumeration(source, {}, PathMode::kTrail, polling);
  enumeration.Run(NodeId{3}, [](const PathView&) { return true; });
  ExpectEnded(polling.TakeStatus(Status()), source.lists());
}

// A path of 200,000 hops: nothing recurses, and paths are not read for each hop.
TEST(PathEnumeration, OfAVeryLongPath) {
  constexpr std::uint32_t kLength = 200'000;
  const Rows rows(Chain(kLength), false);
  ObservedSource source(rows);
  const RunOptions run;
  Polling polling(run);
  for (const PathMode mode : {PathMode::kTrail, PathMode::kSimple, PathMode::kAcyclic}) {
    PathEnumeration<ObservedSource> enumeration(source, {.least = kLength - 1}, mode, polling);
    std::vector<std::size_t> lengths;
    enumeration.Run(NodeId{0}, [&](const PathView& path) {
      lengths.push_back(path.relationships.size());
      return true;
    });
    EXPECT_EQ(lengths, (std::vector<std::size_t>{kLength - 1, kLength}));
  }
}

}  // namespace
}  // namespace plenum::traversal
