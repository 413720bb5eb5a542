// Size and depth: whatever the text, the parser answers soon and within a small stack.
//
// Every text here is parsed on a thread of 512 KB. Times are asserted loosely: they tell linear from exponential, not
// fast from slow (bench/parser_benchmark.cpp does).
#include <gtest/gtest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "parser/parser.h"
#include "parser/print.h"
#include "tests/small_stack.h"

namespace plenum {
namespace {

using tests::kSlowness;
using tests::OnSmallStack;
using tests::Repeat;

// What Parse answers ("" or the error's detail), within the time. The tree is destroyed on the small stack too.
std::string Outcome(const std::string& text, double milliseconds_max) {
  std::string outcome;
  double milliseconds = 0;
  OnSmallStack([&] {
    const auto begin = std::chrono::steady_clock::now();
    {
      const auto parsed = Parse(text);
      if (!parsed) outcome = parsed.error().detail;
    }
    milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  });
  EXPECT_LT(milliseconds, milliseconds_max * kSlowness) << text.substr(0, 40);
  return outcome;
}

std::string Nest(std::string_view before, std::string_view inside, std::string_view after, std::size_t depth) {
  return "RETURN " + Repeat(before, depth) + std::string(inside) + Repeat(after, depth);
}

TEST(Limits, EndlessNestingIsRefusedAtOnce) {
  for (const char* part : {"(",
                           "[",
                           "{a:",
                           "f(",
                           "a[",
                           "NOT ",
                           "- ",
                           "-",
                           "+",
                           "CASE ",
                           "CASE WHEN ",
                           "x.",
                           "!",
                           "[x IN ",
                           "EXISTS { MATCH (n) WHERE ",
                           "CALL { ",
                           "(a)-->(",
                           "((",
                           "[(a)-->(b) | ",
                           "a {b: ",
                           "((("}) {
    const std::string text = "RETURN " + Repeat(part, 1'000'000 / std::string_view(part).size());
    EXPECT_NE(Outcome(text, 100), "") << part;
  }
  EXPECT_EQ(Outcome("RETURN " + Repeat("(", 1'000'000), 100), "NestingTooDeep");
  EXPECT_EQ(Outcome("RETURN a" + Repeat(".b", 400'000), 100), "NestingTooDeep");
  EXPECT_EQ(Outcome("RETURN a" + Repeat("[0]", 300'000), 100), "NestingTooDeep");
  EXPECT_EQ(Outcome("RETURN a" + Repeat(" IS NULL", 100'000), 200), "NestingTooDeep");
  EXPECT_EQ(Outcome("RETURN " + Repeat("NOT ", 200'000) + "a", 200), "NestingTooDeep");
  EXPECT_EQ(Outcome("RETURN a:" + Repeat("!", 500'000) + "A", 100), "NestingTooDeep");
  EXPECT_EQ(Outcome("MATCH (n:" + Repeat("!(", 300'000) + "A", 100), "NestingTooDeep");
}

TEST(Limits, TextsOverOneMegabyteAreRefused) {
  EXPECT_EQ(Outcome("RETURN '" + std::string(kQueryBytesMax, 'x') + "'", 20), "TextTooLong");
}

TEST(Limits, DeepNestsParseFast) {
  const std::size_t depth = kNestingMax - 1;
  EXPECT_EQ(Outcome(Nest("(", "1", ")", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("[", "1", "]", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("{a: ", "1", "}", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("(1 + ", "1", ")", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("f(", "1", ")", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("a[", "1", "]", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("[x IN ", "y", " | x]", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("CASE WHEN ", "1", " THEN 1 END", depth), 20), "");
  EXPECT_EQ(Outcome(Nest("[(a)-->(b) WHERE ", "c", " | 1]", depth - 1), 20), "");
  EXPECT_EQ(Outcome(Nest("EXISTS { MATCH (n) WHERE ", "true", "}", kNestingMax / 2 - 1), 20), "");
  EXPECT_EQ(Outcome("MATCH " + Repeat("(", depth - 1) + "(a)" + Repeat("){1,2}", depth - 1) + " RETURN 1", 20), "");
  EXPECT_EQ(Outcome(Repeat("CALL { ", depth) + "RETURN 1 AS a" + Repeat(" } RETURN 1 AS a", depth), 20), "");
  EXPECT_EQ(Outcome(Repeat("FOREACH (x IN y | ", depth - 1) + "CREATE (n)" + Repeat(")", depth - 1), 20), "");
}

// What is printed of the text's tree on a small stack, within the time; the error when there is none.
std::string PrintedOnSmallStack(const std::string& text, double milliseconds_max) {
  std::string printed;
  double milliseconds = 0;
  OnSmallStack([&] {
    const auto parsed = Parse(text);
    const auto begin = std::chrono::steady_clock::now();
    printed = parsed ? ast::Print(*parsed) : parsed.error().message;
    milliseconds = std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - begin).count();
  });
  EXPECT_LT(milliseconds, milliseconds_max * kSlowness) << text.substr(0, 40);
  return printed;
}

TEST(Limits, TheDeepestAndTheLongestArePrinted) {
  const std::size_t depth = kNestingMax - 1;
  const std::string texts[] = {
      Nest("[", "1", "]", depth),
      Nest("{a: ", "1", "}", depth),
      Nest("(1 + ", "1", ") * 2", kHeightMax / 3 - 1),
      Nest("f(", "1", ")", depth),
      Nest("a[", "1", "]", depth),
      Nest("[x IN ", "y", " | x]", depth),
      Nest("CASE WHEN ", "1", " THEN 1 END", depth),
      Nest("[(a)-->(b) WHERE ", "c", " | 1]", depth - 1),
      Nest("EXISTS { MATCH (n) WHERE ", "true", " }", kNestingMax / 2 - 1),
      "RETURN a" + Repeat(".b", kHeightMax - 1),
      "RETURN a" + Repeat(" IS NULL", kHeightMax - 1),
      "RETURN " + Repeat("NOT ", kHeightMax - 1) + "a",
      "MATCH ()" + Repeat("(()", depth - 1) + "((a)-->(b))+" + Repeat("()){1,2}", depth - 1) + "() RETURN 1",
      Repeat("CALL { ", depth) + "RETURN 1 AS a" + Repeat(" } RETURN 1 AS a", depth),
      Repeat("FOREACH (x IN y | ", depth - 1) + "CREATE (n)" + Repeat(")", depth - 1),
      "RETURN a" + Repeat(" AND b", 100'000),
      "MATCH (a)" + Repeat("-[:R]->()", 10'000) + " RETURN a",
      "RETURN 1" + Repeat(" UNION RETURN 1", 50'000),
  };
  for (const std::string& text : texts) EXPECT_EQ(PrintedOnSmallStack(text, 100), text);
}

// What could be taken for a pattern or a comprehension and is not, 40 deep: each wrong guess would double the time.
TEST(Limits, NothingIsTriedTwice) {
  EXPECT_EQ(Outcome(Nest("[[], ", "1", "]", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("{a: {b: 1}, c: ", "1", "}", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("((a)-->(b) AND ", "1", ")", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("(a) - (", "1", ")", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("[x IN [1], ", "1", "]", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("a[1..", "1", "]", 40), 20), "");
  EXPECT_EQ(Outcome(Nest("CASE CASE 1 WHEN 1 THEN 1 END WHEN ", "1", " THEN 1 END", 40), 20), "");
  for (const char* part : {"(", "[", "a[", "f(", "CASE WHEN ", "{a: ", "[x IN ", "COUNT { MATCH (n) WHERE "}) {
    EXPECT_NE(Outcome("RETURN " + Repeat(part, 40) + "1 1", 20), "") << part;
  }
}

TEST(Limits, LongRowsAreFine) {
  EXPECT_EQ(Outcome("RETURN a" + Repeat(" AND b", 100'000), 2000), "");
  EXPECT_EQ(Outcome("RETURN 1" + Repeat(" + 1", 100'000), 2000), "");
  EXPECT_EQ(Outcome("RETURN a" + Repeat(" OR b.c = 1", 80'000), 3000), "");
  EXPECT_EQ(Outcome("RETURN [1" + Repeat(", 1", 200'000) + "]", 2000), "");
  EXPECT_EQ(Outcome("MATCH (a)" + Repeat("-[:R]->()", 10'000) + " RETURN a", 1000), "");
  EXPECT_EQ(Outcome(Repeat("WITH 1 AS x ", 50'000) + "RETURN x", 2000), "");
  EXPECT_EQ(Outcome("RETURN 1" + Repeat(" UNION RETURN 1", 50'000), 2000), "");
  EXPECT_EQ(Outcome("RETURN " + Repeat("/* x */", 100'000) + "1", 500), "");
}

}  // namespace
}  // namespace plenum
