// What is kept between reads while a statement runs: right, whatever else happens; and given back when others need it.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <random>
#include <utility>
#include <vector>

#include "engine/graph/block_cache.h"
#include "engine/graph/committed_reads.h"
#include "engine/storage/store_transaction.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"

namespace plenum::graph {
namespace {

constexpr std::uint32_t kOthers = 500;

// A node with so many relationships that they lie in pieces, some parallel, and one with a few.
class ReadingScopeTest : public testing::Test {
 protected:
  ReadingScopeTest() {
    auto writer = graph_.Write();
    type_ = Must(writer->InternType("R"));
    hub_ = Must(writer->CreateNode({}));
    few_ = Must(writer->CreateNode({}));
    for (std::uint32_t i = 0; i < kOthers; ++i) others_.push_back(Must(writer->CreateNode({})));
    for (std::uint32_t i = 0; i < 2 * storage::kHubDegree; ++i) {
      Must(writer->CreateRelationship(type_, hub_, others_[i % kOthers]));
    }
    for (std::uint32_t i = 0; i < 40; ++i) Must(writer->CreateRelationship(type_, few_, others_[i % 20]));
    Must(writer->Commit(false));
  }

  // So often that tables are made where they are allowed to be.
  std::vector<std::size_t> Sizes(Transaction& transaction) {
    std::vector<std::size_t> sizes;
    for (int again = 0; again < 20; ++again) {
      sizes.clear();
      for (const NodeId node : {hub_, few_, others_[7]}) {
        for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
          sizes.push_back(NeighboursOf(transaction, node, direction, type_).size());
          for (const NodeId other : {hub_, few_, others_[7], others_[499]}) {
            sizes.push_back(NeighboursOf(transaction, node, direction, type_, other).size());
          }
        }
      }
    }
    return sizes;
  }
  std::vector<std::size_t> SizesInScope(Transaction& transaction) {
    const Transaction::ReadingScope reading(transaction);
    return Sizes(transaction);
  }

  // To each of the others, counted by who asks for one and by who looks through all.
  void ExpectAsManyToEach(Transaction& transaction) {
    std::vector<std::size_t> counts(kOthers);
    for (const Neighbour& each : NeighboursOf(transaction, hub_, Direction::kOutgoing, type_)) {
      ++counts[each.node.value - others_.front().value];
    }
    for (std::uint32_t i = 0; i < kOthers; ++i) {
      ASSERT_EQ(NeighboursOf(transaction, hub_, Direction::kOutgoing, type_, others_[i]).size(), counts[i]) << i;
      ASSERT_EQ(NeighboursOf(transaction, others_[i], Direction::kIncoming, type_, hub_).size(), counts[i]) << i;
    }
  }

