// What is printed, and that it parses to the same tree.
#include "parser/print.h"

#include <gtest/gtest.h>

#include <initializer_list>
#include <random>
#include <string>
#include <vector>

#include "parser/parser.h"
#include "tests/parser/random_tree.h"
#include "tests/parser/round_trip.h"
#include "tests/parser/same_tree.h"

namespace plenum::ast {
namespace {

std::string Printed(std::string_view text) {
  const auto parsed = Parse(text);
  return parsed ? Print(*parsed) : parsed.error().message;
}

std::string PrintedExpression(std::string_view text) {
  const auto parsed = ParseExpression(text);
  return parsed ? Print(*parsed) : parsed.error().message;
}

void ExpectAsWritten(std::initializer_list<const char*> statements) {
  for (const char* text : statements) {
    EXPECT_EQ(Printed(text), text);
    EXPECT_EQ(FaultOfText(text), "");
  }
}

void ExpectExpressionsAsWritten(std::initializer_list<const char*> expressions) {
  for (const char* text : expressions) {
    EXPECT_EQ(PrintedExpression(text), text);
    EXPECT_EQ(FaultOfText("RETURN " + std::string(text)), "");
  }
}

TEST(PrintExpression, ParenthesesOnlyWhereTheyMatter) {
  ExpectExpressionsAsWritten({
      "a OR b AND c",
      "(a OR b) AND c",
      "a AND b AND (c AND d)",
      "(a AND b) AND c",
      "NOT (a AND b)",
      "NOT a = b",
      "(NOT a) = b",
      "(a + b) * c - d",
      "a - (b - c)",
      "-(a + b) ^ 2",
      "(a IN b) IN c",
      "a IN b IS NULL",
      "a IN (b IS NULL)",
      "(a = b) IS NOT NULL",
      "(a + b).c[0][1..][..2]",
      "n:A&B AND n:(A|B)",
      "(n:A):B",
      "-n.x",
      "(-n).x",
      "--9223372036854775808",
      "(-9223372036854775808)[0]",
  });
  EXPECT_EQ(PrintedExpression("((a) + (((b)))) || [(1)]"), "(a + b) + [1]");
}

TEST(PrintExpression, WhatCouldBeReadAsAnotherBracket) {
  ExpectExpressionsAsWritten({
      "[x IN xs]",
      "[(x IN xs)]",
      "[(`x y` IN xs AND b)]",
      "[x IN xs, y]",
      "[null IN xs]",
      "[x IN xs WHERE x:(A|B) | x]",
      "(n:A OR $p) - ([1]) - b",
      "($p AND a) < (-[1] - b)",
      "((a)-->(b)) - c",
      "(a)-->(b) AND c",
      "[(a)-[:A|B]->(b) WHERE a:(A|B) | b]",
      "(a)-[]-+(b)",
  });
}

TEST(PrintExpression, Values) {
  ExpectExpressionsAsWritten({"1.0", "1e+21", "5e-324", "0.1", "9223372036854775807", "-9223372036854775808",
                              "'it\\'s \\\\ \\n\\t\\u0001'", "'名'", "$`two words`", "$1", "[null, true, false, {}]"});
  EXPECT_EQ(PrintedExpression("[0x1F, .5, 1E3, \"a\\u0041\"]"), "[31, 0.5, 1000.0, 'aA']");
}

TEST(PrintExpression, NamesAreQuotedWhereTheyMustBe) {
  ExpectExpressionsAsWritten({
      "valid + `match`.match",
      "`a b`.`c``d`.``.`1`",
      "`any`(x) + any(x IN xs WHERE x)",
      "`reduce`(x)",
      "exists(n.x)",
      "date.truncate(x)",
      "`a b.c`(x)",
      "`count` {.x} + count",
      "{valid: 1, `a-b`: 2, match: 3}",
  });
}

TEST(PrintStatement, AsWritten) {
  ExpectAsWritten({
      "MATCH (), (n), (:A), (n:A&B|!C {x: 1} WHERE true), (n $p)-[r:T|U*1..3 {y: 2}]->()<--(a)--(b) RETURN *",
      "MATCH (a)-[*]-(b)-[*2]-(c)-[*1..]-(d)-[*..3]->(x)-[]->{2}(e)-[]->+(f)-[]-*(g)<-[r]-{2,}(h)-[]-{0,3}(i) RETURN 1",
      "MATCH ()((a)-[:T]->(b) OVERLAPPING WHERE true){1,3}()((c)--(d))+() CHRONOLOGICAL WHERE a.x RETURN a",
      "MATCH p = SHORTEST 2 GROUPS WALK (a)-[*]->(b), ANY (c)-->(d), ANY CHEAPEST (e)-[r*]->(f) COST r.km RETURN p",
      "OPTIONAL MATCH p = allShortestPaths((a)-[*]-(b)) RETURN shortestPath((a)-[*]-(b)) AS q",
      "UNWIND [1] AS x WITH DISTINCT *, x AS y ORDER BY x DESC, y SKIP 1 LIMIT 2 WHERE x RETURN y",
      "CREATE (a:A {x: 1} VALID FROM '2020' UNTIL f(1) CITE s[1..$e] CITE t QUOTE 'w')-[:R]->(b)",
      "CREATE (`valid`:A VALID THROUGH (1 + 2)), (`cite` CITE s), (VALID UNTIL d)",
      "MERGE (a) ON CREATE SET a.x = 1, a += m ON MATCH SET a:A:B, a = m RETURN a",
      "MATCH (n) SET n.x = 1 CITE s, n VALID FROM d CITE s CITE t, n CITE s, (n:A).x = 2, f(n).y = 3",
      "MATCH (n) REMOVE n.x, n:A, n VALID, n CITE, n.x CITE s, n CITE `call` CALL { CREATE (m) }",
      "MATCH (n) DETACH DELETE n, m",
      "FOREACH (x IN [1] | CREATE (n {v: x}) FOREACH (y IN x | MERGE (m)))",
      "CALL a.b YIELD x, y AS z WHERE x",
      "CALL a.b(1, $p) YIELD *",
      "CALL a.b() YIELD - WHERE true",
      "CALL (x, y) { WHY VALID AT $d MATCH (n) RETURN n UNION ALL RETURN 1 AS n } CALL () { CREATE (m) } CALL (*) { "
      "CREATE (m) }",
      "LOAD CSV WITH HEADERS FROM 'f' AS row FIELDTERMINATOR ';' RETURN row",
      "EXPLAIN WHY VALID CERTAINLY DURING '2019' UNTIL x.y RETURN EXISTS { VALID AT ANY TIME MATCH (a)-->(b) }",
      "PROFILE MATCH (n) VALID AT (n.x[0]) RETURN n UNION RETURN 1 AS n",
      "EXPLAIN RETRACT AND DELETE $k",
      "CREATE RANGE INDEX i IF NOT EXISTS FOR (n:P) ON (n.a, n.b)",
      "CREATE FULLTEXT INDEX FOR ()-[r:T]-() ON EACH [r.a]",
      "CREATE INDEX ON :P(a, b)",
      "CREATE CONSTRAINT c FOR (n:P) REQUIRE (n.a, n.b) IS UNIQUE",
      "CREATE CONSTRAINT FOR (n:P) REQUIRE (n.a) IS NOT NULL",
      "DROP INDEX i IF EXISTS",
      "DROP INDEX ON :P(a)",
      "DROP CONSTRAINT c",
      "SHOW INDEXES",
      "SHOW CONSTRAINTS",
      "BEGIN",
      "BEGIN WRITE",
      "COMMIT",
      "ROLLBACK",
      "ROLLBACK TO a",
      "SAVEPOINT a",
      "IMPORT 'f.csv' OPTIONS {label: 'A'}",
      "EXPORT $file",
  });
}

TEST(PrintStatement, OneSpellingOfEach) {
  EXPECT_EQ(Printed("match(n)where n.x return n /* all */ order by n.x asc offset 1;"),
            "MATCH (n) WHERE n.x RETURN n ORDER BY n.x SKIP 1");
  EXPECT_EQ(Printed("RETURN EXISTS { (a)-->(b) }"), "RETURN EXISTS { MATCH (a)-->(b) }");
  EXPECT_EQ(Printed("MATCH (n) VALID POSSIBLY AT $d RETURN n"), "MATCH (n) VALID AT $d RETURN n");
  EXPECT_EQ(Printed("MATCH ((a)<-->(b)){,2} RETURN 1"), "MATCH ()((a)--(b)){0,2}() RETURN 1");
}

// Each stands for a kind of node, or a member that few nodes have.
constexpr std::string_view kSigns[] = {"$x",
                                       "null",
                                       "true",
                                       "-9223372036854775808",
                                       ".x",
                                       "[..",
                                       "NOT ",
                                       " XOR ",
                                       " STARTS WITH",
                                       " =~ ",
                                       " ^ ",
                                       " IS NOT NULL",
                                       ":(",
                                       "!",
                                       "%",
                                       "(DISTINCT ",
                                       "(*)",
                                       "CASE WHEN",
                                       " ELSE ",
                                       "{x: ",
                                       "{.*",
                                       "[x IN ",
                                       "single(",
                                       "reduce(",
                                       " | ",
                                       "EXISTS {",
                                       "COUNT {",
                                       "COLLECT {",
                                       "shortestPath",
                                       "allShort",
                                       "<-[",
                                       "]->+",
                                       ")-[*..",
                                       "--(",
                                       "(()",
                                       "ANY SHORTEST ",
                                       "ALL SHORTEST",
                                       "GROUPS ",
                                       " COST ",
                                       "ACYCLIC ",
                                       "SIMPLE ",
                                       "WALK ",
                                       " OVERLAPPING",
                                       " CHRONOLOGICAL",
                                       "VALID FROM ",
                                       " UNTIL ",
                                       " THROUGH ",
                                       "VALID AT ANY TIME",
                                       "CERTAINLY AT",
                                       " DURING ",
                                       "CITE ",
                                       " QUOTE ",
                                       "OPTIONAL ",
                                       "UNWIND ",
                                       "CALL x ",
                                       "YIELD *",
                                       "YIELD x AS ",
                                       "CALL (*) {",
                                       "CALL (x",
                                       "CALL () {",
                                       "CALL {",
                                       "WITH HEAD",
                                       "FIELDTERM",
                                       "RETURN DISTINCT",
                                       "RETURN *, ",
                                       " ORDER BY ",
                                       " DESC",
                                       " SKIP ",
                                       " LIMIT ",
                                       "CREATE (",
                                       "MERGE ",
                                       " ON CREATE SET ",
                                       " ON MATCH ",
                                       " += ",
                                       "SET x:x",
                                       "REMOVE ",
                                       " VALID,",
                                       " CITE,",
                                       "DETACH DELETE",
                                       "FOREACH (",
                                       "WHY ",
                                       " UNION ALL",
                                       "EXPLAIN ",
                                       "PROFILE ",
                                       "RETRACT AND",
                                       "RANGE IND",
                                       "ON EACH [",
                                       " REQUIRE (",
                                       " IS UNIQUE",
                                       "IS KEY",
                                       "DROP INDEX ",
                                       "DROP CONSTRAINT",
                                       "IF EXISTS",
                                       "IF NOT EXI",
                                       "SHOW INDEXES",
                                       "ON :x(",
                                       "BEGIN WRITE",
                                       "SAVEPOINT ",
                                       "ROLLBACK TO ",
                                       "COMMIT",
                                       "IMPORT ",
                                       "EXPORT ",
                                       " OPTIONS ",
                                       "`"};

TEST(PrintStatement, RandomTreesComeBackTheSame) {
  std::mt19937 random(1);
  std::vector<std::string_view> unseen(std::begin(kSigns), std::end(kSigns));
  for (int i = 0; i < 20'000; ++i) {
    std::vector<std::uint8_t> bytes(random() % 400);
    for (std::uint8_t& byte : bytes) byte = static_cast<std::uint8_t>(random());
    const Statement tree = RandomTree(bytes).MakeStatement();
    ASSERT_EQ(FaultOfTree(tree), "");
    const std::string text = Print(tree);
    std::erase_if(unseen, [&text](std::string_view sign) { return text.find(sign) != std::string::npos; });
  }
  EXPECT_EQ(unseen, std::vector<std::string_view>()) << "no tree had these: the trees are not random enough";
}

// The comparison that the tests above rest on.
TEST(SameTree, SpansAsideEverythingCounts) {
  const auto same = [](std::string_view a, std::string_view b) { return Equal(*Parse(a), *Parse(b)); };
  EXPECT_TRUE(same("MATCH (a) RETURN a.x", "match ( a ) return (a) . x"));
  for (const char* other : {"MATCH (b) RETURN a.x", "MATCH (a) RETURN a.y", "OPTIONAL MATCH (a) RETURN a.x",
                            "MATCH (a) RETURN a.x AS x", "MATCH (a) RETURN DISTINCT a.x", "RETURN a.x",
                            "MATCH (a) WHERE true RETURN a.x", "EXPLAIN MATCH (a) RETURN a.x"}) {
    EXPECT_FALSE(same("MATCH (a) RETURN a.x", other)) << other;
  }
}

}  // namespace
}  // namespace plenum::ast
