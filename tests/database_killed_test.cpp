// A process killed at a random moment of its commits, of opening or of closing: the database opens at once, holds every
// commit that was acknowledged, whole, at most the one behind it too, and nothing else. What it must hold is read from
// a twin that nobody kills. PLENUM_KILL_CYCLES says how often a process is killed, where it is set.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>

#include "tests/numbered_commits.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

constexpr int kCommitsAnOpen = 23;
constexpr std::chrono::seconds kOpenMax{2};

// Commits for ever, and tells of each; from the commit that the graph has on. Closes and opens now and then.
[[noreturn]] void CommitForEver(const std::string& path, int acknowledge) {
  while (true) {
    Result<Database> database = Database::Open(path);
    if (!database) ::_exit(1);
    auto count = database->Query("MATCH (c:Count) RETURN c.commit");
    if (!count || !count->Next()) ::_exit(2);
    const auto first = static_cast<int>(count->Get(0).integer()) + 1;
    for (int number = first; number < first + kCommitsAnOpen; ++number) {
      if (!CommitNumber(*database, number, true).ok()) ::_exit(3);
      if (::write(acknowledge, &number, sizeof number) != sizeof number) ::_exit(4);
    }
  }
}

// The last commit that a process told of before it was killed; `last` where it told of none.
int CommitUntilKilled(const std::string& path, std::mt19937& random, int last) {
  int pipe_ends[2];
  if (::pipe(pipe_ends) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) CommitForEver(path, pipe_ends[1]);
  ::close(pipe_ends[1]);
  const auto read = [&] {
    int number = 0;
    const bool told = ::read(pipe_ends[0], &number, sizeof number) == static_cast<ssize_t>(sizeof number);
    if (told) last = number;
    return told;
  };
  for (auto acknowledged = random() % 30; acknowledged > 4 && read(); --acknowledged) continue;
  ::usleep(random() % 12'000);
  ::kill(child, SIGKILL);
  while (read()) continue;
  ::close(pipe_ends[0]);
  int status = 0;
  ::waitpid(child, &status, 0);
  EXPECT_TRUE(WIFSIGNALED(status)) << "it ended by itself, with " << WEXITSTATUS(status);
  return last;
}

// The twin's content after so many commits.
Result<Numbered> ReadTwin(const std::string& twin, int commits) {
  const Result<Numbered> before = ReadNumbered(twin, true);
  if (!before) return before;
  if (before->commits < commits) {
    Result<Database> database = Database::Open(twin);
    if (!database) return std::move(database).error();
    for (int number = before->commits + 1; number <= commits; ++number) {
      if (Status status = CommitNumber(*database, number, false); !status.ok()) return std::move(status).error();
    }
  }
  return ReadNumbered(twin, true);
}

// In a child: the number of commits; or a negative number that says what is wrong. An open for writing also tidies up
// and closes; one for reading leaves everything to the process that comes next.
int CheckAgainstTwin(const std::string& path, const std::string& twin, int acknowledged, bool read_only) {
  const auto before = std::chrono::steady_clock::now();
  {
    Result<Database> database = Database::Open(path, {.create_if_missing = false, .read_only = read_only});
    if (!database) return std::cerr << Describe(database.error()) << '\n', -1;
    if (std::chrono::steady_clock::now() - before > kOpenMax) return -2;
    const Result<CheckReport> report = database->Check();
    if (!report) return -7;
    for (const std::string& problem : report->problems) std::cerr << problem << '\n';
    if (!report->ok()) return -8;
  }
  const Result<Numbered> found = ReadNumbered(path, read_only);
  if (!found) return std::cerr << Describe(found.error()) << '\n', -3;
  if (found->commits < acknowledged || found->commits > acknowledged + 1) return -4;
  const Result<Numbered> wanted = ReadTwin(twin, found->commits);
  if (!wanted || wanted->commits != found->commits) return -5;
  return wanted->content == found->content ? found->commits : -6;
}

TEST(DatabaseKilled, HoldsWhatItAcknowledgedWhole) {
  const ScratchDirectory scratch(MemoryDirectory());
  const std::string path = scratch / "database";
  const std::string twin = scratch / "twin";
  ASSERT_EQ(InChild([&] { return MakeNumbered(twin).ok() ? 0 : 1; }), 0);
  std::filesystem::copy(twin, path, std::filesystem::copy_options::recursive);
  const int cycles = TimesOf("PLENUM_KILL_CYCLES", 40);
  std::mt19937 random(43);
  int commits = 0;
  for (int cycle = 0; cycle < cycles; ++cycle) {
    const int acknowledged = CommitUntilKilled(path, random, commits);
    int pipe_ends[2];
    ASSERT_EQ(::pipe(pipe_ends), 0);
    const int ended = InChild([&] {
      const int answer = CheckAgainstTwin(path, twin, acknowledged, cycle % 2 == 0);
      return ::write(pipe_ends[1], &answer, sizeof answer) == sizeof answer ? 0 : 1;
    });
    ASSERT_EQ(ended, 0) << "cycle " << cycle;
    ASSERT_EQ(::read(pipe_ends[0], &commits, sizeof commits), static_cast<ssize_t>(sizeof commits));
    ::close(pipe_ends[0]);
    ::close(pipe_ends[1]);
    ASSERT_GE(commits, acknowledged) << "cycle " << cycle << " after " << acknowledged << " commits";
  }
  EXPECT_GT(commits, 4 * cycles);
}

}  // namespace
}  // namespace plenum
