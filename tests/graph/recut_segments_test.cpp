// A type that grows is cut into smaller segments, beside readers and with whatever its lists hold.
#include "engine/graph/recut_segments.h"

#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "engine/storage/segment.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

constexpr std::uint32_t kNodes = 4'000;
const TypeId kType{0};

using Edge = std::pair<NodeId, NodeId>;

class RecutTest : public testing::Test {
 protected:
  RecutTest() {
    auto writer = graph_->Write();
    Must(writer->InternType("KNOWS"));
    for (std::uint32_t i = 0; i < kNodes; ++i) Must(writer->CreateNode({}));
    Must(writer->Commit(false));
  }

  // Random ones, every tenth from a hub, every seventh with a validity.
  void Grow(std::size_t count) {
    auto writer = graph_->Write();
    for (std::size_t i = 0; i < count; ++i) {
      const NodeId start{i % 10 == 0 ? 3'500 : static_cast<std::uint32_t>(random_() % kNodes)};
      const NodeId end{static_cast<std::uint32_t>(random_() % kNodes)};
      const RelationshipId made = Must(writer->CreateRelationship(kType, start, end));
      if (i % 7 == 0) Must(writer->SetValidity(made, kValidity));
      edges_[made] = {start, end};
    }
    Must(writer->Commit(false));
  }

  storage::SegmentCut StoredCut(std::uint8_t direction) {
    std::string value;
    Must(graph_->store().TakeSnapshot()->Get(storage::SegmentBitsKey(kType.value, direction), value));
    return *storage::DecodeSegmentCut(value);
  }
  // Waits until both directions are cut into at most 2^bits nodes and nothing is left over.
  void WaitFor(std::uint8_t bits) {
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    for (const std::uint8_t direction : {0, 1}) {
      while (StoredCut(direction).bits > bits || StoredCut(direction).left_over) {
        ASSERT_LT(std::chrono::steady_clock::now(), end) << "the segments were not cut anew";
        std::this_thread::sleep_for(std::chrono::milliseconds(1));
      }
    }
  }

  void ExpectEdges(Transaction& reader, const std::map<RelationshipId, Edge>& edges) {
    std::map<std::pair<NodeId, Direction>, std::map<RelationshipId, NodeId>> expected;
    for (const auto& [id, ends] : edges) {
      expected[{ends.first, Direction::kOutgoing}][id] = ends.second;
      expected[{ends.second, Direction::kIncoming}][id] = ends.first;
    }
    for (std::uint32_t node = 0; node < kNodes; ++node) {
      for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
        std::map<RelationshipId, NodeId> found;
        const auto list = NeighboursOf(reader, NodeId{node}, direction, kType);
        for (const Neighbour& each : list) found[each.relationship] = each.node;
        ASSERT_EQ(list.size(), found.size());
        ASSERT_EQ(found, (expected[{NodeId{node}, direction}])) << node;
      }
    }
  }

  const Interval kValidity{PartialDate{10, 10}, PartialDate{20, 20}};
  const ScratchDirectory scratch_{MemoryDirectory()};
  std::optional<OpenGraph> graph_{std::in_place, scratch_ / "database", 64 << 20};
  std::mt19937 random_{1};
  std::map<RelationshipId, Edge> edges_;
};

