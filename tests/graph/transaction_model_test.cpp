// Random reads and writes, savepoints, rollbacks, commits and reopening, compared with plain maps after each round.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <optional>

#include "tests/graph/model.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"
#include "tests/storage/random_values.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

class RandomWork {
 public:
  RandomWork(OpenGraph& graph, unsigned seed) : graph_(graph), random_(seed) {
    auto setup = graph_.Write();
    for (const char* name : {"A", "B", "C"}) labels_.push_back(Must(setup->InternLabel(name)));
    for (const char* name : {"R", "S"}) types_.push_back(Must(setup->InternType(name)));
    for (const char* name : {"x", "y", "z"}) keys_.push_back(Must(setup->InternKey(name)));
    Must(setup->DeclareKey(labels_[0], keys_[0]));
    Must(setup->Commit(false));
  }

  void Round(int steps, bool commit) {
    transaction_ = graph_.Write();
    model_ = committed_;
    savepoints_.clear();
    for (int i = 0; i < steps; ++i) Step();
    ExpectSame();
    scope_.reset();
    if (commit) {
      Must(transaction_->Commit(false));
      committed_ = model_;
    }
    transaction_.reset();
    transaction_ = graph_.Read();
    model_ = committed_;
    ExpectSame();
    scope_.reset();
    transaction_.reset();
    ExpectNoProblems(graph_.store());
  }

 private:
  // Also while a ReadingScope lives, from some time before the next writes to some time after them.
  void ExpectSame() {
    model_.ExpectSame(*transaction_, labels_, types_, labels_[0], keys_[0]);
    if (!scope_) {
      scope_.emplace(*transaction_);
      model_.ExpectSame(*transaction_, labels_, types_, labels_[0], keys_[0]);
    } else if (random_.Below(2) == 0) {
      scope_.reset();
    }
  }

