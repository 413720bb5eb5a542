// The searches over plain arrays: beside slow twins where graphs are large enough for all of their code, and how much
// they read.
#include <gtest/gtest.h>

#include <algorithm>
#include <array>
#include <random>

#include "engine/traversal/column_counts.h"
#include "engine/traversal/multi_source_search.h"
#include "engine/traversal/neighbourhood.h"
#include "engine/traversal/path_enumeration.h"
#include "tests/traversal/observed_source.h"

namespace plenum::traversal {
namespace {

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

// Sparse to dense: from only handing on to mostly gathering.
TEST(Neighbourhoods, AgreeWithAQueueOnLargerGraphs) {
  std::uint64_t gathered = 0;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    const Multigraph graph = RandomLarge(10'000, 3'000 + 6'000 * seed, seed);
    const Rows forward(graph, false), backward(graph, true);
    ObservedSource source(forward), reversed(backward);
    Levels levels(graph.node_count);
    const RunOptions run;
    Polling polling(run);
    for (std::uint32_t from = 0; from < 10; ++from) {
      const Hops hops{seed % 3, from % 2 == 0 ? kAnyHops : from};
      std::vector<std::uint32_t> expected = DistancesByQueue(forward, from);
      for (std::uint32_t& distance : expected) {
        if (distance < hops.least || distance > hops.most) distance = kFar;
      }
      std::vector<std::uint32_t> found(graph.node_count, kFar);
      const NodeId node{from};
      const auto note = [&](std::span<const NodeId> nodes, std::uint32_t distance) {
        for (const NodeId each : nodes) {
          EXPECT_EQ(found[each.value], kFar);
          found[each.value] = distance;
        }
        return true;
      };
      ASSERT_TRUE(VisitNeighbourhood(source, reversed, levels, {&node, 1}, hops, note, polling));
      ASSERT_EQ(found, expected) << "seed " << seed << ", from " << from;
    }
    EXPECT_GT(source.entries(), 0u);
    gathered += reversed.entries();
  }
  EXPECT_GT(gathered, 0u);
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
