// Commands, transactions and what is written under an answer, on a database in memory.
#include "engine/shell/shell.h"

#include <gtest/gtest.h>

#include "engine/shell/commands.h"
#include "tests/shell/written.h"

namespace plenum::shell {
namespace {

class SessionTest : public testing::Test {
 protected:
  // What a statement or command writes, or its error's message.
  std::string Do(const std::string& text) {
    Status done;
    std::string written = Written([&](Output& out) { done = shell::Run(shell_, {text, text.starts_with(':')}, out); });
    return done ? written : "error: " + done.error().message;
  }

  Shell shell_{.database = *Database::Open(":memory:"), .query = {}};
};

TEST_F(SessionTest, WritesATableAndItsRowCount) {
  EXPECT_EQ(Do("RETURN 1 AS x"), "┌───┐\n│ x │\n├───┤\n│ 1 │\n└───┘\n1 row\n");
  EXPECT_EQ(Do("UNWIND [] AS x RETURN x"), "┌───┐\n│ x │\n├───┤\n└───┘\nno rows\n");
}

TEST_F(SessionTest, SaysWhatChanged) {
  EXPECT_EQ(Do("CREATE (:A {x: 1})-[:R]->(:B {y: 2, z: 3})"),
            "created 2 nodes and 1 relationship, set 3 properties, added 2 labels\n");
}

TEST_F(SessionTest, ChangesTheFormat) {
  EXPECT_EQ(Do(":format"), "table (of table, csv, json, jsonl, markdown)\n");
  EXPECT_EQ(Do(":format jsonl"), "");
  EXPECT_EQ(Do("RETURN 1 AS x"), "{\"x\":1}\n");
  EXPECT_EQ(Do(":format xml"), "error: no format 'xml': write one of table, csv, json, jsonl, markdown");
}

TEST_F(SessionTest, SetsParameters) {
  EXPECT_EQ(Do(":params"), "no parameters: `:param name JSON` sets one\n");
  EXPECT_EQ(Do(":param x [1, 2]"), "");
  EXPECT_EQ(Do(":param $y \"a\""), "");
  EXPECT_EQ(Do(":params"), "$x = [1,2]\n$y = \"a\"\n");
  Do(":format csv");
  EXPECT_EQ(Do("RETURN $y AS y"), "y\r\na\r\n");
  EXPECT_EQ(Do(":param x").rfind("error: write :param name JSON", 0), 0U);
  EXPECT_EQ(Do(":param x [1").rfind("error: parameter 'x' is no JSON value", 0), 0U);
}

TEST_F(SessionTest, ShowsTheSchema) {
  EXPECT_EQ(Do(":schema"), "labels              none\nrelationship types  none\nproperty keys       none\n");
  Do("CREATE (:B {y: 1})-[:R]->(:A {x: 1})");
  EXPECT_EQ(Do(":schema"), "labels              A, B\nrelationship types  R\nproperty keys       x, y\n");
}

TEST_F(SessionTest, KnowsItsOtherCommands) {
  EXPECT_EQ(Do(":timing"), "off\n");
  EXPECT_EQ(Do(":timing on"), "");
  EXPECT_EQ(Do(":timing maybe"), "error: 'maybe': write :timing on, or :timing off");
  EXPECT_EQ(Do(":rows"), "40\n");
  EXPECT_EQ(Do(":rows all"), "");
  EXPECT_EQ(Do(":rows"), "all\n");
  EXPECT_EQ(Do(":nope"), "error: no command ':nope': :help lists them");
  EXPECT_EQ(Do(":quit now"), "error: :quit takes nothing more");
  EXPECT_FALSE(shell_.quit);
  EXPECT_EQ(Do(":quit"), "");
  EXPECT_TRUE(shell_.quit);
  std::string help = Do(":help");
  for (std::string_view name : CommandNames()) EXPECT_NE(help.find(name), std::string::npos) << name;
}

TEST_F(SessionTest, HoldsATransaction) {
  Do(":format csv");
  EXPECT_EQ(Do("begin"), "");
  EXPECT_EQ(Do("BEGIN WRITE"),
            "error: a transaction is open already: COMMIT or ROLLBACK it first; SAVEPOINT marks a place in it");
  Do("CREATE (:A)");
  EXPECT_EQ(Do("MATCH (a:A) RETURN count(*) AS n"), "n\r\n1\r\n");
  EXPECT_EQ(Do("ROLLBACK"), "");
  EXPECT_EQ(Do("MATCH (a:A) RETURN count(*) AS n"), "n\r\n0\r\n");
  Do("BEGIN");
  Do("CREATE (:A)");
  EXPECT_EQ(Do("COMMIT"), "");
  EXPECT_EQ(Do("MATCH (a:A) RETURN count(*) AS n"), "n\r\n1\r\n");
  EXPECT_EQ(Do("COMMIT"),
            "error: no transaction is open here: BEGIN opens one in a Session, which holds it between statements");
}

}  // namespace
}  // namespace plenum::shell
