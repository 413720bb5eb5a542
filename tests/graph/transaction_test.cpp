// The rules of transactions one by one, with the errors as people read them.
#include <gtest/gtest.h>

#include <cmath>
#include <thread>

#include "engine/storage/byte_code.h"
#include "engine/storage/column.h"
#include "engine/storage/key_layout.h"
#include "tests/graph/no_problems.h"
#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

class TransactionTest : public testing::Test {
 protected:
  static void ExpectError(const Status& status, ErrorType type, std::string_view detail, std::string_view message) {
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, type);
    EXPECT_EQ(status.error().detail, detail);
    EXPECT_EQ(status.error().message, message);
  }
  template <class T>
  static void ExpectError(const Result<T>& result, ErrorType type, std::string_view detail, std::string_view message) {
    ASSERT_FALSE(result);
    ExpectError(Status(result.error()), type, detail, message);
  }
  static NodeId Person(Transaction& transaction, const Value& name) {
    const NodeId node = Must(transaction.CreateNode({Must(transaction.InternLabel("Person"))}));
    Must(transaction.SetProperty(node, Must(transaction.InternKey("name")), name));
    return node;
  }

  OpenGraph graph_{":memory:"};
};

TEST_F(TransactionTest, NamesGetNumbersOnce) {
  auto writer = graph_.Write();
  const LabelId a = Must(writer->InternLabel("A"));
  EXPECT_EQ(Must(writer->InternLabel("A")), a);
  EXPECT_NE(Must(writer->InternLabel("B")), a);
  EXPECT_EQ(Must(writer->InternType("A")).value, 0) << "types are numbered apart from labels";
  EXPECT_EQ(writer->FindLabel("A"), a);
  EXPECT_EQ(writer->FindLabel("C"), std::nullopt);
  EXPECT_EQ(writer->NameOf(a), "A");
  EXPECT_EQ(writer->Types().size(), 1U);
}

TEST_F(TransactionTest, NamesAreSeenByOthersAtTheCommitAndVanishAtRollback) {
  auto before = graph_.Read();
  auto writer = graph_.Write();
  Must(writer->InternLabel("A"));
  EXPECT_EQ(graph_.Read()->FindLabel("A"), std::nullopt);
  Must(writer->Commit(true));
  EXPECT_EQ(before->FindLabel("A"), std::nullopt);
  EXPECT_TRUE(graph_.Read()->FindLabel("A"));

  writer = graph_.Write();
  Must(writer->InternLabel("B"));
  writer->Rollback();
  writer = graph_.Write();
  EXPECT_EQ(writer->FindLabel("B"), std::nullopt);
  EXPECT_EQ(Must(writer->InternLabel("C")).value, 1);
  Must(writer->Commit(true));
  EXPECT_EQ(graph_.Read()->NameOf(LabelId{1}), "C");
}

TEST_F(TransactionTest, SavepointsTakeNamesAndCountsBack) {
  auto writer = graph_.Write();
  writer->SetSavepoint();
  const LabelId a = Must(writer->InternLabel("A"));
  Must(writer->CreateNode({a}));
  Must(writer->DeclareKey(a, Must(writer->InternKey("x"))));
  writer->RollbackToSavepoint();
  EXPECT_EQ(writer->FindLabel("A"), std::nullopt);
  EXPECT_EQ(Must(writer->CountNodes(std::nullopt)), 0U);
  EXPECT_FALSE(writer->HasKey(a, KeyId{0}));
  Must(writer->Commit(true));
  EXPECT_EQ(graph_.Read()->FindLabel("A"), std::nullopt);
}

TEST_F(TransactionTest, SavepointsTakeBackRelationshipsThatCameAndWentSince) {
  auto writer = graph_.Write();
  const TypeId type = Must(writer->InternType("KNOWS"));
  const NodeId ada = Person(*writer, "Ada");
  const NodeId bob = Person(*writer, "Bob");
  const RelationshipId kept = Must(writer->CreateRelationship(type, ada, bob));
  for (const RelationshipId gone : {kept, RelationshipId{}}) {
    writer->SetSavepoint();
    const RelationshipId passing = Must(writer->CreateRelationship(type, bob, bob));
    Must(writer->DeleteRelationship(passing));
    Must(writer->DeleteRelationship(gone));
    Must(writer->CreateRelationship(type, ada, bob));
    Must(writer->CreateRelationship(type, bob, bob));
    writer->RollbackToSavepoint();
    const auto list = NeighboursOf(*writer, ada, Direction::kOutgoing, type);
    ASSERT_EQ(list.size(), 1U);
    EXPECT_EQ(list.front().relationship, kept);
    EXPECT_EQ(list.front().node, bob);
  }
  Must(writer->Commit(false));
  EXPECT_EQ(NeighboursOf(*graph_.Read(), bob, Direction::kIncoming, type).size(), 1U);
  ExpectNoProblems(graph_.store());
}

