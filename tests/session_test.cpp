// Transactions as statements: BEGIN, COMMIT, ROLLBACK, SAVEPOINT, ROLLBACK TO.
#include "plenum/session.h"

#include <gtest/gtest.h>

#include "tests/database_checks.h"

namespace plenum {
namespace {

class SessionTest : public testing::Test {
 protected:
  Result<QueryResult> Do(std::string_view text) { return session_.Query(text, {.sync = false}); }
  std::string Names() {
    return ToText(Single(Do("MATCH (n) WITH n.name AS name ORDER BY name RETURN collect(name) AS names")));
  }

  Database database_ = InMemory();
  Session session_{database_};
};

TEST_F(SessionTest, WithoutBeginEachStatementIsATransaction) {
  Must(Do("CREATE ({name: 'a'})"));
  EXPECT_FALSE(session_.in_transaction());
  EXPECT_EQ(CountNodes(database_), 1);
}

TEST_F(SessionTest, CommitMakesPermanentWhatOthersDidNotSee) {
  Must(Do("begin"));
  Must(Do("CREATE ({name: 'a'})"));
  EXPECT_EQ(Names(), "['a']");
  EXPECT_EQ(CountNodes(database_), 0);
  Must(Do("COMMIT"));
  EXPECT_FALSE(session_.in_transaction());
  EXPECT_EQ(CountNodes(database_), 1);
}

TEST_F(SessionTest, RollbackUndoes) {
  Must(Do("/* all or */ BEGIN WRITE;"));
  Must(Do("CREATE ({name: 'a'})"));
  Must(Do("ROLLBACK"));
  EXPECT_EQ(CountNodes(database_), 0);
}

TEST_F(SessionTest, AStatementThatFailsLeavesTheTransactionOpen) {
  Must(Do("BEGIN"));
  Must(Do("CREATE ({name: 'a'})"));
  EXPECT_EQ(Failure(Do("UNWIND [1, 0] AS x CREATE ({name: 'b', x: 1 / x})")).detail, "DivisionByZero");
  EXPECT_EQ(Failure(Do("CREATE (")).type, ErrorType::kSyntaxError);
  EXPECT_TRUE(session_.in_transaction());
  EXPECT_EQ(Names(), "['a']");
}

TEST_F(SessionTest, SavepointsNest) {
  Must(Do("BEGIN"));
  for (const std::string name : {"a", "b", "c"}) {
    Must(Do("CREATE ({name: '" + name + "'})"));
    Must(Do("SAVEPOINT behind_" + name));
  }
  Must(Do("MATCH (n) SET n.name = 'x'"));
  Must(Do("ROLLBACK TO behind_b"));
  EXPECT_EQ(Names(), "['a', 'b']");
  EXPECT_EQ(Failure(Do("ROLLBACK TO behind_c")).detail, "NoSuchSavepoint");  // it was set later
  Must(Do("CREATE ({name: 'd'})"));
  Must(Do("ROLLBACK TO SAVEPOINT behind_b"));  // it stays
  EXPECT_EQ(Names(), "['a', 'b']");
  Must(Do("ROLLBACK TO behind_a"));
  Must(Do("COMMIT"));
  EXPECT_EQ(Names(), "['a']");
}

TEST_F(SessionTest, OfTwoSavepointsOfOneNameTheLaterCounts) {
  Must(Do("BEGIN"));
  Must(Do("SAVEPOINT here"));
  Must(Do("CREATE ({name: 'a'})"));
  Must(Do("SAVEPOINT here"));
  Must(Do("CREATE ({name: 'b'})"));
  Must(Do("ROLLBACK TO here"));
  EXPECT_EQ(Names(), "['a']");
}

TEST_F(SessionTest, WhatMakesNoSenseIsSaid) {
  for (const std::string_view text : {"COMMIT", "ROLLBACK", "SAVEPOINT a", "ROLLBACK TO a"}) {
    EXPECT_EQ(Failure(Do(text)).detail, "NoTransaction") << text;
  }
  EXPECT_EQ(Failure(database_.Query("BEGIN")).detail, "NoTransaction");
  Must(Do("BEGIN"));
  EXPECT_EQ(Failure(Do("BEGIN")).detail, "TransactionOpen");
  EXPECT_EQ(Failure(Do("ROLLBACK TO a")).detail, "NoSuchSavepoint");
  EXPECT_TRUE(session_.in_transaction());
}

TEST_F(SessionTest, BeginMayStandBehindAnySpace) {
  for (const std::string_view text : {"\u00a0BEGIN", "\fBEGIN", "// all or nothing\nBEGIN"}) {
    Must(Do(text));
    EXPECT_TRUE(session_.in_transaction());
    Must(Do("ROLLBACK"));
  }
}

TEST_F(SessionTest, BeginWaitsNoLongerThanItMay) {
  const Transaction writer = Must(database_.BeginWrite());
  const QueryOptions options{.timeout = std::chrono::milliseconds(20)};
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Failure(session_.Query("BEGIN", options)).type, ErrorType::kTimeout);
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(5));
  EXPECT_FALSE(session_.in_transaction());
}

