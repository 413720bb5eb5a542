// Every clause, and the patterns in them.
#include <gtest/gtest.h>

#include <algorithm>
#include <initializer_list>
#include <string>

#include "parser/parser.h"
#include "tests/parser/sketch.h"

namespace plenum::ast {
namespace {

struct Meaning {
  const char* text;
  const char* sketch;
};

void Expect(std::initializer_list<Meaning> cases) {
  for (const Meaning& c : cases) EXPECT_EQ(SketchOf(c.text), c.sketch) << c.text;
}

// Texts whose sketch is the text itself.
void ExpectAsWritten(std::initializer_list<const char*> texts) {
  for (const char* text : texts) EXPECT_EQ(SketchOf(text), text);
}

TEST(Patterns, NodesAndRelationships) {
  ExpectAsWritten({
      "MATCH (), (n), (:A), (n:A), (n {x: 1}), (n $p), (n:A {x: 1} WHERE true) RETURN n",
      "MATCH (a)-[r:T {x: 1} WHERE true]->(b)<-[:U]-(c)-[x]-(d) RETURN a",
      "MATCH (n:Match) RETURN n",
  });
  Expect({
      {"MATCH (a)-->(b)<--(c)--(d)<-->(e)<-[r]->(f) RETURN *",
       "MATCH (a)-[]->(b)<-[]-(c)-[]-(d)-[]-(e)-[r]-(f) RETURN *"},
      {"MATCH ( a )-[ ]- > ( b ) < - [ ] -(c) RETURN *", "MATCH (a)-[]->(b)<-[]-(c) RETURN *"},
  });
}

TEST(Patterns, Labels) {
  Expect({
      {"MATCH (n:A:B:C) RETURN n", "MATCH (n:(A&B&C)) RETURN n"},
      {"MATCH (n:A&B|!C&D) RETURN n", "MATCH (n:((A&B)|(!C&D))) RETURN n"},
      {"MATCH (n:!(A|B)&%) RETURN n", "MATCH (n:(!(A|B)&%)) RETURN n"},
      {"MATCH ()-[:A|B|:C]->() RETURN 1", "MATCH ()-[:(A|B|C)]->() RETURN 1"},
      {"MATCH (n:!!A) RETURN n", "MATCH (n:!!A) RETURN n"},
      {"MATCH (n:`a b`) RETURN n", "MATCH (n:a b) RETURN n"},
  });
}

TEST(Patterns, Repetition) {
  Expect({
      {"MATCH ()-[*]-()-[*2]-()-[*1..]-()-[*..3]-()-[*1..3]-()-[*..]-() RETURN 1",
       "MATCH ()-[*..]-()-[*2..2]-()-[*1..]-()-[*..3]-()-[*1..3]-()-[*..]-() RETURN 1"},
      {"MATCH ()-[r:T*1..3 {x: 1}]->() RETURN 1", "MATCH ()-[r:T*1..3 {x: 1}]->() RETURN 1"},
      {"MATCH ()-[:T]->{1,3}()-->+()--*()<--{2}()-->{,3}()-->{1,}() RETURN 1",
       "MATCH ()-[:T]->{1,3}()-[]->{1,}()-[]-{0,}()<-[]-{2,2}()-[]->{0,3}()-[]->{1,}() RETURN 1"},
  });
}

TEST(Patterns, GroupsGetNodesAround) {
  Expect({
      {"MATCH ((a)-[:T]->(b) OVERLAPPING WHERE true){1,3} RETURN a",
       "MATCH ()((a)-[:T]->(b) OVERLAPPING WHERE true){1,3}() RETURN a"},
      {"MATCH (x) ((a)-->(b))+ (y)-->(z) ((c)--(d)){2} ((e)--(f))* RETURN a",
       "MATCH (x)((a)-[]->(b)){1,}(y)-[]->(z)((c)-[]-(d)){2,2}((e)-[]-(f)){0,}() RETURN a"},
      {"MATCH (x)((a)-->(b)){2}-->(y) RETURN a", "MATCH (x)((a)-[]->(b)){2,2}()-[]->(y) RETURN a"},
      {"MATCH ((a)-->(b)) RETURN a", "MATCH (a)-[]->(b) RETURN a"},
      {"MATCH (((a)-->(b))) RETURN a", "MATCH (a)-[]->(b) RETURN a"},
  });
}

TEST(Patterns, SelectorsAndModes) {
  ExpectAsWritten({
      "MATCH p = ANY SHORTEST (a)-[]->(b) RETURN p",
      "MATCH ALL SHORTEST (a)-[]->(b), SHORTEST 3 (c)-[]->(d), ANY (e)-[]->(f), ANY 2 (g)-[]->(h) RETURN 1",
      "MATCH p = SHORTEST 2 GROUPS WALK (a)-[:T*..]->(b) RETURN p",
      "MATCH ACYCLIC (a)-[*..]->(b), SIMPLE (c)-[*..]->(d) RETURN 1",
      "MATCH p = shortestPath((a)-[*..]-(b)), q = allShortestPaths((a)-[*..]->(b)) RETURN p",
  });
  Expect({
      {"MATCH p = ANY CHEAPEST (a)-[r:ROAD*]->(b) COST r.km * 2 WHERE a.x RETURN p",
       "MATCH p = CHEAPEST (a)-[r:ROAD*..]->(b) COST (* (. r km) 2) WHERE (. a x) RETURN p"},
      {"MATCH ALL PATHS (a)-->(b), TRAIL PATH (c)-->(d) RETURN 1", "MATCH (a)-[]->(b), (c)-[]->(d) RETURN 1"},
  });
}

TEST(Clauses, Reading) {
  ExpectAsWritten({
      "MATCH (a), (b) WHERE true OPTIONAL MATCH (c) RETURN a",
      "UNWIND [1, 2] AS x RETURN x",
      "LOAD CSV WITH HEADERS FROM 'f.csv' AS row FIELDTERMINATOR ';' RETURN row",
      "LOAD CSV FROM $url AS row RETURN row",
  });
}

TEST(Clauses, Projections) {
  ExpectAsWritten({
      "RETURN *",
      "RETURN *, 1 AS x",
      "RETURN DISTINCT a, b AS c ORDER BY a, b DESC SKIP 1 LIMIT $n",
      "MATCH (n) WITH n, count(*) AS c ORDER BY c LIMIT 1 WHERE true RETURN n",
      "WITH * RETURN 1",
  });
  Expect({{"RETURN 1 ORDER BY a ASC, b ASCENDING, c DESCENDING OFFSET 2 LIMIT 1 + 1",
           "RETURN 1 ORDER BY a, b, c DESC SKIP 2 LIMIT (+ 1 1)"}});
}

TEST(Clauses, Writing) {
  ExpectAsWritten({
      "CREATE (a:A {x: 1})-[:T]->(b), p = (c)",
      "MERGE (a:A {x: 1})",
      "MERGE p = (a)-[:T]->(b) ON CREATE SET a.x = 1, b = {y: 1} ON MATCH SET a += $m RETURN a",
      "MATCH (n) SET n.x = 1, n = {a: 1}, n += m, n:A:B",
      "MATCH (n) REMOVE n.x, n:A:B RETURN n",
      "MATCH (n) DELETE n, m",
      "MATCH (n) DETACH DELETE n RETURN 1",
      "FOREACH (x IN [1] | CREATE (n {v: x}) FOREACH (y IN x | MERGE (m)))",
  });
  Expect({{"MATCH (n) SET (n).x = 1, n.a.b = 2, f(n).y = 3", "MATCH (n) SET n.x = 1, (. n a).b = 2, f(n).y = 3"},
          {"MERGE (a) ON MATCH SET a.x = 1 ON CREATE SET a.y = 2 ON MATCH SET a:L",
           "MERGE (a) ON CREATE SET a.y = 2 ON MATCH SET a.x = 1, a:L"}});
}

TEST(Clauses, Calls) {
  ExpectAsWritten({
      "CALL a.b",
      "CALL a.b YIELD x, y AS z",
      "CALL a.b(1, $p) YIELD *",
      "CALL a.b YIELD - WHERE true",
      "MATCH (n) CALL a.b YIELD x RETURN x",
      "MATCH (n) CALL a.b(n) YIELD x WHERE true RETURN x",
      "MATCH (n) CALL a.b()",
      "CALL { MATCH (n) RETURN n } RETURN n",
      "MATCH (x) CALL (x, y) { WITH x RETURN 1 AS a UNION RETURN 2 AS a } RETURN a",
      "MATCH (x) CALL (*) { CREATE (n) }",
      "CALL () { CREATE (n) }",
      "CALL { WHY MATCH (p) RETURN p } RETURN why",
      "CALL { CALL { MATCH (n) CALL a.b(n) } }",
  });
}

TEST(Clauses, Unions) { ExpectAsWritten({"RETURN 1 AS a UNION RETURN 2 AS a UNION ALL RETURN 3 AS a"}); }

TEST(Clauses, KeywordsInAnyCaseBlanksAndComments) {
  const std::string plain = SketchOf("OPTIONAL MATCH (n) WHERE n.x STARTS WITH 'a' RETURN n ORDER BY n.x");
  EXPECT_EQ(SketchOf("optional\n\tmatch(n)where n.x sTarts\r\n wiTh 'a'return n order   by n.x"), plain);
  EXPECT_EQ(
      SketchOf("/* a */ OPTIONAL /* b */ MATCH (n) // c ' \"\nWHERE n.x STARTS /**/ WITH 'a' RETURN n ORDER BY n.x;"),
      plain);
  EXPECT_EQ(SketchOf("\u00a0OPTIONAL\u2003MATCH\u3000(n) WHERE n.x STARTS WITH 'a' RETURN n ORDER BY n.x\ufeff"),
            plain);
}

TEST(Time, AssertionsAndFilters) {
  ExpectAsWritten({
      "CREATE (n VALID FROM '2020' UNTIL '2021'), (m VALID FROM d THROUGH $e), (o VALID UNTIL f(1)), (p VALID THROUGH "
      "'x')",
      "MATCH (n VALID AT '2020')-[r:T VALID DURING a UNTIL b]->(m VALID AT ANY TIME) RETURN n",
      "MATCH (n) VALID CERTAINLY AT $d OVERLAPPING WHERE true RETURN n",
      "MATCH (n) CHRONOLOGICAL RETURN n",
      "VALID AT '2020' MATCH (n) RETURN n",
      "EXPLAIN WHY VALID CERTAINLY DURING '2019' UNTIL '2020' MATCH (n) RETURN n",
      "MATCH (n) SET n VALID FROM '2020' CITE s, n CITE t REMOVE n VALID",
  });
  Expect({{"MATCH (n) VALID POSSIBLY AT n.x.y RETURN n", "MATCH (n) VALID AT (. (. n x) y) RETURN n"},
          {"MATCH (n VALID AT ('20' + '20')) RETURN n", "MATCH (n VALID AT (+ '20' '20')) RETURN n"}});
}

TEST(Time, WordsStayFreeAsNames) {
  ExpectAsWritten({
      "MATCH (cite WHERE true)-[VALID AT $d]->()-[valid:T VALID AT d]->(valid VALID AT d) RETURN cite",
      "MATCH (valid)-[cite]->(from)-[at:until]->(quote) RETURN valid, cite, from, at, quote",
      "CREATE (VALID:A VALID FROM x), (CITE:B CITE s), (VALID), (CITE)",
      "MATCH (why), (overlapping) WHERE certainly(why) RETURN overlapping AS chronological",
  });
}

TEST(Evidence, Citations) {
  ExpectAsWritten({
      "CREATE (n CITE s CITE $k CITE t[1..20] CITE u QUOTE 'words')-[:T {x: 1} VALID FROM a CITE s QUOTE $q]->(m)",
      "MATCH (m) SET m.universities = 92 CITE s[782..797]",
      "MATCH (n) REMOVE n CITE, n CITE s, n.x CITE, n.y CITE $k RETURN n",
      "MATCH (n) REMOVE n CITE CALL { CREATE (m) } REMOVE n CITE CALL a.b() REMOVE n CITE load",
      "MATCH (n) REMOVE n CITE FOREACH (x IN [1] | CREATE (m))",
  });
  Expect({{"CREATE (n CITE a.b[$x..(1 + 2)])", "CREATE (n CITE (. a b)[$x..(+ 1 2)])"}});
}

TEST(Statements, Others) {
  ExpectAsWritten({
      "RETRACT 'key'",
      "EXPLAIN RETRACT AND DELETE $k",
      "PROFILE RETURN 1",
      "BEGIN",
      "BEGIN WRITE",
      "COMMIT",
      "ROLLBACK",
      "ROLLBACK TO a",
      "SAVEPOINT a",
      "SHOW INDEXES",
      "SHOW CONSTRAINTS",
      "IMPORT 'f.csv' OPTIONS {label: 'A'}",
      "EXPORT $file",
  });
  Expect({{"IMPORT FROM 'f.csv'", "IMPORT 'f.csv'"}, {"EXPORT TO 'f' OPTIONS $o", "EXPORT 'f' OPTIONS $o"}});
}

TEST(Statements, Schema) {
  Expect({
      {"CREATE INDEX FOR (n:P) ON (n.a, n.b)", "CREATE INDEX (n:P) a, b"},
      {"CREATE RANGE INDEX i IF NOT EXISTS FOR ()-[r:T]->() ON (r.a)", "CREATE INDEX RANGE i IF NOT EXISTS [r:T] a"},
      {"CREATE FULLTEXT INDEX f FOR (n:P) ON EACH [n.a, n.b]", "CREATE INDEX FULLTEXT f (n:P) a, b"},
      {"CREATE INDEX ON :P(a, b)", "CREATE INDEX (:P) a, b"},
      {"DROP INDEX i IF EXISTS", "DROP INDEX i IF EXISTS"},
      {"DROP INDEX ON :P(a)", "DROP INDEX (:P) a"},
      {"CREATE CONSTRAINT c FOR (n:P) REQUIRE n.a IS UNIQUE", "CREATE CONSTRAINT UNIQUE c (n:P) a"},
      {"CREATE CONSTRAINT FOR (n:P) REQUIRE (n.a, n.b) IS NODE KEY", "CREATE CONSTRAINT KEY (n:P) a, b"},
      {"CREATE CONSTRAINT FOR ()-[r:T]-() REQUIRE r.a IS NOT NULL", "CREATE CONSTRAINT EXISTS [r:T] a"},
      {"CREATE CONSTRAINT ON (n:P) ASSERT exists(n.a)", "CREATE CONSTRAINT EXISTS (n:P) a"},
      {"DROP CONSTRAINT c", "DROP CONSTRAINT c"},
      {"CREATE index = (a)", "CREATE index = (a)"},
  });
}

TEST(Text, StatementEnd) {
  EXPECT_EQ(StatementEnd("RETURN 1; RETURN 2;"), 9u);
  constexpr std::string_view kQuoted = "RETURN ';' + \";\" + `;` /* ; */ // ;\n + 1;x";
  EXPECT_EQ(StatementEnd(kQuoted), kQuoted.size() - 1);
  EXPECT_EQ(StatementEnd("RETURN 1"), std::string_view::npos);
  EXPECT_EQ(StatementEnd("RETURN 'abc;"), std::string_view::npos);
  EXPECT_EQ(StatementEnd("RETURN 'it\\';' ;"), 16u);
  EXPECT_EQ(StatementEnd(""), std::string_view::npos);
}

TEST(Text, KeywordsAreSortedUpperCaseAndUnique) {
  const auto& keywords = Keywords();
  EXPECT_GT(keywords.size(), 90u);
  for (std::size_t i = 1; i < keywords.size(); ++i) EXPECT_LT(keywords[i - 1], keywords[i]);
  for (std::string_view keyword : {"MATCH", "VALID", "CITE", "RETURN", "OVERLAPPING"}) {
    EXPECT_TRUE(std::binary_search(keywords.begin(), keywords.end(), keyword)) << keyword;
  }
}

}  // namespace
}  // namespace plenum::ast
