// Lists so long that they are in chunks: what one commit may do to them at once.
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "engine/storage/key_layout.h"
#include "engine/storage/segment.h"
#include "engine/storage/segment_operand.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"

namespace plenum::graph {
namespace {

class HubTest : public testing::Test {
 protected:
  HubTest() {
    auto writer = graph_.Write();
    type_ = Must(writer->InternType("KNOWS"));
    hub_ = Must(writer->CreateNode({}));
    for (NodeId& node : others_) node = Must(writer->CreateNode({}));
    Must(writer->Commit(false));
  }

  // How many chunks the store has of the hub's list.
  std::size_t CountChunks() {
    const storage::KeyRange chunks = storage::PrefixRange(storage::ChunkPrefix(0, 0));
    std::size_t count = 0;
    Must(graph_.store().TakeSnapshot()->ScanMany({&chunks, 1}, [&](auto, auto, auto) {
      ++count;
      return true;
    }));
    return count;
  }

  // So many more relationships from the hub, round the others.
  void Grow(Transaction& writer, std::size_t count) {
    for (std::size_t i = 0; i < count; ++i) {
      relationships_.push_back(
          Must(writer.CreateRelationship(type_, hub_, others_[relationships_.size() % others_.size()])));
    }
  }

  OpenGraph graph_{":memory:"};
  TypeId type_;
  NodeId hub_;
  std::vector<NodeId> others_ = std::vector<NodeId>(100);
  std::vector<RelationshipId> relationships_;
};

const Interval kValidity{PartialDate{10, 10}, PartialDate{20, 20}};

TEST_F(HubTest, AListMovesIntoChunksInTheCommitThatChangesAValidityInIt) {
  auto writer = graph_.Write();
  Grow(*writer, storage::kHubDegree);
  Must(writer->Commit(false));
  writer = graph_.Write();
  Must(writer->SetValidity(relationships_[7], kValidity));
  Grow(*writer, 1);
  Must(writer->Commit(false));
  EXPECT_EQ(Must(graph_.Read()->GetValidity(relationships_[7])), kValidity);
  ExpectNoProblems(graph_.store());
}

TEST_F(HubTest, AChunkIsCutInTheCommitThatChangesAValidityInIt) {
  auto writer = graph_.Write();
  Grow(*writer, storage::kHubDegree + 1);
  Must(writer->Commit(false));
  writer = graph_.Write();
  for (const RelationshipId relationship : {relationships_.front(), relationships_.back()}) {
    Must(writer->SetValidity(relationship, kValidity));
  }
  Grow(*writer, 3 * storage::kSegmentEdgesAim);
  Must(writer->Commit(false));
  auto reader = graph_.Read();
  EXPECT_EQ(NeighboursOf(*reader, hub_, Direction::kOutgoing, type_).size(), relationships_.size());
  EXPECT_EQ(Must(reader->GetValidity(relationships_.front())), kValidity);
  ExpectNoProblems(graph_.store());
}

TEST_F(HubTest, AChunkThatStaysTakesAValidityBesideOneThatIsCut) {
  auto writer = graph_.Write();
  Grow(*writer, 2 * storage::kSegmentEdgesAim);
  Must(writer->Commit(false));
  writer = graph_.Write();
  const RelationshipId last = relationships_[others_.size() - 1];  // to the last of the others: in the last chunk
  Must(writer->SetValidity(last, kValidity));
  Must(writer->SetValidity(relationships_[0], kValidity));
  for (std::size_t i = 0; i < storage::kSegmentEdgesAim; ++i) {
    Must(writer->CreateRelationship(type_, hub_, others_[0]));
  }
  Must(writer->Commit(false));
  EXPECT_EQ(Must(graph_.Read()->GetValidity(last)), kValidity);
  ExpectNoProblems(graph_.store());
}

TEST_F(HubTest, GrowsShrinksAndGoesInOneTransaction) {
  auto writer = graph_.Write();
  Grow(*writer, storage::kSegmentEdgesAim);
  Must(writer->Commit(false));
  writer = graph_.Write();
  Grow(*writer, storage::kSegmentEdgesAim);
  for (std::size_t i = 0; i < relationships_.size(); i += 2) Must(writer->DeleteRelationship(relationships_[i]));
  EXPECT_EQ(NeighboursOf(*writer, hub_, Direction::kOutgoing, type_).size(), relationships_.size() / 2);
  writer->SetSavepoint();
  for (const RelationshipId relationship : relationships_) Must(writer->DeleteRelationship(relationship));
  Must(writer->DeleteNode(hub_));
  writer->RollbackToSavepoint();
  EXPECT_EQ(NeighboursOf(*writer, hub_, Direction::kOutgoing, type_).size(), relationships_.size() / 2);
  Must(writer->Commit(false));
  EXPECT_EQ(NeighboursOf(*graph_.Read(), hub_, Direction::kOutgoing, type_).size(), relationships_.size() / 2);
  ExpectNoProblems(graph_.store());

  writer = graph_.Write();
  for (const RelationshipId relationship : relationships_) Must(writer->DeleteRelationship(relationship));
  Must(writer->DeleteNode(hub_));
  Must(writer->Commit(false));
  EXPECT_EQ(Must(graph_.Read()->CountRelationships(type_)), 0U);
  ExpectNoProblems(graph_.store());
}

TEST_F(HubTest, EmptyChunksGo) {
  auto writer = graph_.Write();
  Grow(*writer, 3 * storage::kSegmentEdgesAim);
  Must(writer->Commit(false));
  EXPECT_EQ(CountChunks(), 6U);
  auto reader = graph_.Read();
  for (const bool from_the_end : {false, true, false}) {
    writer = graph_.Write();
    const auto list = NeighboursOf(*writer, hub_, Direction::kOutgoing, type_);
    const std::size_t third = from_the_end ? list.size() - list.size() / 3 : 0;
    for (std::size_t i = 0; i < list.size() / 3; ++i) {
      Must(writer->DeleteRelationship(list[third + i].relationship));
    }
    Must(writer->Commit(false));
    EXPECT_EQ(NeighboursOf(*graph_.Read(), hub_, Direction::kOutgoing, type_).size(), list.size() - list.size() / 3);
    ExpectNoProblems(graph_.store());
  }
  EXPECT_LT(CountChunks(), 6U);
  EXPECT_EQ(NeighboursOf(*reader, hub_, Direction::kOutgoing, type_).size(), relationships_.size());
  writer = graph_.Write();
  for (const RelationshipId relationship : relationships_) Must(writer->DeleteRelationship(relationship));
  Must(writer->Commit(false));
  EXPECT_EQ(CountChunks(), 0U);
  for (std::size_t size = 0; size < 3; ++size) {
    EXPECT_EQ(NeighboursOf(*graph_.Read(), hub_, Direction::kOutgoing, type_).size(), size);
    ExpectNoProblems(graph_.store());
    writer = graph_.Write();
    Grow(*writer, 1);
    Must(writer->Commit(false));
  }
}

// As after a great many cuts.
TEST_F(HubTest, NumbersOfChunksAreUsedAgainWhenThereAreNoMore) {
  auto writer = graph_.Write();
  Grow(*writer, storage::kHubDegree + 1);
  Must(writer->Commit(false));
  constexpr std::uint16_t kLast = 0xFFFE;
  std::string bytes;
  const auto snapshot = graph_.store().TakeSnapshot();
  ASSERT_TRUE(Must(snapshot->Get(storage::SegmentKey(0, 0, storage::kBlockBits, 0), bytes)));
  auto chunks = storage::Segment::Decode(bytes)->Hub(hub_.value)->chunks;
  ASSERT_EQ(chunks.size(), 2U);
  ASSERT_TRUE(Must(snapshot->Get(storage::ChunkKey(0, 0, hub_.value, chunks[1].chunk), bytes)));
  storage::WriteSet writes;
  writes.Erase(storage::ChunkKey(0, 0, hub_.value, chunks[1].chunk));
  writes.Put(storage::ChunkKey(0, 0, hub_.value, kLast), bytes);
  chunks[1].chunk = kLast;
  std::string operand = storage::BeginSegmentOperand(storage::kBlockBits);
  storage::AppendHubStub(operand, hub_.value, chunks);
  writes.Merge(storage::SegmentKey(0, 0, storage::kBlockBits, 0), operand);
  Must(graph_.store().Apply(writes, false));

  const auto graph = Must(Graph::Open(graph_.store()));
  for (std::size_t i = 0; i < 2; ++i) {
    const auto again = Must(graph->BeginWrite());
    for (std::size_t many = 0; many < 2 * storage::kSegmentEdgesAim; ++many) {
      relationships_.push_back(Must(again->CreateRelationship(type_, hub_, others_.back())));
    }
    Must(again->Commit(false));
    EXPECT_EQ(NeighboursOf(*graph->BeginRead(), hub_, Direction::kOutgoing, type_).size(), relationships_.size());
    ExpectNoProblems(graph_.store());
  }
}

}  // namespace
}  // namespace plenum::graph
