// What goes into the library besides a statement's text, parameters and sources; its limits; and where errors point.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <utility>

#include "plenum/plenum.h"
#include "tests/database_checks.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

// ---- Parameters

TEST(Parameters, OfEveryKind) {
  Database database = InMemory();
  const QueryOptions options{
      .parameters = {{"id", 7}, {"text", "naïve"}, {"list", List{1, Value(), "x"}}, {"map", Map{{"k", 1.5}}}}};
  QueryResult answer = Must(database.Query("RETURN $id + 1, $text, $list[2], $map.k, $map.other", options));
  ASSERT_TRUE(answer.Next());
  EXPECT_EQ(answer.Get(0).integer(), 8);
  EXPECT_EQ(answer.Get(1).string(), "naïve");
  EXPECT_EQ(answer.Get(2).string(), "x");
  EXPECT_EQ(answer.Get(3).real(), 1.5);
  EXPECT_TRUE(answer.Get(4).is_null());
}

TEST(Parameters, FillWholePatterns) {
  Database database = InMemory();
  const Value rows = List{Map{{"name", "Ann"}}, Map{{"name", "Bo"}, {"born", 1970}}};
  Must(database.Query("UNWIND $rows AS row CREATE (p:Person) SET p = row", {.parameters = {{"rows", rows}}}));
  Must(database.Query("CREATE (:Person $all)", {.parameters = {{"all", Map{{"name", "Cy"}}}}}));
  EXPECT_EQ(ToText(Single(database.Query("MATCH (p:Person) WITH p ORDER BY p.name RETURN collect(p.name)"))),
            "['Ann', 'Bo', 'Cy']");
}

TEST(Parameters, ANodeOfAnAnswerNamesThatNode) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A {x: 1}), (:A {x: 2})"));
  const Value node = Single(database.Query("MATCH (a:A {x: 2}) RETURN a"));
  EXPECT_EQ(
      Single(database.Query("MATCH (a:A) WHERE a = $node RETURN a.x", {.parameters = {{"node", node}}})).integer(), 2);
}

TEST(Parameters, MissingIsAnErrorAtItsPlace) {
  Database database = InMemory();
  const Error error = Failure(database.Query("RETURN 1 + $missing", {.parameters = {{"other", 1}}}));
  EXPECT_EQ(error.type, ErrorType::kParameterMissing);
  EXPECT_NE(error.message.find("$missing"), std::string::npos) << error.message;
  ASSERT_TRUE(error.place);
  EXPECT_EQ(error.place->column, 12u);
}

TEST(Parameters, OfTheWrongType) {
  Database database = InMemory();
  const auto failure = [&](std::string_view text, Value value) {
    return Failure(database.Query(text, {.parameters = {{"p", std::move(value)}}})).type;
  };
  EXPECT_EQ(failure("UNWIND $p AS x RETURN x", 1), ErrorType::kTypeError);
  EXPECT_EQ(failure("CREATE (n $p)", "text"), ErrorType::kTypeError);
  EXPECT_EQ(failure("CREATE (n {x: $p})", Map{{"k", 1}}), ErrorType::kTypeError);
  EXPECT_EQ(failure("RETURN 1 LIMIT $p", "many"), ErrorType::kSyntaxError);
  EXPECT_EQ(failure("RETURN 1 SKIP $p", -1), ErrorType::kSyntaxError);
  EXPECT_EQ(failure("RETURN $p.key", 1), ErrorType::kTypeError);
  EXPECT_EQ(failure("CREATE (n VALID FROM $p)", "yesterday"), ErrorType::kArgumentError);
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Parameters, ThatAreNotUtf8) {
  Database database = InMemory();
  const std::string broken = "caf\xe9";
  EXPECT_EQ(Failure(database.Query("RETURN $p", {.parameters = {{"p", broken}}})).detail, "InvalidUnicodeCharacter");
  const Value nested = List{Map{{"k", List{broken}}}};
  EXPECT_EQ(Failure(database.Query("RETURN $p", {.parameters = {{"p", nested}}})).detail, "InvalidUnicodeCharacter");
  const Value key = Map{{broken, 1}};
  EXPECT_EQ(Failure(database.Query("RETURN $p", {.parameters = {{"p", key}}})).detail, "InvalidUnicodeCharacter");
}

