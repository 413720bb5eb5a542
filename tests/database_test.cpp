// The library as a program uses it: databases, transactions, parameters, limits, errors and their places, sources.
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>
#include <utility>

#include "plenum/plenum.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(Describe(result.error()));
  return std::move(result).value();
}
void Must(Status status) {
  if (!status.ok()) throw std::runtime_error(Describe(status.error()));
}

Database InMemory(const OpenOptions& options = {}) { return Must(Database::Open(":memory:", options)); }

// The only value of an answer that has one row and one column.
Value Single(Result<QueryResult> result) {
  QueryResult answer = Must(std::move(result));
  EXPECT_EQ(answer.columns().size(), 1u);
  if (!answer.Next()) throw std::runtime_error("the answer has no rows");
  Value value = answer.Get(0);
  EXPECT_FALSE(answer.Next());
  return value;
}

// The error of what must fail.
template <class T>
Error Failure(Result<T> result) {
  if (result) throw std::runtime_error("this should have failed");
  return std::move(result).error();
}
Error Failure(Status status) {
  if (status.ok()) throw std::runtime_error("this should have failed");
  return std::move(status).error();
}

std::int64_t CountNodes(auto& database) { return Single(database.Query("MATCH (n) RETURN count(*)")).integer(); }

// ---- Opening

TEST(Open, MakesADirectoryAndFindsWhatWasWritten) {
  const ScratchDirectory directory;
  const std::string path = directory / "people.plenum";
  {
    Database database = Must(Database::Open(path));
    Must(database.Query("CREATE (:Person {name: 'Ann'})-[:HOLDS {since: 2019}]->(:Role {title: 'Chair'})"));
  }
  Database database = Must(Database::Open(path, {.create_if_missing = false}));
  QueryResult answer =
      Must(database.Query("MATCH (p:Person)-[h:HOLDS]->(r:Role) RETURN p.name AS name, h.since, r.title"));
  EXPECT_EQ(answer.columns(), (std::vector<std::string>{"name", "h.since", "r.title"}));
  ASSERT_TRUE(answer.Next());
  EXPECT_EQ(answer.Get(0).string(), "Ann");
  EXPECT_EQ(answer.Get(1).integer(), 2019);
  EXPECT_EQ(answer.Get(2).string(), "Chair");
  EXPECT_FALSE(answer.Next());
  EXPECT_FALSE(answer.Next());
}

TEST(Open, DoesNotMakeOneUnasked) {
  const ScratchDirectory directory;
  EXPECT_EQ(Failure(Database::Open(directory / "none", {.create_if_missing = false})).type, ErrorType::kNotFound);
  EXPECT_EQ(Failure(Database::Open(directory / "none", {.read_only = true})).type, ErrorType::kNotFound);
  EXPECT_FALSE(std::filesystem::exists(directory / "none"));
}

TEST(Open, HoldsTheDirectoryAlone) {
  const ScratchDirectory directory;
  const std::optional<Database> database = Must(Database::Open(directory / "db"));
  const Error error = Failure(Database::Open(directory / "db"));
  EXPECT_EQ(error.type, ErrorType::kDatabaseLocked) << error.message;
}

TEST(Open, MemoryIsGoneWhenClosed) {
  {
    Database database = InMemory();
    Must(database.Query("CREATE ()"));
    EXPECT_EQ(CountNodes(database), 1);
    Database another = InMemory();
    EXPECT_EQ(CountNodes(another), 0);
  }
  Database database = InMemory();
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Open, ReadOnlyRefusesEveryWrite) {
  const ScratchDirectory directory;
  Must(Must(Database::Open(directory / "db")).Query("CREATE (:A)"));
  Database database = Must(Database::Open(directory / "db", {.read_only = true}));
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(Failure(database.Query("CREATE (:B)")).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(database.BeginWrite()).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(database.AttachSource("key", "text")).type, ErrorType::kUsageError);
  EXPECT_EQ(Must(database.Query("EXPLAIN CREATE (:B)")).columns(), std::vector<std::string>{"plan"});
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(database.Labels(), std::vector<std::string>{"A"});
}

TEST(Open, CanBeMoved) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A)"));
  Database moved = std::move(database);
  EXPECT_EQ(CountNodes(moved), 1);
  database = std::move(moved);
  EXPECT_EQ(CountNodes(database), 1);
}

