// Keys that commits merge into again and again are written whole now and then: often enough for reads, and for no more
// bytes, in sum, than about what was merged.
#include "engine/graph/merge_chains.h"

#include <gtest/gtest.h>

#include <algorithm>

#include "engine/storage/segment.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/storage/forwarding_store.h"

namespace plenum::graph {
namespace {

TEST(MergeChains, AreLongWhenTheOperandsOutgrowTheValue) {
  MergeChains chains;
  EXPECT_FALSE(chains.Merge("a", 10'000));
  EXPECT_TRUE(chains.Merge("a", 10'000));
  EXPECT_FALSE(chains.Measure("a", 50'000)) << "the value is longer still";
  EXPECT_FALSE(chains.Merge("a", 30'000));
  EXPECT_TRUE(chains.Merge("a", 1));
  chains.Put("a", 100'000);
  EXPECT_FALSE(chains.Merge("a", 100'000));
  EXPECT_TRUE(chains.Merge("a", 1));
  EXPECT_FALSE(chains.Merge("b", 1));
}

// Looks at what becomes of one key.
class WatchedStore final : public storage::ForwardingStore {
 public:
  WatchedStore(storage::Store& store, std::string key) : ForwardingStore(store), key_(std::move(key)) {}
  Status Apply(const storage::WriteSet& writes, bool sync) override {
    if (const auto* write = writes.Find(key_)) {
      merged_bytes += write->operands.size();
      chain_bytes += write->operands.size();
      if (write->base == storage::WriteSet::Write::Base::kPut) {
        put_bytes += write->value.size();
        chain_bytes = write->operands.size();
        last_value_bytes = write->value.size();
      }
      longest_chain = std::max(longest_chain, chain_bytes);
    }
    return ForwardingStore::Apply(writes, sync);
  }

  std::size_t merged_bytes = 0;
  std::size_t put_bytes = 0;
  std::size_t chain_bytes = 0;  // operands since the last put
  std::size_t longest_chain = 0;
  std::size_t last_value_bytes = 0;

 private:
  const std::string key_;
};

TEST(MergeChains, OfASegmentStayAsShortAsItsValue) {
  const auto store = Must(storage::OpenStore(":memory:"));
  WatchedStore watched(*store, storage::SegmentKey(0, 0, storage::kBlockBits, 0));
  const auto graph = Must(Graph::Open(watched));
  auto writer = Must(graph->BeginWrite());
  const TypeId type = Must(writer->InternType("KNOWS"));
  std::vector<NodeId> nodes(1'000);
  for (NodeId& node : nodes) node = Must(writer->CreateNode({}));
  Must(writer->Commit(false));
  for (std::size_t i = 0; i < 20'000; ++i) {
    writer = Must(graph->BeginWrite());
    Must(writer->CreateRelationship(type, nodes[i * 7 % nodes.size()], nodes[i * 13 % nodes.size()]));
    Must(writer->Commit(false));
  }
  writer.reset();
  EXPECT_GT(watched.put_bytes, 0U);
  EXPECT_LT(watched.put_bytes, 2 * watched.merged_bytes);
  EXPECT_LT(watched.longest_chain, std::max<std::size_t>(20'000, 2 * watched.last_value_bytes));
  ExpectNoProblems(*store);
}

}  // namespace
}  // namespace plenum::graph
