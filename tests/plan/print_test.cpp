// What the binder makes of a statement: slots, types, functions, conditions; and that all of it is printed.
#include "engine/plan/print.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>

#include "engine/plan/binder.h"
#include "parser/parser.h"

namespace plenum::plan {
namespace {

// Begins on a new line, as the expected texts do.
std::string BoundText(std::string_view text) {
  const auto parsed = Parse(text);
  if (!parsed) return parsed.error().message;
  const auto bound = Bind(*parsed, text);
  return bound ? "\n" + Print(*bound) : bound.error().message;
}

TEST(BoundText, PatternsAndConditions) {
  EXPECT_EQ(BoundText("MATCH p = (a:Person {age: 30})<-[r:KNOWS|LIKES*1..3]-(b) WHERE a.x > 1 AND b:Known RETURN p"),
            R"(
slots: 5
match
  #3: Path = (#0:Person {age: 30})<-[#1:KNOWS|LIKES*1..3]-(#2)
  where (#0.x > 1), reads #0
  where (#2:Known), reads #2
  introduces #0 #1 #2 #3
project
  #4 p: Path = #3
result #4
)");
  EXPECT_EQ(BoundText("MATCH (a) OPTIONAL MATCH (a)-[r WHERE r.x = a.x]->({y: a.y}) RETURN *"), R"(
slots: 5
match
  (#0)
  introduces #0
optional match
  (#0 bound)-[#1 where (#1.x = #0.x)]->(#2 {y: #0.y})
  introduces #1 #2
project
  #3 a: Node = #0
  #4 r: Relationship = #1
result #3 #4
)");
}

TEST(BoundText, Files) {
  EXPECT_EQ(
      BoundText("LOAD CSV WITH HEADERS FROM 'a' AS a LOAD CSV FROM a.b AS b FIELDTERMINATOR ';' RETURN b[0] AS c"),
      R"(
slots: 3
load csv #0: Map from 'a'
load csv #1: List from #0.b, fields end with ';'
project
  #2 c: Any = #1[0]
result #2
)");
}

TEST(BoundText, Projections) {
  EXPECT_EQ(
      BoundText("UNWIND [1, 2.5, 'a'] AS x WITH x, count(*) AS n, collect(DISTINCT x) AS l ORDER BY n DESC SKIP 1 "
                "LIMIT $k WHERE n > 1 RETURN DISTINCT l[0], n + 1 AS m"),
      R"(
slots: 8
unwind #0: Integer or Float or String in [1, 2.5, 'a']
project grouped
  #2 = count(*)
  #4 = collect(distinct #0)
  #1 x: Integer or Float or String = #0
  #3 n: Integer = #2, of aggregates
  #5 l: List = #4, of aggregates
  order by #3 descending
  skip 1
  limit $k
  where (#3 > 1)
project distinct
  #6 l[0]: Any = #5[0]
  #7 m: Integer = (#3 + 1)
result #6 #7
)");
  EXPECT_EQ(BoundText("RETURN 1 AS a UNION ALL RETURN 'x' AS a"), R"(
slots: 1
project
  #0 a: Integer = 1
result #0
union all
project
  #0 a: String = 'x'
result #0
)");
}

TEST(BoundText, Expressions) {
  EXPECT_EQ(BoundText("WITH $p AS p RETURN p.a[1..], -p ^ 2 IS NULL, NOT p STARTS WITH toUpper('a'), p:A|B, p {.a, .*, "
                      "b: 1} AS m, CASE p WHEN 1 THEN 2 ELSE 3 END, {k: [p]}"),
            R"(
slots: 8
project
  #0 p: Any = $p
project
  #1 p.a[1..]: List = #0.a[1..]
  #2 -p ^ 2 IS NULL: Boolean = (((-#0) ^ 2) IS NULL)
  #3 NOT p STARTS WITH toUpper('a'): Boolean = (NOT (#0 STARTS WITH toUpper('a')))
  #4 p:A|B: Boolean = (#0:A|B)
  #5 m: Map = (#0 {.*; a: #0.a, b: 1})
  #6 CASE p WHEN 1 THEN 2 ELSE 3 END: Integer = (CASE #0 WHEN 1 THEN 2 ELSE 3)
  #7 {k: [p]}: Map = {k: [#0]}
result #1 #2 #3 #4 #5 #6 #7
)");
  EXPECT_EQ(
      BoundText("WITH [1] AS l RETURN [x IN l WHERE x > 1 | x * 2] AS c, any(x IN l WHERE x = 1) AS q, reduce(s = "
                "0, x IN l | s + x) AS r"),
      R"(
slots: 8
project
  #0 l: List of (Integer) = [1]
project
  #2 c: List of (Integer) = [#1: Integer in #0 where (#1 > 1) | (#1 * 2)]
  #4 q: Boolean = any(#3: Integer in #0 where (#3 = 1))
  #7 r: Any = reduce(#5 = 0, #6: Integer in #0 | (#5 + #6))
result #2 #4 #7
)");
  EXPECT_EQ(
      BoundText("MATCH (n) WHERE EXISTS { MATCH (n)-->(m) WHERE m.x = 1 } RETURN COUNT { (n)-->() }, [(n)-->(k) | "
                "k.x]"),
      R"(
slots: 10
match
  (#0)
  where exists { reads #0 #2
    match
      (#0 bound)-[#1]->(#2)
      where (#2.x = 1), reads #2
      introduces #1 #2
  }, reads #0 #2
  introduces #0
project
  #5 COUNT { (n)-->() }: Integer = count { reads #0
    match
      (#0 bound)-[#3]->(#4)
      introduces #3 #4
  }
  #9 [(n)-->(k) | k.x]: List = collect { reads #0 #7
    match
      (#0 bound)-[#6]->(#7)
      introduces #6 #7
    project
      #8 value: Any = #7.x
    result #8
  }
result #5 #9
)");
}

TEST(BoundText, Updates) {
  EXPECT_EQ(
      BoundText("CREATE (a:A {x: 1} VALID FROM '2020' CITE $s QUOTE 'w')-[:R]->(a) SET a.y = 2 CITE $s[1..2], a += "
                "{z: 1}, a:B, a VALID UNTIL date('2021-01-01'), a CITE $t REMOVE a.y, a:B, a VALID, a.x CITE $s"),
      R"(
slots: 2, writes
create
  (#0:A {x: 1} valid from 2020 cite $s quote 'w')-[#1:R]->(#0 repeated)
  introduces #0 #1
update
  #0.y = 2 cite $s from 1 to 2
  #0 += {z: 1}
  set #0:B
  #0 valid until date('2021-01-01')
  #0 cite $t
update
  #0.y = null
  remove #0:B
  #0 timeless
  remove #0.x cite $s
)");
  EXPECT_EQ(BoundText("MERGE (a {k: 1}) ON CREATE SET a.x = 1 ON MATCH SET a.x = 2 DETACH DELETE a"), R"(
slots: 1, writes
merge
  (#0 {k: 1})
  introduces #0
  on create #0.x = 1
  on match #0.x = 2
detach delete #0
)");
}

TEST(BoundText, ValidTime) {
  EXPECT_EQ(BoundText("VALID CERTAINLY AT $d MATCH (a)-[r:R* VALID DURING '2019' UNTIL '2020']->(b VALID AT ANY TIME) "
                      "RETURN a"),
            R"(
slots: 4
match
  (#0 valid certainly at $d)-[#1:R*1.. valid during 2019 until 2020 through nodes valid certainly at $d]->(#2 valid at any time)
  introduces #0 #1 #2
project
  #3 a: Node = #0
result #3
)");
}

TEST(BoundText, GroupsModesAndChosenPaths) {
  EXPECT_EQ(BoundText("MATCH WALK (a) ((x)-[r:R]->(y) WHERE x.n < a.n){1,3} (b) RETURN r"), R"(
slots: 10
match
  WALK (#0)-[#7 group*1..3 (#1)-[#2:R]->(#3) where (#1.n < #0.n), gathers #2 in #4 and #1 in #5 and #3 in #6, needs #0]-(#8)
  introduces #0 #1 #2 #3 #4 #5 #6 #7 #8
project
  #9 r: List of (Relationship) = #4
result #9
)");
  EXPECT_EQ(BoundText("MATCH p = ANY SHORTEST (a)-[r*]->(b) RETURN p"), R"(
slots: 6
match
  #3: Path = (#0)-[#4 chosen ANY SHORTEST #3: Path = (#0)-[#1*1..]->(#2)]-(#2)
  introduces #0 #1 #2 #3 #4
project
  #5 p: Path = #3
result #5
)");
  EXPECT_EQ(BoundText("MATCH p = shortestPath((a)-[r*]->(b)) WHERE length(p) > 1 RETURN p"), R"(
slots: 6
match
  #3: Path = (#0)-[#4 chosen ANY SHORTEST #3: Path = (#0)-[#1*1..]->(#2) where (length(#3) > 1)]-(#2)
  introduces #0 #1 #2 #3 #4
project
  #5 p: Path = #3
result #5
)");
}

TEST(BoundText, Calls) {
  EXPECT_EQ(BoundText("CALL db.labels() YIELD label AS l WHERE l > 'A' RETURN l"), R"(
slots: 2
call db.labels() yields #0 label where (#0 > 'A')
project
  #1 l: String = #0
result #1
)");
  EXPECT_EQ(BoundText("MATCH (n) CALL (n) { SET n.x = 1 RETURN n.x AS x } RETURN x"), R"(
slots: 4, writes
match
  (#0)
  introduces #0
call, fills #2, acts
  update
    #0.x = 1
  project
    #1 x: Any = #0.x
  result #1
project
  #3 x: Any = #2
result #3
)");
  EXPECT_EQ(BoundText("FOREACH (x IN [1] | CREATE ({x: x}))"), R"(
slots: 2, writes
foreach #0: Integer in [1]
  create
    (#1 {x: #0})
    introduces #1
)");
}

TEST(BoundText, TransactionStatements) { EXPECT_EQ(BoundText("savepoint here"), "\nSAVEPOINT here\n"); }

}  // namespace
}  // namespace plenum::plan
