// Procedures that the program registers: how they are called, what they may take and give, how they fail.
#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "plenum/plenum.h"
#include "tests/database_checks.h"

namespace plenum {
namespace {

using Rows = std::vector<List>;

// my.range(first, last) gives the numbers from one to the other with their squares.
Procedure Range() {
  return {.name = "my.range",
          .inputs = {{"first", FieldType::kInteger, false}, {"last", FieldType::kInteger, false}},
          .outputs = {{"number", FieldType::kInteger, false}, {"square", FieldType::kInteger, false}},
          .function = [](const List& arguments) -> Result<Rows> {
            Rows rows;
            for (std::int64_t i = arguments[0].integer(); i <= arguments[1].integer(); ++i) rows.push_back({i, i * i});
            return rows;
          }};
}

// A procedure of one input and one output that gives what it is given.
Procedure Echo(FieldType in, FieldType out, bool nullable = true) {
  return {.name = "my.echo",
          .inputs = {{"in", in, nullable}},
          .outputs = {{"out", out, nullable}},
          .function = [](const List& arguments) -> Result<Rows> { return Rows{arguments}; }};
}

Database With(Procedure procedure) {
  Database database = InMemory();
  Must(database.Register(std::move(procedure)));
  return database;
}

std::string Answer(Result<QueryResult> result) {
  QueryResult answer = Must(std::move(result));
  std::string text;
  for (const std::string& column : answer.columns()) text += column + " ";
  while (answer.Next()) text += ToText(Value(answer.row()));
  return text;
}

// ---- Calling

TEST(Procedures, GiveRows) {
  Database database = With(Range());
  EXPECT_EQ(Answer(database.Query("CALL my.range(1, 2)")), "number square [1, 1][2, 4]");
  EXPECT_EQ(Answer(database.Query("CALL my.range(1, 2) YIELD square AS s, number")), "s number [1, 1][4, 2]");
  EXPECT_EQ(
      Answer(database.Query("UNWIND [2, 3] AS x CALL my.range(x, 3) YIELD number RETURN x, collect(number) AS n")),
      "x n [2, [2, 3]][3, [3]]");
  EXPECT_EQ(Answer(database.Query("CALL my.range(1, 4) YIELD number WHERE number % 2 = 0 RETURN number")),
            "number [2][4]");
  EXPECT_EQ(Answer(database.Query("CALL my.range(2, 1)")), "number square ");
}

TEST(Procedures, TakeArgumentsFromParametersOfTheirNames) {
  Database database = With(Range());
  const QueryOptions both{.parameters = {{"first", 3}, {"last", 3}}};
  EXPECT_EQ(Answer(database.Query("CALL my.range", both)), "number square [3, 9]");
  const Error missing = Failure(database.Query("CALL my.range YIELD number", {.parameters = {{"first", 3}}}));
  EXPECT_EQ(missing.type, ErrorType::kParameterMissing);
  EXPECT_EQ(missing.detail, "MissingParameter");
  EXPECT_EQ(missing.phase, Phase::kCompile);
  EXPECT_NE(missing.message.find("$last"), std::string::npos) << missing.message;
  ASSERT_TRUE(missing.place);
  EXPECT_EQ(missing.place->column, 6u);
  EXPECT_EQ(Answer(database.Query("EXPLAIN CALL my.range YIELD number")),
            "plan ['call          my.range, yields number']");
  const Error wrong = Failure(database.Query("CALL my.range", {.parameters = {{"first", "a"}, {"last", 3}}}));
  EXPECT_EQ(wrong.type, ErrorType::kTypeError);
  EXPECT_EQ(wrong.phase, Phase::kRuntime);
  const Error mode = Failure(database.Query("CALL my.range YIELD number RETURN number", both));
  EXPECT_EQ(mode.detail, "InvalidArgumentPassingMode");
  EXPECT_NE(mode.message.find("first: INTEGER NOT NULL"), std::string::npos) << mode.message;
}

TEST(Procedures, WithoutColumnsAreCalledOnceARowWhateverFollows) {
  std::vector<std::int64_t> seen;
  Database database = With(
      {.name = "my.note", .inputs = {{"x"}}, .outputs = {}, .function = [&](const List& arguments) -> Result<Rows> {
         seen.push_back(arguments[0].integer());
         return Rows{};
       }});
  EXPECT_EQ(Answer(database.Query("CALL my.note(0)")), "");
  EXPECT_EQ(Answer(database.Query("UNWIND [1, 2, 3] AS x CALL my.note(x) RETURN x LIMIT 1")), "x [1]");
  EXPECT_EQ(Answer(database.Query("UNWIND [4, 5] AS x CALL (x) { CALL my.note(x) RETURN 1 AS y } RETURN y LIMIT 1")),
            "y [1]");
  EXPECT_EQ(Answer(database.Query("UNWIND [6] AS x CALL my.note(x)")), "");
  EXPECT_EQ(seen, (std::vector<std::int64_t>{0, 1, 2, 3, 4, 5, 6}));
}

TEST(Procedures, AreCalledInTransactionsToo) {
  Database database = With(Range());
  Transaction transaction = Must(database.BeginWrite());
  Must(transaction.Query("CALL my.range(1, 3) YIELD number CREATE (:A {n: number})"));
  Must(database.Register(Echo(FieldType::kAnything, FieldType::kAnything)));
  EXPECT_EQ(Answer(transaction.Query("MATCH (a:A) CALL my.echo(a.n) YIELD out RETURN sum(out) AS s")), "s [6]");
}

TEST(Procedures, ComeWithTheDatabaseThatIsMoved) {
  Database database = With(Range());
  const Database moved = std::move(database);
  Database again = std::move(const_cast<Database&>(moved));
  EXPECT_EQ(Answer(again.Query("CALL my.range(1, 1)")), "number square [1, 1]");
}

TEST(Procedures, GetWholeElementsAndMayGiveThemBack) {
  std::string name;
  Database database = With({.name = "my.first",
                            .inputs = {{"people", FieldType::kList}},
                            .outputs = {{"person", FieldType::kNode}},
                            .function = [&](const List& arguments) -> Result<Rows> {
                              const Value& first = arguments[0].list().front();
                              name = first.node().properties.at("name").string();
                              return Rows{{first}};
                            }});
  Must(database.Query("CREATE (:P {name: 'Ann'})-[:KNOWS]->(:P {name: 'Bo'})"));
  EXPECT_EQ(Answer(database.Query("MATCH (p:P) WITH collect(p) AS people CALL my.first(people) YIELD person "
                                  "MATCH (person)-[:KNOWS]->(q) SET person.seen = true RETURN person, q.name AS q")),
            "person q [(:P {name: 'Ann', seen: true}), 'Bo']");
  EXPECT_EQ(name, "Ann");
  EXPECT_EQ(Failure(database.Query("CALL my.first([]) YIELD person MATCH ()-[person]->() RETURN 1")).detail,
            "VariableTypeConflict");
}

// ---- Types

TEST(Procedures, TakeIntegersForFloats) {
  Database floats = With(Echo(FieldType::kFloat, FieldType::kFloat));
  EXPECT_EQ(Answer(floats.Query("CALL my.echo(42)")), "out [42.0]");
  EXPECT_EQ(Answer(floats.Query("WITH [1, 2.5] AS l UNWIND l AS x CALL my.echo(x) YIELD out RETURN out")),
            "out [1.0][2.5]");
  Database numbers = With(Echo(FieldType::kNumber, FieldType::kNumber));
  EXPECT_EQ(Answer(numbers.Query("UNWIND [1, 2.5, null] AS x CALL my.echo(x) YIELD out RETURN out")),
            "out [1][2.5][null]");
  Database widened = With(Echo(FieldType::kInteger, FieldType::kFloat));
  EXPECT_EQ(Answer(widened.Query("CALL my.echo(42)")), "out [42.0]");
}

TEST(Procedures, RefuseOtherTypes) {
  Database database = With(Echo(FieldType::kInteger, FieldType::kInteger, false));
  for (const char* text : {"CALL my.echo(true)", "CALL my.echo(1.5) YIELD out RETURN out", "CALL my.echo('1')",
                           "CALL my.echo(null)", "MATCH (n) CALL my.echo(n) YIELD out RETURN out"}) {
    const Error error = Failure(database.Query(text));
    EXPECT_EQ(error.type, ErrorType::kSyntaxError) << text;
    EXPECT_EQ(error.detail, "InvalidArgumentType") << text;
    EXPECT_EQ(error.phase, Phase::kCompile) << text;
  }
  const Error late = Failure(database.Query("CALL my.echo($x)", {.parameters = {{"x", "text"}}}));
  EXPECT_EQ(late.type, ErrorType::kTypeError);
  EXPECT_EQ(late.detail, "InvalidArgumentType");
  ASSERT_TRUE(late.place);
  EXPECT_EQ(late.place->column, 14u);
  const Error null = Failure(database.Query("CALL my.echo($x)", {.parameters = {{"x", Value()}}}));
  EXPECT_EQ(null.type, ErrorType::kTypeError);
  EXPECT_NE(null.message.find("not null"), std::string::npos) << null.message;
  // What it gives is known to be an integer before it is called.
  EXPECT_EQ(Failure(database.Query("CALL my.echo(1) YIELD out UNWIND out AS x RETURN x")).phase, Phase::kCompile);
}

TEST(Procedures, CountArguments) {
  Database database = With(Range());
  for (const char* text :
       {"CALL my.range(1)", "CALL my.range()", "CALL my.range(1, 2, 3) YIELD number RETURN number"}) {
    const Error error = Failure(database.Query(text));
    EXPECT_EQ(error.detail, "InvalidNumberOfArguments") << text;
    EXPECT_NE(error.message.find("2 argument(s), first: INTEGER"), std::string::npos) << error.message;
  }
  EXPECT_EQ(Failure(database.Query("MATCH (n) CALL my.range(count(n), 1) YIELD number RETURN number")).detail,
            "InvalidAggregation");
}

// ---- Failing

TEST(Procedures, FailWithTheirOwnErrors) {
  Database database = With(
      {.name = "my.fail", .inputs = {}, .outputs = {{"x"}}, .function = [](const List&) -> Result<Rows> {
         return Error{.type = ErrorType::kNotFound, .detail = "NoSuchFile", .message = "the file is gone", .place = {}};
       }});
  const Error error = Failure(database.Query("CREATE (:A) WITH 1 AS one CALL my.fail() YIELD x RETURN x"));
  EXPECT_EQ(error.type, ErrorType::kNotFound);
  EXPECT_EQ(error.detail, "NoSuchFile");
  EXPECT_EQ(error.message, "the file is gone");
  ASSERT_TRUE(error.place);
  EXPECT_EQ(error.place->column, 32u);
  EXPECT_EQ(CountNodes(database), 0);
}

TEST(Procedures, ThatThrowAreErrors) {
  Database database = With(
      {.name = "my.throw", .inputs = {{"how"}}, .outputs = {}, .function = [](const List& arguments) -> Result<Rows> {
         if (arguments[0].boolean()) throw std::runtime_error("out of paper");
         throw 7;
       }});
  const Error error = Failure(database.Query("CALL my.throw(true)"));
  EXPECT_EQ(error.type, ErrorType::kProcedureError);
  EXPECT_EQ(error.detail, "ProcedureFailed");
  EXPECT_NE(error.message.find("out of paper"), std::string::npos) << error.message;
  EXPECT_EQ(Failure(database.Query("CALL my.throw(false)")).detail, "ProcedureFailed");
}

TEST(Procedures, AreHeldToTheirDeclaration) {
  const auto failure = [](FieldType type, bool nullable, List row) {
    Database database = With({.name = "my.bad",
                              .inputs = {},
                              .outputs = {{"x", type, nullable}},
                              .function = [row](const List&) -> Result<Rows> { return Rows{row}; }});
    const Error error = Failure(database.Query("CALL my.bad()"));
    EXPECT_EQ(error.type, ErrorType::kProcedureError);
    return error.detail;
  };
  Value deep;
  for (std::uint32_t i = 0; i <= kValueNestingMax; ++i) deep = Value(List{deep});
  EXPECT_EQ(failure(FieldType::kInteger, true, {"text"}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kInteger, false, {Value()}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kInteger, true, {1, 2}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kInteger, true, {}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kString, true, {"\xff"}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kMap, true, {Map{{"\xff", 1}}}), "InvalidProcedureResult");
  EXPECT_EQ(failure(FieldType::kAnything, true, {deep}), "InvalidProcedureResult");
}

TEST(Procedures, SayHowAColumnBecomesAVariable) {
  Database database = With(Range());
  const Error error = Failure(database.Query("CALL my.range(1, 2) RETURN square"));
  EXPECT_EQ(error.detail, "UndefinedVariable");
  EXPECT_NE(error.message.find("YIELD square"), std::string::npos) << error.message;
}

TEST(Procedures, AreSuggested) {
  Database database = With(Range());
  const Error error = Failure(database.Query("CALL my.rnage(1, 2)"));
  EXPECT_EQ(error.type, ErrorType::kProcedureError);
  EXPECT_EQ(error.detail, "ProcedureNotFound");
  EXPECT_EQ(error.phase, Phase::kCompile);
  EXPECT_NE(error.message.find("did you mean `my.range`?"), std::string::npos) << error.message;
}

// ---- Registering

TEST(Register, RefusesWhatCannotBeCalled) {
  Database database = With(Range());
  const auto refuse = [&](const auto& change) {
    Procedure procedure = Range();
    procedure.name = "my.other";
    change(procedure);
    const Error error = Failure(database.Register(std::move(procedure)));
    EXPECT_EQ(error.type, ErrorType::kUsageError);
    return error.detail;
  };
  EXPECT_EQ(refuse([](Procedure& p) { p.name = "my.range"; }), "ProcedureAlreadyExists");
  EXPECT_EQ(refuse([](Procedure& p) { p.name = "db.labels"; }), "ProcedureAlreadyExists");
  EXPECT_EQ(refuse([](Procedure& p) { p.name = "db.mine"; }), "ProcedureAlreadyExists");
  for (const char* name : {"", ".", "my.", ".range", "my..range", "\xff"}) {
    EXPECT_EQ(refuse([&](Procedure& p) { p.name = name; }), "InvalidProcedure") << name;
  }
  EXPECT_EQ(refuse([](Procedure& p) { p.function = nullptr; }), "InvalidProcedure");
  EXPECT_EQ(refuse([](Procedure& p) { p.inputs[1].name = "first"; }), "InvalidProcedure");
  EXPECT_EQ(refuse([](Procedure& p) { p.outputs[1].name = "number"; }), "InvalidProcedure");
  EXPECT_EQ(refuse([](Procedure& p) { p.inputs[0].name = ""; }), "InvalidProcedure");
  EXPECT_EQ(refuse([](Procedure& p) { p.outputs[0].name = "\xff"; }), "InvalidProcedure");
  EXPECT_EQ(Failure(database.Query("CALL my.other(1, 2)")).detail, "ProcedureNotFound");
}

TEST(Register, NamesMayBeAnything) {
  Procedure procedure = Range();
  procedure.name = "Zählen.von bis";
  Database database = With(std::move(procedure));
  EXPECT_EQ(Answer(database.Query("CALL Zählen.`von bis`(1, 1)")), "number square [1, 1]");
}

}  // namespace
}  // namespace plenum