TEST(Parameters, ThatAreNestedTooDeep) {
  Database database = InMemory();
  Value nested = 1;
  for (std::uint32_t depth = 0; depth < kValueNestingMax; ++depth) nested = List{nested};
  EXPECT_TRUE(database.Query("RETURN $p", {.parameters = {{"p", nested}}}));
  nested = List{nested};
  EXPECT_EQ(Failure(database.Query("RETURN $p", {.parameters = {{"p", nested}}})).type, ErrorType::kArgumentError);
}

// ---- Limits

TEST(Limits, TimeoutEndsAQueryAndUndoesIt) {
  Database database = InMemory();
  const QueryOptions options{.parameters = {}, .timeout = std::chrono::milliseconds(30)};
  const Error error = Failure(database.Query(
      "UNWIND range(1, 1000000) AS x UNWIND range(1, 1000000) AS y WITH x, y WHERE x + y < 0 CREATE (n) RETURN n",
      options));
  EXPECT_EQ(error.type, ErrorType::kTimeout) << error.message;
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Query("RETURN 1", options));
}

TEST(Limits, AnIndexThatTakesTooLongIsNotMade) {
  Database database = InMemory();
  Must(database.Query("UNWIND range(1, 50000) AS i CREATE (:P {n: i})"));
  const QueryOptions options{.parameters = {}, .timeout = std::chrono::milliseconds(3)};
  const Error error = Failure(database.Query("CREATE INDEX FOR (p:P) ON (p.n)", options));
  EXPECT_EQ(error.type, ErrorType::kTimeout) << error.message;
  EXPECT_FALSE(Must(database.Query("SHOW INDEXES")).Next());
  Must(database.Query("CREATE INDEX FOR (p:P) ON (p.n)"));
  EXPECT_TRUE(Must(database.Check()).ok());
}

TEST(Limits, ACancelledQueryDoesNotBegin) {
  Database database = InMemory();
  const std::atomic<bool> cancel = true;
  EXPECT_EQ(Failure(database.Query("UNWIND range(1, 1000) AS x CREATE ()", {.parameters = {}, .cancel = &cancel})).type,
            ErrorType::kCancelled);
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Limits, MemoryErrorsNameTheClause) {
  Database database = InMemory({.memory_bytes_max = std::uint64_t{8} << 20});
  const auto message = [&](std::string_view text) {
    const Error error = Failure(database.Query(text));
    EXPECT_EQ(error.type, ErrorType::kResourceExhausted) << error.message;
    return error.message;
  };
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x RETURN x ORDER BY -x").find("ORDER BY"), std::string::npos);
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x WITH DISTINCT x WHERE x < 0 RETURN x").find("DISTINCT"),
            std::string::npos);
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x RETURN x, count(*)").find("aggregation"), std::string::npos);
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x CREATE ()").find("update"), std::string::npos);
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x RETURN x").find("answer"), std::string::npos);
  EXPECT_NE(message("UNWIND range(1, 1000000) AS x CALL (x) { CREATE () } RETURN 1").find("CALL { }"),
            std::string::npos);
  EXPECT_EQ(CountNodes(database), 0);
}

// What a subquery held is given back when it ends: otherwise many small ones would come to more than there is.
TEST(Limits, MemoryIsWhatIsHeldAtOnce) {
  Database database = InMemory({.memory_bytes_max = std::uint64_t{8} << 20});
  EXPECT_EQ(Single(database.Query("UNWIND range(1, 100000) AS i "
                                  "RETURN sum(COUNT { UNWIND [1, 2, 2] AS j WITH DISTINCT j RETURN j })"))
                .integer(),
            200000);
  EXPECT_EQ(Single(database.Query("UNWIND range(1, 100000) AS i "
                                  "CALL (i) { UNWIND [1, 2, 2] AS j WITH DISTINCT j RETURN j } RETURN count(*)"))
                .integer(),
            200000);
  Must(database.Query("CREATE (:A)"));
  Must(database.Query("MATCH (a:A) FOREACH (i IN range(1, 100000) | SET a.n = i)"));
  EXPECT_EQ(
      Single(database.Query("UNWIND range(1, 200000) AS i CALL db.labels() YIELD label RETURN count(*)")).integer(),
      200000);
}

