// Readers beside a writer, in threads: each sees one committed state, whole, for as long as it reads.
#include <gtest/gtest.h>

#include <atomic>
#include <thread>
#include <vector>

#include "engine/graph/write_queue.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"

namespace plenum::graph {
namespace {

constexpr std::uint32_t kNodes = 20;

// In every commit all nodes get the same number and a star of as many relationships as that number says.
TEST(Snapshot, ReadersBesideAWriterSeeWholeCommits) {
  OpenGraph graph(":memory:", 20'000);
  auto setup = graph.Write();
  const KeyId key = Must(setup->InternKey("x"));
  const TypeId type = Must(setup->InternType("R"));
  for (std::uint32_t i = 0; i < kNodes; ++i) Must(setup->SetProperty(Must(setup->CreateNode({})), key, 0));
  Must(setup->Commit(false));

  std::atomic<bool> stop = false;
  std::atomic<std::uint64_t> reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 3; ++i) {
    readers.emplace_back([&] {
      std::int64_t newest = 0;
      while (!stop) {
        auto reader = graph.Read();
        const std::int64_t number = PropertyOf(Must(reader->GetNode(NodeId{0}))->properties, key).integer();
        EXPECT_GE(number, newest);
        newest = number;
        for (std::uint32_t node = 0; node < kNodes; ++node) {
          EXPECT_EQ(PropertyOf(Must(reader->GetNode(NodeId{node}))->properties, key).integer(), number);
        }
        const Transaction::ReadingScope reading(*reader);
        for (int again = 0; again < 30; ++again) {
          const auto star = NeighboursOf(*reader, NodeId{0}, Direction::kOutgoing, type);
          ASSERT_EQ(star.size(), static_cast<std::size_t>(number));
          for (const Neighbour& each : star) ASSERT_EQ(each.node.value, (NumberOf(each.relationship) + 1) % kNodes);
          if (again % 3 == 0) reader->Release();
        }
        EXPECT_EQ(Must(reader->CountRelationships(type)), static_cast<std::uint64_t>(number));
        ++reads;
      }
    });
  }
  for (int number = 1; number <= 300; ++number) {
    auto writer = graph.Write();
    for (std::uint32_t node = 0; node < kNodes; ++node) Must(writer->SetProperty(NodeId{node}, key, number));
    Must(writer->CreateRelationship(type, NodeId{0}, NodeId{static_cast<std::uint32_t>(number) % kNodes}));
    if (number % 50 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(2));  // let the cache be reused
    Must(writer->Commit(false));
  }
  while (reads < 20) std::this_thread::yield();
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

// A list in chunks, of which each commit changes both, and some cut one. Where nothing stays in memory for long.
TEST(Snapshot, ReadersBesideAWriterSeeWholeHubs) {
  constexpr std::uint32_t kOthers = 50;
  constexpr std::uint32_t kAtFirst = 12'000;  // more than storage::kHubDegree
  OpenGraph graph(":memory:", 200'000);
  auto setup = graph.Write();
  const KeyId key = Must(setup->InternKey("x"));
  const TypeId type = Must(setup->InternType("R"));
  const NodeId hub = Must(setup->CreateNode({}));
  for (std::uint32_t i = 0; i < kOthers; ++i) Must(setup->CreateNode({}));
  const auto add_round = [&](Transaction& writer) {
    for (std::uint32_t i = 1; i <= kOthers; ++i) Must(writer.CreateRelationship(type, hub, NodeId{i}));
  };
  for (std::uint32_t i = 0; i < kAtFirst / kOthers; ++i) add_round(*setup);
  Must(setup->SetProperty(hub, key, std::int64_t{kAtFirst / kOthers}));
  Must(setup->Commit(false));

  std::atomic<bool> stop = false;
  std::atomic<int> reads = 0;
  std::vector<std::thread> readers;
  for (int i = 0; i < 2; ++i) {
    readers.emplace_back([&] {
      while (!stop) {
        auto reader = graph.Read();
        const Transaction::ReadingScope reading(*reader);
        const auto rounds = static_cast<std::size_t>(Must(reader->GetProperty(hub, key)).integer());
        for (std::uint32_t again = 0; again < 30; ++again) {
          const NodeId other{again % kOthers + 1};
          ASSERT_EQ(NeighboursOf(*reader, hub, Direction::kOutgoing, type, other).size(), rounds);
          ASSERT_EQ(NeighboursOf(*reader, other, Direction::kIncoming, type).size(), rounds);
          if (again % 10 != 9) continue;
          ASSERT_EQ(NeighboursOf(*reader, hub, Direction::kOutgoing, type).size(), rounds * kOthers);
          reader->Release();
        }
        ++reads;
      }
    });
  }
  for (int rounds = kAtFirst / kOthers + 1; rounds <= 350; ++rounds) {  // up to where a chunk is cut
    auto writer = graph.Write();
    add_round(*writer);
    Must(writer->SetProperty(hub, key, rounds));
    Must(writer->Commit(false));
  }
  while (reads < 20) std::this_thread::yield();
  stop = true;
  for (std::thread& reader : readers) reader.join();
}

// Each thread adds one to a number many times; nothing is lost.
TEST(Snapshot, WritersTakeTurns) {
  OpenGraph graph(":memory:");
  auto setup = graph.Write();
  const KeyId key = Must(setup->InternKey("x"));
  const NodeId node = Must(setup->CreateNode({}));
  Must(setup->SetProperty(node, key, 0));
  Must(setup->Commit(false));
  std::vector<std::thread> writers;
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&] {
      for (int j = 0; j < 50; ++j) {
        auto writer = graph.Write();
        const std::int64_t before = PropertyOf(Must(writer->GetNode(node))->properties, key).integer();
        Must(writer->SetProperty(node, key, before + 1));
        Must(writer->Commit(false));
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  EXPECT_EQ(PropertyOf(Must(graph.Read()->GetNode(node))->properties, key).integer(), 200);
}

TEST(WriteQueue, FirstComeFirstServedAndTimesOut) {
  WriteQueue queue;
  ASSERT_TRUE(queue.Enter(std::chrono::milliseconds(0)));
  EXPECT_FALSE(queue.Enter(std::chrono::milliseconds(1)));
  std::vector<int> order;  // written by whoever has the turn
  std::vector<std::thread> threads;
  for (int i = 0; i < 5; ++i) {
    threads.emplace_back([&, i] {
      EXPECT_TRUE(queue.Enter(std::chrono::seconds(10)));
      order.push_back(i);
      queue.Leave();
    });
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  queue.Leave();
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(order, (std::vector{0, 1, 2, 3, 4}));
}

}  // namespace
}  // namespace plenum::graph
