// A dump, read by the program into a new database, gives the same dump again and a graph that a check finds nothing in.
#include <gtest/gtest.h>

#include "plenum/plenum.h"
#include "tests/shell/child_process.h"
#include "tests/storage/random_values.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::shell {
namespace {

class DumpTest : public testing::Test {
 protected:
  static Outcome Plenum(const std::vector<std::string>& arguments, const std::string& input = {}) {
    return RunChild(PLENUM_PROGRAM, arguments, input);
  }
  std::string Dump(const std::string& name) const {
    const Outcome outcome = Plenum({"dump", scratch_ / name});
    EXPECT_EQ(outcome.status, 0) << outcome.errors;
    return outcome.out;
  }
  void Make(const std::string& name, const std::string& statements) const {
    const Outcome outcome = Plenum({scratch_ / name, "--no-sync"}, statements);
    ASSERT_EQ(outcome.status, 0) << outcome.errors;
    EXPECT_EQ(outcome.errors, "");
  }
  // Reads the dump of one database into another, and dumps that.
  std::string RoundTrip(const std::string& name) const {
    std::string dump = Dump(name);
    Make(name + ".again", dump);
    const Outcome checked = Plenum({"check", scratch_ / (name + ".again")});
    EXPECT_EQ(checked.status, 0) << checked.out;
    EXPECT_EQ(Dump(name + ".again"), dump);
    return dump;
  }
  std::string Ask(const std::string& name, const std::string& query) const {
    return Plenum({scratch_ / name, "--read-only", "--format", "csv", "-c", query}).out;
  }

