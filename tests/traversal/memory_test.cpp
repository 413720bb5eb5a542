// What memory the algorithms take: as much as they say and no more than they may; and that they end with an error, on
// any thread, where there is none left.
#include <gtest/gtest.h>

#include <string>

#include "engine/traversal/memory_need.h"
#include "plenum/paths.h"
#include "plenum/search.h"
#include "tests/must.h"
#include "tests/traversal/kernels.h"
#include "tests/traversal/stored_multigraphs.h"
#include "tests/traversal/watched_memory.h"
#include "tests/traversal/weighted_twins.h"

namespace plenum {
namespace {

// Large enough for two threads.
struct LargeProjections {
  explicit LargeProjections(std::uint32_t nodes, std::uint32_t edges_per_node) {
    const Multigraph graph = RandomLargeGraph(nodes, edges_per_node, 7, 1);
    directed = Projection::FromEdges(nodes, graph.edges, {.incoming = true, .weights = true});
    undirected = Projection::FromEdges(nodes, graph.edges, {.undirected = true, .weights = true});
  }
  const Projection& For(const Kernel& kernel) const { return kernel.undirected ? undirected : directed; }

  Projection directed = Projection::FromEdges(0, {}, {});
  Projection undirected = Projection::FromEdges(0, {}, {});
};

// The first number in the error's message: what would be needed.
std::uint64_t NeedTold(const Status& refused, const std::string& name) {
  EXPECT_FALSE(refused.ok()) << name;
  if (refused.ok()) return 0;
  EXPECT_EQ(refused.error().type, ErrorType::kResourceExhausted) << name;
  const std::string& message = refused.error().message;
  EXPECT_TRUE(message.starts_with(name + " needs ")) << message;
  return std::stoull(message.substr(name.size() + 7));
}

TEST(Memory, IsRefusedWhereItIsMoreThanAllowed) {
  const LargeProjections projections(20'000, 10);
  for (const Kernel& kernel : AllKernels()) {
    const Projection& projection = projections.For(kernel);
    const std::uint64_t need = NeedTold(kernel.run(projection, {.memory_bytes_max = 0}), kernel.name);
    EXPECT_GE(need, 4 * projection.node_count()) << kernel.name;
    const Status refused = kernel.run(projection, {.threads = 2, .memory_bytes_max = need - 1});
    EXPECT_EQ(NeedTold(refused, kernel.name), need);
    if (!refused.ok()) {
      EXPECT_NE(refused.error().message.find(std::to_string(need - 1)), std::string::npos);
    }
    if (kernel.name == "StronglyConnectedComponents") continue;  // whose way is counted as it grows
    EXPECT_TRUE(kernel.run(projection, {.threads = 2, .memory_bytes_max = need}).ok()) << kernel.name;
  }
}

// But for what is said to be taken only on the way: a way, a heap, waiting nodes.
TEST(Memory, IsTakenAsTold) {
  const LargeProjections projections(60'000, 6);
  for (const Kernel& kernel : AllKernels()) {
    if (kernel.name.starts_with("Weighted") || kernel.name.starts_with("Strongly")) continue;
    const Projection& projection = projections.For(kernel);
    const std::uint64_t need = NeedTold(kernel.run(projection, {.memory_bytes_max = 0}), kernel.name);
    tests::WatchMemory();
    EXPECT_TRUE(kernel.run(projection, {}).ok());
    EXPECT_LE(tests::MostTaken(), need + need / 20 + 100'000) << kernel.name;
    EXPECT_GE(tests::MostTaken(), need / 6) << kernel.name;
  }
}

TEST(Memory, OfAWayThatGrowsIsCountedAsItDoes) {
  constexpr std::uint32_t kNodes = 1'000'000;
  std::vector<Projection::Edge> chain;
  for (std::uint32_t i = 0; i + 1 < kNodes; ++i) chain.push_back({i, i + 1});
  const Projection projection = Projection::FromEdges(kNodes, chain, {});
  const Status refused = StatusOf(StronglyConnectedComponents(projection, {.memory_bytes_max = 20 * kNodes}));
  EXPECT_GT(NeedTold(refused, "StronglyConnectedComponents"), 20 * kNodes);
  EXPECT_TRUE(StronglyConnectedComponents(projection, {.memory_bytes_max = 50 * kNodes}));
}

TEST(Memory, ThreadsAreLeftOutThatDoNotFit) {
  const auto threads = [](std::uint64_t memory) {
    return Must(traversal::WithThreadsThatFit("X", {.threads = 4, .memory_bytes_max = memory}, 100, 50)).threads;
  };
  EXPECT_EQ(threads(150), 1u);
  EXPECT_EQ(threads(199), 1u);
  EXPECT_EQ(threads(200), 2u);
  EXPECT_EQ(threads(1000), 4u);
  EXPECT_EQ(Must(traversal::WithThreadsThatFit("X", {.threads = 4}, 100, 50)).threads, 4u);
  EXPECT_FALSE(traversal::WithThreadsThatFit("X", {.threads = 4, .memory_bytes_max = 149}, 100, 50));
}

TEST(Memory, OfSearchesIsRefusedWhereItIsMoreThanAllowed) {
  StoredMultigraphs stored(200);
  const GraphSnapshot snapshot = stored.Snapshot();
  const NodeId node = stored.graphs()[5].nodes.front();
  const RunOptions none{.memory_bytes_max = 0};
  GraphReader reader(snapshot);
  PathFinder finder(reader, {});
  EXPECT_GE(NeedTold(StatusOf(Distances(snapshot, node, {}, none)), "Distances"), 4 * snapshot.nodes_end());
  NeedTold(StatusOf(ShortestPathTree(snapshot, node, {}, none)), "ShortestPathTree");
  NeedTold(StatusOf(ShortestPath(snapshot, node, node, {}, none)), "ShortestPath");
  NeedTold(StatusOf(CountDistances(snapshot, {}, {&node, 1}, kAnyHops, none)), "CountDistances");
  NeedTold(VisitDistances(
               snapshot, {}, {&node, 1}, kAnyHops, [](const SourcesOfNode&) { return true; }, none),
           "VisitDistances");
  NeedTold(StatusOf(finder.CountWithin(node, {}, none)), "PathFinder");
  NeedTold(StatusOf(finder.IsReachable(node, node, kAnyHops, none)), "PathFinder");
  NeedTold(StatusOf(finder.FindShortestPaths(node, node, kAnyHops, none)), "PathFinder");
  NeedTold(StatusOf(Projection::Build(snapshot, {}, none)), "Projection::Build");
}

// Each allocation in turn finds no memory, as it may on any thread.
void ExpectErrorsWithoutMemory(const std::string& name, const std::function<Status()>& run) {
  ASSERT_TRUE(run().ok()) << name;
  std::uint64_t errors = 0;
  std::int64_t step = 1;
  for (std::int64_t allocations = 0;; allocations += step, step += allocations / 4) {
    tests::FailAllocationAfter(allocations);
    const Status status = run();
    if (!tests::StopFailing()) break;
    if (status.ok()) continue;  // it did without, as it does without a thread
    ++errors;
    ASSERT_EQ(status.error().type, ErrorType::kResourceExhausted) << name << ": " << status.error().message;
  }
  EXPECT_GT(errors, 0u) << name;
}

TEST(Memory, ThatIsNotThereIsAnError) {
  const LargeProjections projections(30'000, 5);
  for (const Kernel& kernel : AllKernels()) {
    for (const unsigned threads : {1u, 2u}) {
      ASSERT_NO_FATAL_FAILURE(ExpectErrorsWithoutMemory(
          kernel.name, [&] { return kernel.run(projections.For(kernel), {.threads = threads}); }));
    }
  }
}

}  // namespace
}  // namespace plenum