TEST(Names, AreThoseInUse) {
  Database database = InMemory();
  Must(database.Query("CREATE (:B {y: 1})-[:S {x: 2}]->(:A)-[:R]->()"));
  EXPECT_EQ(database.Labels(), (std::vector<std::string>{"A", "B"}));
  EXPECT_EQ(database.RelationshipTypes(), (std::vector<std::string>{"R", "S"}));
  EXPECT_EQ(database.PropertyKeys(), (std::vector<std::string>{"x", "y"}));
}

// ---- Results

TEST(QueryResult, OutlivesItsDatabase) {
  std::optional<Database> database = InMemory();
  QueryResult answer =
      Must(database->Query("CREATE p = (a:A {x: [1, 'two']})-[r:R {y: date('2020-01-02')}]->(b) "
                           "RETURN a, r, p, [a, {key: r}] AS list"));
  database.reset();
  ASSERT_TRUE(answer.Next());
  EXPECT_EQ(answer.Get(0).node().labels, std::vector<std::string>{"A"});
  EXPECT_EQ(ToText(answer.Get(0).node().properties.at("x")), "[1, 'two']");
  EXPECT_EQ(answer.Get(1).relationship().type, "R");
  EXPECT_EQ(ToText(answer.Get(1).relationship().properties.at("y")), "2020-01-02");
  ASSERT_EQ(answer.Get(2).path().nodes.size(), 2u);
  EXPECT_EQ(answer.Get(2).path().nodes.front().properties.size(), 1u);
  EXPECT_EQ(answer.Get(2).path().relationships.front().properties.size(), 1u);
  EXPECT_EQ(answer.Get(3).list()[0].node().properties.size(), 1u);
  EXPECT_EQ(answer.Get(3).list()[1].map().at("key").relationship().properties.size(), 1u);
}

TEST(QueryResult, CountsWhatAStatementChanged) {
  Database database = InMemory();
  const QueryStatistics created =
      Must(database.Query("CREATE (a:A:B {x: 1, none: null})-[:R {y: 1}]->(b), (c:A {x: 1, y: 2})")).statistics();
  EXPECT_EQ(created.nodes_created, 3u);
  EXPECT_EQ(created.relationships_created, 1u);
  EXPECT_EQ(created.properties_set, 4u);
  EXPECT_EQ(created.labels_added, 3u);

  const QueryStatistics changed =
      Must(database.Query("MATCH (a:A) SET a.x = 5, a:C, a:A REMOVE a:B, a.none")).statistics();
  EXPECT_EQ(changed.properties_set, 2u);
  EXPECT_EQ(changed.labels_added, 2u);
  EXPECT_EQ(changed.labels_removed, 1u);
  EXPECT_EQ(changed.nodes_created, 0u);

  const QueryStatistics deleted = Must(database.Query("MATCH (n) DETACH DELETE n")).statistics();
  EXPECT_EQ(deleted.nodes_deleted, 3u);
  EXPECT_EQ(deleted.relationships_deleted, 1u);

  const QueryStatistics read = Must(database.Query("MATCH (n) RETURN n")).statistics();
  EXPECT_EQ(read.nodes_created + read.properties_set + read.nodes_deleted, 0u);
}

TEST(Explain, WritesNothing) {
  Database database = InMemory();
  QueryResult plan = Must(database.Query("EXPLAIN MATCH (a:A) MERGE (a)-[:R]->(b:B) SET a.x = 1 DETACH DELETE b"));
  EXPECT_EQ(plan.columns(), std::vector<std::string>{"plan"});
  EXPECT_TRUE(plan.Next());
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
  EXPECT_TRUE(database.PropertyKeys().empty());

  Transaction transaction = Must(database.BeginRead());
  EXPECT_TRUE(transaction.Query("EXPLAIN CREATE (a)"));
}

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
}

// ---- Transactions

TEST(Transaction, AReaderKeepsWhatItBeganWith) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A {x: 1})"));
  Transaction reader = Must(database.BeginRead());
  EXPECT_EQ(CountNodes(reader), 1);
  Transaction writer = Must(database.BeginWrite());
  Must(writer.Query("CREATE (:A {x: 2})"));
  Must(writer.Query("MATCH (a:A {x: 1}) SET a.x = 10"));
  EXPECT_EQ(CountNodes(writer), 2);
  EXPECT_EQ(CountNodes(database), 1);
  EXPECT_EQ(Single(reader.Query("MATCH (a:A) RETURN a.x")).integer(), 1);
  Must(writer.Commit());
  EXPECT_EQ(Single(reader.Query("MATCH (a:A) RETURN a.x")).integer(), 1);
  EXPECT_EQ(CountNodes(database), 2);
  EXPECT_EQ(Single(database.Query("MATCH (a:A) RETURN sum(a.x)")).integer(), 12);
}

