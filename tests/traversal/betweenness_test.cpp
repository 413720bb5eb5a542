// Betweenness against walking along every shortest path there is; drawn sources; more paths than a double counts.
#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <functional>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

// All shortest paths from one node to another, each as the nodes inside it; paths differ if they take different edges.
class PathsByTrying {
 public:
  PathsByTrying(const Multigraph& graph, bool undirected) : ways_(graph.node_count) {
    for (const Projection::Edge& edge : graph.edges) {
      if (edge.from == edge.to) continue;
      ways_[edge.from].push_back(edge.to);
      if (undirected) ways_[edge.to].push_back(edge.from);
    }
  }

  std::vector<std::vector<std::uint32_t>> Between(std::uint32_t from, std::uint32_t to) {
    found_.clear();
    for (std::size_t length = 1; length < ways_.size() && found_.empty(); ++length) Walk(from, to, length);
    return found_;
  }

 private:
  void Walk(std::uint32_t at, std::uint32_t to, std::size_t length) {
    for (const std::uint32_t next : ways_[at]) {
      if (length == 1) {
        if (next == to) found_.push_back(inside_);
        continue;
      }
      if (next == to || std::ranges::find(inside_, next) != inside_.end()) continue;
      inside_.push_back(next);
      Walk(next, to, length - 1);
      inside_.pop_back();
    }
  }

  std::vector<std::vector<std::uint32_t>> ways_;
  std::vector<std::uint32_t> inside_;
  std::vector<std::vector<std::uint32_t>> found_;
};

// For each source, for each node, the fractions of the shortest paths from the source that lead through the node.
std::vector<std::vector<double>> DependenciesByTrying(const Multigraph& graph, bool undirected) {
  PathsByTrying paths(graph, undirected);
  std::vector<std::vector<double>> dependencies(graph.node_count, std::vector<double>(graph.node_count, 0.0));
  for (std::uint32_t from = 0; from < graph.node_count; ++from) {
    for (std::uint32_t to = 0; to < graph.node_count; ++to) {
      if (from == to) continue;
      const auto between = paths.Between(from, to);
      for (const auto& path : between) {
        for (const std::uint32_t node : path) dependencies[from][node] += 1.0 / static_cast<double>(between.size());
      }
    }
  }
  return dependencies;
}

// What `sources` would give, scaled to all.
std::vector<double> Scores(const std::vector<std::vector<double>>& dependencies,
                           const std::vector<std::uint32_t>& sources, bool undirected) {
  std::vector<double> scores(dependencies.size(), 0.0);
  const double scale =
      (undirected ? 0.5 : 1.0) * static_cast<double>(dependencies.size()) / static_cast<double>(sources.size());
  for (const std::uint32_t source : sources) {
    for (std::size_t node = 0; node < scores.size(); ++node) scores[node] += scale * dependencies[source][node];
  }
  return scores;
}

bool AreNear(const std::vector<double>& a, const std::vector<double>& b) {
  return std::ranges::equal(a, b, [](double x, double y) { return std::abs(x - y) < 1e-11; });
}

// Sparse ones of those graphs: the others have too many walks to try.
constexpr std::size_t kEdgesMax = 24;

TEST(Betweenness, IsTheFractionOfShortestPathsThroughANode) {
  std::uint32_t compared = 0;
  for (std::uint32_t seed = 0; compared < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const bool undirected = seed % 2 == 0;
    if (graph.edges.size() > kEdgesMax) continue;
    ++compared;
    const auto answer = Betweenness(Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected}));
    ASSERT_TRUE(answer) << Describe(answer.error());
    ASSERT_EQ(answer->sources.size(), graph.node_count);
    const auto expected = Scores(DependenciesByTrying(graph, undirected), answer->sources, undirected);
    ASSERT_TRUE(AreNear(answer->score, expected)) << "seed " << seed;
  }
}

TEST(Betweenness, FromDrawnSourcesIsWhatTheseGive) {
  for (std::uint32_t seed = 0; seed < 2'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const bool undirected = seed % 2 == 0;
    if (graph.node_count == 0 || graph.edges.size() > kEdgesMax) continue;
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected});
    for (std::uint32_t count = 1; count <= graph.node_count; ++count) {
      const auto answer = Betweenness(projection, {.sources = count, .seed = seed});
      ASSERT_TRUE(answer);
      ASSERT_EQ(answer->sources.size(), count);
      ASSERT_TRUE(std::ranges::is_sorted(answer->sources, std::less_equal()));  // and none twice
      ASSERT_LT(answer->sources.back(), graph.node_count);
      const auto expected = Scores(DependenciesByTrying(graph, undirected), answer->sources, undirected);
      ASSERT_TRUE(AreNear(answer->score, expected)) << "seed " << seed;
    }
  }
}

TEST(Betweenness, DrawsEachNodeAsOften) {
  constexpr std::uint32_t kNodes = 9, kSources = 3, kDraws = 30'000;
  const Projection projection = Projection::FromEdges(kNodes, {}, {});
  std::vector<std::uint32_t> drawn(kNodes, 0);
  for (std::uint64_t seed = 0; seed < kDraws; ++seed) {
    const auto answer = Betweenness(projection, {.sources = kSources, .seed = seed});
    for (const std::uint32_t source : answer->sources) ++drawn[source];
  }
  for (const std::uint32_t times : drawn) EXPECT_NEAR(times, kDraws * kSources / kNodes, 500);
}

// Pairs of edges one after the other: 2^length paths from end to end.
Projection Chain(std::uint32_t length) {
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 0; node < length; ++node) {
    edges.push_back({node, node + 1});
    edges.push_back({node, node + 1});
  }
  return Projection::FromEdges(length + 1, edges, {});
}

TEST(Betweenness, CountsMorePathsThanADoubleHolds) {
  for (const std::uint32_t length : {900u, 1100u, 3000u}) {
    const auto answer = Betweenness(Chain(length));
    ASSERT_TRUE(answer);
    for (std::uint32_t node = 0; node <= length; ++node) {
      ASSERT_NEAR(answer->score[node], static_cast<double>(node) * (length - node), 1e-6);
    }
  }
  const auto refused = Betweenness(Chain(17'000), {.sources = 17'000, .seed = 0});
  ASSERT_FALSE(refused);
  EXPECT_EQ(refused.error().type, ErrorType::kResourceExhausted);
}

TEST(Betweenness, RefusesToDrawNoSource) {
  const auto answer = Betweenness(Chain(1), {.sources = 0});
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().type, ErrorType::kUsageError);
}

}  // namespace
}  // namespace plenum
