// The pages of docs/ say what is: their examples are run, their lists are compared with the code's.
#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/functions.h"
#include "engine/plan/procedures.h"
#include "parser/parser.h"
#include "parser/words.h"
#include "plenum/plenum.h"
#include "tests/language/corpus.h"
#include "tests/language/ebnf.h"
#include "tests/query_check.h"
#include "tests/query_file.h"

namespace plenum::language {
namespace {

using Words = std::set<std::string, std::less<>>;

class PageTest : public testing::TestWithParam<const char*> {};

// One database a page: what a page makes at its beginning is there until its end.
TEST_P(PageTest, ExamplesAnswerAsWritten) {
  const auto cases = tests::ReadQueryCases(ReadSourceFile(GetParam()));
  ASSERT_TRUE(cases) << cases.error().message;
  EXPECT_FALSE(cases->empty());
  auto database = Database::Open(":memory:");
  ASSERT_TRUE(database) << database.error().message;
  Session session(*database);
  for (const tests::QueryCase& query : *cases) {
    EXPECT_EQ(tests::WhatDiffers(session, query), "") << GetParam() << ':' << query.line << '\n' << query.query;
  }
}

INSTANTIATE_TEST_SUITE_P(Docs, PageTest, testing::Values("docs/language.md", "docs/functions.md"),
                         [](const auto& param) { return param.index == 0 ? "language" : "functions"; });

// The text between the heading and the next.
std::string Section(const std::string& page, std::string_view heading) {
  const std::string text = ReadSourceFile(page);
  const std::size_t begin = text.find("\n## " + std::string(heading) + "\n");
  EXPECT_NE(begin, std::string::npos) << page << " has no section " << heading;
  return begin == std::string::npos ? "" : text.substr(begin, text.find("\n## ", begin + 1) - begin);
}

// What stands between backticks in `line`.
std::vector<std::string> CodeIn(std::string_view line) {
  std::vector<std::string> codes;
  for (std::size_t open = line.find('`'); open != std::string_view::npos;) {
    const std::size_t close = std::min(line.find('`', open + 1), line.size());
    codes.emplace_back(line.substr(open + 1, close - open - 1));
    open = line.find('`', close + 1);
  }
  return codes;
}

struct Arguments {
  int least = 0;
  int most = 0;
  bool operator==(const Arguments&) const = default;
};
void PrintTo(const Arguments& arguments, std::ostream* out) { *out << arguments.least << " to " << arguments.most; }

// "substring(text, from [, length])" takes two or three; '…' is any number.
Arguments ArgumentsOf(std::string_view form) {
  const std::string_view inside = form.substr(form.find('(') + 1, form.rfind(')') - form.find('(') - 1);
  Arguments arguments;
  int depth = 0;
  bool word = false;
  for (const char c : std::string(inside) + ",") {
    if (c == '[' || c == ',') {
      if (word) ++(depth == 0 ? arguments.least : arguments.most);
      word = false;
    }
    if (c == '[') ++depth;
    if (c == ']' && word) {
      ++arguments.most;
      word = false;
    }
    if (c == ']') --depth;
    if (c >= 'a' && c <= 'z') word = true;
  }
  arguments.most += arguments.least;
  if (inside.find("…") != std::string_view::npos) arguments.most = plan::kAnyNumber;
  return arguments;
}

// The functions in the first column of the page's tables.
std::map<std::string, Arguments, std::less<>> DocumentedFunctions() {
  std::map<std::string, Arguments, std::less<>> documented;
  std::istringstream page(ReadSourceFile("docs/functions.md"));
  for (std::string line; std::getline(page, line);) {
    if (!line.starts_with("| `")) continue;
    for (const std::string& form : CodeIn(line.substr(0, line.find(" | ", 2)))) {
      const std::string name = form.substr(0, form.find('('));
      EXPECT_TRUE(documented.emplace(name, ArgumentsOf(form)).second) << name << " is there twice";
    }
  }
  return documented;
}

TEST(FunctionsPage, HasAllFunctionsWithTheirArguments) {
  const auto documented = DocumentedFunctions();
  for (std::string_view name : plan::FunctionNames()) {
    const auto found = documented.find(name);
    if (found == documented.end()) {
      ADD_FAILURE() << "docs/functions.md has no " << name;
    } else if (const plan::FunctionSignature* function = plan::FindFunction(name)) {
      EXPECT_EQ(found->second, (Arguments{function->arguments_min, function->arguments_max})) << name;
    } else {
      const int arguments = plan::FindAggregate(name)->arguments;
      EXPECT_EQ(found->second, (Arguments{arguments, arguments})) << name;
    }
  }
  EXPECT_EQ(documented.size(), plan::FunctionNames().size()) << "the page has functions that are not there";
}

std::string InCode(const std::vector<ProcedureField>& fields) {
  std::string list;
  for (const ProcedureField& field : fields) list += (list.empty() ? "`" : ", `") + field.name + "`";
  return list;
}

TEST(LanguagePage, HasAllProceduresWithTheirArgumentsAndColumns) {
  const std::string page = ReadSourceFile("docs/language.md");
  std::size_t graph_procedures = 0;
  for (const std::string_view name : plan::ProcedureNames({})) {
    const auto procedure = plan::FindProcedure({}, name);
    EXPECT_NE(page.find("`" + std::string(name)), std::string::npos) << name;
    if (!procedure->is_graph_procedure()) continue;
    ++graph_procedures;
    std::string arguments;
    for (const ProcedureField& input : procedure->declaration->inputs) {
      arguments += (arguments.empty() ? "" : ", ") + input.name;
    }
    const std::string row =
        "\n| `" + std::string(name) + "(" + arguments + ")` | " + InCode(procedure->declaration->outputs) + " | ";
    EXPECT_NE(page.find(row), std::string::npos) << "docs/language.md has no row that begins" << row;
  }
  std::size_t rows = 0;
  for (std::size_t at = page.find("\n| `graph."); at != std::string::npos; at = page.find("\n| `graph.", at + 1))
    ++rows;
  EXPECT_EQ(rows, graph_procedures) << "the page has procedures that are not there";
}

TEST(LanguagePage, ListsWhatIsParsedAndNotRunYet) {
  auto database = Database::Open(":memory:");
  ASSERT_TRUE(database);
  std::istringstream section(Section("docs/language.md", "Parsed, not run yet"));
  int listed = 0;
  for (std::string line; std::getline(section, line);) {
    if (!line.starts_with("- `")) continue;
    ++listed;
    const std::string query = CodeIn(line).front();
    const auto result = database->Query(query);
    EXPECT_TRUE(!result && result.error().detail == "NotYetSupported") << query << ": move it to where it belongs";
  }
  EXPECT_GT(listed, 0);
}

Words ReservedWords() {
  Words reserved;
  for (std::string_view word : Keywords()) {
    if (syntax::IsReservedWord(word)) reserved.emplace(word);
  }
  return reserved;
}

// The words that only one of the two has.
Words Differing(const Words& a, const Words& b) {
  Words differing;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::inserter(differing, differing.end()));
  return differing;
}

TEST(GrammarPage, ListsTheReservedWords) {
  Words listed;
  std::istringstream section(Section("docs/grammar.md", "Reserved words"));
  for (std::string word; section >> word;) {
    if (word.ends_with('.')) word.pop_back();
    const bool upper =
        word.size() > 1 && std::all_of(word.begin(), word.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
    if (upper) listed.insert(word);
  }
  EXPECT_EQ(Differing(listed, ReservedWords()), Words{});
}

// shortestPath and its like stand in quotes: names with a meaning, no keywords.
void AddKeywords(const Part& part, Words& keywords) {
  const bool upper = std::none_of(part.text.begin(), part.text.end(), [](char c) { return c >= 'a' && c <= 'z'; });
  if (part.kind == Part::Kind::kWord && upper) keywords.insert(part.text);
  for (const Part& inner : part.parts) AddKeywords(inner, keywords);
}

TEST(GrammarPage, HasTheKeywordsThatAreCompleted) {
  const auto grammar = ReadGrammar(EbnfBlock(ReadSourceFile("docs/grammar.md")));
  ASSERT_TRUE(grammar) << grammar.error().message;
  Words documented;
  for (const Rule& rule : grammar->rules) {
    if (!rule.token) AddKeywords(rule.body, documented);
  }
  Words keywords(Keywords().begin(), Keywords().end());
  for (const char* word : {"ADD", "DO", "MANDATORY", "OF", "SCALAR"}) {
    EXPECT_EQ(keywords.erase(word), 1u) << word << " is reserved by openCypher and used nowhere";
  }
  EXPECT_EQ(Differing(documented, keywords), Words{});
}

}  // namespace
}  // namespace plenum::language