TEST_F(TransactionTest, ReadersDoNotWrite) {
  auto reader = graph_.Read();
  EXPECT_FALSE(reader->writable());
  const std::string message = "the transaction only reads; begin a write transaction";
  ExpectError(reader->InternLabel("A"), ErrorType::kUsageError, "", message);
  ExpectError(reader->CreateNode({}), ErrorType::kUsageError, "", message);
  ExpectError(reader->DeleteNode({}), ErrorType::kUsageError, "", message);
  Must(reader->Commit(true));
  ExpectError(reader->Commit(true), ErrorType::kUsageError, "", "the transaction has ended already");
  auto writer = graph_.Write();
  const NodeId node = Must(writer->CreateNode({}));
  Must(writer->Commit(true));
  ExpectError(writer->GetNode(node), ErrorType::kUsageError, "", "the transaction has been committed");
}

TEST_F(TransactionTest, OneWriterAtATimeAndTheNextWaits) {
  auto first = graph_.Write();
  ExpectError(graph_->BeginWrite(1), ErrorType::kTimeout, "",
              "another write transaction has been running for 1 ms; commit it or roll it back, or wait longer");
  std::thread second([&] { Must(Must(graph_->BeginWrite())->InternLabel("A")); });
  std::this_thread::sleep_for(std::chrono::milliseconds(5));
  first.reset();  // rolled back: the waiting one goes on
  second.join();
  EXPECT_TRUE(graph_->BeginWrite(0));
}

TEST_F(TransactionTest, NumbersAreNotUsedAgainAfterRollback) {
  auto writer = graph_.Write();
  const NodeId rolled_back = Must(writer->CreateNode({}));
  writer.reset();
  writer = graph_.Write();
  EXPECT_GT(Must(writer->CreateNode({})), rolled_back);
}

TEST_F(TransactionTest, NumbersThatAreUsedUpStayUsedUp) {
  std::string every_extent;
  storage::AppendBigEndian(every_extent, std::uint64_t{1} << 20, 8);
  storage::WriteSet writes;
  writes.Put(storage::NextExtentKey(), every_extent);
  Must(graph_.store().Apply(writes, false));
  const auto graph = Must(Graph::Open(graph_.store()));
  const auto writer = Must(graph->BeginWrite());
  for (int i = 0; i < 2; ++i) {
    ExpectError(writer->CreateNode({}), ErrorType::kResourceExhausted, "",
                "all numbers for new nodes, or for relationships of this type, have been given out; they are not used "
                "again");
  }
}

TEST_F(TransactionTest, KeysAreUnique) {
  auto writer = graph_.Write();
  const LabelId person = Must(writer->InternLabel("Person"));
  const KeyId name = Must(writer->InternKey("name"));
  const NodeId ada = Person(*writer, "Ada");
  const NodeId one = Person(*writer, 1);
  const NodeId list = Person(*writer, List{1, "a"});
  Must(writer->DeclareKey(person, name));
  Must(writer->DeclareKey(person, name));
  EXPECT_TRUE(writer->HasKey(person, name));
  EXPECT_EQ(Must(writer->SeekKey(person, name, "Ada")), ada);
  EXPECT_EQ(Must(writer->SeekKey(person, name, 1.0)), one);
  EXPECT_EQ(Must(writer->SeekKey(person, name, List{1.0, "a"})), list);
  EXPECT_EQ(Must(writer->SeekKey(person, name, Value())), std::nullopt);
  EXPECT_EQ(Must(writer->SeekKey(person, name, Map{})), std::nullopt);

  const NodeId other = Must(writer->CreateNode({person}));
  const std::string message =
      "nodes 0 and 3 would both be :Person with name = 'Ada', which is declared a key and must be unique";
  ExpectError(writer->SetProperty(other, name, "Ada"), ErrorType::kConstraintVerificationFailed,
              "CreateBlockedByConstraint", message);
  Must(writer->RemoveLabel(other, person));
  Must(writer->SetProperty(other, name, "Ada"));
  ExpectError(writer->AddLabel(other, person), ErrorType::kConstraintVerificationFailed, "CreateBlockedByConstraint",
              message);
  Must(writer->SetProperty(ada, name, "Ada"));  // its own value again
  Must(writer->SetProperty(ada, name, "Lovelace"));
  Must(writer->AddLabel(other, person));
  EXPECT_EQ(Must(writer->SeekKey(person, name, "Ada")), other);
  Must(writer->DeleteNode(other));
  EXPECT_EQ(Must(writer->SeekKey(person, name, "Ada")), std::nullopt);
}

