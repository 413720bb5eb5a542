// PathFinder beside its slow twins on 10,000 random multigraphs in a database, with all kinds of filters.
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <memory>
#include <random>
#include <thread>

#include "tests/must.h"
#include "tests/traversal/slow_paths.h"
#include "tests/traversal/stored_multigraphs.h"

namespace plenum {
namespace {

class PathFinderTest : public testing::Test {
 protected:
  static constexpr std::uint32_t kGraphs = 10'000;
  static void SetUpTestSuite() { stored_ = new StoredMultigraphs(kGraphs); }
  static void TearDownTestSuite() {
    delete stored_;
    stored_ = nullptr;
  }

  // check(graph, options, finder) twice for each multigraph that has nodes; some of them share a finder, so that one
  // search would see what another left behind.
  template <class Check>
  void ForEachGraph(Check check) {
    GraphReader reader(stored_->Snapshot());
    AdjacencyOptions options;
    std::unique_ptr<PathFinder> finder;
    std::size_t i = 0;
    for (const StoredMultigraph& graph : stored_->graphs()) {
      if (i++ % 3 == 0) {
        options = stored_->RandomOptions();
        finder = std::make_unique<PathFinder>(reader, options);
      }
      if (graph.nodes.empty()) continue;
      SCOPED_TRACE("graph " + std::to_string(i - 1));
      for (int round = 0; round < 2; ++round) {
        check(graph, options, *finder);
        if (HasFatalFailure()) return;
      }
    }
  }
  NodeId AnyNode(const StoredMultigraph& graph) { return graph.nodes[stored_->Below(graph.nodes.size())]; }

