// Distances over weights: every kernel against Bellman and Ford's method, which needs no order at all.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <random>

#include "plenum/weighted_paths.h"
#include "tests/traversal/random_multigraph.h"
#include "tests/traversal/weighted_twins.h"

namespace plenum {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();
constexpr std::uint32_t kNoParent = WeightedDistancesResult::kNoParent;

TEST(WeightedDistances, AreThoseOfTheTwinOnSmallGraphs) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    if (graph.node_count == 0) continue;
    const bool undirected = seed % 2 == 0;
    const Projection projection =
        Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected, .weights = true});
    const std::uint32_t source = seed / 2 % graph.node_count;
    const TwinTree twin = TwinDistances(graph, undirected, source);
    ExpectTwin(projection, source, {.parents = true}, twin, seed);
    ExpectTwin(projection, source, {.method = WeightedMethod::kDijkstra}, twin, seed);
    for (const double delta : {0.0, 1e-6, 0.5, 3.0, 1e9}) {
      const WeightedDistancesOptions options{.method = WeightedMethod::kDeltaStepping, .delta = delta};
      ExpectTwin(projection, source, options, twin, seed);
    }
  }
}

// Weights of very different sizes, whose sums are rounded.
Multigraph RoundedMultigraph(std::uint32_t seed) {
  Multigraph graph = RandomMultigraph(seed);
  std::mt19937 random(seed);
  for (Projection::Edge& edge : graph.edges) {
    edge.weight = std::ldexp(static_cast<double>(random() % 1000) / 7, static_cast<int>(random() % 80) - 40);
    if (random() % 16 == 0) edge.weight = kInfinity;
    if (random() % 16 == 0) edge.weight = std::numeric_limits<double>::max();
    if (random() % 16 == 0) edge.weight = std::numeric_limits<double>::denorm_min();
  }
  return graph;
}

TEST(WeightedDistances, AreTheSameDoublesWhateverTheMethod) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RoundedMultigraph(seed);
    if (graph.node_count == 0) continue;
    const bool undirected = seed % 2 == 0;
    const Projection projection =
        Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected, .weights = true});
    const TwinTree twin = TwinDistances(graph, undirected, 0);
    ExpectTwin(projection, 0, {.method = WeightedMethod::kDijkstra, .parents = true}, twin, seed);
    for (const double delta : {0.0, 1e-300, 1e-9, 1.0, 1e12, 1e300}) {
      ExpectTwin(projection, 0, {.method = WeightedMethod::kDeltaStepping, .delta = delta}, twin, seed);
    }
  }
}

TEST(WeightedDistances, ChooseForThemselvesOnSmallAndLargeGraphs) {
  for (const std::uint32_t node_count : {100u, 20'000u}) {
    for (const double scale : {1.0, 1e-200, 1e200}) {
      const Multigraph graph = RandomLargeGraph(node_count, 8, 5, scale);
      const Projection projection = Projection::FromEdges(node_count, graph.edges, {.weights = true});
      ExpectTwin(projection, 3, {.parents = true}, TwinDistances(graph, false, 3), node_count);
    }
  }
}

TEST(WeightedDistances, AlongALineAreSums) {
  constexpr std::uint32_t kNodes = 5000;  // farther than the buckets of one turn
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node + 1 < kNodes; ++node) edges.push_back({node, node + 1, 3, {}});
  const Projection projection = Projection::FromEdges(kNodes, edges, {.weights = true});
  for (const WeightedMethod method : {WeightedMethod::kDijkstra, WeightedMethod::kDeltaStepping}) {
    const auto result = WeightedDistances(projection, 1, {.method = method, .delta = 1, .parents = true});
    ASSERT_TRUE(result);
    EXPECT_EQ(result->distances[0], kInfinity);
    EXPECT_EQ(result->parents[0], kNoParent);
    EXPECT_EQ(result->parents[1], kNoParent);
    for (std::uint32_t node = 2; node < kNodes; ++node) {
      ASSERT_EQ(result->distances[node], 3.0 * (node - 1));
      ASSERT_EQ(result->parents[node], node - 1);
    }
  }
}

// The message, or an empty one if there was no error.
std::string MessageOf(const Projection& projection, std::uint32_t source, WeightedDistancesOptions options) {
  const auto result = WeightedDistances(projection, source, options);
  if (result) return {};
  EXPECT_EQ(result.error().type, ErrorType::kArgumentError);
  return result.error().message;
}

TEST(WeightedDistances, NameABadWeightThatTheyMeet) {
  for (const double bad : {-2.0, -kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
    const std::vector<Projection::Edge> edges = {
        {0, 1, 1, RelationshipId{7}}, {1, 2, bad, RelationshipId{8}}, {3, 0, bad, RelationshipId{9}}};
    for (const WeightedMethod method : {WeightedMethod::kDijkstra, WeightedMethod::kDeltaStepping}) {
      const Projection named = Projection::FromEdges(4, edges, {.weights = true, .relationships = true});
      const Projection unnamed = Projection::FromEdges(4, edges, {.undirected = true, .weights = true});
      const std::string message = MessageOf(named, 0, {.method = method});
      EXPECT_NE(message.find("relationship 8 (from node 1 to node 2) is "), std::string::npos) << message;
      EXPECT_NE(MessageOf(unnamed, 1, {.method = method}).find("between node 0 and node 3 is "), std::string::npos);
      EXPECT_EQ(MessageOf(named, 2, {.method = method}), "");
    }
  }
}

TEST(WeightedDistances, NegativeZeroIsZero) {
  const std::vector<Projection::Edge> edges = {{0, 1, -0.0, {}}};
  const Projection projection = Projection::FromEdges(2, edges, {.weights = true});
  EXPECT_EQ(WeightedDistances(projection, 0, {})->distances, (std::vector<double>{0, 0}));
}

TEST(WeightedDistances, RefuseWhatMakesNoSense) {
  const std::vector<Projection::Edge> edges = {{0, 1, 1, {}}};
  const Projection weighted = Projection::FromEdges(2, edges, {.weights = true});
  EXPECT_NE(MessageOf(weighted, 2, {}).find("node index 2"), std::string::npos);
  EXPECT_NE(MessageOf(Projection::FromEdges(2, edges, {}), 0, {}).find("no weights"), std::string::npos);
  for (const double delta : {-1.0, kInfinity, std::numeric_limits<double>::quiet_NaN()}) {
    EXPECT_NE(MessageOf(weighted, 0, {.delta = delta}).find("delta"), std::string::npos);
  }
}

TEST(WeightedDistances, EndWhenThePollSaysSo) {
  const Multigraph graph = RandomLargeGraph(100'000, 8, 5, 1);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.weights = true});
  for (const WeightedMethod method : {WeightedMethod::kDijkstra, WeightedMethod::kDeltaStepping}) {
    WeightedDistancesOptions options{.method = method};
    options.run.poll = [](double) -> Status { return Error{ErrorType::kCancelled, "", "stopped"}; };
    const auto result = WeightedDistances(projection, 0, options);
    ASSERT_FALSE(result);
    EXPECT_EQ(result.error().type, ErrorType::kCancelled);
  }
}

}  // namespace
}  // namespace plenum
