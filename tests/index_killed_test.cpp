// Indexes created in processes of their own: killed at any moment, and held to the memory that they are allowed.
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <iostream>
#include <random>
#include <string>
#include <thread>

#include "engine/graph/bulk_loader.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/database_checks.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum {
namespace {

#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
constexpr bool kSanitized = true;  // which takes memory, and time
#else
constexpr bool kSanitized = false;
#endif

class IndexInAProcess : public testing::Test {
 protected:
  // Nodes of :Item, each with a key of its own, in no order.
  void Load(std::uint32_t nodes) {
    ASSERT_EQ(InChild([&] {
                auto store = Must(storage::OpenStore(path_));
                auto loader = Must(graph::BulkLoader::Begin(*store, {.directory = scratch_.path().string()}));
                const graph::LabelId item = Must(loader->InternLabel("Item"));
                const graph::KeyId key = Must(loader->InternKey("key"));
                for (std::uint32_t i = 0; i < nodes; ++i) {
                  const graph::BulkLoader::PlainProperty value{key, std::int64_t{i * 0x9E3779B1U}};
                  Must(loader->AddNode({{item}}, {{value}}, std::nullopt));
                }
                Must(loader->BeginRelationships(std::uint64_t{1} << 28));
                Must(loader->Finish());
                return 0;
              }),
              0);
  }

  int Create(const char* statement) const {
    auto database = Must(Database::Open(path_, options_));
    const auto done = database.Query(statement);
    if (!done) std::cerr << Describe(done.error()) << '\n';
    return done ? 0 : 1;
  }

  static std::uint64_t StoredEntries(Database& database) {
    std::uint64_t entries = 0;
    for (const StorageUse& use : Must(database.Statistics()).storage) {
      if (use.kind == "indexes") entries += use.keys;
    }
    return entries;
  }

  // Whether the index is there, and then drops it: 1 or 0; a negative number says what is wrong.
  int Outcome(std::int64_t nodes) const {
    auto database = Must(Database::Open(path_, options_));
    const CheckReport report = Must(database.Check());
    for (const std::string& problem : report.problems) std::cerr << problem << '\n';
    if (!report.ok()) return -2;
    QueryResult shown = Must(database.Query("SHOW INDEXES"));
    const bool there = shown.Next();
    if (report.index_entries != static_cast<std::uint64_t>(there ? nodes : 0)) return -3;
    if (there) Must(database.Query("DROP INDEX item_keys"));
    const auto deadline = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (StoredEntries(database) != 0) {
      if (std::chrono::steady_clock::now() > deadline) return -4;
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    return there ? 1 : 0;
  }

  const ScratchDirectory scratch_{MemoryDirectory()};
  const std::string path_ = scratch_ / "graph";
  OpenOptions options_;
};

constexpr const char* kCreate = "CREATE INDEX item_keys FOR (i:Item) ON (i.key)";

TEST_F(IndexInAProcess, KilledAtAnyMomentItIsWholeOrAbsent) {
  constexpr std::uint32_t kNodes = 40'000;
  Load(kNodes);
  options_.memory_bytes_max = 8 << 20;  // so that entries are sorted outside memory
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(InChild([&] { return Create(kCreate); }), 0);
  const auto whole = std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  const int kills = TimesOf("PLENUM_KILL_CYCLES", 15);
  std::mt19937 random(7);
  int absent = 0;
  const auto outcome = [&] { return InChild([&] { return 10 + Outcome(kNodes); }) - 10; };
  ASSERT_EQ(outcome(), 1);
  for (int i = 0; i < kills; ++i) {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(Create(kCreate));
    // From the first moments to the last, wherever in its stretch.
    const auto stretch = static_cast<unsigned>(whole.count() / kills);
    ::usleep(static_cast<unsigned>(i) * stretch + random() % (stretch + 1));
    ::kill(child, SIGKILL);
    int status = 0;
    ::waitpid(child, &status, 0);
    const int found = outcome();
    ASSERT_GE(found, 0) << "kill " << i;
    if (found == 0) ++absent;
  }
  EXPECT_GT(absent, kills / 3);
}

TEST_F(IndexInAProcess, StaysWithinItsMemory) {
  if (kSanitized) GTEST_SKIP() << "sanitizers take memory of their own";
  constexpr std::uint32_t kNodes = 600'000;
  constexpr std::uint64_t kMemory = std::uint64_t{48} << 20;
  Load(kNodes);
  const auto peak_bytes = [&](const char* statement) -> std::uint64_t {
    const pid_t child = ::fork();
    if (child == 0) ::_exit(Create(statement));
    int status = 0;
    rusage usage{};
    ::wait4(child, &status, 0, &usage);
    EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
    return static_cast<std::uint64_t>(usage.ru_maxrss) << 10;
  };
  options_.memory_bytes_max = kMemory;
  EXPECT_LT(peak_bytes(kCreate), kMemory + kMemory * 15 / 100);
  EXPECT_LT(peak_bytes("CREATE CONSTRAINT FOR (i:Item) REQUIRE i.key IS UNIQUE"), kMemory + kMemory * 15 / 100);
}

}  // namespace
}  // namespace plenum
