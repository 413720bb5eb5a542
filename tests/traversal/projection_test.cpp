// Rows out of edges.
#include "plenum/projection.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <tuple>

#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

using Entry = std::tuple<std::uint32_t, double, std::uint64_t>;  // target, weight, relationship

std::vector<Entry> Row(const Projection& projection, const Projection::Rows& rows, std::uint32_t node) {
  std::vector<Entry> row;
  for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
    row.emplace_back(rows.targets[i], projection.form().weights ? rows.weights[i] : 0,
                     projection.form().relationships ? rows.relationships[i].value : 0);
  }
  return row;
}

TEST(Projection, RowsHoldEachEdgeAsItsFormSays) {
  for (std::uint32_t seed = 0; seed < 10'000; ++seed) {
    const Multigraph graph = RandomMultigraph(seed);
    const Projection::Form form{seed % 2 == 0, seed % 3 == 0, true, true};
    const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, form);
    ASSERT_EQ(projection.edge_count(), graph.edges.size());
    for (std::uint32_t node = 0; node < graph.node_count; ++node) {
      std::vector<Entry> leaving, arriving;
      for (const Projection::Edge& edge : graph.edges) {
        const bool loop = edge.from == edge.to;
        const std::uint64_t relationship = edge.relationship.value;
        if (edge.from == node) leaving.emplace_back(edge.to, edge.weight, relationship);
        if (edge.to == node && form.undirected && !loop) leaving.emplace_back(edge.from, edge.weight, relationship);
        if (edge.to == node) arriving.emplace_back(edge.from, edge.weight, relationship);
      }
      std::ranges::sort(leaving, {}, [](const Entry& entry) { return std::tuple(get<0>(entry), get<2>(entry)); });
      std::ranges::sort(arriving, {}, [](const Entry& entry) { return std::tuple(get<0>(entry), get<2>(entry)); });
      ASSERT_EQ(Row(projection, projection.outgoing(), node), leaving) << "seed " << seed;
      if (!form.undirected && !form.incoming) continue;
      ASSERT_EQ(Row(projection, projection.incoming(), node), form.undirected ? leaving : arriving) << "seed " << seed;
    }
  }
}

TEST(Projection, OfNothingHasNoNodes) {
  const Projection projection = Projection::FromEdges(0, {}, {});
  EXPECT_EQ(projection.node_count(), 0u);
  EXPECT_FALSE(projection.IndexOf(NodeId{0}));
}

}  // namespace
}  // namespace plenum