TEST(Transaction, RollbackLeavesNothing) {
  Database database = InMemory();
  {
    Transaction transaction = Must(database.BeginWrite());
    Must(transaction.Query("CREATE (:A {x: 1})-[:R]->(:B)"));
    transaction.Rollback();
    EXPECT_EQ(Failure(transaction.Query("RETURN 1")).type, ErrorType::kUsageError);
  }
  {
    Transaction dropped = Must(database.BeginWrite());
    Must(dropped.Query("CREATE (:C)"));
  }
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
  EXPECT_TRUE(database.RelationshipTypes().empty());
}

TEST(Transaction, AFailedStatementChangesNothingAndLeavesItUsable) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginWrite());
  Must(transaction.Query("CREATE (:A {x: 1})"));
  EXPECT_EQ(Failure(transaction.Query("MATCH (a:A) SET a.x = 5 CREATE (:B {y: 2}) WITH a RETURN 1 / 0")).type,
            ErrorType::kArithmeticError);
  EXPECT_EQ(Failure(transaction.Query("CREATE (:C) RETURN nothing")).type, ErrorType::kSyntaxError);
  EXPECT_EQ(Failure(transaction.Query("MATCH (a:A) MERGE (a)-[:R]->(b:C {z: 1}) DELETE b")).detail,
            "DeleteConnectedNode");
  EXPECT_EQ(Single(transaction.Query("MATCH (n) RETURN n.x")).integer(), 1);
  Must(transaction.Query("CREATE (:D)"));
  Must(transaction.Commit());
  EXPECT_EQ(CountNodes(database), 2);
  EXPECT_EQ(database.Labels(), (std::vector<std::string>{"A", "D"}));
  EXPECT_EQ(database.PropertyKeys(), std::vector<std::string>{"x"});
}

TEST(Transaction, AFailedStatementOfItsOwnChangesNothing) {
  Database database = InMemory();
  EXPECT_EQ(Failure(database.Query("UNWIND [2, 1, 0] AS x CREATE (:A {x: 6 / x})")).type, ErrorType::kArithmeticError);
  EXPECT_EQ(CountNodes(database), 0);
  EXPECT_TRUE(database.Labels().empty());
}

TEST(Transaction, EndsWithCommit) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginWrite());
  Must(transaction.Query("CREATE ()"));
  Must(transaction.Commit());
  EXPECT_EQ(Failure(transaction.Query("RETURN 1")).type, ErrorType::kUsageError);
  EXPECT_EQ(Failure(transaction.Commit()).type, ErrorType::kUsageError);
  transaction.Rollback();
  EXPECT_EQ(CountNodes(database), 1);
}

TEST(Transaction, AReaderDoesNotWrite) {
  Database database = InMemory();
  Transaction transaction = Must(database.BeginRead());
  EXPECT_EQ(Failure(transaction.Query("CREATE ()")).type, ErrorType::kUsageError);
  EXPECT_EQ(CountNodes(transaction), 0);
  Must(transaction.Commit());
}

TEST(Transaction, CommitsToDisk) {
  const ScratchDirectory directory;
  {
    Database database = Must(Database::Open(directory / "db"));
    Transaction transaction = Must(database.BeginWrite());
    Must(transaction.Query("CREATE (:A)"));
    Must(transaction.Commit());
    Must(database.Query("CREATE (:A)", {.sync = false}));
    Transaction dropped = Must(database.BeginWrite());
    Must(dropped.Query("CREATE (:A)"));
  }
  Database database = Must(Database::Open(directory / "db"));
  EXPECT_EQ(CountNodes(database), 2);
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
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Limits, OfTheText) {
  Database database = InMemory();
  const Error error = Failure(database.Query("RETURN '" + std::string(std::size_t{2} << 20, 'x') + "'"));
  EXPECT_EQ(error.type, ErrorType::kSyntaxError);
  EXPECT_EQ(error.detail, "QueryTooLong");
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
