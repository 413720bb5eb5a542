// Size and depth through every walk: parsing, binding, notifications, EXPLAIN, running, errors and destruction, each on
// a thread with a small stack. A text gets an answer or a clear error, and soon: times are asserted loosely, they tell
// linear from quadratic on a machine that is busy.
#include <gtest/gtest.h>

#include <array>
#include <chrono>
#include <string>
#include <string_view>

#include "plenum/plenum.h"
#include "tests/database_checks.h"
#include "tests/small_stack.h"

namespace plenum {
namespace {

using tests::OnSmallStack;
using tests::Repeat;

// "" for an answer, else the detail of an error that has a message and a place, for the text and its EXPLAIN.
class LimitsTest : public testing::Test {
 protected:
  LimitsTest() { Must(database_.Query("CREATE (:A {x: 1})-[:R]->(:B {y: 'b'})")); }

  std::string Outcome(const std::string& text, double milliseconds_max) {
    std::string outcome = Run(text, milliseconds_max);
    EXPECT_EQ(Run("EXPLAIN " + text, milliseconds_max), outcome) << text.substr(0, 60);
    return outcome;
  }

  std::string Run(const std::string& text, double milliseconds_max) {
    std::string outcome;
    double milliseconds = 0;
    OnSmallStack([&] {
      const auto begin = std::chrono::steady_clock::now();
      {
        const auto answer = database_.Query(text, {.sync = false});
        if (!answer) {
          outcome = answer.error().detail;
          EXPECT_FALSE(answer.error().message.empty());
          EXPECT_NE(outcome, "");
          EXPECT_LT(Describe(answer.error(), text).size(), 1000U);
        }
      }
      milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
    });
    EXPECT_LT(milliseconds, milliseconds_max * tests::kSlowness) << text.substr(0, 60);
    return outcome;
  }

  static std::string Nest(std::string_view before, std::string_view inside, std::string_view after, std::size_t depth) {
    return "RETURN " + Repeat(before, depth) + std::string(inside) + Repeat(after, depth) + " AS x";
  }

