// Distances found by several threads: the same doubles and the same tree as by one, on graphs where they share.
#include <gtest/gtest.h>

#include "engine/traversal/weighted_search.h"
#include "plenum/weighted_paths.h"
#include "tests/must.h"
#include "tests/traversal/random_multigraph.h"
#include "tests/traversal/weighted_twins.h"

namespace plenum {
namespace {

TEST(WeightedDistancesOfSeveralThreads, AreThoseOfTheTwinOnSmallGraphs) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    if (graph.node_count == 0) continue;
    const bool undirected = seed % 2 == 0;
    const Projection projection =
        Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected, .weights = true});
    const std::uint32_t source = seed / 2 % graph.node_count;
    // The kernels themselves: WeightedDistances has one thread for so few nodes.
    const RunOptions run{.threads = 2};
    traversal::Workers workers(run);
    std::vector<double> distances(graph.node_count, traversal::kInfinity);
    std::vector<std::uint32_t> parents;
    Must(traversal::DeltaStepping(projection, source, 0.5 + seed % 5, workers, distances));
    Must(traversal::ShortestPathTree(projection, source, distances, workers, parents));
    const TwinTree twin = TwinDistances(graph, undirected, source);
    ASSERT_EQ(distances, twin.distances) << seed;
    ASSERT_EQ(parents, twin.parents) << seed;
  }
}

TEST(WeightedDistancesOfSeveralThreads, AreThoseOfOne) {
  for (std::uint32_t seed = 0; seed < 6; ++seed) {
    const double scale = seed % 2 == 0 ? 1 : 0.1;
    const Multigraph graph = RandomLargeGraph(20'000, 20, seed, scale);
    const Projection projection =
        Projection::FromEdges(graph.node_count, graph.edges, {.undirected = seed % 3 == 0, .weights = true});
    const auto alone = WeightedDistances(projection, seed, {.method = WeightedMethod::kDijkstra, .parents = true});
    ASSERT_TRUE(alone);
    for (const unsigned threads : {1u, 2u, 4u}) {
      for (const double delta : {0.0, 0.05, 10.0, 1e9}) {
        const auto shared = WeightedDistances(
            projection, seed,
            {.method = WeightedMethod::kDeltaStepping, .delta = delta, .parents = true, .run = {.threads = threads}});
        ASSERT_TRUE(shared);
        ASSERT_EQ(shared->distances, alone->distances) << "seed " << seed << " threads " << threads;
        ASSERT_EQ(shared->parents, alone->parents) << "seed " << seed << " threads " << threads;
      }
    }
  }
}

TEST(WeightedDistancesOfSeveralThreads, NameTheSameBadWeight) {
  Multigraph graph = RandomLargeGraph(20'000, 6, 1, 1);
  for (std::size_t i = 0; i < graph.edges.size(); i += 997) graph.edges[i].weight = -1;
  const Projection projection =
      Projection::FromEdges(graph.node_count, graph.edges, {.weights = true, .relationships = true});
  const auto alone = WeightedDistances(projection, 0, {.method = WeightedMethod::kDijkstra});
  ASSERT_FALSE(alone);
  for (int turn = 0; turn < 5; ++turn) {
    const auto shared =
        WeightedDistances(projection, 0, {.method = WeightedMethod::kDeltaStepping, .run = {.threads = 2}});
    ASSERT_FALSE(shared);
    EXPECT_EQ(shared.error().message, alone.error().message);
  }
}

TEST(WeightedDistancesOfSeveralThreads, EndWhenThePollSaysSo) {
  const Multigraph graph = RandomLargeGraph(100'000, 8, 5, 1);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.weights = true});
  for (const double stop_at : {0.0, 0.3}) {
    double told = 0;
    WeightedDistancesOptions options{.method = WeightedMethod::kDeltaStepping, .parents = true};
    options.run = {.threads = 2, .poll = [&](double done) -> Status {
                     EXPECT_GE(done, told);
                     told = done;
                     if (done < stop_at) return {};
                     return Error{ErrorType::kCancelled, "", "stopped"};
                   }};
    const auto result = WeightedDistances(projection, 0, options);
    if (result) continue;  // ready before it was asked
    EXPECT_EQ(result.error().type, ErrorType::kCancelled);
    EXPECT_GE(told, stop_at);
  }
}

}  // namespace
}  // namespace plenum
