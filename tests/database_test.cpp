// The library as a program uses it: opening, results, transactions.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "plenum/plenum.h"
#include "tests/database_checks.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

// ---- Opening

TEST(Open, MakesADirectoryAndFindsWhatWasWritten) {
  const ScratchDirectory directory;
  const std::string path = directory / "people.plenum";
  {
    Database database = Must(Database::Open(path));
    Must(database.Query("CREATE (:Person {name: 'Ann'})-[:HOLDS {since: 2019}]->(:Role {title: 'Chair'})"));
  }
  Database database = Must(Database::Open(path, {.create_if_missing = false}));
  QueryResult answer =
      Must(database.Query("MATCH (p:Person)-[h:HOLDS]->(r:Role) RETURN p.name AS name, h.since, r.title"));
  EXPECT_EQ(answer.columns(), (std::vector<std::string>{"name", "h.since", "r.title"}));
  ASSERT_TRUE(answer.Next());
  EXPECT_EQ(answer.Get(0).string(), "Ann");
  EXPECT_EQ(answer.Get(1).integer(), 2019);
  EXPECT_EQ(answer.Get(2).string(), "Chair");
  EXPECT_FALSE(answer.Next());
  EXPECT_FALSE(answer.Next());
}

TEST(Open, DoesNotMakeOneUnasked) {
  const ScratchDirectory directory;
  EXPECT_EQ(Failure(Database::Open(directory / "none", {.create_if_missing = false})).type, ErrorType::kNotFound);
  EXPECT_EQ(Failure(Database::Open(directory / "none", {.read_only = true})).type, ErrorType::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(directory / "none"));
}

TEST(Open, HoldsTheDirectoryAlone) {
  const ScratchDirectory directory;
  const std::optional<Database> database = Must(Database::Open(directory / "db"));
  const Error error = Failure(Database::Open(directory / "db"));
  EXPECT_EQ(error.type, ErrorType::kDatabaseLocked) << error.message;
}

TEST(Open, MemoryIsGoneWhenClosed) {
  {
    Database database = InMemory();
    Must(database.Query("CREATE ()"));
    EXPECT_EQ(CountNodes(database), 1);
    Database another = InMemory();
    EXPECT_EQ(CountNodes(another), 0);
  }
  Database database = InMemory();
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Open, ReadOnlyRefusesEveryWrite) {
  const ScratchDirectory directory;
  Must(Must(Database::Open(directory / "db")).Query("CREATE (:A)"));
  Database database = Must(Database::Open(directory / "db", {.read_only = true}));
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(Failure(database.Query("CREATE (:B)")).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(database.BeginWrite()).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(database.AttachSource("key", "text")).type, ErrorType::kUsageError);
  EXPECT_EQ(Must(database.Query("EXPLAIN CREATE (:B)")).columns(), std::vector<std::string>{"plan"});
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(database.Labels(), std::vector<std::string>{"A"});
}

TEST(Open, CanBeMoved) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A)"));
  Database moved = std::move(database);
  EXPECT_EQ(CountNodes(moved), 1);
  database = std::move(moved);
  EXPECT_EQ(CountNodes(database), 1);
}

TEST(Names, AreThoseInUse) {
  Database database = InMemory();
  Must(database.Query("CREATE (:B {y: 1})-[:S {x: 2}]->(:A)-[:R]->()"));
  EXPECT_EQ(database.Labels(), (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(database.RelationshipTypes(), (std::vector<std::string>{"R", "S"}));
  EXPECT_EQ(database.PropertyKeys(), (std::vector<std::string>{"x", "y"}));
}

// ---- Results

TEST(QueryResult, OutlivesItsDatabase) {
  std::optional<Database> database = InMemory();
  QueryResult answer =
      Must(database->Query("CREATE p = (a:A {x: [1, 'two']})-[r:R {y: date('2020-01-02')}]->(b) "
                           "RETURN a, r, p, [a, {key: r}] AS list"));
  database.reset();
  ASSERT_TRUE(answer.Next());
  EXPECT_EQ(answer.Get(0).node().labels, std::vector<std::string>{"A"});
  EXPECT_EQ(ToText(answer.Get(0).node().properties.at("x")), "[1, 'two']");
  EXPECT_EQ(answer.Get(1).relationship().type, "R");
  EXPECT_EQ(ToText(answer.Get(1).relationship().properties.at("y")), "2020-01-02");
  ASSERT_EQ(answer.Get(2).path().nodes.size(), 2u);
  EXPECT_EQ(answer.Get(2).path().nodes.front().properties.size(), 1u);
  EXPECT_EQ(answer.Get(2).path().relationships.front().properties.size(), 1u);
  EXPECT_EQ(answer.Get(3).list()[0].node().properties.size(), 1u);
  EXPECT_EQ(answer.Get(3).list()[1].map().at("key").relationship().properties.size(), 1u);
}

TEST(QueryResult, CountsWhatAStatementChanged) {
  Database database = InMemory();
  const QueryStatistics created =
      Must(database.Query("CREATE (a:A:B {x: 1, none: null})-[:R {y: 1}]->(b), (c:A {x: 1, y: 2})")).statistics();
  EXPECT_EQ(created.nodes_created, 3u);
  EXPECT_EQ(created.relationships_created, 1u);
  EXPECT_EQ(created.properties_set, 4u);
  EXPECT_EQ(created.labels_added, 3u);

  const QueryStatistics changed =
      Must(database.Query("MATCH (a:A) SET a.x = 5, a:C, a:A REMOVE a:B, a.none")).statistics();
  EXPECT_EQ(changed.properties_set, 2u);
  EXPECT_EQ(changed.labels_added, 2u);
  EXPECT_EQ(changed.labels_removed, 1u);
  EXPECT_EQ(changed.nodes_created, 0u);

  const QueryStatistics deleted = Must(database.Query("MATCH (n) DETACH DELETE n")).statistics();
  EXPECT_EQ(deleted.nodes_deleted, 3u);
  EXPECT_EQ(deleted.relationships_deleted, 1u);

  const QueryStatistics read = Must(database.Query("MATCH (n) RETURN n")).statistics();
  EXPECT_EQ(read.nodes_created + read.properties_set + read.nodes_deleted, 0u);
}

TEST(Explain, WritesNothing) {
  Database database = InMemory();
  QueryResult plan = Must(database.Query("EXPLAIN MATCH (a:A) MERGE (a)-[:R]->(b:B) SET a.x = 1 DETACH DELETE b"));
  EXPECT_EQ(plan.columns(), std::vector<std::string>{"plan"});
  EXPECT_TRUE(plan.Next());
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
  EXPECT_TRUE(database.PropertyKeys().empty());

  Transaction transaction = Must(database.BeginRead());
  EXPECT_TRUE(transaction.Query("EXPLAIN CREATE (a)"));
}

// ---- Transactions

TEST(Transaction, AReaderKeepsWhatItBeganWith) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A {x: 1})"));
  Transaction reader = Must(database.BeginRead());
  EXPECT_EQ(CountNodes(reader), 1);
  Transaction writer = Must(database.BeginWrite());
  Must(writer.Query("CREATE (:A {x: 2})"));
  Must(writer.Query("MATCH (a:A {x: 1}) SET a.x = 10"));
  EXPECT_EQ(CountNodes(writer), 2);
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(Single(reader.Query("MATCH (a:A) RETURN a.x")).integer(), 1);
  Must(writer.Commit());
  EXPECT_EQ(Single(reader.Query("MATCH (a:A) RETURN a.x")).integer(), 1);
  EXPECT_EQ(CountNodes(database), 2);
  EXPECT_EQ(Single(database.Query("MATCH (a:A) RETURN sum(a.x)")).integer(), 12);
}