  static StoredMultigraphs* stored_;
};
StoredMultigraphs* PathFinderTest::stored_ = nullptr;

TEST_F(PathFinderTest, NodesWithinHopsAreThoseAtTheirDistances) {
  std::size_t far = 0;
  ForEachGraph([&](const StoredMultigraph& graph, const AdjacencyOptions& options, PathFinder& finder) {
    std::vector<NodeId> from;
    for (std::uint32_t i = stored_->Below(3); i < 3; ++i) from.push_back(AnyNode(graph));
    const Hops hops{stored_->Below(3), stored_->Below(4) == 0 ? kAnyHops : stored_->Below(5)};
    std::map<std::uint32_t, std::vector<NodeId>> expected;
    for (const auto& [node, distance] : SlowDistances(graph, options, from)) {
      if (distance >= hops.least && distance <= hops.most) expected[distance].push_back(node);
      far = std::max<std::size_t>(far, distance);
    }
    std::map<std::uint32_t, std::vector<NodeId>> found;
    std::uint32_t last = 0;
    Must(finder.VisitWithin(from, hops, [&](std::span<const NodeId> nodes, std::uint32_t distance) {
      EXPECT_TRUE(found.empty() || distance > last);
      last = distance;
      found[distance].assign(nodes.begin(), nodes.end());
      std::ranges::sort(found[distance]);
      return true;
    }));
    ASSERT_EQ(found, expected);
    std::uint64_t count = 0;
    for (const auto& [distance, nodes] : expected) count += nodes.size();
    ASSERT_EQ(Must(finder.CountWithin(from, hops)), count);
  });
  EXPECT_GT(far, 5u);
}

TEST_F(PathFinderTest, TheNearestDistanceMayBeTheLastVisited) {
  ForEachGraph([&](const StoredMultigraph& graph, const AdjacencyOptions&, PathFinder& finder) {
    std::size_t visits = 0;
    Must(finder.VisitWithin(AnyNode(graph), {.least = 0}, [&](std::span<const NodeId> nodes, std::uint32_t distance) {
      EXPECT_EQ(nodes.size(), 1u);
      EXPECT_EQ(distance, 0u);
      ++visits;
      return false;
    }));
    ASSERT_EQ(visits, 1u);
  });
}

TEST_F(PathFinderTest, ANodeIsReachableThatHasADistance) {
  ForEachGraph([&](const StoredMultigraph& graph, const AdjacencyOptions& options, PathFinder& finder) {
    const NodeId from = AnyNode(graph);
    const auto distances = SlowDistances(graph, options, {&from, 1});
    for (const NodeId to : graph.nodes) {
      const auto distance = distances.find(to);
      ASSERT_EQ(Must(finder.IsReachable(from, to)), distance != distances.end());
      const std::uint32_t most = stored_->Below(4);
      ASSERT_EQ(Must(finder.IsReachable(from, to, most)), distance != distances.end() && distance->second <= most);
    }
  });
}

TEST_F(PathFinderTest, AllShortestPathsInOrder) {
  std::size_t most_paths = 0;
  ForEachGraph([&](const StoredMultigraph& graph, const AdjacencyOptions& options, PathFinder& finder) {
    const NodeId from = AnyNode(graph);
    const auto distances = SlowDistances(graph, options, {&from, 1});
    for (const NodeId to : graph.nodes) {
      const std::uint32_t hops_most = stored_->Below(3) == 0 ? stored_->Below(4) : kAnyHops;
      std::vector<SlowPath> expected;
      const auto distance = distances.find(to);
      if (distance != distances.end() && distance->second <= hops_most) {
        SlowShortestPaths(graph, options, distances, to, {{from}, {}}, expected);
      }
      const ShortestPaths paths = Must(finder.FindShortestPaths(from, to, hops_most));
      ASSERT_EQ(paths.found(), !expected.empty());
      ASSERT_EQ(paths.count(), expected.size());
      std::vector<SlowPath> found;
      paths.ForEach([&](const PathView& path) {
        found.push_back(
            {{path.nodes.begin(), path.nodes.end()}, {path.relationships.begin(), path.relationships.end()}});
        return true;
      });
      ASSERT_EQ(found, expected);
      if (expected.empty()) continue;
      ASSERT_EQ(paths.hops(), distance->second);
      most_paths = std::max(most_paths, expected.size());
      std::size_t visits = 0;
      paths.ForEach([&](const PathView&) { return ++visits < 2; });
      ASSERT_EQ(visits, std::min<std::size_t>(2, expected.size()));
    }
  });
  EXPECT_GT(most_paths, 10u);
}

TEST_F(PathFinderTest, PathsOfEachModeInOrder) {
  constexpr std::size_t kPathsMax = 300;
  std::size_t ended_early = 0;
  ForEachGraph([&](const StoredMultigraph& graph, const AdjacencyOptions& options, PathFinder& finder) {
    const NodeId from = AnyNode(graph);
    const auto mode = static_cast<PathMode>(stored_->Below(4));
    const bool any = mode != PathMode::kWalk && stored_->Below(2) == 0;
    const Hops hops{stored_->Below(4), any ? kAnyHops : stored_->Below(5)};
    std::vector<SlowPath> expected;
    SlowPaths(graph, options, hops, mode, kPathsMax, {{from}, {}}, expected);
    ASSERT_TRUE(hops.least <= hops.most || expected.empty());
    std::vector<SlowPath> found;
    Must(finder.VisitPaths(from, hops, mode, [&](const PathView& path) {
      found.push_back({{path.nodes.begin(), path.nodes.end()}, {path.relationships.begin(), path.relationships.end()}});
      return found.size() < kPathsMax;
    }));
    ASSERT_EQ(found, expected) << "mode " << static_cast<int>(mode);
    ended_early += found.size() == kPathsMax ? 1 : 0;
  });
  EXPECT_GT(ended_early, 10u);
}

TEST(PathFinder, NamesNodesThatAreNotThere) {
  StoredMultigraphs stored(10);
  GraphReader reader(stored.Snapshot());
  PathFinder finder(reader, {});
  const NodeId there{0};
  ASSERT_TRUE(reader.Exists(there));
  for (const NodeId node : {NodeId{reader.snapshot().nodes_end() - 1}, NodeId{0xFFFFFFFF}}) {
    const auto expect_not_found = [&](const auto& result) {
      ASSERT_FALSE(result);
      EXPECT_EQ(result.error().type, ErrorType::kEntityNotFound);
      EXPECT_EQ(result.error().detail, "NodeNotFound");
      EXPECT_NE(result.error().message.find(std::to_string(node.value)), std::string::npos);
    };
    expect_not_found(finder.CountWithin(node, {}));
    expect_not_found(finder.VisitWithin(node, {}, [](auto, auto) { return true; }));
    expect_not_found(finder.IsReachable(there, node));
    expect_not_found(finder.IsReachable(node, there));
    expect_not_found(finder.FindShortestPaths(there, node));
    expect_not_found(finder.VisitPaths(node, {}, PathMode::kTrail, [](const PathView&) { return true; }));
    expect_not_found(CountDistances(reader.snapshot(), {}, std::vector{there, node}));
    expect_not_found(
        VisitDistances(reader.snapshot(), {}, std::vector{there, node}, 3, [](const SourcesOfNode&) { return true; }));
  }
  EXPECT_TRUE(reader.status().ok());
}

TEST(PathFinder, RefusesWalksWithoutABound) {
  StoredMultigraphs stored(10);
  GraphReader reader(stored.Snapshot());
  PathFinder finder(reader, {});
  const Status status = finder.VisitPaths(NodeId{0}, {}, PathMode::kWalk, [](const PathView&) { return true; });
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().type, ErrorType::kUsageError);
  EXPECT_EQ(status.error().detail, "UnboundedWalk");
}

// Parallel relationships, in a chain of 70: 2^70 paths.
TEST(ShortestPaths, CountsUpToWhatANumberHolds) {
  graph::OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const TypeId type = Must(writer->InternType("T"));
  std::vector<NodeId> nodes = {Must(writer->CreateNode({}))};
  for (int i = 0; i < 70; ++i) {
    nodes.push_back(Must(writer->CreateNode({})));
    for (int parallel = 0; parallel < 2; ++parallel) {
      Must(writer->CreateRelationship(type, nodes[nodes.size() - 2], nodes.back()));
    }
  }
  Must(writer->Commit(false));
  GraphReader reader(graph->Snapshot());
  PathFinder finder(reader, {});
  EXPECT_EQ(Must(finder.FindShortestPaths(nodes[0], nodes[63])).count(), std::uint64_t{1} << 63);
  EXPECT_EQ(Must(finder.FindShortestPaths(nodes[0], nodes[64])).count(), ~std::uint64_t{0});
  const ShortestPaths paths = Must(finder.FindShortestPaths(nodes[0], nodes[70]));
  EXPECT_EQ(paths.count(), ~std::uint64_t{0});
  EXPECT_EQ(paths.hops(), 70u);
  EXPECT_EQ(paths.parts().steps.size(), 140u);
  EXPECT_EQ(Must(finder.FindShortestPaths(nodes[1], nodes[0])).count(), 0u);
}

// With next to no memory for what is decoded, and a pause in which the reader is told to let go of what it has.
TEST(PathFinder, AgreesWhereNothingStaysInMemory) {
  constexpr std::uint32_t kNodes = 30'000;
  graph::OpenGraph graph(":memory:", 1 << 14);
  auto writer = graph.Write();
  const TypeId type = Must(writer->InternType("T"));
  std::mt19937 random(3);
  for (std::uint32_t i = 0; i < kNodes; ++i) Must(writer->CreateNode({}));
  std::vector<Projection::Edge> edges;
  for (std::uint32_t i = 0; i < 2 * kNodes; ++i) {
    edges.push_back({static_cast<std::uint32_t>(random() % kNodes), static_cast<std::uint32_t>(random() % kNodes)});
    Must(writer->CreateRelationship(type, NodeId{edges.back().from}, NodeId{edges.back().to}));
  }
  Must(writer->Commit(false));
  const Projection arrays = Projection::FromEdges(kNodes, edges, {});
  GraphReader reader(graph->Snapshot());
  PathFinder finder(reader, {});
  for (std::uint32_t from = 0; from < 5; ++from) {
    std::vector<std::uint32_t> last = {from};
    std::vector<bool> reached(kNodes);
    reached[from] = true;
    Must(finder.VisitWithin(NodeId{from}, {.least = 0}, [&](std::span<const NodeId> nodes, std::uint32_t) {
      std::vector<std::uint32_t> found;
      for (const NodeId node : nodes) found.push_back(node.value);
      std::ranges::sort(found);
      EXPECT_EQ(found, last);
      last.clear();
      for (const std::uint32_t node : found) {
        for (const std::uint32_t next : arrays.Outgoing(node)) {
          if (!reached[next]) last.push_back(next);
          reached[next] = true;
        }
      }
      std::ranges::sort(last);
      std::this_thread::sleep_for(std::chrono::milliseconds(3));
      return true;
    }));
    EXPECT_TRUE(last.empty());
  }
}

// Trails over 40 nodes that are all joined have no end to wait for.
TEST(PathFinder, APollEndsWhatWouldTakeForEver) {
  graph::OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const TypeId type = Must(writer->InternType("T"));
  std::vector<NodeId> nodes;
  for (int i = 0; i < 40; ++i) {
    nodes.push_back(Must(writer->CreateNode({})));
    for (const NodeId other : nodes) Must(writer->CreateRelationship(type, nodes.back(), other));
  }
  Must(writer->Commit(false));
  GraphReader reader(graph->Snapshot());
  PathFinder finder(reader, {.direction = Direction::kEither});
  using Clock = std::chrono::steady_clock;
  const Clock::time_point begin = Clock::now();
  Clock::time_point refused;
  double told = 0;
  const RunOptions run{.poll = [&](double done) -> Status {
    EXPECT_GE(done, told);
    EXPECT_LE(done, 1);
    told = done;
    refused = Clock::now();
    if (refused - begin < std::chrono::milliseconds(30)) return {};
    return Error{ErrorType::kCancelled, "", "stopped"};
  }};
  std::uint64_t count = 0;
  const auto add = [&](const PathView&) { return ++count != 0; };
  const Status status = finder.VisitPaths(nodes[0], {}, PathMode::kTrail, add, run);
  const auto late = Clock::now() - refused;
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().type, ErrorType::kCancelled);
  EXPECT_LT(late, std::chrono::milliseconds(100));
  EXPECT_GT(count, 1000u);
  // The finder is as good as before.
  EXPECT_EQ(Must(finder.CountWithin(nodes[0], {})), 39u);
}

}  // namespace
}  // namespace plenum
