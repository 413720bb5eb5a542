// The dialogue in lines of JSON, answer by answer.
#include "engine/shell/protocol.h"

#include <gtest/gtest.h>

#include "plenum/json.h"

namespace plenum::shell {
namespace {

class ProtocolTest : public testing::Test {
 protected:
  std::string Ask(std::string_view line) { return protocol_.Answer(line); }

  // One value of the answer's "error"; null when it has none.
  Value ErrorOf(std::string_view line, std::string_view key) {
    Result<Value> answer = ParseJson(Ask(line));
    if (!answer || answer->kind() != Value::Kind::kMap || !answer->map().contains("error")) return {};
    const Map& error = answer->map().find("error")->second.map();
    auto found = error.find(key);
    return found == error.end() ? Value() : found->second;
  }

  Protocol protocol_{*Database::Open(":memory:"), true, {}, {}};
};

TEST_F(ProtocolTest, Greets) {
  EXPECT_EQ(Ask(R"({"op":"hello"})"), R"({"name":"plenum","version":")" + std::string(Version()) + "\"}");
}

TEST_F(ProtocolTest, AnswersQueries) {
  EXPECT_EQ(Ask(R"({"op":"query","text":"UNWIND $l AS x RETURN x, 'a' AS y","params":{"l":[1,null]}})"),
            R"({"columns":["x","y"],"rows":[[1,"a"],[null,"a"]],"stats":{"nodesCreated":0,"nodesDeleted":0,)"
            R"("relationshipsCreated":0,"relationshipsDeleted":0,"propertiesSet":0,"labelsAdded":0,"labelsRemoved":0,)"
            R"("indexesAdded":0,"indexesRemoved":0,"constraintsAdded":0,"constraintsRemoved":0}})");
}

TEST_F(ProtocolTest, CountsChanges) {
  EXPECT_EQ(Ask(R"j({"op":"query","text":"CREATE (:A {x: 1})-[:R]->(:B)"})j"),
            R"({"columns":[],"rows":[],"stats":{"nodesCreated":2,"nodesDeleted":0,"relationshipsCreated":1,)"
            R"("relationshipsDeleted":0,"propertiesSet":1,"labelsAdded":2,"labelsRemoved":0,)"
            R"("indexesAdded":0,"indexesRemoved":0,"constraintsAdded":0,"constraintsRemoved":0}})");
}

TEST_F(ProtocolTest, TimesQueriesWhenAsked) {
  std::string answer = Ask(R"({"op":"query","text":"RETURN 1","timing":true})");
  Result<Value> json = ParseJson(answer);
  ASSERT_TRUE(json) << answer;
  EXPECT_GT(json->map().find("us")->second.real(), 0.0);
  EXPECT_EQ(Ask(R"({"op":"query","text":"RETURN 1"})").find("\"us\""), std::string::npos);
}

TEST_F(ProtocolTest, ForgetsParameters) {
  Ask(R"({"op":"query","text":"RETURN $x AS x","params":{"x":1}})");
  EXPECT_EQ(ErrorOf(R"({"op":"query","text":"RETURN $x AS x"})", "type").string(), "ParameterMissing");
}

TEST_F(ProtocolTest, PlacesErrors) {
  const char* line = R"({"op":"query","text":"RETURN\n  nope"})";
  EXPECT_EQ(ErrorOf(line, "phase").string(), "compile");
  EXPECT_EQ(ErrorOf(line, "type").string(), "SyntaxError");
  EXPECT_EQ(ErrorOf(line, "detail").string(), "UndefinedVariable");
  EXPECT_EQ(ErrorOf(line, "line").integer(), 2);
  EXPECT_EQ(ErrorOf(line, "column").integer(), 3);
  EXPECT_EQ(ErrorOf(R"({"op":"query","text":"UNWIND [0] AS x RETURN 1 / x"})", "phase").string(), "runtime");
}

TEST_F(ProtocolTest, GivesNotificationsOnlyWhereThereAreAny) {
  const std::string made = Ask(R"j({"op":"query","text":"CREATE (:Person)"})j");
  EXPECT_EQ(made.find("notifications"), std::string::npos);
  const std::string asked = Ask(R"j({"op":"query","text":"MATCH (n:Persn) RETURN n"})j");
  EXPECT_NE(asked.find(R"("notifications":[{"code":"UnknownLabel","message":"no node has the label `Persn`; did you )"
                       R"(mean `Person`?","line":1,"column":10}])"),
            std::string::npos)
      << asked;
}

