// A bulk load and the same graph made by transactions must be one and the same to readers.
#include "engine/graph/bulk_loader.h"

#include <gtest/gtest.h>

#include "tests/graph/model.h"
#include "tests/graph/open_graph.h"
#include "tests/storage/random_values.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

constexpr std::uint64_t kSmall = 5'000;  // bytes of memory: many runs

TEST(BulkLoader, LoadsWhatTransactionsWouldWrite) {
  const ScratchDirectory scratch;
  Model model;
  {
    auto store = storage::OpenStore(scratch / "database");
    ASSERT_TRUE(store);
    auto loader = Must(BulkLoader::Begin(**store, kSmall));
    const LabelId a = Must(loader->InternLabel("A"));
    const LabelId b = Must(loader->InternLabel("B"));
    const KeyId key = Must(loader->InternKey("key"));
    const KeyId other = Must(loader->InternKey("other"));
    const std::vector<TypeId> types{Must(loader->InternType("R")), Must(loader->InternType("S"))};
    Must(loader->DeclareKey(a, key));
    RandomValues random(9);
    for (int i = 0; i < 400; ++i) {
      const Interval validity{PartialDate{i, i}, std::nullopt};
      const NodeId node = Must(
          loader->AddNode({{b, a, a}, {{other, random.Any()}, {key, "later"}, {other, Value()}, {key, i}}, validity}));
      model.nodes[node] = {{a, b}, {{key, Value(i)}}, validity};
    }
    for (int i = 0; i < 1'500; ++i) {
      const TypeId type = types[static_cast<std::size_t>(random.Below(2))];
      const NodeId start{static_cast<std::uint32_t>(random.Below(400))};
      const NodeId end{static_cast<std::uint32_t>(random.Below(400))};
      const RelationshipId id = Must(loader->AddRelationship({type, start, end, {{other, i}}, std::nullopt}));
      model.relationships[id] = {type, start, end, {{other, Value(i)}}, std::nullopt};
    }
    Must(loader->Finish());
  }
  OpenGraph graph(scratch / "database");
  auto writer = graph.Write();
  model.ExpectSame(*writer, {LabelId{0}, LabelId{1}}, {TypeId{0}, TypeId{1}}, LabelId{0}, KeyId{0});
  EXPECT_EQ(writer->FindKey("other"), KeyId{1});
  EXPECT_EQ(Must(writer->CreateNode({})), NodeId{400});
  const auto made = Must(writer->CreateRelationship(TypeId{1}, NodeId{0}, NodeId{1}));
  EXPECT_FALSE(model.relationships.contains(made));
  EXPECT_TRUE(writer->HasKey(LabelId{0}, KeyId{0}));
}

TEST(BulkLoader, RepeatedKeysAreAnError) {
  for (const std::uint64_t memory : {kSmall, std::uint64_t{1} << 20}) {
    auto store = storage::OpenStore(":memory:");
    ASSERT_TRUE(store);
    auto loader = Must(BulkLoader::Begin(**store, memory));
    const LabelId label = Must(loader->InternLabel("Person"));
    const KeyId key = Must(loader->InternKey("name"));
    Must(loader->DeclareKey(label, key));
    for (int i = 0; i < 300; ++i) Must(loader->AddNode({{label}, {{key, i % 298}}, std::nullopt}));
    const Status status = loader->Finish();
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kConstraintVerificationFailed);
    EXPECT_EQ(status.error().message,
              "2 of the nodes labelled Person repeat the name of another, which is declared a key and must be unique");
  }
}

TEST(BulkLoader, RefusesWhatCannotBe) {
  auto store = storage::OpenStore(":memory:");
  ASSERT_TRUE(store);
  auto loader = Must(BulkLoader::Begin(**store, kSmall));
  const KeyId key = Must(loader->InternKey("x"));
  EXPECT_EQ(loader->AddNode({{}, {{key, Map{}}}, std::nullopt}).error().detail, "InvalidPropertyType");
  const NodeId node = Must(loader->AddNode({}));
  const TypeId type = Must(loader->InternType("R"));
  EXPECT_EQ(loader->AddRelationship({type, node, NodeId{1}, {}, std::nullopt}).error().type,
            ErrorType::kEntityNotFound);
  EXPECT_EQ(loader->DeclareKey(LabelId{0}, key).error().type, ErrorType::kUsageError);
  Must(loader->Finish());
  EXPECT_EQ(BulkLoader::Begin(**store, kSmall).error().type, ErrorType::kUsageError);
}

}  // namespace
}  // namespace plenum::graph
