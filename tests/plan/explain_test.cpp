// EXPLAIN of clauses that hold others: what runs once a row of theirs stands further right.
#include <gtest/gtest.h>

#include <string>

#include "plenum/plenum.h"
#include "tests/database_checks.h"

namespace plenum {
namespace {

std::string PlanOf(const std::string& query) {
  Database database = InMemory();
  QueryResult plan = Must(database.Query("EXPLAIN " + query));
  std::string lines;
  while (plan.Next()) lines += plan.Get(0).string() + "\n";
  return lines;
}

TEST(Explain, Subqueries) {
  EXPECT_EQ(PlanOf("UNWIND [1] AS x CALL (x) { WITH x WHERE x > 0 CREATE (m:M {x: x}) RETURN m UNION RETURN x AS m } "
                   "CALL { CREATE (:N) } RETURN m"),
            "unwind        [1]\n"
            "subquery      m\n"
            "  project       x\n"
            "    filter      x > 0\n"
            "  create        (m:M {x: x})\n"
            "  project       m\n"
            "  union, rows that differ\n"
            "  project       m\n"
            "subquery\n"
            "  create        (:N)\n"
            "project       m\n");
}

TEST(Explain, Procedures) {
  EXPECT_EQ(PlanOf("CALL db.labels() YIELD label AS l WHERE l <> 'A' CALL db.labels() RETURN l"),
            "call          db.labels, yields label\n"
            "  filter      l <> 'A'\n"
            "call          db.labels\n"
            "project       l\n");
}

TEST(Explain, Files) {
  EXPECT_EQ(PlanOf("LOAD CSV WITH HEADERS FROM 'a' + '.csv' AS a LOAD CSV FROM a.file AS b RETURN b"),
            "load csv      'a' + '.csv', with headers\n"
            "load csv      a.file\n"
            "project       b\n");
}

TEST(Explain, Foreach) {
  EXPECT_EQ(PlanOf("UNWIND [1] AS n FOREACH (x IN [n] | CREATE (a:A) FOREACH (y IN [x] | SET a.y = y)) RETURN n"),
            "unwind        [1]\n"
            "foreach       [n]\n"
            "  create        (a:A)\n"
            "  foreach       [x]\n"
            "    update        a.y = y\n"
            "project       n\n");
}

TEST(Explain, AChosenPathIsSearchedForAsAWhole) {
  EXPECT_EQ(PlanOf("MATCH (a) MATCH p = ANY SHORTEST (a)-[:R*]->(b)-[:S]->(c) RETURN p"),
            "match\n"
            "  all nodes   (a)\n"
            "match\n"
            "  bound node  (a)\n"
            "  search      p = ANY SHORTEST (a)-[:R*]->(b)-[:S]->(c), from the left\n"
            "project       p\n");
}

TEST(Explain, Indexes) {
  Database database = InMemory();
  for (const char* statement : {"CREATE INDEX FOR (p:P) ON (p.n)", "CREATE CONSTRAINT FOR (p:P) REQUIRE p.id IS UNIQUE",
                                "UNWIND range(1, 100) AS i CREATE (:P {n: i, id: i})"}) {
    Must(database.Query(statement));
  }
  const auto start_of = [&](const std::string& query) {
    QueryResult plan = Must(database.Query("EXPLAIN MATCH " + query + " RETURN p"));
    plan.Next();
    plan.Next();
    return plan.Get(0).string();
  };
  EXPECT_EQ(start_of("(p:P {n: 1})"), "  index seek  (p:P {n: 1}) by :P(n)");
  EXPECT_EQ(start_of("(p:P) WHERE 3 < p.n <= 5"), "  index scan  (p:P) by :P(n)");
  EXPECT_EQ(start_of("(p:P) WHERE 3 < p.n AND p.n = 5"), "  index seek  (p:P) by :P(n)");
  EXPECT_EQ(start_of("(p:P {n: 1, id: 1})"), "  key seek    (p:P {n: 1, id: 1}) by :P(id)");
  EXPECT_EQ(start_of("(p:P) WHERE p.id > 1"), "  label scan  (p:P) by :P");
  EXPECT_EQ(start_of("(p:P) WHERE p.n <> 1"), "  label scan  (p:P) by :P");
  EXPECT_EQ(start_of("(p:P) WHERE p.n < p.id"), "  label scan  (p:P) by :P") << "its own values are not known before";
  EXPECT_EQ(start_of("(p:P|Q) WHERE p.n = 1"), "  all nodes   (p:P|Q)");
}

}  // namespace
}  // namespace plenum
