// Any file of a database that was closed in order is damaged in any way: what is asked is answered rightly, or with an
// error that names the file. Everything that opens a database runs in a process of its own, which must neither crash
// nor hang. PLENUM_DAMAGE_TRIALS says how many files are damaged, where it is set.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iostream>
#include <map>
#include <random>
#include <sstream>

#include "engine/storage/rocksdb_store.h"
#include "tests/numbered_commits.h"
#include "tests/storage/child_process.h"
#include "tests/storage/damaged_files.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr int kCommits = 180;

// What a child answers.
enum Answer { kRight, kNamed, kUnnamed, kWrong };

bool CommitAll(const std::string& path, int first, int last) {
  Result<Database> database = Database::Open(path);
  for (int i = first; i <= last; ++i) {
    if (!database || !CommitNumber(*database, i, false).ok()) return false;
  }
  return true;
}

// A table on the last level, one of a recovered journal above it, and a journal.
bool MakeDatabase(const std::string& path) {
  if (!MakeNumbered(path).ok() || !CommitAll(path, 1, 60)) return false;
  if (auto store = storage::OpenStore(path); !store || !(*store)->Compact().ok()) return false;
  return CommitAll(path, 61, 120) && CommitAll(path, 121, kCommits);
}

void WriteText(const std::string& path, const std::string& text) { std::ofstream(path, std::ios::binary) << text; }

std::string ReadText(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path, std::ios::binary).rdbuf();
  return std::move(text).str();
}

class DatabaseDamage : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(InChild([&] { return MakeDatabase(whole_) ? 0 : 1; }), 0);
    Restore();
    ASSERT_EQ(InChild([&] {
                const auto read = ReadNumbered(path_, true);
                const auto answers = AnswersOf(path_, true);
                if (!read || !answers || read->commits != kCommits) return 1;
                WriteText(scratch_ / "content", read->content);
                WriteText(scratch_ / "answers", *answers);
                return 0;
              }),
              0);
    content_ = ReadText(scratch_ / "content");
    answers_ = ReadText(scratch_ / "answers");
    ASSERT_GT(content_.size(), 100'000U);
    ASSERT_GT(std::count(answers_.begin(), answers_.end(), '\n'), 100);
    for (const auto& file : fs::recursive_directory_iterator(whole_)) {
      if (file.is_regular_file()) files_.push_back(fs::relative(file.path(), whole_));
    }
    std::sort(files_.begin(), files_.end());
  }
  void Restore() {
    fs::remove_all(path_);
    fs::copy(whole_, path_, fs::copy_options::recursive);
  }

  // Reads the graph itself, or asks in the language.
  Answer OpenAndRead(const std::string& damaged, bool in_language, bool read_only) const {
    const auto judge = [&](const auto& result, const auto& is_right) {
      if (result) return is_right() ? kRight : kWrong;
      if (result.error().message.find(damaged) != std::string::npos) return kNamed;
      std::cerr << "does not name " << damaged << ": " << result.error().message << "\n";
      return kUnnamed;
    };
    if (in_language) {
      const auto answers = AnswersOf(path_, read_only);
      return judge(answers, [&] { return *answers == answers_; });
    }
    const auto read = ReadNumbered(path_, read_only);
    return judge(read, [&] { return read->content == content_; });
  }

  ScratchDirectory scratch_{MemoryDirectory()};
  const std::string whole_ = scratch_ / "whole";
  const std::string path_ = scratch_ / "database";
  std::vector<fs::path> files_;
  std::string content_;
  std::string answers_;
};

// What kind of file it is: its name without numbers, and whether nothing but the log of changes needs it.
std::string KindOf(const fs::path& file) {
  std::string kind = file.filename().string();
  if (!file.filename().string().starts_with("STATE")) std::erase_if(kind, [](char c) { return c >= '0' && c <= '9'; });
  return file.parent_path().filename() == "archive" ? "past " + kind : kind;
}

TEST_F(DatabaseDamage, OfAnyFileIsAnErrorThatNamesItOrNoHarm) {
  std::map<std::string, std::vector<fs::path>> kinds;
  for (const fs::path& file : files_) kinds[KindOf(file)].push_back(file);
  for (const char* kind : {"CURRENT", "FORMAT", "IDENTITY", "LOCK", "MANIFEST-", "OPTIONS-", "STATE.0", "STATE.1",
                           "past .log", ".log", ".sst"}) {
    ASSERT_TRUE(kinds.contains(kind)) << kind;
  }
  std::vector<std::string> order;  // the two that hold the data more often
  for (const auto& [kind, files] : kinds) order.insert(order.end(), kind == ".log" || kind == ".sst" ? 4 : 1, kind);
  const int trials = TimesOf("PLENUM_DAMAGE_TRIALS", 200);
  std::mt19937 random(41);
  std::map<Answer, int> counts;
  for (int trial = 0; trial < trials; ++trial) {
    Restore();
    const std::vector<fs::path>& files = kinds[order[static_cast<std::size_t>(trial) % order.size()]];
    const fs::path file = files[random() % files.size()];
    const std::string what = DamageFile(path_ / file, random);
    const std::string name = file.filename().string();
    const bool in_language = random() % 2 == 0;
    const bool read_only = random() % 3 == 0;
    const auto read = [&] { return static_cast<int>(OpenAndRead(name, in_language, read_only)); };
    const int answer = InChild(read);
    ASSERT_TRUE(answer == kRight || answer == kNamed) << trial << ": " << file << ": " << what << ": " << answer;
    ++counts[static_cast<Answer>(answer)];
    if (trial % 3 != 0) continue;
    // The first open has changed nothing for the worse, and what it closed is as it found it.
    const int again = InChild(read);
    ASSERT_TRUE(again == kNamed || (again == kRight && answer == kRight))
        << trial << ", the second time: " << file << ": " << what << ": " << again << " after " << answer;
  }
  EXPECT_GT(counts[kRight], trials / 10);
  EXPECT_GT(counts[kNamed], trials / 2);
}

}  // namespace
}  // namespace plenum
