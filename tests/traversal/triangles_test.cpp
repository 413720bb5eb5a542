// Triangles against all triples, on small multigraphs and on graphs large enough to have nodes that are no hubs.
#include "plenum/triangles.h"

#include <gtest/gtest.h>

#include "tests/traversal/cliques.h"
#include "tests/traversal/random_multigraph.h"
#include "tests/traversal/triangles_by_triples.h"

namespace plenum {
namespace {

void ExpectSameAsByTriples(const Multigraph& graph) {
  const TrianglesFound expected = TrianglesByTriples(graph.node_count, graph.edges);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {.undirected = true});
  const auto total = CountTriangles(projection);
  const auto per_node = TrianglesPerNode(projection);
  ASSERT_TRUE(total && per_node);
  EXPECT_EQ(*total, expected.total);
  EXPECT_EQ(per_node->triangles, expected.of_node);
  EXPECT_EQ(per_node->neighbours, expected.neighbours);
}

TEST(Triangles, AgreeWithAllTriples) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    ExpectSameAsByTriples(RandomMultigraph(seed));
    ASSERT_FALSE(HasFailure()) << "seed " << seed;
  }
}

TEST(Triangles, AgreeAmongHubsAndOthers) {
  ExpectSameAsByTriples(CliquesAndHubs(2000, 0, 1));
  ExpectSameAsByTriples(CliquesAndHubs(2000, 3, 2));
  ExpectSameAsByTriples(CliquesAndHubs(1500, 100, 3));
}

TEST(Triangles, OfACompleteGraphAreAllTriples) {
  constexpr std::uint32_t kNodes = 700;
  std::vector<Projection::Edge> edges;
  for (std::uint32_t a = 0; a < kNodes; ++a) {
    for (std::uint32_t b = 0; b < a; ++b) edges.push_back({.from = a, .to = b});
  }
  const Projection projection = Projection::FromEdges(kNodes, edges, {.undirected = true});
  EXPECT_EQ(*CountTriangles(projection), std::uint64_t{kNodes} * (kNodes - 1) * (kNodes - 2) / 6);
  const NodeTriangles per_node = *TrianglesPerNode(projection);
  EXPECT_EQ(per_node.triangles, std::vector<std::uint64_t>(kNodes, (kNodes - 1) * (kNodes - 2) / 2));
  EXPECT_EQ(per_node.LocalClustering(7), 1);
  EXPECT_EQ(per_node.Transitivity(), 1);
}

// A triangle with a tail: 0, 1, 2, and 3 behind 2; 4 alone.
TEST(Triangles, ClusteringIsThePartOfPairsThatIsJoined) {
  const std::vector<Projection::Edge> edges = {{0, 1}, {1, 2}, {2, 0}, {0, 2}, {2, 2}, {3, 2}};
  const NodeTriangles found = *TrianglesPerNode(Projection::FromEdges(5, edges, {.undirected = true}));
  EXPECT_EQ(found.neighbours, (std::vector<std::uint32_t>{2, 2, 3, 1, 0}));
  EXPECT_EQ(found.LocalClustering(0), 1);
  EXPECT_EQ(found.LocalClustering(2), 1.0 / 3);
  EXPECT_EQ(found.LocalClustering(3), 0);
  EXPECT_EQ(found.LocalClustering(4), 0);
  EXPECT_EQ(found.Transitivity(), 3.0 / 5);
  EXPECT_EQ(NodeTriangles{}.Transitivity(), 0);
}

TEST(Triangles, OfADirectedProjectionAreRefused) {
  const Projection projection = Projection::FromEdges(3, {}, {.incoming = true});
  const auto total = CountTriangles(projection);
  const auto per_node = TrianglesPerNode(projection);
  ASSERT_FALSE(total || per_node);
  EXPECT_EQ(total.error().type, ErrorType::kUsageError);
  EXPECT_NE(total.error().message.find("undirected"), std::string::npos);
  EXPECT_EQ(per_node.error().type, ErrorType::kUsageError);
}

}  // namespace
}  // namespace plenum
