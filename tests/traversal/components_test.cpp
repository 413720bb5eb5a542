// Weakly and strongly connected components against a table of who reaches whom, and on graphs too deep for recursion.
#include <gtest/gtest.h>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

using Table = std::vector<std::vector<bool>>;

Table WhoReachesWhom(const Multigraph& graph, bool both_ways) {
  Table reaches(graph.node_count, std::vector<bool>(graph.node_count, false));
  for (std::uint32_t node = 0; node < graph.node_count; ++node) reaches[node][node] = true;
  for (const Projection::Edge& edge : graph.edges) {
    reaches[edge.from][edge.to] = true;
    if (both_ways) reaches[edge.to][edge.from] = true;
  }
  for (std::uint32_t via = 0; via < graph.node_count; ++via) {
    for (std::uint32_t from = 0; from < graph.node_count; ++from) {
      for (std::uint32_t to = 0; to < graph.node_count; ++to) {
        if (reaches[from][via] && reaches[via][to]) reaches[from][to] = true;
      }
    }
  }
  return reaches;
}

Components ByTable(const Table& reaches) {
  Components expected;
  for (std::uint32_t node = 0; node < reaches.size(); ++node) {
    std::uint32_t smallest = 0;
    while (!reaches[node][smallest] || !reaches[smallest][node]) ++smallest;
    expected.component.push_back(smallest);
    if (smallest == node) ++expected.count;
  }
  return expected;
}

void ExpectSame(const Result<Components>& answer, const Components& expected, std::uint32_t seed) {
  ASSERT_TRUE(answer) << Describe(answer.error());
  ASSERT_EQ(answer->component, expected.component) << "seed " << seed;
  ASSERT_EQ(answer->count, expected.count) << "seed " << seed;
}

TEST(Components, AreWhoReachesWhom) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const Projection outgoing = Projection::FromEdges(graph.node_count, graph.edges, {});
    const Projection both = Projection::FromEdges(graph.node_count, graph.edges, {.incoming = true});
    const Projection undirected = Projection::FromEdges(graph.node_count, graph.edges, {.undirected = true});
    const Components weak = ByTable(WhoReachesWhom(graph, true));
    const Components strong = ByTable(WhoReachesWhom(graph, false));
    ExpectSame(WeaklyConnectedComponents(outgoing), weak, seed);
    ExpectSame(WeaklyConnectedComponents(both), weak, seed);
    ExpectSame(WeaklyConnectedComponents(undirected), weak, seed);
    ExpectSame(StronglyConnectedComponents(outgoing), strong, seed);
    ExpectSame(StronglyConnectedComponents(undirected), weak, seed);
  }
}

TEST(Components, OfALongPathAndOfALongCycle) {
  constexpr std::uint32_t kNodes = 1'000'000;
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 1; node < kNodes; ++node) edges.push_back({node - 1, node});
  const Projection path = Projection::FromEdges(kNodes, edges, {});
  edges.push_back({kNodes - 1, 0});
  const Projection cycle = Projection::FromEdges(kNodes, edges, {});
  EXPECT_EQ(StronglyConnectedComponents(path)->count, kNodes);
  EXPECT_EQ(StronglyConnectedComponents(cycle)->component, std::vector<std::uint32_t>(kNodes, 0));
  EXPECT_EQ(WeaklyConnectedComponents(path)->component, std::vector<std::uint32_t>(kNodes, 0));
}

TEST(Components, EndWhenThePollSaysSo) {
  constexpr std::uint32_t kNodes = 1'000'000;
  std::vector<Projection::Edge> edges;
  for (std::uint32_t node = 1; node < kNodes; ++node) edges.push_back({node - 1, node});
  const RunOptions run{.threads = 1, .poll = [](double) -> Status {
                         return Error{ErrorType::kCancelled, "", "stopped"};
                       }};
  for (const bool undirected : {false, true}) {
    const Projection path = Projection::FromEdges(kNodes, edges, {.undirected = undirected});
    const auto weak = WeaklyConnectedComponents(path, run), strong = StronglyConnectedComponents(path, run);
    ASSERT_FALSE(weak);
    EXPECT_EQ(weak.error().type, ErrorType::kCancelled);
    ASSERT_FALSE(strong);
    EXPECT_EQ(strong.error().type, ErrorType::kCancelled);
  }
}

}  // namespace
}  // namespace plenum
