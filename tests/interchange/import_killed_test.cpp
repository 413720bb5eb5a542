// Imports in processes of their own: killed at any moment, and held to the memory that they are allowed.
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <functional>
#include <random>
#include <string>

#include "plenum/import.h"
#include "plenum/plenum.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // which takes memory, and time
#else
constexpr bool kSanitized = false;
#endif

class ImportInAProcess : public testing::Test {
 protected:
  // Nodes with a key and a text, relationships with a number; a hub among them.
  void WriteFiles(int nodes, int relationships) {
    options_.nodes = {{{"Person"}, scratch_ / "people.csv"}};
    options_.relationships = {{"KNOWS", scratch_ / "knows.csv"}};
    options_.integer_ids = true;
    options_.threads = 2;
    std::ofstream people(options_.nodes[0].path);
    people << "id:ID,name\n";
    for (int i = 0; i < nodes; ++i) people << i << ",person " << i << '\n';
    std::ofstream knows(options_.relationships[0].path);
    knows << ":START_ID,:END_ID,since:int\n";
    std::mt19937 random(5);
    for (int i = 0; i < relationships; ++i) {
      const auto start = i % 10 == 0 ? 7U : random() % static_cast<unsigned>(nodes);
      knows << start << ',' << random() % static_cast<unsigned>(nodes) << ',' << i << '\n';
    }
  }

  int Import() const {
    const auto report = plenum::Import(path_, options_);
    if (report) return 0;
    std::fprintf(stderr, "%s\n", report.error().message.c_str());
    return 1;
  }

  // What a statement answers, in a process that ends with it: 0 when its only value is `expected`.
  bool Answers(const char* statement, std::int64_t expected) const {
    return InChild([&] {
             auto database = Database::Open(path_);
             if (!database) return 1;
             auto answer = database->Query(statement);
             if (!answer) return 2;
             return answer->Next() && answer->Get(0).integer() == expected ? 0 : 3;
           }) == 0;
  }

  bool IsSound() const {
    return InChild([&] {
             auto database = Database::Open(path_);
             if (!database) return 1;
             const auto report = database->Check();
             return report && report->ok() ? 0 : 2;
           }) == 0;
  }

  const ScratchDirectory scratch_{MemoryDirectory()};
  const std::string path_ = scratch_ / "graph";
  ImportOptions options_;
};

TEST_F(ImportInAProcess, KilledAtAnyMomentItLeavesNothing) {
  constexpr int kNodes = 40'000;
  constexpr int kRelationships = 120'000;
  constexpr int kKills = 20;
  WriteFiles(kNodes, kRelationships);
  options_.memory_bytes_max = 8 << 20;  // so that much of the time goes into files
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(InChild([&] { return Import(); }), 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  fs::remove_all(path_);
  std::mt19937 random(3);
  int left_nothing = 0;
  for (int i = 0; i < kKills; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(Import());
    // From the first moments to the last, wherever in its stretch.
    const auto stretch = static_cast<unsigned>(whole.count() / kKills);
    ::usleep(static_cast<unsigned>(i) * stretch + random() % (stretch + 1));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    if (!fs::exists(path_)) {
      ++left_nothing;
      continue;
    }
    ASSERT_TRUE(Answers("MATCH ()-[r:KNOWS]->() RETURN count(r)", kRelationships)) << "it is there, so it is whole";
    ASSERT_TRUE(IsSound());
    fs::remove_all(path_);
  }
  EXPECT_GT(left_nothing, kKills / 2);
  ASSERT_EQ(InChild([&] { return Import(); }), 0) << "what the last one left is in nobody's way";
  EXPECT_TRUE(Answers("MATCH (p:Person) RETURN count(p)", kNodes));
  EXPECT_TRUE(Answers("MATCH ()-[r:KNOWS]->() RETURN count(r)", kRelationships));
  EXPECT_TRUE(
      Answers("MATCH ()-[r:KNOWS]->() RETURN sum(r.since)", std::int64_t{kRelationships} * (kRelationships - 1) / 2));
  EXPECT_TRUE(IsSound());
  EXPECT_FALSE(fs::exists(path_ + ".importing"));
}

TEST_F(ImportInAProcess, StaysWithinItsMemory) {
  if (kSanitized) GTEST_SKIP() << "sanitizers take memory of their own";
  WriteFiles(200'000, 2'000'000);
  const auto peak_bytes = [&](std::uint64_t memory_bytes_max) -> std::uint64_t {
    options_.memory_bytes_max = memory_bytes_max;
    fs::remove_all(path_);
    const pid_t child = ::fork();
    if (child == 0) ::_exit(Import());
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
  };
  constexpr std::uint64_t kSmall = std::uint64_t{64} << 20;
  const std::uint64_t needed = peak_bytes(std::uint64_t{1} << 30);
  EXPECT_GT(needed, kSmall * 3 / 2) << "the data are too few to show anything";
  EXPECT_LT(peak_bytes(kSmall), kSmall + kSmall * 15 / 100);
  EXPECT_TRUE(Answers("MATCH ()-[r:KNOWS]->() RETURN count(r)", 2'000'000));
}

}  // namespace
}  // namespace plenum
