// Where statements begin and end in a longer text, and where their errors are.
#include "engine/shell/statements.h"

#include <gtest/gtest.h>

#include <vector>

#include "plenum/plenum.h"

namespace plenum::shell {
namespace {

std::vector<std::string> Split(std::string_view text) {
  StatementReader reader;
  reader.Add(text);
  reader.End();
  std::vector<std::string> texts;
  while (std::optional<Statement> statement = reader.Next()) texts.push_back(statement->text);
  return texts;
}

using Texts = std::vector<std::string>;

TEST(Statements, EndWithSemicolons) {
  EXPECT_EQ(Split("RETURN 1; RETURN 2;"), (Texts{"RETURN 1", "RETURN 2"}));
  EXPECT_EQ(Split("RETURN 1;\n\n  RETURN\n 2 \n"), (Texts{"RETURN 1", "RETURN\n 2"}));
}

TEST(Statements, AreNotMadeOfNothing) {
  EXPECT_EQ(Split(""), Texts{});
  EXPECT_EQ(Split(" ;; \n;"), Texts{});
  EXPECT_EQ(Split("// only a comment"), Texts{});
  EXPECT_EQ(Split("/* a; */ // b;\n"), Texts{});
  EXPECT_EQ(Split("RETURN 1; // done"), Texts{"RETURN 1"});
}

TEST(Statements, KeepSemicolonsInTexts) {
  EXPECT_EQ(Split("RETURN ';' AS `;`; RETURN \"a;b\";"), (Texts{"RETURN ';' AS `;`", "RETURN \"a;b\""}));
  EXPECT_EQ(Split("RETURN 1 // one;\n+ 1; RETURN 2"), (Texts{"RETURN 1 // one;\n+ 1", "RETURN 2"}));
}

TEST(Statements, SkipAByteOrderMark) { EXPECT_EQ(Split("\xef\xbb\xbfRETURN 1;"), Texts{"RETURN 1"}); }

TEST(Statements, MayBeCommandsOfOneLine) {
  StatementReader reader;
  reader.Add(":format csv\nRETURN 1; :quit;\n");
  std::optional<Statement> statement = reader.Next();
  ASSERT_TRUE(statement);
  EXPECT_TRUE(statement->is_command);
  EXPECT_EQ(statement->text, ":format csv");
  EXPECT_FALSE(reader.Next()->is_command);
  statement = reader.Next();
  EXPECT_TRUE(statement->is_command);
  EXPECT_EQ(statement->text, ":quit");
  EXPECT_FALSE(reader.Next());
}

TEST(Statements, ComeLineByLine) {
  StatementReader reader;
  reader.Add("RETURN\n");
  EXPECT_FALSE(reader.Next());
  EXPECT_TRUE(reader.in_statement());
  reader.Add("';'\n");
  EXPECT_FALSE(reader.Next());
  reader.Add("; /* now\n");
  EXPECT_EQ(reader.Next()->text, "RETURN\n';'");
  EXPECT_FALSE(reader.Next());
  EXPECT_TRUE(reader.in_statement()) << "a comment is open";
  reader.Add("closed */\n");
  EXPECT_FALSE(reader.Next());
  EXPECT_FALSE(reader.in_statement());
}

// The error of a statement whose `word` is wrong.
Error ErrorAt(const Statement& statement, std::string_view word) {
  auto begin = static_cast<std::uint32_t>(statement.text.find(word));
  Place place = PlaceIn(statement.text, {begin, begin + static_cast<std::uint32_t>(word.size())});
  return {ErrorType::kSyntaxError, "UndefinedVariable", "no such variable", Phase::kCompile, place};
}

TEST(Statements, ErrorsArePlacedInTheWholeInput) {
  StatementReader reader;
  reader.Add("RETURN 1;\n/* é\n*/ RETURN 'é'; RETURN\n bad;\n");
  reader.Next();
  reader.Next();
  std::optional<Statement> third = reader.Next();
  ASSERT_TRUE(third);
  EXPECT_EQ(reader.Describe(ErrorAt(*third, "bad")),
            "SyntaxError (UndefinedVariable) at line 4, column 2: no such variable\n bad\n ^^^");
  EXPECT_EQ(reader.Describe(ErrorAt(*third, "RETURN")),
            "SyntaxError (UndefinedVariable) at line 3, column 16: no such variable\n"
            "*/ RETURN 'é'; RETURN\n               ^^^^^^");
}

TEST(Statements, ErrorsWithoutAPlaceStayAsTheyAre) {
  StatementReader reader;
  Error error{ErrorType::kTimeout, "", "too slow", Phase::kRuntime, std::nullopt};
  EXPECT_EQ(reader.Describe(error), plenum::Describe(error));
}

}  // namespace
}  // namespace plenum::shell