TEST_F(RecutTest, SegmentsStayNearTheirAim) {
  Grow(1'000);
  EXPECT_EQ(StoredCut(0).bits, 12);
  auto before = graph_->Read();
  const auto edges_before = edges_;
  Grow(80'000);
  WaitFor(10);
  ExpectEdges(*graph_->Read(), edges_);
  ExpectEdges(*before, edges_before);
  before.reset();
  ExpectNoProblems(graph_->store());

  Grow(2'000);  // onto the new segments
  auto writer = graph_->Write();
  for (auto each = edges_.begin(); each != edges_.end();) {
    if (each->first.value % 3 == 0) {
      Must(writer->DeleteRelationship(each->first));
      each = edges_.erase(each);
    } else {
      ++each;
    }
  }
  Must(writer->Commit(false));
  writer.reset();
  ExpectEdges(*graph_->Read(), edges_);
  graph_->Reopen();
  ExpectEdges(*graph_->Read(), edges_);
  ExpectNoProblems(graph_->store());
}

TEST_F(RecutTest, ReadersAndWritersGoOnMeanwhile) {
  std::atomic<bool> stop = false;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        auto reader = graph_->Read();
        const Transaction::ReadingScope reading(*reader);
        std::uint64_t count = 0;
        for (std::uint32_t node = 0; node < kNodes; ++node) {
          count += NeighboursOf(*reader, NodeId{node}, Direction::kOutgoing, kType).size();
        }
        EXPECT_EQ(count, Must(reader->CountRelationships(kType)));
      }
    });
  }
  for (int i = 0; i < 40; ++i) Grow(2'000);
  WaitFor(10);
  stop = true;
  for (std::thread& reader : readers) reader.join();
  ExpectEdges(*graph_->Read(), edges_);
  ExpectNoProblems(graph_->store());
}

// The writer who waits comes before the task.
TEST_F(RecutTest, WhatShrinksBeforeItsTurnIsCutWhenItGrowsAgain) {
  auto first = graph_->Write();
  std::vector<RelationshipId> made;
  for (std::uint32_t i = 0; i < 33'000; ++i) {
    const Edge ends{NodeId{i % kNodes}, NodeId{(i * 7 + i / kNodes) % kNodes}};
    made.push_back(Must(first->CreateRelationship(kType, ends.first, ends.second)));
    edges_[made.back()] = ends;
  }
  std::thread next([&] {
    auto writer = graph_->Write();
    for (std::size_t i = 0; i < 5'000; ++i) Must(writer->DeleteRelationship(made[i]));
    Must(writer->Commit(false));
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  Must(first->Commit(false));
  next.join();
  for (std::size_t i = 0; i < 5'000; ++i) edges_.erase(made[i]);
  Grow(1);  // after the task, which found nothing to do
  Grow(20'000);
  WaitFor(10);
  ExpectEdges(*graph_->Read(), edges_);
  ExpectNoProblems(graph_->store());
}

// A process that ended between the first new segment and the last old one.
TEST_F(RecutTest, WhatIsLeftOverGoesAfterTheNextOpen) {
  Grow(1'000);
  std::string bytes;
  for (const std::uint8_t direction : {0, 1}) {
    storage::WriteSet writes;
    writes.Put(storage::SegmentBitsKey(kType.value, direction), storage::EncodeSegmentCut({12, 10}));
    writes.Put(storage::SegmentKey(kType.value, direction, 10, 3),
               storage::EncodeSegment(10, std::vector{storage::SegmentEntry{.local = 3, .target = 5, .number = 7}}));
    Must(graph_->store().Apply(writes, false));
  }
  ExpectNoProblems(graph_->store());
  ExpectEdges(*graph_->Read(), edges_);
  graph_->Reopen();
  WaitFor(12);
  EXPECT_FALSE(Must(graph_->store().TakeSnapshot()->Get(storage::SegmentKey(kType.value, 0, 10, 3), bytes)));
  ExpectEdges(*graph_->Read(), edges_);
  ExpectNoProblems(graph_->store());
}

TEST_F(RecutTest, ACutThatNobodyNamedIsAProblem) {
  Grow(10);
  storage::WriteSet writes;
  writes.Put(storage::SegmentKey(kType.value, 0, 10, 3),
             storage::EncodeSegment(10, std::vector{storage::SegmentEntry{.local = 3, .target = 5, .number = 7}}));
  Must(graph_->store().Apply(writes, false));
  const CheckReport report = Must(Check(graph_->store()));
  ASSERT_EQ(report.problems.size(), 1U);
  EXPECT_EQ(report.problems.front(),
            "outgoing segment 3 of type KNOWS is one of 2^10 nodes, which is not what the catalog says; dump the "
            "database and load the dump into a new one");
}

}  // namespace
}  // namespace plenum::graph