TEST(Transaction, RollbackLeavesNothing) {
  Database database = InMemory();
  {
    Transaction transaction = Must(database.BeginWrite());
    Must(transaction.Query("CREATE (:A {x: 1})-[:R]->(:B)"));
    transaction.Rollback();
    EXPECT_EQ(Failure(transaction.Query("RETURN 1")).type, ErrorType::kUsageError);
  }
  {
    Transaction dropped = Must(database.BeginWrite());
    Must(dropped.Query("CREATE (:C)"));
  }
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
  EXPECT_TRUE(database.RelationshipTypes().empty());
}

TEST(Transaction, AFailedStatementChangesNothingAndLeavesItUsable) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginWrite());
  Must(transaction.Query("CREATE (:A {x: 1})"));
  EXPECT_EQ(Failure(transaction.Query("MATCH (a:A) SET a.x = 5 CREATE (:B {y: 2}) WITH a RETURN 1 / 0")).type,
            ErrorType::kArithmeticError);
  EXPECT_EQ(Failure(transaction.Query("CREATE (:C) RETURN nothing")).type, ErrorType::kSyntaxError);
  EXPECT_EQ(Failure(transaction.Query("MATCH (a:A) MERGE (a)-[:R]->(b:C {z: 1}) DELETE b")).detail,
            "DeleteConnectedNode");
  EXPECT_EQ(Single(transaction.Query("MATCH (n) RETURN n.x")).integer(), 1);
  Must(transaction.Query("CREATE (:D)"));
  Must(transaction.Commit());
  EXPECT_EQ(CountNodes(database), 2);
  EXPECT_EQ(database.Labels(), (std::vector<std::string>{"A", "D"}));
  EXPECT_EQ(database.PropertyKeys(), std::vector<std::string>{"x"});
}

TEST(Transaction, AFailedStatementOfItsOwnChangesNothing) {
  Database database = InMemory();
  EXPECT_EQ(Failure(database.Query("UNWIND [2, 1, 0] AS x CREATE (:A {x: 6 / x})")).type, ErrorType::kArithmeticError);
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
}

TEST(Transaction, EndsWithCommit) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginWrite());
  Must(transaction.Query("CREATE ()"));
  Must(transaction.Commit());
  EXPECT_EQ(Failure(transaction.Query("RETURN 1")).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(transaction.Commit()).type, ErrorType::kUsageError);
  transaction.Rollback();
  EXPECT_EQ(CountNodes(database), 1);
}

TEST(Transaction, AReaderDoesNotWrite) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginRead());
  EXPECT_EQ(Failure(transaction.Query("CREATE ()")).type, ErrorType::kUsageError);
  EXPECT_EQ(CountNodes(transaction), 0);
  Must(transaction.Commit());
}

TEST(Transaction, CommitsToDisk) {
  const ScratchDirectory directory;
  {
    Database database = Must(Database::Open(directory / "db"));
    Transaction transaction = Must(database.BeginWrite());
    Must(transaction.Query("CREATE (:A)"));
    Must(transaction.Commit());
    Must(database.Query("CREATE (:A)", {.sync = false}));
    Transaction dropped = Must(database.BeginWrite());
    Must(dropped.Query("CREATE (:A)"));
  }
  Database database = Must(Database::Open(directory / "db"));
  EXPECT_EQ(CountNodes(database), 2);
}

}  // namespace
}  // namespace plenum
