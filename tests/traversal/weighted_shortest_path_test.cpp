// The shortest path of a pair, and the k shortest: against all simple paths there are, and against the tree of
// distances where there are too many.
#include <gtest/gtest.h>

#include <cmath>
#include <optional>
#include <random>
#include <tuple>

#include "plenum/weighted_paths.h"
#include "tests/traversal/random_multigraph.h"
#include "tests/traversal/weighted_twins.h"

namespace plenum {
namespace {

constexpr double kInfinity = std::numeric_limits<double>::infinity();

// All simple paths, in the order that is promised.
class TwinPaths {
 public:
  TwinPaths(const Multigraph& graph, bool undirected, std::uint32_t source, std::uint32_t target)
      : edges_(WalkableEdges(graph, undirected)), seen_(graph.node_count), target_(target) {
    path_.nodes = {source};
    seen_[source] = true;
    Walk();
    std::ranges::sort(found_, {}, [this](const WeightedPath& path) { return Key(path); });
  }

  std::vector<WeightedPath> First(std::size_t count) const {
    return {found_.begin(), found_.begin() + static_cast<std::ptrdiff_t>(std::min(count, found_.size()))};
  }

 private:
  // Steps from the end: the node before, the weight, the relationship.
  using Steps = std::vector<std::tuple<std::uint32_t, double, std::uint64_t>>;

  void Walk() {
    const std::uint32_t node = path_.nodes.back();
    if (node == target_) return found_.push_back(path_);
    for (const Projection::Edge& edge : edges_) {
      if (edge.from != node || seen_[edge.to] || edge.weight == kInfinity) continue;
      const double cost = path_.cost;
      path_.cost += edge.weight;
      path_.nodes.push_back(edge.to);
      path_.relationships.push_back(edge.relationship);
      seen_[edge.to] = true;
      Walk();
      seen_[edge.to] = false;
      path_.relationships.pop_back();
      path_.nodes.pop_back();
      path_.cost = cost;
    }
  }

  std::tuple<double, std::size_t, Steps> Key(const WeightedPath& path) const {
    Steps steps;
    for (std::size_t i = path.relationships.size(); i-- > 0;) {
      const auto edge = std::ranges::find(edges_, path.relationships[i], &Projection::Edge::relationship);
      steps.emplace_back(path.nodes[i], edge->weight, path.relationships[i].value);
    }
    return {path.cost, steps.size(), steps};
  }

  std::vector<Projection::Edge> edges_;
  std::vector<bool> seen_;
  std::uint32_t target_;
  WeightedPath path_;
  std::vector<WeightedPath> found_;
};

std::string Text(const WeightedPath& path) {
  std::string text = std::to_string(path.cost) + ":";
  for (const std::uint32_t node : path.nodes) text += " " + std::to_string(node);
  text += " by";
  for (const RelationshipId relationship : path.relationships) text += " " + std::to_string(relationship.value);
  return text;
}

std::vector<std::string> Texts(const std::vector<WeightedPath>& paths) {
  std::vector<std::string> texts;
  for (const WeightedPath& path : paths) texts.push_back(Text(path));
  return texts;
}

// Sparse enough that there are not too many paths.
Multigraph SparseMultigraph(std::uint32_t seed) {
  Multigraph graph = RandomMultigraph(seed);
  graph.edges.resize(std::min<std::size_t>(graph.edges.size(), 14 + seed % 5));
  return graph;
}

TEST(WeightedShortestPaths, AreTheFirstOfAllSimplePaths) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = SparseMultigraph(seed);
    if (graph.node_count == 0) continue;
    const Projection::Form form{
        .undirected = seed % 3 == 0, .incoming = seed % 3 == 1, .weights = true, .relationships = true};
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, form);
    const std::uint32_t source = seed / 3 % graph.node_count, target = seed / 7 % graph.node_count;
    const TwinPaths twin(graph, form.undirected, source, target);
    for (const std::size_t count : {std::size_t{1}, std::size_t{5}, std::size_t{1'000'000}}) {
      const auto paths = WeightedShortestPaths(projection, source, target, count, {});
      ASSERT_TRUE(paths) << paths.error().message;
      ASSERT_EQ(Texts(*paths), Texts(twin.First(count))) << "seed " << seed;
    }
    const auto path = WeightedShortestPath(projection, source, target, {.threads = 2});
    ASSERT_TRUE(path) << path.error().message;
    ASSERT_EQ(path->has_value(), !twin.First(1).empty()) << "seed " << seed;
    if (!path->has_value()) continue;
    ASSERT_EQ(Text(**path), Text(twin.First(1)[0])) << "seed " << seed;
  }
}