  ScratchDirectory scratch_{MemoryDirectory()};
};

TEST_F(DumpTest, OfNothingIsNothing) {
  Make("empty", "CREATE (n) DELETE n;");
  EXPECT_EQ(RoundTrip("empty"),
            "// A graph as statements. To read it into a new database: plenum DATABASE --no-sync < FILE\n");
}

TEST_F(DumpTest, IsWhatSomeoneCouldHaveWritten) {
  Make("small",
       "CREATE (:Source {key: 'report'});\n:source \"report\" \"Ada was born in 1815.\"\n"
       "CREATE (a:Person {name: 'Ada'})-[:HOLDS {as: 'first'} VALID FROM '2020-01' UNTIL '2021']->(:Role);"
       "MATCH (a:Person), (s:Source) SET a CITE s QUOTE 'Ada', a.name = 'Ada' CITE s;"
       "MATCH (a:Person), (r:Role), (s:Source) CREATE (r)-[:OF CITE s[0..3] CITE s]->(a);"
       "CREATE CONSTRAINT FOR (p:Person) REQUIRE p.name IS UNIQUE; CREATE INDEX FOR (r:Role) ON (r.title);");
  EXPECT_EQ(RoundTrip("small"),
            R"(// A graph as statements. To read it into a new database: plenum DATABASE --no-sync < FILE
CREATE INDEX FOR (n:_dump) ON (n._dump);
UNWIND [
  {i: 0, p: {name: 'Ada'}}
] AS row CREATE (n:Person:_dump {_dump: row.i}) SET n += row.p;
UNWIND [
  {i: 1}
] AS row CREATE (n:Role:_dump {_dump: row.i});
UNWIND [
  {i: 2, p: {key: 'report'}}
] AS row CREATE (n:Source:_dump {_dump: row.i}) SET n += row.p;
:source "report" "Ada was born in 1815."
MATCH (n:_dump {_dump: 0}), (s2:_dump {_dump: 2}) SET n CITE s2[0..3], n.name = n.name CITE s2;
UNWIND [
  {s: 0, e: 1, f: '2020-01', u: '2021', p: {as: 'first'}}
] AS row MATCH (a:_dump {_dump: row.s}), (b:_dump {_dump: row.e}) CREATE (a)-[r:HOLDS VALID FROM row.f UNTIL row.u]->(b) SET r += row.p;
MATCH (a:_dump {_dump: 1}), (b:_dump {_dump: 0}), (s2:_dump {_dump: 2}) CREATE (a)-[r:OF CITE s2[0..3] CITE s2]->(b);
UNWIND range(0, 2) AS i MATCH (n:_dump {_dump: i}) REMOVE n:_dump, n._dump;
DROP INDEX ON :_dump(_dump);
CREATE CONSTRAINT Person_name_unique FOR (n:Person) REQUIRE n.name IS UNIQUE;
CREATE INDEX Role_title FOR (n:Role) ON (n.title);
)");
  EXPECT_EQ(Ask("small.again", "MATCH (p:Person) RETURN citations(p)[0].quote AS q, size(citations(p, 'name')) AS n"),
            "q,n\r\nAda,1\r\n");
}

TEST_F(DumpTest, KeepsWhatIsOdd) {
  Make("odd",
       // Values without a literal, ends of validity, names to be quoted, names that dumps use themselves.
       "CREATE (i VALID FROM '2019/2020' UNTIL '..') CREATE (n:Odd VALID UNTIL '2020') SET n.i = validity(i),"
       " n.l = [validity(i), 1, 0.0 / 0.0], n.n = 0.0 / 0.0, n.p = 1.0 / 0.0, n.m = -1.0 / 0.0, n.z = -0.0,"
       " n.e = [], n.least = -9223372036854775808, n.d = date('-0044-03-15'), n.q = partialDate('../2020-01-02')"
       " DELETE i;"
       "CREATE (i VALID FROM '1999') CREATE (:`a b` {`x``y`: 'it\\'s \\\\ \\n \\u0000 é 😀'})"
       "-[r:`is of` {n: 1} VALID FROM (null)]->(:MATCH:_dump {_dump: 1, row: 2}) SET r.i = validity(i) DELETE i;"
       "CREATE (s {key: 'not a source'}), (t:Source {key: 'twice'}), (u:Source {key: 'twice'}), (v:Source {key: 7});"
       "MATCH (s:Source) WITH s LIMIT 1 CREATE (n:Cited), (n)-[:R CITE s]->(n), (n)-[:R]->(n), (n)-[:R]->(n);");
  const std::string dump = RoundTrip("odd");
  EXPECT_NE(dump.find("CREATE (n:MATCH:_dump:_dump1 "), std::string::npos) << dump;
  EXPECT_NE(dump.find(":param dumped1 {\"$interval\":{\"from\":\"2019/2020\",\"until\":\"..\"}}\n"), std::string::npos)
      << dump;
  EXPECT_EQ(Ask("odd.again", "MATCH (:Cited)-[r]->() RETURN count(r) AS n, sum(size(citations(r))) AS c"),
            "n,c\r\n3,1\r\n");
}

TEST_F(DumpTest, GivesTextsBackToTheirSources) {
  // By the key of a source; by one for the moment where another has the same key, or the node is no source any more.
  Make("texts",
       "CREATE (:Source {key: 'a'}), (:Source {key: 'b'}), (:Source {key: 'c'});\n"
       ":source \"a\" \"The text of a.\"\n:source \"b\" \"That of b,\\nin two lines.\"\n:source \"c\" \"And c.\"\n"
       "MATCH (s:Source {key: 'b'}) SET s.key = 'a';\nMATCH (s:Source {key: 'c'}) REMOVE s:Source, s.key SET s:Old;\n");
  RoundTrip("texts");
  Make("texts.again", "MATCH (n) CREATE (:Fact {of: labels(n)[0], key: n.key} CITE n[0..5]);");
  EXPECT_EQ(Ask("texts.again",
                "MATCH (f:Fact) RETURN f.of AS label, f.key AS key, citations(f)[0].quote AS q ORDER BY label, q"),
            "label,key,q\r\nOld,,And c\r\nSource,a,That \r\nSource,a,The t\r\n");
}

TEST_F(DumpTest, KeepsLongStringsAndManyRows) {
  Make("long",
       "UNWIND range(1, 5000) AS i CREATE (:N {i: i});"
       "MATCH (n:N {i: 7}) SET n.text = reduce(t = '\\'x', i IN range(1, 17) | t + t);"
       "MATCH (n:N {i: 7}), (m:N) WHERE m.i % 2 = 0 CREATE (n)-[:R {i: m.i}]->(m);"
       "MATCH (n:N {i: 7}), (m:N {i: 8}) CREATE (n)-[:T {text: n.text + 'y'}]->(m);"
       "MATCH (n:N) WHERE n.i % 5 = 0 DETACH DELETE n;");
  RoundTrip("long");
  EXPECT_EQ(Ask("long.again", "MATCH (n:N {i: 7})-[t:T]->() RETURN size(n.text) AS n, size(t.text) AS t"),
            "n,t\r\n262144,262145\r\n");
}

// What a program may store, by parameters; deleted and made again, so that ids have gaps.
TEST_F(DumpTest, KeepsRandomGraphs) {
  for (unsigned seed = 1; seed <= 4; ++seed) {
    SCOPED_TRACE(seed);
    const std::string name = "random" + std::to_string(seed);
    {
      RandomValues random(seed);
      auto database = Database::Open(scratch_ / name);
      ASSERT_TRUE(database);
      const auto run = [&](const std::string& query, const Map& parameters) {
        const auto done = database->Query(query, {.parameters = parameters, .sync = false});
        ASSERT_TRUE(done) << Describe(done.error(), query);
      };
      const char* const labels[] = {"", ":A", ":B", ":A:B", ":`C c`", ":B:A:Source"};
      for (int i = 0; i < 150; ++i) {
        const std::string label = labels[random.Below(6)];
        const std::string valid = random.Below(3) == 0 ? " VALID FROM '2020' UNTIL '2021-01-0" : "";
        const std::string end = valid.empty() ? "" : std::to_string(1 + random.Below(9)) + "'";
        run("CREATE (n" + label + valid + end + ") SET n.i = $i, n.x = $x, n.y = $y",
            {{"i", i}, {"x", random.Any()}, {"y", random.Any()}});
        run("MATCH (a {i: $a}), (b {i: $b}), (s {i: $s}) CREATE (a)-[r:T" + std::to_string(random.Below(3)) +
                (random.Below(4) == 0 ? " CITE s CITE s[3..9]" : "") + "]->(b) SET r.x = $x" +
                (random.Below(4) == 0 ? ", b.i = b.i CITE s, a CITE s[1..2]" : ""),
            {{"a", random.Below(i + 1)}, {"b", random.Below(i + 1)}, {"s", random.Below(i + 1)}, {"x", random.Any()}});
        if (random.Below(5) == 0) run("MATCH (n {i: $i}) DETACH DELETE n", {{"i", random.Below(i + 1)}});
      }
    }
    RoundTrip(name);
  }
}

TEST_F(DumpTest, FailsWhereThereIsNothingToDump) {
  const Outcome outcome = Plenum({"dump", scratch_ / "nowhere"});
  EXPECT_EQ(outcome.status, 1);
  EXPECT_EQ(outcome.out, "");
}

}  // namespace
}  // namespace plenum::shell
