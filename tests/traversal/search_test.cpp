// Searches from one node beside the slowest way to the same answers, on many small graphs and a few large ones.
#include "plenum/search.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <vector>

#include "tests/traversal/multigraph_database.h"

namespace plenum {
namespace {

constexpr std::uint32_t kGraphs = 10'000;
constexpr std::uint32_t kGraphsOfDatabase = 1'000;
constexpr std::uint64_t kFar = kUnreached;

// The distances between all pairs (Floyd and Warshall), by index, walking as the options say.
std::vector<std::vector<std::uint64_t>> AllDistances(const Multigraph& graph, Direction direction, bool to_labelled) {
  std::vector<std::vector<std::uint64_t>> steps(graph.node_count, std::vector<std::uint64_t>(graph.node_count, kFar));
  const auto add = [&](std::uint32_t from, std::uint32_t to) {
    if (!to_labelled || to % 3 == 0) steps[from][to] = 1;
  };
  for (const Projection::Edge& edge : graph.edges) {
    if (direction != Direction::kIncoming) add(edge.from, edge.to);
    if (direction != Direction::kOutgoing) add(edge.to, edge.from);
  }
  for (std::uint32_t i = 0; i < graph.node_count; ++i) steps[i][i] = 0;
  for (std::uint32_t via = 0; via < graph.node_count; ++via) {
    for (auto& from : steps) {
      for (std::uint32_t to = 0; to < graph.node_count; ++to) from[to] = std::min(from[to], from[via] + steps[via][to]);
    }
  }
  for (auto& from : steps) {
    for (std::uint64_t& distance : from) distance = std::min(distance, kFar);
  }
  return steps;
}

bool Joins(const Projection::Edge& edge, std::uint32_t from, std::uint32_t to, Direction direction) {
  return (direction != Direction::kIncoming && edge.from == from && edge.to == to) ||
         (direction != Direction::kOutgoing && edge.from == to && edge.to == from);
}

void ExpectIsPath(const NodePath& path, const Multigraph& graph, const std::vector<NodeId>& nodes,
                  Direction direction) {
  ASSERT_EQ(path.nodes.size(), path.relationships.size() + 1);
  const auto index = [&](NodeId node) {
    return static_cast<std::uint32_t>(std::ranges::find(nodes, node) - nodes.begin());
  };
  for (std::size_t i = 0; i < path.relationships.size(); ++i) {
    const auto edge = std::ranges::find(graph.edges, path.relationships[i], &Projection::Edge::relationship);
    ASSERT_NE(edge, graph.edges.end());
    ASSERT_TRUE(Joins(*edge, index(path.nodes[i]), index(path.nodes[i + 1]), direction));
    for (const Projection::Edge& other : graph.edges) {
      if (!Joins(other, index(path.nodes[i]), index(path.nodes[i + 1]), direction)) continue;
      ASSERT_LE(path.relationships[i], other.relationship);
    }
  }
}

TEST(Search, AgreesWithAllDistances) {
  for (std::uint32_t first = 0; first < kGraphs; first += kGraphsOfDatabase) {
    MultigraphDatabase database(first, kGraphsOfDatabase);
    const GraphSnapshot snapshot = database.Snapshot();
    for (std::uint32_t g = 0; g < kGraphsOfDatabase; ++g) {
      const Multigraph& graph = database.graphs[g];
      if (graph.node_count == 0) continue;
      const auto direction = static_cast<Direction>(g % 3);
      const bool to_labelled = g % 7 == 0;
      AdjacencyOptions along{.types = {database.types[g]}, .direction = direction};
      if (to_labelled) along.label = database.label;
      const auto steps = AllDistances(graph, direction, to_labelled);
      const std::uint32_t source = g % graph.node_count;
      const auto distances = Must(Distances(snapshot, database.nodes[source], along));
      const auto parents = Must(ShortestPathTree(snapshot, database.nodes[source], along));
      ASSERT_EQ(distances.size(), snapshot.nodes_end());
      for (std::uint32_t to = 0; to < graph.node_count; ++to) {
        const NodeId node = database.nodes[to];
        const std::uint64_t expected = steps[source][to];
        ASSERT_EQ(distances[node.value], expected) << "graph " << first + g;
        ASSERT_EQ(parents[node.value] == kUnreached, expected == kFar);
        if (expected != kFar && to != source) {
          ASSERT_EQ(distances[parents[node.value]] + 1, expected);
        }
        const auto path = Must(ShortestPath(snapshot, database.nodes[source], node, along));
        ASSERT_EQ(path.has_value(), expected != kFar) << "graph " << first + g;
        if (!path) continue;
        ASSERT_EQ(path->relationships.size(), expected);
        ASSERT_EQ(path->nodes.front(), database.nodes[source]);
        ASSERT_EQ(path->nodes.back(), node);
        ASSERT_NO_FATAL_FAILURE(ExpectIsPath(*path, graph, database.nodes, direction));
        if (expected == 0) continue;
        const auto length_max = static_cast<std::uint32_t>(expected - 1);
        ASSERT_FALSE(Must(ShortestPath(snapshot, database.nodes[source], node, along, {}, length_max)));
      }
    }
  }
}

// A network of many nodes: a few thousand around hubs, and a long chain.
class LargeGraph {
 public:
  explicit LargeGraph(std::uint32_t seed) : graph_(":memory:", std::uint64_t{64} << 20) {
    std::mt19937 random(seed);
    auto writer = graph_.Write();
    type = Must(writer->InternType("KNOWS"));
    for (std::uint32_t i = 0; i < kNodes; ++i) Must(writer->CreateNode({}));
    const auto add = [&](std::uint32_t from, std::uint32_t to) {
      Must(writer->CreateRelationship(type, {from}, {to}));
      edges.emplace_back(from, to);
    };
    for (std::uint32_t i = 0; i < kEdges; ++i) {
      const std::uint32_t from = random() % kCore;
      add(from, random() % 4 == 0 ? random() % 8 : random() % kCore);
    }
    for (std::uint32_t i = kCore; i + 1 < kCore + kChain; ++i) add(i, i + 1);
    add(0, kCore);
    Must(writer->Commit(false));
  }

