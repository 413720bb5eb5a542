// Replays wrong_queries.md: each `plenum` block is typed into a shell, and the `text` block after it is all that the
// shell writes. Each heading has an empty database; a `plenum setup` block is run for its effect.
//
// The whole page as it would be now is written beside this test's executable: when messages change on purpose, read the
// difference, then copy it over.
#include <gtest/gtest.h>

#include <cstdio>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>

#include "engine/shell/shell.h"
#include "engine/shell/statements.h"

namespace plenum::shell {
namespace {

std::string ReadFile(const char* path) {
  std::ifstream file(path);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// The lines up to the fence that closes a block, which is taken too.
std::string TakeBlock(std::istream& page) {
  std::string block;
  for (std::string line; std::getline(page, line) && line != "```";) block += line + '\n';
  return block;
}

class Terminal {
 public:
  // What the shell writes, answers and messages, while `input` is typed.
  std::string Type(const std::string& input) {
    const std::string path = testing::TempDir() + "wrong_queries_output";
    std::FILE* file = std::fopen(path.c_str(), "w+");
    {
      Output out(fileno(file));
      StatementReader reader;
      reader.Add(input);
      reader.End();
      while (const auto statement = reader.Next()) RunAndReport(shell_, *statement, reader, out, out);
    }
    std::fclose(file);
    return ReadFile(path.c_str());
  }

 private:
  Shell shell_{.database = *Database::Open(":memory:"), .query = {}, .notifications = {}};
};

// The page with the answers of now.
std::string Replayed(const std::string& written) {
  std::istringstream page(written);
  std::string now;
  std::unique_ptr<Terminal> shell;
  std::string answer;
  for (std::string line; std::getline(page, line);) {
    now += line + '\n';
    if (line.starts_with("## ")) shell = std::make_unique<Terminal>();
    if (line == "```plenum" || line == "```plenum setup") {
      const std::string input = TakeBlock(page);
      answer = shell->Type(input);
      now += input + "```\n";
      EXPECT_TRUE(line == "```plenum" || answer.find("Error") == std::string::npos) << answer;
    } else if (line == "```text") {
      TakeBlock(page);
      now += answer + "```\n";
    }
  }
  return now;
}

TEST(WrongQueries, AreAnsweredAsThePageSays) {
  const std::string written = ReadFile(PLENUM_WRONG_QUERIES);
  const std::string now = Replayed(written);
  std::ofstream(PLENUM_WRONG_QUERIES_NOW) << now;
  EXPECT_EQ(now, written) << "if this is as it should be: cp " PLENUM_WRONG_QUERIES_NOW " " PLENUM_WRONG_QUERIES;
  EXPECT_GT(written.size(), 10'000U);
}

}  // namespace
}  // namespace plenum::shell
