// Runs every query file of this folder: each heading on an empty database in memory, its blocks in order.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "plenum/json.h"
#include "plenum/plenum.h"
#include "tests/query_file.h"

namespace plenum::tests {
namespace {

std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<std::string> QueryFiles() {
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(PLENUM_QUERY_FILES)) {
    if (entry.path().extension() == ".md") files.push_back(entry.path().filename().string());
  }
  std::sort(files.begin(), files.end());
  return files;
}

// "SyntaxError UndefinedVariable 1:8", without the place when `wanted` has none.
std::string ShortForm(const Error& error, const std::string& wanted) {
  std::string text = fmt::format("{} {}", ErrorTypeName(error.type), error.detail);
  const bool with_place = wanted.find(':') != std::string::npos;
  if (with_place && error.place) text += fmt::format(" {}:{}", error.place->line, error.place->column);
  return text;
}

void Check(Database& database, const QueryCase& query, const std::string& where) {
  QueryOptions options{.sync = false};
  if (!query.parameters.empty()) {
    const auto parameters = ParseJson(query.parameters);
    ASSERT_TRUE(parameters && parameters->kind() == Value::Kind::kMap) << where << query.parameters;
    options.parameters = parameters->map();
  }
  auto result = database.Query(query.query, options);
  if (!result) {
    EXPECT_EQ(ShortForm(result.error(), query.error), query.error) << where << Describe(result.error(), query.query);
    EXPECT_FALSE(query.setup) << where;
    return;
  }
  const AnswerTable answer = TableOf(*result);
  EXPECT_EQ(query.error, "") << where << "it answered:\n" << ToMarkdown(answer);
  if (query.setup || !query.error.empty()) return;
  EXPECT_EQ(answer, query.answer) << where << "it answered:\n" << ToMarkdown(answer);
}

class QueryFileTest : public testing::TestWithParam<std::string> {};

TEST_P(QueryFileTest, AnswersAsWritten) {
  const auto cases = ReadQueryCases(ReadFile(std::filesystem::path(PLENUM_QUERY_FILES) / GetParam()));
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_FALSE(cases->empty());
  std::optional<Database> database;
  std::string question;
  for (const QueryCase& query : *cases) {
    if (!database || query.question != question) {
      auto opened = Database::Open(":memory:");
      ASSERT_TRUE(opened) << opened.error().message;
      database.emplace(std::move(*opened));
      question = query.question;
    }
    Check(*database, query, fmt::format("{}:{}\n{}", GetParam(), query.line, query.query));
  }
}

INSTANTIATE_TEST_SUITE_P(Files, QueryFileTest, testing::ValuesIn(QueryFiles()),
                         [](const auto& param) { return param.param.substr(0, param.param.find('.')); });

}  // namespace
}  // namespace plenum::tests
