// Core numbers against taking away, for every k, whoever has fewer than k neighbours.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

std::vector<std::uint32_t> CoresByRemoval(const Multigraph& graph) {
  std::vector<std::uint32_t> cores(graph.node_count, 0);
  for (std::uint32_t k = 1; k <= graph.node_count; ++k) {
    std::vector<std::set<std::uint32_t>> neighbours(graph.node_count);
    for (const Projection::Edge& edge : graph.edges) {
      if (edge.from == edge.to) continue;
      neighbours[edge.from].insert(edge.to);
      neighbours[edge.to].insert(edge.from);
    }
    std::vector<bool> gone(graph.node_count, false);
    for (bool changed = true; changed;) {
      changed = false;
      for (std::uint32_t node = 0; node < graph.node_count; ++node) {
        if (gone[node] || neighbours[node].size() >= k) continue;
        gone[node] = changed = true;
        for (auto& others : neighbours) others.erase(node);
      }
    }
    for (std::uint32_t node = 0; node < graph.node_count; ++node) {
      if (!gone[node]) cores[node] = k;
    }
  }
  return cores;
}

TEST(CoreNumbers, AreWhatRemovalLeaves) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const std::vector<std::uint32_t> expected = CoresByRemoval(graph);
    for (const bool undirected : {false, true}) {
      const auto answer = CoreNumbers(
          Projection::FromEdges(graph.node_count, graph.edges, {.undirected = undirected, .incoming = !undirected}));
      ASSERT_TRUE(answer) << Describe(answer.error());
      ASSERT_EQ(answer->core, expected) << "seed " << seed;
      ASSERT_EQ(answer->core_max, expected.empty() ? 0 : std::ranges::max(expected));
    }
  }
}

TEST(CoreNumbers, NeedEdgesAtBothEnds) {
  const auto answer = CoreNumbers(Projection::FromEdges(1, {}, {}));
  ASSERT_FALSE(answer);
  EXPECT_EQ(answer.error().type, ErrorType::kUsageError);
  EXPECT_NE(answer.error().message.find("`incoming = true`"), std::string::npos);
}

}  // namespace
}  // namespace plenum
