// Segments are decoded with the lanes that were asked for, and shared by readers that ask for different ones.
#include <gtest/gtest.h>

#include <functional>
#include <memory>
#include <string>
#include <utility>

#include "engine/graph/committed_reads.h"
#include "engine/storage/store_transaction.h"
#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

// Calls back at the first read, when what is read is not in memory yet.
class InterruptedSnapshot final : public storage::Snapshot {
 public:
  InterruptedSnapshot(std::shared_ptr<const Snapshot> snapshot, std::function<void()> interrupt)
      : snapshot_(std::move(snapshot)), interrupt_(std::move(interrupt)) {}
  Result<bool> Get(std::string_view key, std::string& value) const override {
    if (interrupt_) std::exchange(interrupt_, nullptr)();
    return snapshot_->Get(key, value);
  }
  std::unique_ptr<storage::Cursor> NewCursor(std::string_view end) const override { return snapshot_->NewCursor(end); }

 private:
  const std::shared_ptr<const Snapshot> snapshot_;
  mutable std::function<void()> interrupt_;
};

TEST(SegmentLanes, AreThereAlsoWhenAnotherReaderIsFasterAndAsksForNone) {
  OpenGraph graph(":memory:");
  auto writer = graph.Write();
  const TypeId type = Must(writer->InternType("KNOWS"));
  const NodeId start = Must(writer->CreateNode({}));
  const NodeId near = Must(writer->CreateNode({}));
  const NodeId far = Must(writer->CreateNode({}));
  const RelationshipId to_far = Must(writer->CreateRelationship(type, start, far));
  const RelationshipId to_near = Must(writer->CreateRelationship(type, start, near));  // listed first, numbered last
  Must(writer->Commit(false));

  GraphCore core(graph.store(), {.cache_bytes_max = 1 << 20});
  ReadView view{1, graph.store().TakeSnapshot(), nullptr, 1};
  storage::StoreTransaction reading(graph.store(), view.snapshot);
  view.catalog = Must(Catalog::Read(reading));
  CommittedReads faster(core, std::make_shared<ReadView>(view));
  view.snapshot = std::make_shared<InterruptedSnapshot>(view.snapshot, [&] {
    const CommittedReads::Scope scope(faster);
    Must(faster.Segment(type, Direction::kOutgoing, storage::kBlockBits, 0, {}));
  });
  CommittedReads reads(core, std::make_shared<ReadView>(view));
  const CommittedReads::Scope scope(reads);
  const SegmentBlock* const block =
      Must(reads.Segment(type, Direction::kOutgoing, storage::kBlockBits, 0, {.numbers = true}));
  ASSERT_TRUE(block->content->has_numbers());
  std::vector<Neighbour> list;
  Must(reads.AppendNeighbours(type, Direction::kOutgoing, start, list));
  ASSERT_EQ(list.size(), 2U);
  EXPECT_EQ(list[0].relationship, to_near);
  EXPECT_EQ(list[1].relationship, to_far);
}

}  // namespace
}  // namespace plenum::graph