  Database database_ = InMemory();
};

TEST_F(LimitsTest, EndlessNestingIsRefusedAtOnce) {
  EXPECT_EQ(Run("RETURN " + Repeat("(", 1'000'000), 100), "NestingTooDeep");
  EXPECT_EQ(Run(Repeat("(", 1'000'000), 100), "NestingTooDeep");
  EXPECT_EQ(Run("RETURN " + Repeat("[", 1'000'000), 100), "NestingTooDeep");
  EXPECT_EQ(Run("RETURN " + Repeat("{a: ", 250'000), 100), "NestingTooDeep");
  EXPECT_EQ(Run("RETURN " + Repeat("NOT ", 200'000) + "true", 200), "NestingTooDeep");
}

// As deep as the parser lets through: no walk behind it needs more stack than it does.
TEST_F(LimitsTest, TheDeepestThatIsAllowedIsAnswered) {
  constexpr std::size_t kDepth = 198;
  for (const auto& [before, inside, after] :
       {std::array{"(", "1", ")"}, std::array{"(1 + ", "1", ")"}, std::array{"(true AND ", "true", ")"},
        std::array{"toString(", "1", ")"}, std::array{"CASE WHEN true THEN ", "1", " END"},
        std::array{"CASE WHEN ", "true", " THEN true END"}, std::array{"[y IN ", "[1]", " | y]"},
        std::array{"head([", "1", "])"}, std::array{"{a: ", "1", "}.a"}}) {
    const std::size_t brackets = std::string_view(before) == "head([" ? kDepth / 2 : kDepth;
    EXPECT_EQ(Outcome(Nest(before, inside, after, brackets), 10'000), "") << before;
  }
  EXPECT_EQ(Outcome("RETURN " + Repeat("NOT ", 390) + "true AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN " + Repeat("- ", 390) + "1 AS x", 10'000), "");
}

TEST_F(LimitsTest, SubqueriesWithinEachOther) {
  const std::size_t depth = 98;
  EXPECT_EQ(Outcome(Nest("EXISTS { MATCH (n) WHERE ", "true", " }", depth), 10'000), "");
  EXPECT_EQ(Outcome(Nest("COUNT { MATCH (n:A) WHERE 1 = ", "1", " }", depth), 10'000), "");
  EXPECT_EQ(Outcome(Nest("COLLECT { RETURN ", "1", " AS y }", depth), 10'000), "");
  EXPECT_EQ(Outcome(Nest("[(a:A)-->(b) | ", "1", "]", depth), 10'000), "");
  // Each alone is small; together they would need a stack of megabytes.
  const std::string eight = "EXISTS { MATCH (:A), (:A), (:A), (:A), (:A), (:A), (:A), (:A) WHERE ";
  EXPECT_EQ(Outcome(Nest(eight, "true", " }", depth), 10'000), "");
  const std::string twenty = "EXISTS { MATCH (:A)" + Repeat(", (:A)", 19) + " WHERE ";
  EXPECT_EQ(Outcome(Nest(twenty, "true", " }", depth), 10'000), "QueryTooLong");
  const std::string clauses = "COUNT { " + Repeat("WITH * ", 50) + "MATCH (:A) WHERE 1 = ";
  EXPECT_EQ(Outcome(Nest(clauses, "1", " }", 30), 10'000), "QueryTooLong");
}

// What DISTINCT leaves is sorted by: each query is inside the order of the one around it.
TEST_F(LimitsTest, OrdersWithinEachOther) {
  std::string text = "RETURN DISTINCT 1 AS a";
  for (int i = 0; i < 40; ++i) text += " ORDER BY EXISTS { RETURN DISTINCT 1 AS a" + std::to_string(i);
  EXPECT_EQ(Outcome(text + Repeat(" }", 40), 2'000), "");
}

// A value may be nested as deep as a text.
TEST_F(LimitsTest, FortyListsAndMapsAreLinear) {
  EXPECT_EQ(Outcome(Nest("[", "1", "]", 40), 200), "");
  EXPECT_EQ(Outcome(Nest("{a: ", "1", "}", 40), 200), "");
  EXPECT_EQ(Outcome(Nest("[[], {a: ", "1", "}]", 40), 200), "");
}

TEST_F(LimitsTest, LongRowsAreAnswered) {
  EXPECT_EQ(Outcome("RETURN true" + Repeat(" AND true", 100'000) + " AS x", 10'000), "");
  EXPECT_EQ(Outcome("MATCH (n) WHERE n.x = 1" + Repeat(" AND n.x = 1", 80'000) + " RETURN n", 10'000), "");
  EXPECT_EQ(Outcome("MATCH (n) WHERE n.z = 1" + Repeat(" OR n.z = 1", 80'000) + " RETURN n", 10'000), "");
  EXPECT_EQ(Outcome("RETURN 1" + Repeat(" + 1", 100'000) + " AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN [1" + Repeat(",1", 500'000) + "] AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN {a: 1" + Repeat(",a: 1", 100'000) + "} AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN coalesce(1" + Repeat(",1", 100'000) + ") AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN CASE" + Repeat(" WHEN false THEN 1", 40'000) + " END AS x", 10'000), "");
  EXPECT_EQ(Outcome("RETURN 1 AS x" + Repeat(" UNION RETURN 1 AS x", 10'000), 10'000), "");
  EXPECT_EQ(Outcome("RETURN 1 AS x" + Repeat(" UNION ALL RETURN 1 AS x", 10'000), 10'000), "");
}

TEST_F(LimitsTest, ManyColumnsAndOrderings) {
  std::string columns = "RETURN 1 AS c0";
  for (int i = 1; i < 20'000; ++i) columns += ", 1 AS c" + std::to_string(i);
  EXPECT_EQ(Outcome(columns, 10'000), "");
  EXPECT_EQ(Outcome("MATCH (n) RETURN n.x AS x ORDER BY x" + Repeat(", x", 50'000), 10'000), "");
}

TEST_F(LimitsTest, LongPatternsAndClausesAreAnsweredOrRefused) {
  EXPECT_EQ(Outcome("MATCH (a)" + Repeat("-[:R]->()", 10'000) + " RETURN a", 10'000), "QueryTooLong");
  EXPECT_EQ(Outcome("MATCH (a)" + Repeat("-[:R]->()", 200) + " RETURN a", 10'000), "");
  EXPECT_EQ(Outcome("MATCH (a)" + Repeat(", ()", 10'000) + " RETURN a LIMIT 1", 10'000), "QueryTooLong");
  EXPECT_EQ(Outcome("MATCH (:A)" + Repeat(", (:A)", 400) + " RETURN 1 LIMIT 1", 10'000), "");
  EXPECT_EQ(Outcome(Repeat("MATCH (:A), (:A), (:A), (:A) ", 190) + " RETURN 1", 10'000), "");
  EXPECT_EQ(Outcome(Repeat("MATCH (:A), (:A), (:A), (:A) ", 250) + " RETURN 1", 10'000), "QueryTooLong");
  EXPECT_EQ(Outcome(Repeat("WITH 1 AS x ", 10'000) + "RETURN x", 10'000), "QueryTooLong");
  EXPECT_EQ(Outcome(Repeat("WITH 1 AS x ", 499) + "RETURN x", 10'000), "");
  EXPECT_EQ(Outcome("MATCH (n:A" + Repeat("&A", 100'000) + ") RETURN n", 10'000), "");
  EXPECT_EQ(Run("CREATE (a)" + Repeat("-[:R]->()", 10'000), 10'000), "");
  EXPECT_EQ(Run("CREATE (a)" + Repeat(" CREATE ()", 2'000), 10'000), "");
}

TEST_F(LimitsTest, ManyUnknownNames) {
  std::string labels = "MATCH (n) WHERE n:X";
  for (int i = 0; i < 50'000; ++i) labels += " OR n:X" + std::to_string(i);
  EXPECT_EQ(Outcome(labels + " RETURN n", 10'000), "");
}

}  // namespace
}  // namespace plenum
