// The triad census against all triples, each triad by its drawing, and where numbers grow past 64 bits.
#include "plenum/triads.h"

#include <gtest/gtest.h>

#include <limits>

#include "tests/traversal/cliques.h"
#include "tests/traversal/random_multigraph.h"
#include "tests/traversal/triads_by_triples.h"

namespace plenum {
namespace {

constexpr Projection::Form kBothDirections{.incoming = true};

TEST(Triads, AgreeWithAllTriples) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const auto census = CountTriads(Projection::FromEdges(graph.node_count, graph.edges, kBothDirections));
    ASSERT_TRUE(census);
    ASSERT_EQ(census->counts, TriadsByTriples(graph.node_count, graph.edges)) << "seed " << seed;
  }
}

TEST(Triads, AgreeOnLargerGraphs) {
  for (std::uint32_t seed = 0; seed < 3; ++seed) {
    const Multigraph graph = CliquesAndHubs(400, seed * 10, seed);
    const auto census = CountTriads(Projection::FromEdges(graph.node_count, graph.edges, kBothDirections));
    ASSERT_TRUE(census);
    ASSERT_EQ(census->counts, TriadsByTriples(graph.node_count, graph.edges)) << "seed " << seed;
  }
}

TEST(Triads, AreNamedAsTheyAreDrawn) {
  for (std::size_t triad = 0; triad < kTriadCount; ++triad) {
    std::vector<Projection::Edge> edges;
    for (const auto& [from, to] : kTriadDrawings[triad]) {
      edges.push_back({static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)});
    }
    const TriadCensus census = *CountTriads(Projection::FromEdges(3, edges, kBothDirections));
    EXPECT_EQ(census[static_cast<Triad>(triad)], 1u) << TriadName(static_cast<Triad>(triad));
  }
  EXPECT_EQ(TriadName(Triad::k003), "003");
  EXPECT_EQ(TriadName(Triad::k120C), "120C");
  EXPECT_EQ(TriadName(Triad::k300), "300");
}

TEST(Triads, TooManyToTellAreTheMost) {
  constexpr std::uint32_t kNodes = 5'000'000;  // 2.1e19 triples
  const std::vector<Projection::Edge> edges = {{0, 1}, {1, 0}, {1, 2}};
  const TriadCensus census = *CountTriads(Projection::FromEdges(kNodes, edges, kBothDirections));
  EXPECT_EQ(census[Triad::k003], std::numeric_limits<std::uint64_t>::max());
  EXPECT_EQ(census[Triad::k012], kNodes - 3u);
  EXPECT_EQ(census[Triad::k102], kNodes - 3u);
  EXPECT_EQ(census[Triad::k111U], 1u);
}

TEST(Triads, NeedEdgesOfBothDirections) {
  const auto undirected = CountTriads(Projection::FromEdges(3, {}, {.undirected = true}));
  ASSERT_FALSE(undirected);
  EXPECT_EQ(undirected.error().type, ErrorType::kUsageError);
  EXPECT_NE(undirected.error().message.find("undirected"), std::string::npos);
  const auto one_way = CountTriads(Projection::FromEdges(3, {}, {}));
  ASSERT_FALSE(one_way);
  EXPECT_EQ(one_way.error().type, ErrorType::kUsageError);
  EXPECT_NE(one_way.error().message.find("incoming"), std::string::npos);
}

}  // namespace
}  // namespace plenum
