// CountDistances on several threads: the same counts, polls asked by the calling thread, and an end when it says so.
#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "plenum/paths.h"
#include "tests/must.h"
#include "tests/traversal/stored_multigraphs.h"

namespace plenum {
namespace {

std::vector<NodeId> AllNodes(const StoredMultigraphs& stored) {
  std::vector<NodeId> nodes;
  for (const StoredMultigraph& graph : stored.graphs()) {
    nodes.insert(nodes.end(), graph.nodes.begin(), graph.nodes.end());
  }
  return nodes;
}

TEST(DistancesOnThreads, AreTheSameAsOnOne) {
  StoredMultigraphs stored(200);
  const std::vector<NodeId> sources = AllNodes(stored);
  ASSERT_GT(sources.size(), 640u);
  for (int i = 0; i < 10; ++i) {
    const AdjacencyOptions options = stored.RandomOptions();
    const auto expected = Must(CountDistances(stored.Snapshot(), options, sources));
    for (const unsigned threads : {2u, 4u}) {
      const auto counts = Must(CountDistances(stored.Snapshot(), options, sources, kAnyHops, {.threads = threads}));
      ASSERT_EQ(counts.size(), expected.size());
      for (std::size_t k = 0; k < counts.size(); ++k) ASSERT_EQ(counts[k].nodes_at, expected[k].nodes_at);
    }
  }
}

TEST(DistancesOnThreads, EndWhenThePollSaysSo) {
  StoredMultigraphs stored(1'000);
  std::vector<NodeId> sources;
  const std::vector<NodeId> nodes = AllNodes(stored);
  for (int i = 0; i < 500; ++i) sources.insert(sources.end(), nodes.begin(), nodes.end());
  using Clock = std::chrono::steady_clock;
  Clock::time_point refused;
  double told = 0;
  const auto caller = std::this_thread::get_id();
  const RunOptions run{.threads = 2, .poll = [&](double done) -> Status {
                         EXPECT_EQ(std::this_thread::get_id(), caller);
                         EXPECT_GE(done, told);
                         EXPECT_LE(done, 1);
                         told = done;
                         refused = Clock::now();
                         if (done < 0.002) return {};
                         return Error{ErrorType::kCancelled, "", "stopped"};
                       }};
  const auto counts = CountDistances(stored.Snapshot(), {}, sources, kAnyHops, run);
  ASSERT_FALSE(counts);
  EXPECT_EQ(counts.error().type, ErrorType::kCancelled);
  EXPECT_LT(Clock::now() - refused, std::chrono::milliseconds(500));
}

}  // namespace
}  // namespace plenum