TEST_F(TransactionTest, NotANumberIsNeverTheSame) {
  auto writer = graph_.Write();
  Must(writer->DeclareKey(Must(writer->InternLabel("Person")), Must(writer->InternKey("name"))));
  Person(*writer, std::nan(""));
  Person(*writer, std::nan(""));
  EXPECT_EQ(Must(writer->SeekKey(LabelId{0}, KeyId{0}, std::nan(""))), std::nullopt);
}

TEST_F(TransactionTest, DeclaringAKeyChecksWhatIsThere) {
  auto writer = graph_.Write();
  Person(*writer, "Ada");
  Person(*writer, "Ada");
  ExpectError(writer->DeclareKey(LabelId{0}, KeyId{0}), ErrorType::kConstraintVerificationFailed,
              "CreateBlockedByConstraint",
              "nodes 0 and 1 would both be :Person with name = 'Ada', which is declared a key and must be unique");
  EXPECT_FALSE(writer->HasKey(LabelId{0}, KeyId{0}));
  EXPECT_EQ(Must(writer->SeekKey(LabelId{0}, KeyId{0}, "Ada")), std::nullopt);
}

TEST_F(TransactionTest, OnlySomeValuesCanBeStored) {
  auto writer = graph_.Write();
  const NodeId node = Must(writer->CreateNode({}));
  const KeyId key = Must(writer->InternKey("x"));
  ExpectError(writer->SetProperty(node, key, Map{}), ErrorType::kTypeError, "InvalidPropertyType",
              "the property 'x' cannot hold a value of type Map; expected a boolean, number, string, date, partial "
              "date or interval, or a list of those");
  ExpectError(writer->SetProperty(node, key, List{Value()}), ErrorType::kTypeError, "InvalidPropertyType",
              "the property 'x' cannot hold a list that holds something other than booleans, numbers, strings and "
              "dates; expected a boolean, number, string, date, partial date or interval, or a list of those");
}

TEST_F(TransactionTest, DeletingFollowsTheRules) {
  auto writer = graph_.Write();
  const TypeId type = Must(writer->InternType("R"));
  const NodeId node = Must(writer->CreateNode({}));
  const RelationshipId loop = Must(writer->CreateRelationship(type, node, node));
  EXPECT_EQ(NeighboursOf(*writer, node, Direction::kOutgoing, type).size(), 1U);
  EXPECT_EQ(NeighboursOf(*writer, node, Direction::kIncoming, type).size(), 1U);
  ExpectError(writer->DeleteNode(node), ErrorType::kConstraintVerificationFailed, "DeleteConnectedNode",
              "node 0 still has relationships; delete them first, or use DETACH DELETE");
  Must(writer->DeleteRelationship(loop));
  Must(writer->DeleteRelationship(loop));
  Must(writer->DeleteNode(node));
  Must(writer->DeleteNode(node));
  EXPECT_EQ(Must(writer->GetNode(node)), nullptr);
  ExpectError(writer->SetProperty(node, Must(writer->InternKey("x")), 1), ErrorType::kEntityNotFound,
              "DeletedEntityAccess", "there is no node 0 (any more)");
  ExpectError(writer->SetValidity(loop, std::nullopt), ErrorType::kEntityNotFound, "DeletedEntityAccess",
              "there is no relationship 0 (any more)");
}

TEST_F(TransactionTest, RecordsStayAsTheyWereRead) {
  auto writer = graph_.Write();
  const NodeId node = Person(*writer, "Ada");
  const auto before = Must(writer->GetNode(node));
  Must(writer->SetProperty(node, KeyId{0}, "Lovelace"));
  EXPECT_EQ(PropertyOf(before->properties, KeyId{0}).string(), "Ada");
  Must(writer->DeleteNode(node));
  EXPECT_EQ(PropertyOf(before->properties, KeyId{0}).string(), "Ada");
}

