// That searches end soon after a poll says so, also where reading is slow.
#include <gtest/gtest.h>

#include <chrono>

#include "engine/traversal/bitmap.h"
#include "engine/traversal/breadth_first_search.h"
#include "engine/traversal/multi_source_search.h"
#include "engine/traversal/neighbourhood.h"
#include "engine/traversal/path_enumeration.h"
#include "engine/traversal/shortest_path.h"
#include "tests/traversal/observed_source.h"

namespace plenum::traversal {
namespace {

// Reading a list takes as long here as from a slow disk.
class EndedByThePoll : public testing::Test {
 protected:
  static constexpr std::chrono::microseconds kPause{100};
  static constexpr std::uint64_t kReadsLater = 100;

  EndedByThePoll() : graph_(RandomLarge(20'000, 60'000, 5)) {}
  void ExpectEnded(const Status& status, std::uint64_t reads) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kCancelled);
    EXPECT_EQ(polls_, 3u);
    EXPECT_LT(reads, 3 * kReadsLater);
  }

  const Multigraph graph_;
  unsigned polls_ = 0;
  const RunOptions run_{.poll = [this](double) -> Status {
    if (++polls_ < 3) return {};
    return Error{ErrorType::kCancelled, "", "stopped"};
  }};
};

TEST_F(EndedByThePoll, Neighbourhoods) {
  const Rows rows(graph_, false);
  ObservedSource source(rows, kPause);
  Levels levels(graph_.node_count);
  std::vector<NodeId> many;
  for (std::uint32_t i = 0; i < graph_.node_count / 3; ++i) many.push_back({3 * i});
  for (const std::span<const NodeId> from : {std::span<const NodeId>(many).first(1), std::span<const NodeId>(many)}) {
    polls_ = 0;
    Polling polling(run_);
    const std::uint64_t before = source.reads();
    const auto go_on = [](std::span<const NodeId>, std::uint32_t) { return true; };
    EXPECT_FALSE(VisitNeighbourhood(source, source, levels, from, {}, go_on, polling));
    ExpectEnded(polling.TakeStatus(Status()), source.reads() - before);
  }
}