TEST(Limits, ValuesMayBeNestedSoDeep) {
  Database database = InMemory();
  EXPECT_TRUE(database.Query("RETURN reduce(list = [], x IN range(1, 499) | [list])"));
  EXPECT_EQ(Failure(database.Query("RETURN reduce(list = [], x IN range(1, 100000) | [list])")).type,
            ErrorType::kResourceExhausted);
  EXPECT_EQ(Failure(database.Query("RETURN reduce(map = {}, x IN range(1, 100000) | {k: map})")).type,
            ErrorType::kResourceExhausted);
}

TEST(Limits, OfTheText) {
  Database database = InMemory();
  const Error error = Failure(database.Query("RETURN '" + std::string(std::size_t{2} << 20, 'x') + "'"));
  EXPECT_EQ(error.type, ErrorType::kSyntaxError);
  EXPECT_EQ(error.detail, "QueryTooLong");
  std::string calls;
  for (int i = 0; i <= 100; ++i) calls += "CALL { RETURN 1 AS x" + std::to_string(i) + " } ";
  EXPECT_EQ(Failure(database.Query(calls + "RETURN x0")).detail, "QueryTooLong");
}

// ---- Places

struct Located {
  std::string text;
  std::string detail;
  std::uint32_t line;
  std::uint32_t column;
  std::string caret_line;  // the last line of the error as people read it
};

TEST(Places, AreLineAndColumnInCodePoints) {
  Database database = InMemory();
  Must(database.Query("CREATE ({y: 1})"));
  const Located cases[] = {
      {"RETURN missing", "UndefinedVariable", 1, 8, "       ^^^^^^^"},
      {"MATCH (n)\nWHERE n.y = 1\n  RETURN m", "UndefinedVariable", 3, 10, "         ^"},
      {"RETURN 'héé', m", "UndefinedVariable", 1, 15, "              ^"},
      {"// 張三\r\nRETURN 'é' AS é, m", "UndefinedVariable", 2, 18, "                 ^"},
      {"MATCH (n)\nRETURN n.y,\n       1 % 0", "DivisionByZero", 3, 8, "       ^^^^^"},
      {"RETURN '😀' + toInteger([1])", "InvalidArgumentValue", 1, 14,
       "              ^^^^^^^^^^^^^^"},  // an emoji is two cells wide
  };
  for (const Located& wanted : cases) {
    const Error error = Failure(database.Query(wanted.text));
    EXPECT_EQ(error.detail, wanted.detail) << Describe(error, wanted.text);
    ASSERT_TRUE(error.place) << wanted.text;
    EXPECT_EQ(error.place->line, wanted.line) << Describe(error, wanted.text);
    EXPECT_EQ(error.place->column, wanted.column) << Describe(error, wanted.text);
    const std::string shown = Describe(error, wanted.text);
    EXPECT_EQ(shown.substr(shown.rfind('\n') + 1).substr(0, wanted.caret_line.size()), wanted.caret_line) << shown;
  }
}

TEST(Places, OfBytesThatAreNotUtf8) {
  Database database = InMemory();
  const Error error = Failure(database.Query("RETURN 'é',\n '\xff'"));
  EXPECT_EQ(error.detail, "InvalidUnicodeCharacter");
  ASSERT_TRUE(error.place);
  EXPECT_EQ(error.place->line, 2u);
  EXPECT_EQ(error.place->column, 3u);
}

TEST(Places, TellThePhase) {
  Database database = InMemory();
  EXPECT_EQ(Failure(database.Query("RETURN x")).phase, Phase::kCompile);
  EXPECT_EQ(Failure(database.Query("RETURN 1 / 0")).phase, Phase::kRuntime);
}