TEST_F(SessionTest, RollbackToDropsTheSavepointsBehind) {
  for (const std::string_view text : {"BEGIN", "SAVEPOINT a", "CREATE (:A)", "SAVEPOINT b", "CREATE (:A)",
                                      "SAVEPOINT c", "CREATE (:A)", "ROLLBACK TO b"}) {
    Must(Do(text));
  }
  EXPECT_EQ(Single(Do("MATCH (a:A) RETURN count(a)")).integer(), 1);
  EXPECT_EQ(Failure(Do("ROLLBACK TO c")).detail, "NoSuchSavepoint");
  Must(Do("ROLLBACK TO b"));
  Must(Do("ROLLBACK TO a"));
  EXPECT_EQ(Single(Do("MATCH (a:A) RETURN count(a)")).integer(), 0);
}

TEST_F(SessionTest, AVariableMayBeNamedLikeOne) { EXPECT_EQ(Single(Do("WITH 1 AS begin RETURN begin")).integer(), 1); }

TEST_F(SessionTest, ATransactionObjectTakesTheStatements) {
  Transaction transaction = Must(database_.BeginWrite());
  Must(transaction.Query("CREATE ({name: 'a'})"));
  Must(transaction.Query("COMMIT"));
  EXPECT_TRUE(transaction.ended());
  EXPECT_EQ(Failure(transaction.Query("RETURN 1")).detail, "TransactionEnded");
  EXPECT_EQ(CountNodes(database_), 1);
}

// However many nodes they are over: more of them than are part of a commit.
TEST_F(SessionTest, IndexesComeAndGoWithTheirTransaction) {
  Must(Do("UNWIND range(1, 12000) AS i CREATE (:P {n: i, m: i % 6000})"));
  const auto found = [&] { return Single(Do("MATCH (p:P) WHERE p.n > 11000 RETURN count(*)")).integer(); };
  const auto indexes = [&] {
    std::string names;
    for (QueryResult shown = Must(Do("SHOW INDEXES")); shown.Next();) names += shown.Get(0).string() + " ";
    return names;
  };
  Must(Do("BEGIN"));
  Must(Do("UNWIND range(12001, 12100) AS i CREATE (:P {n: i})"));
  Must(Do("SAVEPOINT before"));
  Must(Do("CREATE CONSTRAINT FOR (p:P) REQUIRE p.n IS UNIQUE"));
  EXPECT_EQ(Failure(Do("CREATE (:P {n: 12100})")).detail, "CreateBlockedByConstraint");
  Must(Do("ROLLBACK TO before"));
  EXPECT_EQ(indexes(), "");
  Must(Do("CREATE (:P {n: 12100})"));
  Must(Do("CREATE INDEX FOR (p:P) ON (p.n)"));
  EXPECT_EQ(Failure(Do("CREATE CONSTRAINT FOR (p:P) REQUIRE p.m IS UNIQUE")).detail, "CreateBlockedByConstraint");
  EXPECT_EQ(found(), 1101);
  Must(Do("MATCH (p:P {n: 12100}) SET p.n = 1"));
  EXPECT_EQ(found(), 1099);
  EXPECT_EQ(indexes(), "P_n ");
  Must(Do("COMMIT"));
  EXPECT_EQ(found(), 1099);
  Must(Do("BEGIN"));
  Must(Do("CREATE INDEX FOR (p:P) ON (p.m)"));
  Must(Do("ROLLBACK"));
  EXPECT_EQ(indexes(), "P_n ");
  const CheckReport report = Must(database_.Check());
  EXPECT_TRUE(report.ok()) << report.problems.front();
  EXPECT_EQ(report.index_entries, 12101U);
}

}  // namespace
}  // namespace plenum