TEST_F(EndedByThePoll, ShortestPaths) {
  Multigraph graph = Chain(10'000);
  Between between(graph, kPause);
  EXPECT_FALSE(between.Find(0, 10'000, run_));
  ExpectEnded(between.status, between.source.reads() + between.reversed.reads());
}

TEST_F(EndedByThePoll, MultiSourceSearches) {
  for (const std::uint32_t source_count : {1u, 64u}) {
    polls_ = 0;
    const Rows forward(graph_, false), backward(graph_, true);
    ObservedSource source(forward, kPause), reversed(backward, kPause);
    MultiSourceSearch<ObservedSource> search(source, reversed);
    std::vector<NodeId> sources;
    for (std::uint32_t i = 0; i < source_count; ++i) sources.push_back({i});
    Polling polling(run_);
    EXPECT_FALSE(search.Run(
        sources, kAnyHops, [](NodeId, std::uint64_t) {}, [](std::uint32_t) {}, polling));
    ExpectEnded(polling.TakeStatus(Status()), source.reads() + reversed.reads());
  }
}

TEST_F(EndedByThePoll, BreadthFirstSearches) {
  const Rows forward(graph_, false), backward(graph_, true);
  for (const std::uint64_t relationships : {std::uint64_t{1} << 40, std::uint64_t{1}}) {  // down only; up as well
    polls_ = 0;
    ObservedSource source(forward, kPause);
    std::vector<std::shared_ptr<ObservedSource>> opened;
    const auto open = [&] { return opened.emplace_back(std::make_shared<ObservedSource>(backward, kPause)); };
    Workers workers(run_, 0, 1);
    BreadthFirstSearch<ObservedSource, Found::kDistances> search(source, open, relationships, workers, 1);
    const auto found = search.Run({3});
    std::uint64_t reads = source.reads();
    for (const auto& each : opened) reads += each->reads();
    ASSERT_FALSE(found);
    ExpectEnded(found.error(), reads);
  }
}

TEST_F(EndedByThePoll, PathsOfPairs) {
  const Multigraph graph = Chain(10'000);
  const Rows forward(graph, false), backward(graph, true);
  ObservedSource source(forward, kPause), reversed(backward, kPause);
  Workers workers(run_, 0, 1);
  BidirectionalSearch<ObservedSource> search(source, reversed, workers);
  const auto found = search.Run({0}, {10'000}, kUnreached);
  ASSERT_FALSE(found);
  ExpectEnded(found.error(), source.reads() + reversed.reads());
}

TEST_F(EndedByThePoll, Enumerations) {
  const Rows rows(graph_, false);
  ObservedSource source(rows, kPause);
  Polling polling(run_);
  PathEnumeration<ObservedSource> enumeration(source, {}, PathMode::kTrail, polling);
  enumeration.Run(NodeId{3}, [](const PathView&) { return true; });
  ExpectEnded(polling.TakeStatus(Status()), source.reads());
}

// The thread that polls ends as well, when another says so.
TEST(Polling, EndsWhenAnotherThreadSaysSo) {
  const RunOptions run;
  std::atomic<bool> stop{false};
  Polling polling(run, stop);
  for (int i = 0; i < 100; ++i) ASSERT_TRUE(polling.GoesOn(1'000));
  stop = true;
  EXPECT_TRUE(!polling.GoesOn(1'000) || !polling.GoesOn(1'000));
  EXPECT_TRUE(polling.TakeStatus({}).ok());
}

// Every visit may end the walk, not just a list.
TEST(ArraySource, WalksEndWhenTheVisitSaysSo) {
  const Multigraph graph = RandomLarge(100, 1'000, 1);
  const Rows rows(graph, false);
  ObservedSource source(rows);
  std::vector<NodeId> nodes;
  for (std::uint32_t i = 0; i < graph.node_count; ++i) nodes.push_back({i});
  unsigned visited = 0;
  source.Expand(nodes, [&](std::size_t, std::span<const NodeId>) { return ++visited < 3; });
  EXPECT_EQ(visited, 3u);
  source.ForEachList({0}, {100}, [&](NodeId, std::span<const NodeId>) { return ++visited < 6; });
  EXPECT_EQ(visited, 6u);
}

// Sources and threads are there from when they are of use.
TEST(BreadthFirstSearch, OpensAndStartsWhatItNeeds) {
  for (const bool dense : {false, true}) {
    const Multigraph graph = dense ? RandomLarge(20'000, 200'000, 5) : Chain(20'000);
    const Rows forward(graph, false), backward(graph, true);
    ObservedSource source(forward);
    std::vector<std::weak_ptr<ObservedSource>> opened;
    const auto open = [&] {
      const auto reversed = std::make_shared<ObservedSource>(backward);
      opened.push_back(reversed);
      return reversed;
    };
    const RunOptions run;
    Workers workers(run, 0, 1);
    BreadthFirstSearch<ObservedSource, Found::kDistances> search(source, open, graph.edges.size(), workers, 1);
    const auto found = search.Run({3});
    ASSERT_TRUE(found);
    EXPECT_EQ(*found, DistancesByQueue(forward, 3));
    EXPECT_EQ(opened.empty(), !dense);
    for (const auto& each : opened) EXPECT_TRUE(each.expired());
  }
}

TEST(Bitmap, WordsOfAllIdsThereMayBe) {
  EXPECT_EQ(Bitmap::WordCount(0), 0u);
  EXPECT_EQ(Bitmap::WordCount(65), 2u);
  EXPECT_EQ(Bitmap::WordCount(std::uint32_t{0xFFFFFFFF}), std::size_t{1} << 26);
}

}  // namespace
}  // namespace plenum::traversal
