// Slow, obvious twins of the searches for weighted shortest paths, over plain lists of edges; and graphs that are large
// enough for several threads.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdint>
#include <limits>
#include <random>
#include <vector>

#include "plenum/projection.h"
#include "plenum/weighted_paths.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {

struct TwinTree {
  std::vector<double> distances;
  std::vector<std::uint32_t> parents;
};

// The edges as they may be walked.
inline std::vector<Projection::Edge> WalkableEdges(const Multigraph& graph, bool undirected) {
  std::vector<Projection::Edge> edges = graph.edges;
  if (!undirected) return edges;
  for (const Projection::Edge& edge : graph.edges) {
    if (edge.from != edge.to) edges.push_back({edge.to, edge.from, edge.weight, edge.relationship});
  }
  return edges;
}

// Bellman and Ford: every edge offers its end a way, until none is taken. Then the same over the edges that distances
// add up along, for the least number of edges; then the parent is the smallest node that fits.
inline TwinTree TwinDistances(const Multigraph& graph, bool undirected, std::uint32_t source) {
  const std::vector<Projection::Edge> edges = WalkableEdges(graph, undirected);
  TwinTree twin{std::vector<double>(graph.node_count, std::numeric_limits<double>::infinity()),
                std::vector<std::uint32_t>(graph.node_count, WeightedDistancesResult::kNoParent)};
  twin.distances[source] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const Projection::Edge& edge : edges) {
      const double offer = twin.distances[edge.from] + edge.weight;
      changed |= offer < twin.distances[edge.to];
      twin.distances[edge.to] = std::min(twin.distances[edge.to], offer);
    }
  }
  const auto fits = [&](const Projection::Edge& edge) {
    return twin.distances[edge.to] != std::numeric_limits<double>::infinity() &&
           twin.distances[edge.from] + edge.weight == twin.distances[edge.to];
  };
  std::vector<std::uint32_t> edge_counts(graph.node_count, graph.node_count);
  edge_counts[source] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const Projection::Edge& edge : edges) {
      if (!fits(edge) || edge_counts[edge.from] + 1 >= edge_counts[edge.to]) continue;
      edge_counts[edge.to] = edge_counts[edge.from] + 1;
      changed = true;
    }
  }
  for (const Projection::Edge& edge : edges) {
    if (!fits(edge) || edge_counts[edge.from] + 1 != edge_counts[edge.to]) continue;
    twin.parents[edge.to] = std::min(twin.parents[edge.to], edge.from);
  }
  return twin;
}

// What `options` give, from `source`, must be what the twin has.
inline void ExpectTwin(const Projection& projection, std::uint32_t source, const WeightedDistancesOptions& options,
                       const TwinTree& twin, std::uint32_t seed) {
  const auto result = WeightedDistances(projection, source, options);
  ASSERT_TRUE(result) << result.error().message;
  ASSERT_EQ(result->distances, twin.distances) << "seed " << seed << " source " << source;
  ASSERT_EQ(result->parents, options.parents ? twin.parents : std::vector<std::uint32_t>())
      << "seed " << seed << " source " << source;
}

// Some nodes have many edges, most have few; weights are whole numbers from 0 to 99, times `scale`.
inline Multigraph RandomLargeGraph(std::uint32_t node_count, std::uint32_t edges_per_node, std::uint32_t seed,
                                   double scale) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = node_count, .edges = {}};
  for (std::uint64_t i = 0; i < std::uint64_t{node_count} * edges_per_node; ++i) {
    const auto skewed = static_cast<std::uint32_t>(std::min(random() % node_count, random() % node_count));
    const auto even = static_cast<std::uint32_t>(random() % node_count);
    const bool outwards = random() % 2 == 0;
    graph.edges.push_back({outwards ? skewed : even, outwards ? even : skewed,
                           static_cast<double>(random() % 100) * scale, RelationshipId{i}});
  }
  return graph;
}

}  // namespace plenum
