// The reader of query files: what it takes from a Markdown text, and what it says of a faulty one.
#include "tests/query_file.h"

#include <gtest/gtest.h>

namespace plenum::tests {
namespace {

TEST(QueryFile, ReadsQuestionsQueriesAndAnswers) {
  const auto cases = ReadQueryCases(
      "# A file\n\nProse with | a bar.\n\n"
      "## How many?\n\nMore prose.\n\n```plenum\nMATCH (n)\nRETURN count(n) AS n\n```\n\n| n |\n|---|\n| 7 |\n"
      "## And none?\n```plenum\nRETURN 1 AS a, 'x|y' AS b\n```\n| a | b |\n|---|---|\n");
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases.value().size(), 2u);
  const auto& first = cases.value()[0];
  EXPECT_EQ(first.question, "How many?");
  EXPECT_EQ(first.line, 10u);
  EXPECT_EQ(first.query, "MATCH (n)\nRETURN count(n) AS n\n");
  EXPECT_EQ(first.answer, (AnswerTable{.columns = {"n"}, .rows = {{"7"}}}));
  const auto& second = cases.value()[1];
  EXPECT_EQ(second.question, "And none?");
  EXPECT_EQ(second.answer, (AnswerTable{.columns = {"a", "b"}, .rows = {}}));
}

TEST(QueryFile, SkipsBlocksOfOtherLanguages) {
  const auto cases = ReadQueryCases("## Build\n```sh\n./dev test\n```\n");
  ASSERT_TRUE(cases);
  EXPECT_TRUE(cases.value().empty());
}

TEST(QueryFile, GivesParametersToTheNextQueryAlone) {
  const auto cases = ReadQueryCases(
      "## Q\n```json\n{\"a\": 1}\n```\n```plenum\nRETURN $a\n```\nNo rows.\n```plenum\nRETURN $a\n```\nError: E\n");
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_EQ(cases.value().size(), 2u);
  EXPECT_EQ(cases.value()[0].parameters, "{\"a\": 1}\n");
  EXPECT_EQ(cases.value()[1].parameters, "");
}

TEST(QueryFile, WritesTheTablesItReads) {
  const AnswerTable table{.columns = {"a", "b"}, .rows = {{"x|y", "null"}, {"", "['p', 'q']"}}};
  const auto cases = ReadQueryCases("## Q\n```plenum\nRETURN 1\n```\n" + ToMarkdown(table));
  ASSERT_TRUE(cases) << cases.error().message;
  EXPECT_EQ(cases.value().at(0).answer, table);
}

TEST(QueryFile, NamesTheLineOfAFault) {
  const auto message = [](std::string_view markdown) {
    const auto cases = ReadQueryCases(markdown);
    return cases ? std::string("read") : cases.error().message;
  };
  EXPECT_EQ(message("```plenum\nRETURN 1\n```\n"),
            "line 1: a query block under no '## ' heading; give it its question");
  EXPECT_EQ(message("## Q\n```plenum\nRETURN 1\n"), "line 2: a query block that is not closed by ```");
  EXPECT_EQ(message("## Q\n```plenum\nRETURN 1\n```\nProse.\n| 1 |\n"),
            "line 4: the query block is not followed by a table of its answer");
  EXPECT_EQ(message("## Q\n```plenum\nRETURN 1\n```\n| a | b |\n|---|---|\n| 1 |\n"),
            "line 7: a row of 1 cells under a header of 2");
}

}  // namespace
}  // namespace plenum::tests
