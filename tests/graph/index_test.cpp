// Range indexes against a model; what dropping an index leaves behind.
#include <gtest/gtest.h>

#include <chrono>
#include <map>
#include <thread>

#include "engine/storage/key_layout.h"
#include "tests/graph/open_graph.h"
#include "tests/storage/random_values.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

using ValueRange = Transaction::ValueRange;

std::vector<NodeId> Seek(Transaction& transaction, LabelId label, KeyId key, const ValueRange& range) {
  std::vector<NodeId> nodes;
  Must(transaction.SeekRange(label, key, range, [&](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  return nodes;
}

struct ByOrder {
  bool operator()(const Value& a, const Value& b) const { return Order(a, b) < 0; }
};

TEST(RangeIndex, FollowsWritesLikeAModel) {
  OpenGraph opened(":memory:");
  RandomValues random(11);
  std::map<NodeId, Value> model;
  LabelId label{};
  KeyId key{};
  for (int round = 0; round < 40; ++round) {
    auto writer = opened.Write();
    label = Must(writer->InternLabel("L"));
    key = Must(writer->InternKey("k"));
    if (round == 1) Must(writer->CreateIndex(label, key, false));  // with what round 0 wrote
    for (int i = 0; i < 50; ++i) {
      const bool again = !model.empty() && random.Below(3) == 0;
      auto place = model.begin();
      if (again) std::advance(place, random.Below(static_cast<int>(model.size())));
      const NodeId node = again ? place->first : Must(writer->CreateNode({label}));
      const Value value = random.Below(4) == 0 ? Value(random.Below(20)) : random.Any();
      Must(writer->SetProperty(node, key, value));
      model[node] = value;
    }
    if (round % 5 == 4) {
      const NodeId node = model.begin()->first;
      Must(writer->DeleteNode(node));
      model.erase(node);
    }
    if (round > 0) {
      // Both sides of the range by the order of values; equal values by id, as the model's nodes ascend.
      const Value least = random.Below(20);
      const Value greatest = least.integer() + random.Below(10);
      std::multimap<Value, NodeId, ByOrder> wanted;
      for (const auto& [node, value] : model) {
        if (Order(value, least) > 0 && Order(value, greatest) <= 0) wanted.emplace(value, node);
      }
      std::vector<NodeId> expected;
      for (const auto& [value, node] : wanted) expected.push_back(node);
      ASSERT_EQ(Seek(*writer, label, key, {least, greatest, false, true}), expected) << "round " << round;
    }
    Must(writer->Commit(false));
  }
}

TEST(RangeIndex, OneBoundAloneLeavesOtherKindsOut) {
  OpenGraph opened(":memory:");
  auto writer = opened.Write();
  const LabelId label = Must(writer->InternLabel("L"));
  const KeyId key = Must(writer->InternKey("k"));
  Must(writer->CreateIndex(label, key, false));
  std::vector<NodeId> nodes;
  for (const Value& value : {Value(1), Value(2.5), Value("a"), Value(true), Value(Date{3})}) {
    nodes.push_back(Must(writer->CreateNode({label})));
    Must(writer->SetProperty(nodes.back(), key, value));
  }
  EXPECT_EQ(Seek(*writer, label, key, {.least = Value(2)}), (std::vector{nodes[1]}));
  EXPECT_EQ(Seek(*writer, label, key, {.greatest = Value(2)}), (std::vector{nodes[0]}));
  EXPECT_EQ(Seek(*writer, label, key, {.greatest = Value("b")}), (std::vector{nodes[2]}));
  EXPECT_EQ(Seek(*writer, label, key, {Value(3), Value("a")}), std::vector<NodeId>{});
  EXPECT_EQ(Seek(*writer, label, key, {.least = Value(Map{})}), std::vector<NodeId>{});
  EXPECT_EQ(Seek(*writer, label, key, {}).size(), 5U);
  EXPECT_EQ(writer->SeekRange(label, KeyId{9}, {}, [](NodeId) { return true; }).error().type, ErrorType::kUsageError);
}

std::size_t EntriesOf(storage::Store& store, storage::KeyKind kind) {
  std::size_t entries = 0;
  const auto cursor = store.TakeSnapshot()->NewCursor();
  const storage::KeyRange range = storage::PrefixRange(storage::KindPrefix(kind));
  for (cursor->Seek(range.begin); cursor->Valid() && cursor->key() < range.end; cursor->Next()) ++entries;
  return entries;
}

TEST(DroppedIndex, IsDeletedInTheBackgroundAlsoAfterTheNextOpen) {
  const ScratchDirectory scratch;
  const std::string path = scratch / "graph";
  constexpr std::size_t kNodes = 30'000;
  {
    OpenGraph opened(path);
    auto writer = opened.Write();
    const LabelId label = Must(writer->InternLabel("L"));
    const KeyId key = Must(writer->InternKey("k"));
    Must(writer->CreateIndex(label, key, false));
    for (std::size_t i = 0; i < kNodes; ++i) {
      const NodeId node = Must(writer->CreateNode({label}));
      Must(writer->SetProperty(node, key, static_cast<std::int64_t>(i)));
    }
    Must(writer->Commit(false));
    writer = opened.Write();
    EXPECT_EQ(EntriesOf(opened.store(), storage::KeyKind::kIndexEntry), kNodes);
    Must(writer->DropIndex(label, key, false));
    EXPECT_FALSE(writer->HasRangeIndex(label, key));
    Must(writer->CreateIndex(label, key, false));  // another one, under a new number
    Must(writer->Commit(false));
    EXPECT_EQ(Seek(*opened.Read(), label, key, {Value(7), Value(8)}).size(), 2U);
  }
  OpenGraph opened(path);
  const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(20);
  while (EntriesOf(opened.store(), storage::KeyKind::kIndexDefinition) > 1 &&
         std::chrono::steady_clock::now() < deadline) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(EntriesOf(opened.store(), storage::KeyKind::kIndexDefinition), 1U);
  EXPECT_EQ(EntriesOf(opened.store(), storage::KeyKind::kIndexEntry), kNodes) << "those of the one in use";
}

}  // namespace
}  // namespace plenum::graph
