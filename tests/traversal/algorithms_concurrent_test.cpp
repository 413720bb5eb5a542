// The algorithms over whole graphs on several threads: the same answers to the last bit, and an end when told to end.
#include <gtest/gtest.h>

#include <chrono>
#include <functional>
#include <numeric>

#include "plenum/algorithms.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {
namespace {

// Large enough for several threads and pieces. Few nodes have many edges; there are chains at the end, whose components
// are found late, and isolated nodes.
Multigraph LargeMultigraph(std::uint32_t seed, std::uint32_t node_count, std::uint32_t edge_count) {
  std::mt19937 random(seed);
  Multigraph graph{.node_count = node_count, .edges = {}};
  const std::uint32_t chained = node_count / 4;
  const auto skewed = [&] {
    const double draw = static_cast<double>(random()) / 0x1p32;
    return static_cast<std::uint32_t>(draw * draw * draw * (node_count - 2 * chained));
  };
  for (std::uint32_t i = 0; i < edge_count; ++i) {
    graph.edges.push_back({skewed(), skewed(), static_cast<double>(random() % 5), RelationshipId{i}});
  }
  for (std::uint32_t node = node_count - 2 * chained; node < node_count - chained; ++node) {
    if (random() % 100 != 0) graph.edges.push_back({node + 1, node, 1, RelationshipId{graph.edges.size()}});
  }
  return graph;
}

std::vector<std::uint32_t> ComponentsByMerging(const Multigraph& graph) {
  std::vector<std::uint32_t> component(graph.node_count);
  std::iota(component.begin(), component.end(), 0u);
  for (bool changed = true; changed;) {
    changed = false;
    for (const Projection::Edge& edge : graph.edges) {
      const std::uint32_t smaller = std::min(component[edge.from], component[edge.to]);
      changed = changed || component[edge.from] != component[edge.to];
      component[edge.from] = component[edge.to] = smaller;
    }
  }
  return component;
}

TEST(AlgorithmsConcurrent, AnswersAreTheSameForAnyNumberOfThreads) {
  for (std::uint32_t seed = 0; seed < 4; ++seed) {
    const Multigraph graph = LargeMultigraph(seed, 80'000, 200'000);
    const bool undirected = seed % 2 == 0, weighted = seed % 4 < 2;
    const Projection projection = Projection::FromEdges(
        graph.node_count, graph.edges, {.undirected = undirected, .incoming = true, .weights = weighted});
    const auto ranks = PageRank(projection, {.iterations_max = 10, .weighted = weighted});
    const auto communities = LabelPropagation(projection, {.weighted = weighted});
    const auto scores = Betweenness(projection, {.sources = 7, .seed = seed});
    const std::vector<std::uint32_t> components = ComponentsByMerging(graph);
    for (const unsigned threads : {2u, 3u}) {
      const RunOptions run{.threads = threads};
      EXPECT_EQ(PageRank(projection, {.iterations_max = 10, .weighted = weighted}, run)->rank, ranks->rank);
      EXPECT_EQ(LabelPropagation(projection, {.weighted = weighted}, run)->community, communities->community);
      EXPECT_EQ(Betweenness(projection, {.sources = 7, .seed = seed}, run)->score, scores->score);
      EXPECT_EQ(WeaklyConnectedComponents(projection, run)->component, components);
    }
  }
}

TEST(AlgorithmsConcurrent, ComponentsOfRowsOfOneDirection) {
  const Multigraph graph = LargeMultigraph(9, 150'000, 200'000);
  const Projection projection = Projection::FromEdges(graph.node_count, graph.edges, {});
  const std::vector<std::uint32_t> components = ComponentsByMerging(graph);
  for (const unsigned threads : {1u, 2u, 4u}) {
    EXPECT_EQ(WeaklyConnectedComponents(projection, {.threads = threads})->component, components);
  }
}

// Each, by name, its answer thrown away.
using Algorithm = std::function<Status(const Projection&, const RunOptions&)>;

template <class T>
Status StatusOf(Result<T> answer) {
  if (answer) return {};
  return std::move(answer).error();
}

TEST(AlgorithmsConcurrent, EndSoonWhenThePollSaysSo) {
  const Multigraph graph = LargeMultigraph(3, 300'000, 1'200'000);
  const Projection projection =
      Projection::FromEdges(graph.node_count, graph.edges, {.incoming = true, .weights = true});
  const std::vector<std::pair<std::string, Algorithm>> algorithms = {
      {"PageRank", [](auto& p, auto& r) { return StatusOf(PageRank(p, {.tolerance = 0}, r)); }},
      {"Betweenness", [](auto& p, auto& r) { return StatusOf(Betweenness(p, {}, r)); }},
      {"CoreNumbers", [](auto& p, auto& r) { return StatusOf(CoreNumbers(p, r)); }},
      {"LabelPropagation", [](auto& p, auto& r) { return StatusOf(LabelPropagation(p, {}, r)); }},
      {"StronglyConnectedComponents", [](auto& p, auto& r) { return StatusOf(StronglyConnectedComponents(p, r)); }},
  };
  for (const auto& [name, algorithm] : algorithms) {
    for (const unsigned threads : {1u, 2u}) {
      double told = 0;
      std::uint32_t asked = 0;
      const RunOptions run{.threads = threads, .poll = [&](double done) -> Status {
                             EXPECT_GE(done, told);
                             EXPECT_LE(done, 1);
                             told = done;
                             if (++asked < 3) return {};
                             return Error{ErrorType::kCancelled, "", "stopped"};
                           }};
      const Status status = algorithm(projection, run);
      ASSERT_FALSE(status.ok()) << name << " was over before it was asked three times";
      EXPECT_EQ(status.error().type, ErrorType::kCancelled) << name;
      EXPECT_EQ(asked, 3u) << name << " went on";
    }
  }
}

}  // namespace
}  // namespace plenum