// ---- Sources

TEST(Sources, ATextIsAttachedToItsNode) {
  Database database = InMemory();
  Must(database.AttachSource("report", "Ann was appointed chair."));
  EXPECT_EQ(Single(database.Query("MATCH (s:Source) RETURN s.key")).string(), "report");
  Must(database.AttachSource("report", "Ann was appointed chair."));
  EXPECT_EQ(CountNodes(database), 1);

  Must(database.Query("CREATE (:Source {key: 'letter', title: 'A letter'})"));
  Must(database.AttachSource("letter", "Dear Bo"));
  EXPECT_EQ(CountNodes(database), 2);
}

TEST(Sources, ATextIsReplacedUntilASpanOfItIsCited) {
  Database database = InMemory();
  Must(database.AttachSource("report", "first words"));
  Must(database.AttachSource("report", "second words"));
  Must(database.Query("MATCH (s:Source) CREATE (:A CITE s)"));
  Must(database.AttachSource("report", "third words"));
  Must(database.Query("MATCH (s:Source) CREATE (:A CITE s QUOTE 'third')"));
  const Error error = Failure(database.AttachSource("report", "fourth words"));
  EXPECT_EQ(error.type, ErrorType::kUsageError);
  EXPECT_NE(error.message.find("report"), std::string::npos);
  Must(database.AttachSource("report", "third words"));
  Must(database.Query("MATCH (a:A) DETACH DELETE a"));
  Must(database.AttachSource("report", "fourth words"));
}

TEST(Sources, AreUtf8) {
  Database database = InMemory();
  EXPECT_EQ(Failure(database.AttachSource("report", "caf\xe9")).type, ErrorType::kUsageError);
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Sources, OutliveTheProcess) {
  const ScratchDirectory directory;
  {
    Database database = Must(Database::Open(directory / "db"));
    Must(database.AttachSource("report", "Zoë was appointed chair of the board."));
    Must(database.Query("MATCH (s:Source) CREATE (:A CITE s QUOTE 'was appointed')"));
  }
  Database database = Must(Database::Open(directory / "db"));
  EXPECT_EQ(ToText(Single(database.Query("MATCH (a:A) RETURN citations(a)[0]"))),
            "{end: 17, first: 4, quote: 'was appointed', source: 'report'}");
}

TEST(Sources, AQuoteIsFoundInOnePlace) {
  Database database = InMemory();
  Must(database.AttachSource("report", "Zoë met Ann. Ann met 張三. Ann left."));
  const auto cite = [&](std::string_view words) {
    return database.Query("CREATE (a CITE $source QUOTE $words) RETURN citations(a)[0] AS c",
                          {.parameters = {{"source", "report"}, {"words", words}}});
  };
  const Value found = Single(cite("張三"));
  EXPECT_EQ(found.map().at("first").integer(), 21);
  EXPECT_EQ(found.map().at("end").integer(), 23);
  EXPECT_EQ(found.map().at("quote").string(), "張三");

  const Error missing = Failure(cite("Bo"));
  EXPECT_EQ(missing.detail, "QuoteNotFound");
  ASSERT_TRUE(missing.place);
  EXPECT_EQ(missing.place->column, 11u);

  const Error several = Failure(cite("Ann"));
  EXPECT_EQ(several.detail, "QuoteNotUnique");
  for (const char* place : {"[8..11]", "[13..16]", "[25..28]"}) {
    EXPECT_NE(several.message.find(place), std::string::npos) << several.message;
  }
  EXPECT_EQ(Failure(cite("")).type, ErrorType::kArgumentError);
  EXPECT_EQ(CountNodes(database), 2);
}

TEST(Sources, ThatAreNotThere) {
  Database database = InMemory();
  const Error error = Failure(database.Query("CREATE (a CITE $source)", {.parameters = {{"source", "none"}}}));
  EXPECT_EQ(error.type, ErrorType::kEntityNotFound);
  EXPECT_NE(error.message.find("'none'"), std::string::npos) << error.message;
}

}  // namespace
}  // namespace plenum
