// PageRank against its definition on a dense matrix.
#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <numeric>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

using Matrix = std::vector<std::vector<double>>;

// How the mass of a node (a row) is spread over all (its columns), when no random jump is made.
Matrix Transitions(const Multigraph& graph, bool undirected, bool weighted) {
  Matrix matrix(graph.node_count, std::vector<double>(graph.node_count, 0.0));
  for (const Projection::Edge& edge : graph.edges) {
    const double part = weighted ? edge.weight : 1;
    matrix[edge.from][edge.to] += part;
    if (undirected && edge.from != edge.to) matrix[edge.to][edge.from] += part;
  }
  for (std::vector<double>& row : matrix) {
    const double sum = std::accumulate(row.begin(), row.end(), 0.0);
    for (double& part : row) part = sum > 0 ? part / sum : 1.0 / graph.node_count;
  }
  return matrix;
}

std::vector<double> RanksByMatrix(const Matrix& matrix, double damping, std::uint32_t iterations) {
  const auto size = static_cast<double>(matrix.size());
  std::vector<double> ranks(matrix.size(), 1 / size);
  for (std::uint32_t i = 0; i < iterations; ++i) {
    std::vector<double> next(matrix.size(), (1 - damping) / size);
    for (std::size_t from = 0; from < matrix.size(); ++from) {
      for (std::size_t to = 0; to < matrix.size(); ++to) next[to] += damping * ranks[from] * matrix[from][to];
    }
    ranks = next;
  }
  return ranks;
}

TEST(PageRank, IsThePowerIterationOfTheTransitions) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const bool undirected = seed % 2 == 0, weighted = seed % 3 == 0;
    const Projection projection = Projection::FromEdges(
        graph.node_count, graph.edges, {.undirected = undirected, .incoming = !undirected, .weights = weighted});
    const PageRankOptions options{
        .damping = 0.1 * (seed % 10), .tolerance = 0, .iterations_max = seed % 17, .weighted = weighted};
    const auto answer = PageRank(projection, options);
    ASSERT_TRUE(answer) << Describe(answer.error());
    ASSERT_EQ(answer->rank.size(), graph.node_count);
    if (graph.node_count == 0) continue;
    const auto expected =
        RanksByMatrix(Transitions(graph, undirected, weighted), options.damping, options.iterations_max);
    for (std::uint32_t node = 0; node < graph.node_count; ++node) {
      ASSERT_NEAR(answer->rank[node], expected[node], 1e-13) << "seed " << seed;
    }
    ASSERT_NEAR(std::accumulate(answer->rank.begin(), answer->rank.end(), 0.0), 1, 1e-12);
    ASSERT_TRUE(answer->converged ? answer->change == 0 : answer->iterations == options.iterations_max);
  }
}

TEST(PageRank, EndsWhenTheRanksChangeByNoMoreThanTheTolerance) {
  const Multigraph graph{4, {{0, 1}, {1, 2}, {2, 0}, {3, 0}}};
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.incoming = true});
  const Matrix transitions = Transitions(graph, false, false);
  for (const double tolerance : {0.5, 1e-2, 1e-6, 1e-12}) {
    const auto answer = PageRank(projection, {.tolerance = tolerance, .iterations_max = 1000});
    ASSERT_TRUE(answer);
    EXPECT_TRUE(answer->converged);
    const auto change = [&](std::uint32_t iteration) {
      const auto before = RanksByMatrix(transitions, 0.85, iteration - 1);
      const auto after = RanksByMatrix(transitions, 0.85, iteration);
      return std::transform_reduce(before.begin(), before.end(), after.begin(), 0.0, std::plus(),
                                   [](double a, double b) { return std::abs(a - b); });
    };
    EXPECT_NEAR(answer->change, change(answer->iterations), 1e-15);
    EXPECT_LE(answer->change, tolerance);
    if (answer->iterations > 1) {
      EXPECT_GT(change(answer->iterations - 1), tolerance);
    }
  }
}

TEST(PageRank, SurvivesWeightsAtTheEndsOfTheirRange) {
  constexpr double kTiny = std::numeric_limits<double>::denorm_min(), kHuge = std::numeric_limits<double>::max();
  const std::vector<Projection::Edge> edges = {{0, 1, kTiny}, {1, 0, kHuge}, {1, 2, kHuge}, {2, 0, 1}};
  const auto answer =
      PageRank(Projection::FromEdges(3, edges, {.incoming = true, .weights = true}), {.weighted = true});
  ASSERT_TRUE(answer);
  EXPECT_NEAR(answer->rank[0] + answer->rank[1] + answer->rank[2], 1, 1e-12);
}

TEST(PageRank, RefusesWhatMakesNoSense) {
  constexpr double kNaN = std::numeric_limits<double>::quiet_NaN();
  const std::vector<Projection::Edge> edges = {{0, 1, -1}};
  const Projection both = Projection::FromEdges(2, edges, {.incoming = true});
  const Projection outgoing = Projection::FromEdges(2, edges, {});
  const Projection negative = Projection::FromEdges(2, edges, {.undirected = true, .weights = true});
  const auto message = [](const Projection& projection, const PageRankOptions& options) {
    const auto answer = PageRank(projection, options);
    EXPECT_FALSE(answer);
    return answer ? "" : Describe(answer.error());
  };
  for (const double damping : {-0.1, 1.0, kNaN}) {
    EXPECT_NE(message(both, {.damping = damping}).find("at least 0 and below 1"), std::string::npos);
  }
  EXPECT_NE(message(both, {.tolerance = -1}).find("`tolerance`"), std::string::npos);
  EXPECT_NE(message(both, {.tolerance = kNaN}).find("`tolerance`"), std::string::npos);
  EXPECT_NE(message(both, {.weighted = true}).find("`weight`"), std::string::npos);
  EXPECT_NE(message(outgoing, {}).find("`incoming = true`"), std::string::npos);
  EXPECT_NE(message(negative, {.weighted = true}).find("the edge between node 0 and node 1 is -1;"), std::string::npos);
}

}  // namespace
}  // namespace plenum
