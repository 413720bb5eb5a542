// Triangles by several threads: the same as by one, and ended by the poll.
#include <gtest/gtest.h>

#include "plenum/triangles.h"
#include "tests/traversal/cliques.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

void ExpectSameForAnyThreads(const Projection& projection) {
  const std::uint64_t total = *CountTriangles(projection);
  const NodeTriangles per_node = *TrianglesPerNode(projection);
  for (const unsigned threads : {2u, 3u}) {
    const RunOptions options{.threads = threads};
    EXPECT_EQ(*CountTriangles(projection, options), total);
    const NodeTriangles found = *TrianglesPerNode(projection, options);
    EXPECT_EQ(found.triangles, per_node.triangles);
    EXPECT_EQ(found.neighbours, per_node.neighbours);
  }
}

TEST(TrianglesThreads, DoNotChangeTheAnswer) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.undirected = true});
    EXPECT_EQ(*CountTriangles(projection, {.threads = 2}), *CountTriangles(projection));
  }
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    const Multigraph graph = CliquesAndHubs(5000, seed * 4, seed);  // large enough to be shared
    ASSERT_GT(2 * graph.edges.size(), std::size_t{1} << 15);
    ExpectSameForAnyThreads(Projection::FromEdges(graph.node_count, graph.edges, {.undirected = true}));
  }
}

TEST(TrianglesThreads, EndWhenThePollSaysSo) {
  const Multigraph graph = CliquesAndHubs(60'000, 10, 1);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.undirected = true});
  for (const unsigned threads : {1u, 2u}) {
    double told = 0;
    RunOptions options{.threads = threads, .poll = [&](double done) -> Status {
                         EXPECT_GE(done, told);
                         EXPECT_LE(done, 1);
                         told = done;
                         return {};
                       }};
    ASSERT_TRUE(CountTriangles(projection, options));
    EXPECT_GT(told, 0.2);
    for (const double end_at : {0.0, 0.2}) {
      options.poll = [&](double done) -> Status {
        if (done < end_at) return {};
        return Error{ErrorType::kCancelled, "", "stopped"};
      };
      const auto answer = CountTriangles(projection, options);
      ASSERT_FALSE(answer);
      EXPECT_EQ(answer.error().type, ErrorType::kCancelled);
      ASSERT_FALSE(TrianglesPerNode(projection, options));
    }
  }
}

}  // namespace
}  // namespace plenum