// The path that the tree of distances tells.
std::optional<WeightedPath> PathOfTree(const TwinTree& tree, std::uint32_t source, std::uint32_t target) {
  if (tree.distances[target] == kInfinity) return std::nullopt;
  WeightedPath path{tree.distances[target], {target}, {}};
  while (path.nodes.front() != source) path.nodes.insert(path.nodes.begin(), tree.parents[path.nodes.front()]);
  return path;
}

void ExpectPathsOfTree(const Multigraph& graph, const Projection& projection, std::uint32_t source,
                       std::uint32_t step) {
  const TwinTree tree = TwinDistances(graph, projection.form().undirected, source);
  for (std::uint32_t target = 0; target < graph.node_count; target += step) {
    const std::optional<WeightedPath> twin = PathOfTree(tree, source, target);
    const auto path = WeightedShortestPath(projection, source, target, {});
    const auto paths = WeightedShortestPaths(projection, source, target, 1, {});
    ASSERT_TRUE(path && paths);
    ASSERT_EQ(path->has_value(), twin.has_value()) << source << " to " << target;
    ASSERT_EQ(paths->size(), twin ? 1u : 0u) << source << " to " << target;
    if (!twin) continue;
    ASSERT_EQ(path->value().cost, twin->cost) << source << " to " << target;
    ASSERT_EQ(Text(**path), Text(*twin)) << source << " to " << target;
    ASSERT_EQ(Text(paths->front()), Text(*twin)) << source << " to " << target;
  }
}

TEST(WeightedShortestPath, IsThatOfTheTreeOnLargeGraphs) {
  for (const bool undirected : {false, true}) {
    for (const bool incoming : {false, true}) {
      const Multigraph graph = RandomLargeGraph(3000, 4, 11, 1);
      const Projection::Form form{.undirected = undirected, .incoming = incoming, .weights = true};
      ExpectPathsOfTree(graph, Projection::FromEdges(graph.node_count, graph.edges, form), 17, 29);
    }
  }
}

TEST(WeightedShortestPath, HasTheCostOfTheTreeWhereSumsAreRounded) {
  for (std::uint32_t seed = 0; seed < 300; ++seed) {
    Multigraph graph = RandomLargeGraph(200, 3, seed, 1);
    std::mt19937 random(seed);
    for (Projection::Edge& edge : graph.edges) edge.weight = 0.1 * static_cast<double>(random() % 30);
    const Projection::Form form{.undirected = seed % 2 == 0, .incoming = true, .weights = true};
    ExpectPathsOfTree(graph, Projection::FromEdges(graph.node_count, graph.edges, form), seed % 200, 7);
  }
}

TEST(WeightedShortestPath, OfANodeToItselfHasNoEdge) {
  const std::vector<Projection::Edge> edges = {{0, 0, 0, {}}, {0, 1, 1, {}}, {1, 0, 1, {}}};
  const Projection projection = Projection::FromEdges(2, edges, {.weights = true, .relationships = true});
  const auto path = WeightedShortestPath(projection, 0, 0, {});
  ASSERT_TRUE(path && path->has_value());
  EXPECT_EQ(Text(**path), Text({0, {0}, {}}));
  EXPECT_EQ(Texts(*WeightedShortestPaths(projection, 0, 0, 9, {})), Texts({{0, {0}, {}}}));
}

TEST(WeightedShortestPaths, OverParallelEdgesAreSeveral) {
  const std::vector<Projection::Edge> edges = {
      {0, 1, 2, RelationshipId{5}}, {0, 1, 1, RelationshipId{6}}, {0, 1, 1, RelationshipId{4}}};
  for (const bool undirected : {false, true}) {
    const Projection::Form form{.undirected = undirected, .weights = true, .relationships = true};
    const Projection projection = Projection::FromEdges(2, edges, form);
    const std::vector<WeightedPath> expected = {
        {1, {0, 1}, {RelationshipId{4}}}, {1, {0, 1}, {RelationshipId{6}}}, {2, {0, 1}, {RelationshipId{5}}}};
    EXPECT_EQ(Texts(*WeightedShortestPaths(projection, 0, 1, 9, {})), Texts(expected));
    EXPECT_EQ(Text(**WeightedShortestPath(projection, 0, 1, {})), Text(expected[0]));
    const Projection unnamed = Projection::FromEdges(2, edges, {.undirected = undirected, .weights = true});
    EXPECT_EQ(Texts(*WeightedShortestPaths(unnamed, 0, 1, 2, {})), Texts({{1, {0, 1}, {}}, {1, {0, 1}, {}}}));
  }
}

