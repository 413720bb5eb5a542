// See checked_people.h.
#include "tests/graph/checked_people.h"

#include <gtest/gtest.h>

#include "engine/storage/key_layout.h"
#include "engine/storage/memory_store.h"
#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

class People {
 public:
  People() : store_(storage::MakeMemoryStore()), graph_(Must(Graph::Open(*store_))) {
    transaction_ = Must(graph_->BeginWrite());
    for (const char* label : {"Person", "Town"}) Must(transaction_->InternLabel(label));
    for (const char* type : {"KNOWS", "HUB"}) Must(transaction_->InternType(type));
    for (const char* key : {"name", "age", "rare"}) Must(transaction_->InternKey(key));
    MakeNodes();
    MakeRelationships();
    MakeEvidence();
    Must(transaction_->CreateIndex(LabelId{kPerson}, KeyId{kName}, true));
    Must(transaction_->CreateIndex(LabelId{kPerson}, KeyId{kAge}, false));
    Must(transaction_->CreateIndex(LabelId{kTown}, KeyId{kAge}, false));
    Must(transaction_->DropIndex(LabelId{kTown}, KeyId{kAge}, false));
    Must(transaction_->Commit(false));
  }

  Contents Keys() const {
    Contents contents;
    const auto snapshot = store_->TakeSnapshot();
    const auto cursor = snapshot->NewCursor();
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) contents.emplace(cursor->key(), cursor->value());
    return contents;
  }

 private:
  void MakeNodes() {
    for (std::uint32_t i = 0; i < 100; ++i) {
      std::vector<LabelId> labels{LabelId{kPerson}};
      if (i % 10 == 0) labels.push_back(LabelId{kTown});
      const NodeId node = Must(transaction_->CreateNode(labels));
      ASSERT_EQ(node.value, i);
      const std::string name = "person " + std::to_string(i);
      Must(transaction_->SetProperty(node, KeyId{kName}, Value(i == 7 ? std::string(2000, 'n') : name)));
      Must(transaction_->SetProperty(node, KeyId{kAge}, Value(std::int64_t{i % 7})));
      if (i % 20 == 0)
        Must(transaction_->SetProperty(node, KeyId{kRare}, Value(i == 40 ? std::string(1500, 'r') : "r")));
    }
    Must(transaction_->SetValidity(NodeId{3}, Interval{PartialDate{1, 1}, std::nullopt}));
  }

  void MakeRelationships() {
    const auto knows = [&](std::uint32_t start, std::uint32_t end) {
      return Must(transaction_->CreateRelationship(TypeId{kKnows}, NodeId{start}, NodeId{end}));
    };
    for (std::uint32_t i = 0; i < 99; ++i) {
      const RelationshipId made = knows(i, i + 1);
      Must(transaction_->SetProperty(made, KeyId{kAge}, Value(std::int64_t{i})));
      if (i % 3 == 0) Must(transaction_->SetValidity(made, Interval{PartialDate{10, 10}, PartialDate{20, 20}}));
    }
    knows(9, 9);
    knows(1, 2);
    knows(1, 2);
    for (std::uint32_t i = 0; i < 17'000; ++i) {
      Must(transaction_->CreateRelationship(TypeId{kHub}, NodeId{kHubNode}, NodeId{i % 100}));
    }
  }

  void MakeEvidence() {
    const NodeId source = Must(transaction_->CreateNode({}));
    ASSERT_EQ(source, kSource);
    Must(transaction_->AttachText(source, "Zürich, 1962"));
    const RelationshipId knows{std::uint64_t{kKnows} << storage::kNumberBits | 4};
    Must(transaction_->AddCitation({NodeId{1}, std::nullopt}, {source, std::pair(0U, 6U)}));
    Must(transaction_->AddCitation({NodeId{1}, KeyId{kAge}}, {source, std::pair(8U, 12U)}));
    Must(transaction_->AddCitation({knows, std::nullopt}, {source, std::nullopt}));
    Must(transaction_->AddCitation({knows, KeyId{kAge}}, {source, std::nullopt}));
  }

  std::unique_ptr<storage::Store> store_;
  std::unique_ptr<Graph> graph_;
  std::unique_ptr<Transaction> transaction_;
};

}  // namespace

const Contents& HealthyPeople() {
  static const Contents contents = People().Keys();
  return contents;
}

CheckReport CheckOf(const Contents& contents, const CheckOptions& options) {
  const auto store = storage::MakeMemoryStore();
  storage::WriteSet writes;
  for (const auto& [key, value] : contents) writes.Put(key, value);
  Must(store->Apply(writes, false));
  return Must(Check(*store, options));
}

std::string Text(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += line + '\n';
  return text;
}

}  // namespace plenum::graph
