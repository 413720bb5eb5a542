// Procedures graph.… beyond single answers, which tests/queries has: their limits, their places in errors, elements
// that are gone, and many of them in one query.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/plenum.h"
#include "tests/database_checks.h"
#include "tests/small_stack.h"

namespace plenum {
namespace {

using std::chrono::milliseconds;

// Every pair of `nodes` is joined, so that there are more paths than can be counted.
Database Complete(int nodes, const OpenOptions& options = {}) {
  Database database = InMemory(options);
  Must(database.Query("UNWIND range(1, $nodes) AS i CREATE (:K {i: i})", {.parameters = {{"nodes", nodes}}}));
  Must(database.Query("MATCH (x:K), (y:K) WHERE x <> y CREATE (x)-[:E {w: 1}]->(y)"));
  return database;
}

TEST(GraphProcedures, KeepToTheTimeLimit) {
  Database database = Complete(30);
  for (const std::string_view options : {"{}", "{minLength: 100000}", "{mode: 'ACYCLIC', minLength: 30}"}) {
    const std::string text = "MATCH (k:K {i: 1}) CALL graph.paths(k, " + std::string(options) + ") YIELD path ";
    for (const std::string_view rest : {"RETURN count(*)", "WITH path WHERE false RETURN path"}) {
      const auto begin = std::chrono::steady_clock::now();
      const Error error = Failure(database.Query(text + std::string(rest), {.timeout = milliseconds(50)}));
      EXPECT_EQ(error.type, ErrorType::kTimeout) << text << rest;
      const auto took = std::chrono::steady_clock::now() - begin;
      EXPECT_LT(took, milliseconds(2000) * tests::kSlowness) << text << rest;
    }
  }
  EXPECT_EQ(
      Failure(database.Query("MATCH (k:K {i: 1}) CALL graph.paths(k) YIELD -", {.timeout = milliseconds(50)})).type,
      ErrorType::kTimeout);
}

TEST(GraphProcedures, AreCancelled) {
  Database database = Complete(5);
  const std::atomic<bool> cancel = true;
  for (const std::string_view call : {"graph.paths(a)", "graph.pageRank()", "graph.shortestPaths(a, b)",
                                      "graph.weightedDistances(a, {weight: 'w'})"}) {
    const std::string text = "MATCH (a:K {i: 1}), (b:K {i: 2}) CALL " + std::string(call) + " YIELD -";
    EXPECT_EQ(Failure(database.Query(text, {.cancel = &cancel})).type, ErrorType::kCancelled) << text;
  }
}

// Paths that are kept count; those that pass by do not.
TEST(GraphProcedures, KeepToTheMemoryLimit) {
  Database database = Complete(8, {.memory_bytes_max = std::uint64_t{16} << 20});
  const std::string call = "MATCH (k:K {i: 1}) CALL graph.paths(k, {mode: 'ACYCLIC'}) YIELD path ";
  EXPECT_EQ(Single(database.Query(call + "RETURN count(*)")).integer(), 13699);
  EXPECT_EQ(Failure(database.Query(call + "RETURN path")).type, ErrorType::kResourceExhausted);
  EXPECT_EQ(Failure(database.Query(call + "WITH path ORDER BY length(path) RETURN count(*)")).type,
            ErrorType::kResourceExhausted);
}

// What is read of the graph, and what algorithms work with, counts too.
TEST(GraphProcedures, ReadNoMoreThanTheMemoryLimit) {
  Database database = InMemory({.memory_bytes_max = std::uint64_t{1} << 20});
  for (int i = 0; i < 30; ++i) Must(database.Query("UNWIND range(1, 1000) AS i CREATE (:Many)"));
  Must(database.Query("CREATE (:Few)-[:R]->(:Few)"));
  for (const std::string_view call : {"graph.betweenness()", "graph.labelPropagation()", "graph.pageRank()"}) {
    const Error error = Failure(database.Query("CALL " + std::string(call) + " YIELD -"));
    EXPECT_EQ(error.type, ErrorType::kResourceExhausted) << call;
  }
  EXPECT_EQ(Single(database.Query("CALL graph.betweenness({labels: 'Few'}) YIELD node RETURN count(*)")).integer(), 2);
}

// A node of an earlier answer that somebody has deleted since.
TEST(GraphProcedures, RefuseNodesThatAreGone) {
  Database database = InMemory();
  Must(database.Query("CREATE (:A)-[:R {w: 1}]->(:B)"));
  const Value gone = Single(database.Query("CREATE (n:Gone) RETURN n"));
  Must(database.Query("MATCH (n:Gone) DELETE n"));
  for (const std::string_view call :
       {"graph.distances($n)", "graph.distances($n, {maxLength: 1})", "graph.distancesFrom([a, $n])",
        "graph.countWithin($n)", "graph.isReachable(a, $n)", "graph.shortestPathTree($n)", "graph.shortestPath($n, a)",
        "graph.shortestPaths(a, $n)", "graph.paths($n)", "graph.closeness({sources: [$n]})",
        "graph.weightedDistances($n, {weight: 'w'})", "graph.weightedShortestPathTree($n, {weight: 'w'})",
        "graph.weightedShortestPath(a, $n, {weight: 'w'})", "graph.weightedShortestPaths($n, a, 2, {weight: 'w'})"}) {
    const std::string text = "MATCH (a:A) CALL " + std::string(call) + " YIELD -";
    const Error error = Failure(database.Query(text, {.parameters = {{"n", gone}}}));
    EXPECT_EQ(error.type, ErrorType::kEntityNotFound) << text;
    EXPECT_EQ(error.detail, "NodeNotFound") << text;
    EXPECT_NE(error.message.find("node " + std::to_string(gone.node().id.value)), std::string::npos) << error.message;
    ASSERT_TRUE(error.place) << text;
    EXPECT_EQ(error.place->column, 18u) << text;
  }
}

TEST(GraphProcedures, LeaveErrorsBehindThemWhereTheyAre) {
  Database database = Complete(3);
  for (const std::string_view call : {"graph.paths(k) YIELD path AS x", "graph.coreNumbers() YIELD node AS x"}) {
    const std::string text = "MATCH (k:K {i: 1}) CALL " + std::string(call) + " RETURN ";
    const Error error = Failure(database.Query(text + "k.i / (k.i - 1)"));
    EXPECT_EQ(error.type, ErrorType::kArithmeticError);
    ASSERT_TRUE(error.place);
    EXPECT_EQ(error.place->column, text.size() + 1) << text;
  }
}

// Each search is at work while those behind it are.
TEST(GraphProcedures, ManyInOneQueryNeedLittleStack) {
  Database database = Complete(2);
  for (const std::string_view call :
       {"graph.paths(k) YIELD path", "graph.distances(k, {maxLength: 0}) YIELD node", "graph.triangles() YIELD node",
        "graph.distancesFrom([k], {maxLength: 0}) YIELD node", "graph.closeness({sources: [k]}) YIELD node",
        "graph.shortestPaths(k, k) YIELD path", "graph.weightedShortestPaths(k, k, 1, {weight: 'w'}) YIELD path"}) {
    const auto chain = [&](int calls) {
      std::string text = "MATCH (k:K {i: 1}) WITH k LIMIT 1 ";
      for (int i = 0; i < calls; ++i) text += "CALL " + std::string(call) + " AS x" + std::to_string(i) + " ";
      return text + "RETURN 1 AS one LIMIT 1";
    };
    tests::OnSmallStack([&] { EXPECT_EQ(Single(database.Query(chain(99))).integer(), 1) << call; });
    EXPECT_EQ(Failure(database.Query(chain(100))).detail, "QueryTooLong") << call;
  }
}

TEST(GraphProcedures, TakeOptionsFromTheParameterOnlyWhenItIsGiven) {
  Database database = Complete(3);
  const auto count = [&](const QueryOptions& options) {
    return Single(database.Query("CALL graph.countTriangles", options));
  };
  EXPECT_EQ(count({}).integer(), 1);
  EXPECT_EQ(count({.parameters = {{"options", Map{{"types", "None"}}}}}).integer(), 0);
  EXPECT_EQ(count({.parameters = {{"options", Value()}}}).integer(), 1);
  EXPECT_EQ(Failure(database.Query("CALL graph.countTriangles", {.parameters = {{"options", 1}}})).type,
            ErrorType::kTypeError);
  const Error arguments = Failure(database.Query("CALL graph.isReachable(1, 2, 3, 4)"));
  EXPECT_NE(arguments.message.find("takes 2 to 3 argument(s)"), std::string::npos) << arguments.message;
  EXPECT_NE(arguments.message.find("options may be left out"), std::string::npos) << arguments.message;
}

}  // namespace
}  // namespace plenum