  template <class T>
  const T& OneOf(const std::vector<T>& choices) {
    return choices[static_cast<std::size_t>(random_.Below(static_cast<int>(choices.size())))];
  }
  // Now and then one that is not there.
  NodeId SomeNode() { return SomeKey(model_.nodes, NodeId{9'999}); }
  RelationshipId SomeRelationship() { return SomeKey(model_.relationships, RelationshipId{9'999}); }
  template <class K, class V>
  K SomeKey(const std::map<K, V>& map, K otherwise) {
    if (map.empty() || random_.Below(30) == 0) return otherwise;
    return std::next(map.begin(), random_.Below(static_cast<int>(map.size())))->first;
  }
  std::optional<Interval> SomeValidity() {
    if (random_.Below(3) == 0) return std::nullopt;
    return Interval{PartialDate{random_.Below(9), std::nullopt}, PartialDate{10, 12}};
  }

  void Step() {
    switch (random_.Below(16)) {
      case 0:
      case 1:
        return CreateNode();
      case 2:
      case 3:
      case 4:
        return CreateRelationship();
      case 5:
      case 6:
        return SetNodeProperty();
      case 7:
        return SetRelationshipProperty();
      case 8:
        return ChangeLabel();
      case 9:
        return SetValidity();
      case 10:
        return random_.Below(2) == 0 ? DeleteNode() : DeleteRelationship();
      case 11:
        return AddCitation();
      case 12:
        return random_.Below(2) == 0 ? AddCitation() : RemoveCitations();
      case 13:
        return Savepoint();
      case 14:
        NeighboursOf(*transaction_, SomeNode(), Direction::kOutgoing, OneOf(types_));  // fills the cache
        NeighboursOf(*transaction_, SomeNode(), Direction::kIncoming);
        if (random_.Below(2) == 0) transaction_->Release();
        if (random_.Below(4) == 0) transaction_->LetGo();
        return;
      default:
        if (random_.Below(8) == 0) ExpectSame();
    }
  }

  void CreateNode() {
    std::vector<LabelId> labels;
    for (int i = random_.Below(4); i > 0; --i) labels.push_back(OneOf(labels_));
    const NodeId node = Must(transaction_->CreateNode(labels));
    ASSERT_FALSE(seen_nodes_.contains(node)) << "numbers are not used again";
    seen_nodes_.insert(node);
    model_.nodes[node].labels = {labels.begin(), labels.end()};
  }

  void CreateRelationship() {
    const TypeId type = OneOf(types_);
    const NodeId start = SomeNode();
    const NodeId end = random_.Below(5) == 0 ? start : SomeNode();
    const auto made = transaction_->CreateRelationship(type, start, end);
    const bool there = model_.nodes.contains(start) && model_.nodes.contains(end);
    ASSERT_EQ(made.has_value(), there);
    if (made) model_.relationships[*made] = {type, start, end, {}, std::nullopt};
  }

  static void SetIn(std::map<KeyId, Value>& properties, KeyId key, const Value& value) {
    properties.erase(key);
    if (!value.is_null()) properties[key] = value;
  }

  void SetNodeProperty() {
    const NodeId node = SomeNode();
    const KeyId key = OneOf(keys_);
    const Value value = random_.Below(5) == 0 ? Value() : random_.Any();
    const Status status = transaction_->SetProperty(node, key, value);
    const auto found = model_.nodes.find(node);
    const bool taken = found != model_.nodes.end() && found->second.labels.contains(labels_[0]) && key == keys_[0] &&
                       model_.Holder(labels_[0], key, value, node);
    ASSERT_EQ(status.ok(), found != model_.nodes.end() && !taken) << ToText(value);
    if (!status.ok()) return;
    SetIn(found->second.properties, key, value);
    if (value.is_null()) model_.EraseCitations(0, node.value, key.value);
  }

  void SetRelationshipProperty() {
    const RelationshipId relationship = SomeRelationship();
    const KeyId key = OneOf(keys_);
    const Value value = random_.Below(5) == 0 ? Value() : random_.Any();
    const Status status = transaction_->SetProperty(relationship, key, value);
    const auto found = model_.relationships.find(relationship);
    ASSERT_EQ(status.ok(), found != model_.relationships.end());
    if (!status.ok()) return;
    SetIn(found->second.properties, key, value);
    if (value.is_null()) model_.EraseCitations(1, relationship.value, key.value);
  }

  void ChangeLabel() {
    const NodeId node = SomeNode();
    const LabelId label = OneOf(labels_);
    const auto found = model_.nodes.find(node);
    const bool there = found != model_.nodes.end();
    if (random_.Below(2) == 0) {
      ASSERT_EQ(transaction_->RemoveLabel(node, label).ok(), there);
      if (there) found->second.labels.erase(label);
      return;
    }
    bool taken = false;
    if (there && label == labels_[0] && found->second.properties.contains(keys_[0])) {
      taken = model_.Holder(label, keys_[0], found->second.properties.at(keys_[0]), node).has_value();
    }
    ASSERT_EQ(transaction_->AddLabel(node, label).ok(), there && !taken);
    if (there && !taken) found->second.labels.insert(label);
  }

  void SetValidity() {
    const auto validity = SomeValidity();
    if (random_.Below(2) == 0) {
      const NodeId node = SomeNode();
      ASSERT_EQ(transaction_->SetValidity(node, validity).ok(), model_.nodes.contains(node));
      if (model_.nodes.contains(node)) model_.nodes[node].validity = validity;
    } else {
      const RelationshipId relationship = SomeRelationship();
      ASSERT_EQ(transaction_->SetValidity(relationship, validity).ok(), model_.relationships.contains(relationship));
      if (model_.relationships.contains(relationship)) model_.relationships[relationship].validity = validity;
    }
  }

  void DeleteNode() {
    const NodeId node = SomeNode();
    const Status status = transaction_->DeleteNode(node);
    ASSERT_EQ(status.ok(), !model_.IsConnected(node));
    if (status.ok()) model_.DeleteNode(node);
  }

  void DeleteRelationship() {
    const RelationshipId relationship = SomeRelationship();
    Must(transaction_->DeleteRelationship(relationship));
    model_.DeleteRelationship(relationship);
  }

  Fact SomeFact() {
    Fact fact;
    if (random_.Below(2) == 0) {
      fact.element = SomeNode();
    } else {
      fact.element = SomeRelationship();
    }
    if (random_.Below(2) == 0) fact.property = OneOf(keys_);
    return fact;
  }

  bool IsThere(const Fact& fact) {
    const std::map<KeyId, Value>* properties = nullptr;
    if (fact.element.index() == 0) {
      const auto found = model_.nodes.find(std::get<NodeId>(fact.element));
      if (found != model_.nodes.end()) properties = &found->second.properties;
    } else {
      const auto found = model_.relationships.find(std::get<RelationshipId>(fact.element));
      if (found != model_.relationships.end()) properties = &found->second.properties;
    }
    return properties != nullptr && (!fact.property || properties->contains(*fact.property));
  }

  void AddCitation() {
    const Fact fact = SomeFact();
    Citation citation{SomeNode(), std::nullopt};
    if (random_.Below(2) == 0) citation.span = {1, random_.Below(3) + 1};
    const Status status = transaction_->AddCitation(fact, citation);
    ASSERT_EQ(status.ok(), IsThere(fact) && model_.nodes.contains(citation.source));
    if (!status.ok()) return;
    auto& list = model_.citations[Model::FactOf(fact)];
    if (std::find(list.begin(), list.end(), citation) == list.end()) list.push_back(citation);
  }

  void RemoveCitations() {
    if (model_.citations.empty()) return;
    const Fact fact = SomeFact();
    const auto source = random_.Below(2) == 0 ? std::optional(SomeNode()) : std::nullopt;
    Must(transaction_->RemoveCitations(fact, source));
    std::erase_if(model_.citations[Model::FactOf(fact)],
                  [&](const Citation& each) { return !source || each.source == *source; });
  }

  void Savepoint() {
    const int choice = random_.Below(3);
    if (choice == 0 || savepoints_.empty()) {
      transaction_->SetSavepoint();
      savepoints_.push_back(model_);
      return;
    }
    if (choice == 1) {
      transaction_->RollbackToSavepoint();
      model_ = savepoints_.back();
    } else {
      transaction_->ReleaseSavepoint();
    }
    savepoints_.pop_back();
  }

  OpenGraph& graph_;
  RandomValues random_;
  std::vector<LabelId> labels_;
  std::vector<TypeId> types_;
  std::vector<KeyId> keys_;
  std::unique_ptr<Transaction> transaction_;
  std::optional<Transaction::ReadingScope> scope_;
  Model committed_;
  Model model_;
  std::vector<Model> savepoints_;
  std::set<NodeId> seen_nodes_;
};

TEST(TransactionModel, InMemory) {
  for (unsigned seed = 1; seed <= 6; ++seed) {
    SCOPED_TRACE(seed);
    OpenGraph graph(":memory:", seed % 2 == 0 ? 1 << 20 : 4'000);  // also with a cache that is far too small
    RandomWork work(graph, seed);
    for (int round = 0; round < 25; ++round) {
      work.Round(80, round % 4 != 3);
      ASSERT_FALSE(testing::Test::HasFatalFailure());
    }
  }
}

TEST(TransactionModel, OnDiskAndReopened) {
  const ScratchDirectory scratch;
  OpenGraph graph(scratch / "database");
  RandomWork work(graph, 11);
  for (int round = 0; round < 40; ++round) {
    work.Round(60, round % 5 != 4);
    ASSERT_FALSE(testing::Test::HasFatalFailure());
    if (round % 5 == 2) graph.Reopen();
  }
}

}  // namespace
}  // namespace plenum::graph
