// Lists so long that they are in chunks: what one commit may do to them at once.
#include <gtest/gtest.h>

#include <optional>
#include <vector>

#include "engine/storage/segment.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"

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
  EXPECT_EQ(Must(reader->Neighbours(hub_, Direction::kOutgoing, type_))->size(), relationships_.size());
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

}  // namespace
}  // namespace plenum::graph
