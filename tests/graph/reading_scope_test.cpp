// What is kept between reads while a statement runs: right, whatever else happens; and given back when others need it.
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

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
    reader->GiveWay();
  }
}

TEST_F(ReadingScopeTest, Nests) {
  auto reader = graph_.Read();
  const Transaction::ReadingScope outer(*reader);
  const std::vector<std::size_t> before = Sizes(*reader);
  EXPECT_EQ(SizesInScope(*reader), before);
  EXPECT_EQ(Sizes(*reader), before);
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
    EXPECT_FALSE(early.ShouldGiveBack());
    epochs.Retire(std::make_unique<Large>(), kBytes / 2);
    epochs.Reclaim();
    EXPECT_EQ(epochs.retired_bytes(), kBytes / 2);
    EXPECT_TRUE(early.ShouldGiveBack());
    const CommittedReads::Scope begun_since(late);
    EXPECT_FALSE(late.ShouldGiveBack());
  }
  EXPECT_FALSE(early.ShouldGiveBack());
  epochs.Reclaim();
  EXPECT_EQ(epochs.retired_bytes(), 0U);
}

}  // namespace
}  // namespace plenum::graph