TEST_F(TransactionTest, CitationsKeepTheirOrder) {
  auto writer = graph_.Write();
  const NodeId source = Must(writer->CreateNode({}));
  const NodeId other = Must(writer->CreateNode({}));
  const NodeId ada = Person(*writer, "Ada");
  const Fact fact{ada, std::nullopt};
  const Fact name{ada, KeyId{0}};
  const Citation late{source, {{7, 9}}};
  const Citation early{source, {{1, 2}}};
  const Citation whole{other, std::nullopt};
  for (const Citation& each : {late, early, whole, late}) Must(writer->AddCitation(fact, each));
  Must(writer->AddCitation(name, early));
  EXPECT_EQ(Must(writer->Citations(fact)), (std::vector{late, early, whole}));
  EXPECT_EQ(Must(writer->Citations(name)), (std::vector{early}));
  EXPECT_EQ(Must(writer->FactsCiting(source)), (std::vector{fact, name}));
  EXPECT_EQ(Must(writer->FactsCiting(ada)), std::vector<Fact>());
  Must(writer->RemoveCitations(fact, source));
  EXPECT_EQ(Must(writer->Citations(fact)), (std::vector{whole}));
  Must(writer->SetProperty(ada, KeyId{0}, Value()));
  EXPECT_TRUE(Must(writer->Citations(name)).empty());
  ExpectError(writer->AddCitation(name, early), ErrorType::kEntityNotFound, "",
              "the property 'name' that is to be cited is not there; set it first");
  ExpectError(writer->AddCitation(fact, {source, {{2, 1}}}), ErrorType::kArgumentError, "",
              "a citation's span must not end before it begins: 2..1");
  Must(writer->DeleteNode(other));
  EXPECT_TRUE(Must(writer->Citations(fact)).empty()) << "a deleted source says nothing any more";
}

TEST_F(TransactionTest, TextsOfSources) {
  auto writer = graph_.Write();
  const NodeId source = Must(writer->CreateNode({}));
  EXPECT_FALSE(Must(writer->GetText(source)));
  Must(writer->AttachText(source, "abc"));
  Must(writer->AttachText(source, "abd"));
  Must(writer->AttachText(source, "abc"));
  const auto text = Must(writer->GetText(source));
  ASSERT_TRUE(text);
  EXPECT_EQ(text->text, "abc");
  EXPECT_EQ(text->sha256, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  const NodeId ada = Person(*writer, "Ada");
  Must(writer->AddCitation({ada, std::nullopt}, {source, std::nullopt}));
  Must(writer->AttachText(source, "abd"));  // the whole source is cited, no span of its text
  Must(writer->AddCitation({ada, std::nullopt}, {source, {{0, 1}}}));
  Must(writer->AttachText(source, "abd"));
  ExpectError(writer->AttachText(source, "abc"), ErrorType::kUsageError, "",
              "citations point into the text that is attached to the source already; remove them before attaching "
              "another text, or make a new source for it");
  Must(writer->DeleteNode(source));
  EXPECT_FALSE(Must(writer->GetText(source)));
}

TEST_F(TransactionTest, AReadOnlyDatabaseTakesNoWriters) {
  const ScratchDirectory scratch;
  { OpenGraph made(scratch / "database"); }
  auto store = storage::OpenStore(scratch / "database", {.create_if_missing = false, .read_only = true});
  ASSERT_TRUE(store);
  auto graph = Graph::Open(**store);
  ASSERT_TRUE(graph);
  ExpectError((*graph)->BeginWrite(), ErrorType::kUsageError, "",
              "the database is open read-only; open it for writing to change it");
  EXPECT_EQ(Must((*graph)->BeginRead()->CountNodes(std::nullopt)), 0U);
}

// What was given out in a transaction that came to nothing is not given out again, and what lies in it is found after
// the database is opened again.
TEST(Rollback, DoesNotLoseTheExtentsItTook) {
  const ScratchDirectory scratch;
  OpenGraph graph(scratch / "database");
  const auto create = [](Transaction& transaction, const char* label) {
    return Must(transaction.CreateNode({Must(transaction.InternLabel(label))}));
  };
  auto undone = graph.Write();
  create(*undone, "A");
  const NodeId a = create(*undone, "A");
  undone->Rollback();
  auto writer = graph.Write();
  const NodeId kept = create(*writer, "A");
  EXPECT_GT(kept, a);
  Must(writer->Commit(true));
  ExpectNoProblems(graph.store());
  undone.reset();
  writer.reset();
  graph.Reopen();
  auto again = graph.Write();
  const NodeId other = create(*again, "B");
  EXPECT_NE(other.value / storage::kBlockSlots, kept.value / storage::kBlockSlots);
  std::vector<NodeId> found;
  Must(again->ScanNodes(std::nullopt, [&](NodeId node) { return found.push_back(node), true; }));
  EXPECT_EQ(found, (std::vector{kept, other}));
}

}  // namespace
}  // namespace plenum::graph
