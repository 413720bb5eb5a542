// Which names in a statement are warned of. How the shell shows them is on the page tests/errors/wrong_queries.md.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "plenum/plenum.h"
#include "tests/database_checks.h"

namespace plenum {
namespace {

class NotificationsTest : public testing::Test {
 protected:
  // "UnknownLabel 1:10 Persn", …: code, place, and what stands there.
  std::vector<std::string> WarningsOf(const std::string& text, const QueryOptions& options = {}) {
    std::vector<std::string> warnings;
    const QueryResult answer = Must(database_.Query(text, options));
    for (const Notification& notification : answer.notifications()) {
      const Place& place = notification.place;
      warnings.push_back(notification.code + " " + std::to_string(place.line) + ":" + std::to_string(place.column) +
                         " " + text.substr(place.span.begin, place.span.end - place.span.begin));
    }
    return warnings;
  }

  void Fill() {
    Must(database_.Query("CREATE (:Person {name: 'Ann'})-[:KNOWS {since: 2020}]->(:City {name: 'Rome'})"));
  }

  using Warnings = std::vector<std::string>;
  Database database_ = InMemory();
};

TEST_F(NotificationsTest, NamesThatAreThereAreNotWarnedOf) {
  Fill();
  EXPECT_EQ(WarningsOf("MATCH (p:Person {name: 'Ann'})-[k:KNOWS]->(c:City|Person) WHERE k.since > 1 RETURN p.name, c"),
            Warnings{});
}

TEST_F(NotificationsTest, EveryKindOfNameWhereverItStands) {
  Fill();
  EXPECT_EQ(WarningsOf("MATCH (a:Persn) RETURN a"), Warnings{"UnknownLabel 1:10 Persn"});
  EXPECT_EQ(WarningsOf("MATCH (a)-[:KNOW*1..2]->() RETURN a"), Warnings{"UnknownRelationshipType 1:13 KNOW"});
  EXPECT_EQ(WarningsOf("MATCH (a) RETURN a.nmae"), Warnings{"UnknownPropertyKey 1:20 nmae"});
  EXPECT_EQ(WarningsOf("MATCH (a {nmae : 1}) RETURN a"), Warnings{"UnknownPropertyKey 1:11 nmae"});
  EXPECT_EQ(WarningsOf("MATCH (a)\nWHERE a:Persn OR EXISTS { (a)-[:KNOW]->() }\nRETURN [(a)-->(b:Cty) | b.x]"),
            (Warnings{"UnknownLabel 2:9 Persn", "UnknownRelationshipType 2:33 KNOW", "UnknownLabel 3:18 Cty",
                      "UnknownPropertyKey 3:27 x"}));
  EXPECT_EQ(WarningsOf("MATCH (a:Persn) RETURN a UNION MATCH (a:Persn) RETURN a"), Warnings{"UnknownLabel 1:10 Persn"});
  EXPECT_EQ(WarningsOf("EXPLAIN MATCH (a:Persn) RETURN a"), Warnings{"UnknownLabel 1:18 Persn"});
}

TEST_F(NotificationsTest, InTimeAndEvidenceToo) {
  Fill();
  Must(database_.Query("CREATE (:Source {key: 's'})"));
  EXPECT_EQ(WarningsOf("MATCH (d:City) OPTIONAL MATCH (a VALID AT coalesce(d.dya, '2020')) RETURN a"),
            Warnings{"UnknownPropertyKey 1:54 dya"});
  EXPECT_EQ(WarningsOf("MATCH (d:City) CREATE (:City VALID FROM coalesce(d.dya, '2020'))"),
            Warnings{"UnknownPropertyKey 1:52 dya"});
  EXPECT_EQ(WarningsOf("MATCH (d:City) SET d VALID UNTIL coalesce(d.dya, '2020')"),
            Warnings{"UnknownPropertyKey 1:45 dya"});
  EXPECT_EQ(WarningsOf("MATCH (d:City), (s:Source) SET d CITE s[(coalesce(d.bgn, 0))..(coalesce(d.end, 9))]"),
            (Warnings{"UnknownPropertyKey 1:53 bgn", "UnknownPropertyKey 1:75 end"}));
}

TEST_F(NotificationsTest, SuggestANearName) {
  Fill();
  const QueryResult answer = Must(database_.Query("MATCH (a:Persn) RETURN a"));
  ASSERT_EQ(answer.notifications().size(), 1U);
  EXPECT_EQ(Describe(answer.notifications()[0]),
            "Warning (UnknownLabel) at line 1, column 10: no node has the label `Persn`; did you mean `Person`?");
}

TEST_F(NotificationsTest, KeysOfMapsAndDatesAreTheirOwn) {
  Fill();
  EXPECT_EQ(WarningsOf("WITH {a: 1} AS m RETURN m.b"), Warnings{});
  EXPECT_EQ(WarningsOf("UNWIND [{a: 1}] AS m RETURN m.b"), Warnings{});
  EXPECT_EQ(WarningsOf("RETURN date('2020-01-01').weekYear, $p.x", {.parameters = {{"p", Value()}}}), Warnings{});
  EXPECT_EQ(WarningsOf("MATCH (n) RETURN validity(n).from"), Warnings{});
}

TEST_F(NotificationsTest, WhatTheStatementWritesIsKnown) {
  Fill();
  EXPECT_EQ(WarningsOf("MATCH (n:Person) SET n.age = 3, n:Adult WITH n MATCH (n:Adult) RETURN n.age"), Warnings{});
  EXPECT_EQ(WarningsOf("MATCH (n:Nobody) SET n += {height: 3} RETURN n.height, n.weight"),
            (Warnings{"UnknownLabel 1:10 Nobody", "UnknownPropertyKey 1:58 weight"}));
  EXPECT_EQ(WarningsOf("MATCH (n:Person) SET n += $all RETURN n.weight", {.parameters = {{"all", Map{}}}}), Warnings{});
  EXPECT_EQ(WarningsOf("MERGE (d:Dog {name: 'Rex'}) ON CREATE SET d.born = 1 RETURN d.born"), Warnings{});
}

TEST_F(NotificationsTest, AGraphThatIsBeingMadeIsLeftInPeace) {
  EXPECT_EQ(WarningsOf("MATCH (p:Person)-[:KNOWS]->(q) RETURN q.name"), Warnings{});
  Must(database_.Query("CREATE (:Person)"));
  EXPECT_EQ(WarningsOf("MATCH (p:Persn)-[:KNOWS]->(q) RETURN q.name"), Warnings{"UnknownLabel 1:10 Persn"});
}

TEST_F(NotificationsTest, TenAreEnough) {
  Fill();
  std::string text = "MATCH (n) WHERE n:X0";
  for (int i = 1; i < 50; ++i) text += " OR n:X" + std::to_string(i);
  EXPECT_EQ(WarningsOf(text + " RETURN n").size(), 10U);
}

TEST_F(NotificationsTest, ATransactionSeesItsOwnNames) {
  Fill();
  Transaction transaction = Must(database_.BeginWrite());
  EXPECT_EQ(Must(transaction.Query("MATCH (d:Dog) RETURN d")).notifications().size(), 1U);
  Must(transaction.Query("CREATE (:Dog)"));
  EXPECT_EQ(Must(transaction.Query("MATCH (d:Dog) RETURN d")).notifications().size(), 0U);
  transaction.Rollback();
  EXPECT_EQ(WarningsOf("MATCH (d:Dog) RETURN d"), Warnings{"UnknownLabel 1:10 Dog"});
}

}  // namespace
}  // namespace plenum