TEST_F(ProtocolTest, ResetsADatabaseInMemory) {
  Ask(R"j({"op":"query","text":"CREATE (:A)"})j");
  EXPECT_EQ(Ask(R"({"op":"reset","scenario":"any"})"), R"({"ok":true})");
  EXPECT_NE(Ask(R"({"op":"query","text":"MATCH (n) RETURN count(*) AS n"})").find(R"("rows":[[0]])"),
            std::string::npos);
}

TEST_F(ProtocolTest, NeverErasesADatabaseThatWasNamed) {
  Protocol named(*Database::Open(":memory:"), false, {}, {});
  EXPECT_NE(named.Answer(R"({"op":"reset"})").find("would erase the database"), std::string::npos);
}

constexpr std::string_view kCities =
    R"({"op":"procedure","name":"my.city","in":[["name","STRING?"],["size","FLOAT?"]],"out":[["city","STRING?"]],)"
    R"("columns":["city","name","size"],"rows":[["Berlin","Ann",1.0],["Bonn","Ann",1],["Paris","Bo",2.0],["?",null,2.0]]})";

TEST_F(ProtocolTest, TakesATableAsAProcedure) {
  EXPECT_EQ(Ask(kCities), R"({"ok":true})");
  const auto rows = [&](std::string_view text) {
    const std::string answer =
        Ask(R"({"op":"query","text":")" + std::string(text) + R"(","params":{"name":"Bo","size":2}})");
    const std::size_t begin = answer.find("\"rows\":");
    return answer.substr(begin, answer.find(",\"stats\"") - begin);
  };
  EXPECT_EQ(rows("CALL my.city('Ann', 1)"), R"("rows":[["Berlin"],["Bonn"]])");
  EXPECT_EQ(rows("CALL my.city"), R"("rows":[["Paris"]])");
  EXPECT_EQ(rows("CALL my.city(null, 2.0) YIELD city RETURN city + '!' AS c"), R"("rows":[["?!"]])");
  EXPECT_EQ(rows("CALL my.city('Cy', 1)"), R"("rows":[])");
  EXPECT_EQ(ErrorOf(kCities, "detail").string(), "ProcedureAlreadyExists");
  Ask(R"({"op":"reset"})");
  EXPECT_EQ(ErrorOf(R"j({"op":"query","text":"CALL my.city('Ann', 1)"})j", "detail").string(), "ProcedureNotFound");
  EXPECT_EQ(Ask(kCities), R"({"ok":true})");
}

TEST_F(ProtocolTest, TakesATableWithoutColumns) {
  EXPECT_EQ(Ask(R"({"op":"procedure","name":"my.nothing","in":[],"out":[],"columns":[],"rows":[]})"), R"({"ok":true})");
  EXPECT_NE(Ask(R"j({"op":"query","text":"UNWIND [1, 2] AS x CALL my.nothing() RETURN x"})j").find("[[1],[2]]"),
            std::string::npos);
}

TEST_F(ProtocolTest, RefusesAProcedureThatItCannotRead) {
  for (const char* line : {
           R"({"op":"procedure"})",
           R"({"op":"procedure","name":"p"})",
           R"({"op":"procedure","name":"p","in":[],"out":[],"columns":[]})",
           R"({"op":"procedure","name":"p","in":["x"],"out":[],"columns":["x"],"rows":[]})",
           R"({"op":"procedure","name":"p","in":[["x","WORD"]],"out":[],"columns":["x"],"rows":[]})",
           R"({"op":"procedure","name":"p","in":[["x","STRING"]],"out":[],"columns":["y"],"rows":[]})",
           R"({"op":"procedure","name":"p","in":[],"out":[],"columns":["x"],"rows":[[1,2]]})",
       }) {
    EXPECT_EQ(ErrorOf(line, "detail").string(), "InvalidRequest") << line;
  }
  const char* twice =
      R"({"op":"procedure","name":"p","in":[],"out":[["x","ANY"],["x","ANY"]],"columns":["x"],"rows":[]})";
  EXPECT_EQ(ErrorOf(twice, "detail").string(), "InvalidProcedure");
}

TEST_F(ProtocolTest, AnswersWhatItCannotRead) {
  for (const char* line :
       {"", "no json", "[]", "1", "{}", R"({"op":1})", R"({"op":"query"})", R"({"op":"query","text":1})",
        R"({"op":"query","text":"RETURN 1","params":[]})", "{\"op\":\"hello\"", "\xff"}) {
    EXPECT_EQ(ErrorOf(line, "detail").string(), "InvalidRequest") << line;
  }
  EXPECT_EQ(ErrorOf(R"({"op":"nothing"})", "phase").string(), "unsupported");
}

}  // namespace
}  // namespace plenum::shell