  OpenGraph graph_{":memory:"};
  TypeId type_;
  NodeId hub_;
  NodeId few_;
  std::vector<NodeId> others_;
};

TEST_F(ReadingScopeTest, KnowsOwnWritesAndUndoneOnes) {
  auto writer = graph_.Write();
  const std::vector<std::size_t> before = Sizes(*writer);
  const Transaction::ReadingScope reading(*writer);
  EXPECT_EQ(Sizes(*writer), before);
  writer->SetSavepoint();
  for (const NodeId node : {hub_, few_}) {
    Must(writer->CreateRelationship(type_, node, others_[499]));
    Must(writer->DeleteRelationship(
        NeighboursOf(*writer, node, Direction::kOutgoing, type_, others_[7]).front().relationship));
  }
  const TypeId fresh = Must(writer->InternType("S"));
  const NodeId made = Must(writer->CreateNode({}));
  Must(writer->CreateRelationship(fresh, made, hub_));
  for (int again = 0; again < 20; ++again) {
    EXPECT_EQ(NeighboursOf(*writer, hub_, Direction::kIncoming).size(), 1U);
    EXPECT_EQ(NeighboursOf(*writer, made, Direction::kOutgoing).size(), 1U);
    EXPECT_EQ(NeighboursOf(*writer, made, Direction::kIncoming, type_).size(), 0U);
  }
  const std::vector<std::size_t> written = Sizes(*writer);
  EXPECT_NE(written, before);
  writer->LetGo();
  EXPECT_EQ(Sizes(*writer), written);
  writer->RollbackToSavepoint();
  EXPECT_EQ(Sizes(*writer), before);
}

TEST_F(ReadingScopeTest, SeesNothingOfLaterCommits) {
  auto reader = graph_.Read();
  const std::vector<std::size_t> before = Sizes(*reader);
  const Transaction::ReadingScope reading(*reader);
  for (int i = 0; i < 20; ++i) {
    EXPECT_EQ(Sizes(*reader), before);
    auto writer = graph_.Write();
    for (const NodeId node : {hub_, few_}) Must(writer->CreateRelationship(type_, node, others_[7]));
    Must(writer->Commit(false));
    auto newer = graph_.Read();
    const std::vector<std::size_t> now = Sizes(*newer);
    EXPECT_NE(now, before);
    EXPECT_EQ(SizesInScope(*newer), now);
    if (i % 3 == 0) reader->LetGo();
    reader->Release();
  }
}

TEST_F(ReadingScopeTest, Nests) {
  auto reader = graph_.Read();
  const Transaction::ReadingScope outer(*reader);
  const std::vector<std::size_t> before = Sizes(*reader);
  EXPECT_EQ(SizesInScope(*reader), before);
  EXPECT_EQ(Sizes(*reader), before);
}

TEST_F(ReadingScopeTest, FindsEachOfManyAtAHub) {
  auto writer = graph_.Write();
  ExpectAsManyToEach(*writer);
  const Transaction::ReadingScope reading(*writer);
  for (int again = 0; again < 3; ++again) {  // searched for in chunks, then in what was put together
    ExpectAsManyToEach(*writer);
    for (std::uint32_t i = again; i < kOthers; i += 3) {
      Must(writer->CreateRelationship(type_, hub_, others_[i]));
      const auto between = NeighboursOf(*writer, hub_, Direction::kOutgoing, type_, others_[i]);
      Must(writer->DeleteRelationship(between[i % between.size()].relationship));
      if (i % 2 == 0) Must(writer->CreateRelationship(type_, others_[i], others_[i]));
    }
    if (again == 1) writer->LetGo();
  }
  ExpectAsManyToEach(*writer);
}

// What is asked for one end of lies in one chunk: the others are not read.
TEST_F(ReadingScopeTest, SearchesOneChunkOfAHub) {
  const auto graph = Must(Graph::Open(graph_.store(), {}));  // that has read nothing yet
  const auto reader = graph->BeginRead();
  const Transaction::ReadingScope reading(*reader);
  for (int again = 0; again < 20; ++again) NeighboursOf(*reader, few_, Direction::kOutgoing, type_);
  const std::uint64_t before = graph->blocks().counts().installed;
  EXPECT_EQ(NeighboursOf(*reader, hub_, Direction::kOutgoing, type_, others_[0]).size(), 33U);
  EXPECT_EQ(graph->blocks().counts().installed, before + 1);
  EXPECT_EQ(NeighboursOf(*reader, hub_, Direction::kOutgoing, type_).size(), 2 * storage::kHubDegree);
  EXPECT_EQ(graph->blocks().counts().installed, before + 2);
}

TEST_F(ReadingScopeTest, SaysEachTimeThatASegmentIsDamaged) {
  auto writer = graph_.Write();
  const TypeId type = Must(writer->InternType("S"));
  NodeId far;
  while (far.value >> storage::kBlockBits == 0) far = Must(writer->CreateNode({}));
  for (const NodeId node : {few_, far}) Must(writer->CreateRelationship(type, node, hub_));
  Must(writer->Commit(false));
  storage::WriteSet damage;
  damage.Put(storage::SegmentKey(type.value, 0, storage::kBlockBits, far.value >> storage::kBlockBits), "damaged");
  Must(graph_.store().Apply(damage, false));
  const auto graph = Must(Graph::Open(graph_.store(), {}));  // that has read nothing yet
  const auto reader = graph->BeginRead();
  const Transaction::ReadingScope reading(*reader);
  std::vector<Neighbour> found;
  for (int again = 0; again < 20; ++again) {
    EXPECT_EQ(NeighboursOf(*reader, few_, Direction::kOutgoing, type).size(), 1U);
    for (const std::optional<NodeId> other : {std::optional<NodeId>(), std::optional(hub_)}) {
      const Status status = reader->AppendNeighbours(far, Direction::kOutgoing, std::span(&type, 1), found, other);
      ASSERT_FALSE(status.ok()) << again;
      EXPECT_EQ(status.error().type, ErrorType::kCorruption);
    }
  }
  EXPECT_TRUE(found.empty());
}

// Whatever is read between two polls: each call gives way itself.
TEST(ReadingScopeMemory, ReadsBesideWhatIsKeptStayWithinTheBudget) {
  constexpr std::uint32_t kNodes = 60'000;
  constexpr std::size_t kBytes = 400'000;
  OpenGraph graph(":memory:", kBytes);
  auto writer = graph.Write();
  const TypeId type = Must(writer->InternType("R"));
  const KeyId key = Must(writer->InternKey("x"));
  std::mt19937_64 random(1);
  for (std::uint32_t i = 0; i < kNodes; ++i) {
    Must(writer->SetProperty(Must(writer->CreateNode({})), key, static_cast<std::int64_t>(random())));
    Must(writer->CreateRelationship(type, NodeId{static_cast<std::uint32_t>(random() % (i + 1))}, NodeId{i}));
  }
  Must(writer->Commit(false));
  auto reader = graph.Read();
  const Transaction::ReadingScope reading(*reader);
  for (std::uint32_t i = 0; i < kNodes; i += 7) {
    NeighboursOf(*reader, NodeId{i}, Direction::kIncoming, type);
    EXPECT_FALSE(Must(reader->GetProperty(NodeId{i}, key)).is_null());
    ASSERT_LE(graph->blocks().bytes(), kBytes + kBytes / 10);
  }
  EXPECT_GT(graph->blocks().counts().evicted, 10U);
  EXPECT_EQ(graph->blocks().counts().refused_full, 0U);
}

struct Large : Retirable {};

// A reader gives way to those whom it keeps from memory, and not to those who wait for another.
TEST_F(ReadingScopeTest, GivesBackWhatOthersWaitFor) {
  constexpr std::size_t kBytes = 1 << 20;
  GraphCore core(graph_.store(), {.cache_bytes_max = kBytes});
  ReadView view{1, graph_.store().TakeSnapshot(), nullptr, 1};
  storage::StoreTransaction store(graph_.store(), view.snapshot);
  view.catalog = Must(Catalog::Read(store));
  CommittedReads early(core, std::make_shared<ReadView>(view));
  CommittedReads late(core, std::make_shared<ReadView>(view));
  Epochs& epochs = core.cache.epochs();
  {
    const CommittedReads::Scope scope(early);
    EXPECT_FALSE(early.ShouldRelease());
    epochs.Retire(std::make_unique<Large>(), kBytes / 2);
    epochs.Reclaim();
    EXPECT_EQ(epochs.retired_bytes(), kBytes / 2);
    EXPECT_TRUE(early.ShouldRelease());
    const CommittedReads::Scope begun_since(late);
    EXPECT_FALSE(late.ShouldRelease());
    epochs.Reclaim();  // as with each block that is read, and each commit
    EXPECT_FALSE(late.ShouldRelease());
    epochs.Retire(std::make_unique<Large>(), kBytes / 32);
    epochs.Reclaim();
    EXPECT_FALSE(late.ShouldRelease()) << "little waits for it";
    epochs.Retire(std::make_unique<Large>(), kBytes / 16);
    EXPECT_TRUE(late.ShouldRelease());
  }
  epochs.Reclaim();
  EXPECT_EQ(epochs.retired_bytes(), 0U);
}

}  // namespace
}  // namespace plenum::graph
