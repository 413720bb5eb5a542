// Runs every query file of this folder: each heading on an empty database in memory, its blocks in order.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <optional>
#include <sstream>

#include "plenum/plenum.h"
#include "tests/query_check.h"
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

class QueryFileTest : public testing::TestWithParam<std::string> {};

TEST_P(QueryFileTest, AnswersAsWritten) {
  const auto cases = ReadQueryCases(ReadFile(std::filesystem::path(PLENUM_QUERY_FILES) / GetParam()));
  ASSERT_TRUE(cases) << cases.error().message;
  ASSERT_FALSE(cases->empty());
  std::optional<Database> database;
  std::optional<Session> session;
  std::string question;
  for (const QueryCase& query : *cases) {
    if (!database || query.question != question) {
      session.reset();
      auto opened = Database::Open(":memory:");
      ASSERT_TRUE(opened) << opened.error().message;
      database.emplace(std::move(*opened));
      session.emplace(*database);
      question = query.question;
    }
    EXPECT_EQ(WhatDiffers(*session, query), "") << GetParam() << ':' << query.line << '\n' << query.query;
  }
}

INSTANTIATE_TEST_SUITE_P(Files, QueryFileTest, testing::ValuesIn(QueryFiles()),
                         [](const auto& param) { return param.param.substr(0, param.param.find('.')); });

}  // namespace
}  // namespace plenum::tests