TEST(WeightedShortestPaths, OfNoCountAreNone) {
  const std::vector<Projection::Edge> edges = {{0, 1, 1, {}}};
  const Projection projection = Projection::FromEdges(2, edges, {.weights = true});
  EXPECT_TRUE(WeightedShortestPaths(projection, 0, 1, 0, {})->empty());
  EXPECT_TRUE(WeightedShortestPaths(projection, 1, 0, 3, {})->empty());
}

TEST(WeightedShortestPath, GoesOverNoInfiniteEdge) {
  const std::vector<Projection::Edge> edges = {{0, 1, kInfinity, {}}, {1, 2, 1e308, {}}, {2, 3, 1e308, {}}};
  for (const bool incoming : {false, true}) {
    const Projection projection = Projection::FromEdges(4, edges, {.incoming = incoming, .weights = true});
    EXPECT_FALSE(WeightedShortestPath(projection, 0, 1, {})->has_value());
    EXPECT_TRUE(WeightedShortestPath(projection, 1, 2, {})->has_value());
    EXPECT_FALSE(WeightedShortestPath(projection, 1, 3, {})->has_value()) << "the cost is more than a double holds";
    EXPECT_TRUE(WeightedShortestPaths(projection, 0, 1, 2, {})->empty());
    EXPECT_TRUE(WeightedShortestPaths(projection, 1, 3, 2, {})->empty());
  }
}

TEST(WeightedShortestPath, NamesABadWeightThatItMeets) {
  const std::vector<Projection::Edge> edges = {{0, 1, 1, RelationshipId{7}}, {1, 2, -1, RelationshipId{8}}};
  for (const bool incoming : {false, true}) {
    const Projection::Form form{.incoming = incoming, .weights = true, .relationships = true};
    const Projection projection = Projection::FromEdges(3, edges, form);
    const auto path = WeightedShortestPath(projection, 0, 2, {});
    const auto paths = WeightedShortestPaths(projection, 0, 2, 2, {});
    for (const Error* error : {path ? nullptr : &path.error(), paths ? nullptr : &paths.error()}) {
      ASSERT_NE(error, nullptr);
      EXPECT_EQ(error->type, ErrorType::kArgumentError);
      EXPECT_NE(error->message.find("relationship 8 (from node 1 to node 2) is -1"), std::string::npos);
    }
  }
}

TEST(WeightedShortestPath, RefusesWhatMakesNoSense) {
  const std::vector<Projection::Edge> edges = {{0, 1, 1, {}}};
  const Projection weighted = Projection::FromEdges(2, edges, {.weights = true});
  const Projection unweighted = Projection::FromEdges(2, edges, {});
  EXPECT_FALSE(WeightedShortestPath(weighted, 0, 2, {}));
  EXPECT_FALSE(WeightedShortestPath(weighted, 2, 0, {}));
  EXPECT_FALSE(WeightedShortestPath(unweighted, 0, 1, {}));
  EXPECT_FALSE(WeightedShortestPaths(weighted, 0, 2, 3, {}));
  EXPECT_FALSE(WeightedShortestPaths(unweighted, 0, 1, 3, {}));
}

TEST(WeightedShortestPath, EndsWhenThePollSaysSo) {
  const Multigraph graph = RandomLargeGraph(100'000, 4, 3, 1);
  std::vector<Projection::Edge> edges = graph.edges;  // all that is reached, and a node that is not
  const Projection projection = Projection::FromEdges(graph.node_count + 1, edges, {.weights = true});
  const RunOptions stopped{.poll = [](double) -> Status { return Error{ErrorType::kCancelled, "", "stopped"}; }};
  const auto path = WeightedShortestPath(projection, 0, graph.node_count, stopped);
  const auto paths = WeightedShortestPaths(projection, 0, graph.node_count, 2, stopped);
  ASSERT_TRUE(!path && !paths);
  EXPECT_EQ(path.error().type, ErrorType::kCancelled);
  EXPECT_EQ(paths.error().type, ErrorType::kCancelled);
}

}  // namespace
}  // namespace plenum