  std::vector<std::uint32_t> DistancesByRounds(NodeId source, Direction direction) const {
    std::vector<std::uint32_t> steps(graph_end(), kUnreached);
    steps[source.value] = 0;
    for (bool changed = true; changed;) {
      changed = false;
      const auto relax = [&](std::uint32_t from, std::uint32_t to) {
        if (steps[from] == kUnreached || steps[to] <= steps[from] + 1) return;
        steps[to] = steps[from] + 1;
        changed = true;
      };
      for (const auto& [from, to] : edges) {
        if (direction != Direction::kIncoming) relax(from, to);
        if (direction != Direction::kOutgoing) relax(to, from);
      }
    }
    return steps;
  }

  GraphSnapshot Snapshot() const { return graph_->Snapshot(); }
  std::uint32_t graph_end() const { return Snapshot().nodes_end(); }

  static constexpr std::uint32_t kCore = 20'000, kChain = 300, kNodes = 21'000, kEdges = 200'000;
  TypeId type;
  std::vector<std::pair<std::uint32_t, std::uint32_t>> edges;

 private:
  mutable graph::OpenGraph graph_;
};

TEST(Search, AgreesOnALargeGraphWhateverTheThreads) {
  const LargeGraph graph(5);
  const GraphSnapshot snapshot = graph.Snapshot();
  for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming, Direction::kEither}) {
    const AdjacencyOptions along{.types = {graph.type}, .direction = direction};
    for (const NodeId source : {NodeId{0}, NodeId{77}, NodeId{LargeGraph::kCore + 150}, NodeId{20'900}}) {
      const auto expected = graph.DistancesByRounds(source, direction);
      const auto tree = Must(ShortestPathTree(snapshot, source, along));
      for (const unsigned threads : {1u, 2u, 3u}) {
        ASSERT_EQ(Must(Distances(snapshot, source, along, {.threads = threads})), expected);
        ASSERT_EQ(Must(ShortestPathTree(snapshot, source, along, {.threads = threads})), tree);
      }
      for (std::uint32_t node = 0; node < LargeGraph::kNodes; node += 97) {
        const auto path = Must(ShortestPath(snapshot, source, {node}, along));
        ASSERT_EQ(path ? path->relationships.size() : kUnreached, expected[node]);
      }
    }
  }
}

TEST(Search, EndsWithTheErrorOfThePoll) {
  const LargeGraph graph(6);
  const AdjacencyOptions along{.types = {graph.type}, .direction = Direction::kEither};
  const RunOptions stop{.threads = 1, .poll = [](double) -> Status {
                          return Error{.type = ErrorType::kCancelled, .detail = "", .message = "stopped", .place = {}};
                        }};
  const GraphSnapshot snapshot = graph.Snapshot();
  const NodeId last{LargeGraph::kCore + LargeGraph::kChain - 1};
  for (const Status& status : {Status(Distances(snapshot, {0}, along, stop).error()),
                               Status(ShortestPathTree(snapshot, {0}, along, stop).error()),
                               Status(ShortestPath(snapshot, {0}, last, along, stop).error()),
                               Status(Projection::Build(snapshot, {}, stop).error())}) {
    EXPECT_EQ(status.error().type, ErrorType::kCancelled);
  }
}

TEST(Search, NodesThatAreNotThereAreNamed) {
  MultigraphDatabase database(0, 3);
  const GraphSnapshot snapshot = database.Snapshot();
  const NodeId absent{4000};
  for (const Status& status : {Status(Distances(snapshot, absent, {}).error()),
                               Status(ShortestPath(snapshot, database.nodes[0], absent, {}).error()),
                               Status(ShortestPath(snapshot, absent, database.nodes[0], {}).error())}) {
    EXPECT_EQ(status.error().type, ErrorType::kEntityNotFound);
    EXPECT_NE(status.error().message.find("4000"), std::string::npos);
  }
}

}  // namespace
}  // namespace plenum
