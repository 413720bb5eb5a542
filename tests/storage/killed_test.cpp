// A process killed at any moment: wherever in an open, a flush, a compaction, a bulk write or a close that is, the
// database opens again and holds every commit that was acknowledged.
//
// The calls by which files change are counted here, in place of the C library's; a child ends at the one it was told.
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace {

std::atomic<int> calls_left = -1;  // negative: nobody counts

void CountCall() {
  if (calls_left.load() >= 0 && calls_left.fetch_sub(1) == 0) ::_exit(9);
}

}  // namespace

extern "C" {

ssize_t write(int file, const void* bytes, size_t count) {
  CountCall();
  return ::syscall(SYS_write, file, bytes, count);
}
ssize_t pwrite(int file, const void* bytes, size_t count, off_t at) {
  CountCall();
  return ::syscall(SYS_pwrite64, file, bytes, count, at);
}
// Nothing waits for the disk: what a process has written outlives it without.
int fsync(int) {
  CountCall();
  return 0;
}
int fdatasync(int) {
  CountCall();
  return 0;
}
int ftruncate(int file, off_t length) noexcept {
  CountCall();
  return static_cast<int>(::syscall(SYS_ftruncate, file, length));
}
int rename(const char* from, const char* to) noexcept {
  CountCall();
  return static_cast<int>(::syscall(SYS_rename, from, to));
}
int unlink(const char* path) noexcept {
  CountCall();
  return static_cast<int>(::syscall(SYS_unlink, path));
}
int link(const char* from, const char* to) noexcept {
  CountCall();
  return static_cast<int>(::syscall(SYS_link, from, to));
}

}  // extern "C"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr int kKeys = 10;
constexpr int kBulkKeys = 500;
constexpr int kNever = 1'000'000;

// What processes have been told, in memory that they share.
struct Acknowledged {
  std::atomic<std::uint64_t> commits;
  std::atomic<int> bulks;
  std::atomic<int> calls;
};

std::optional<std::string> Append(std::string_view, std::optional<std::string_view> base,
                                  std::span<const std::string_view> operands) {
  std::string joined(base.value_or(""));
  for (const std::string_view operand : operands) joined += operand;
  return joined;
}

std::unique_ptr<Store> Open(const std::string& path) {
  auto store = OpenStore(path, {.fold = Append});
  if (store) return std::move(*store);
  std::fprintf(stderr, "%s\n", store.error().message.c_str());
  return nullptr;
}

std::string Get(const Snapshot& snapshot, const std::string& key) {
  std::string value;
  const auto found = snapshot.Get(key, value);
  return found && *found ? value : "";
}

// Every commit writes the same keys, so that a compaction has something to throw away.
bool Commit(Store& store, Acknowledged& acknowledged) {
  acknowledged.commits = ReadBigEndian(Get(*store.TakeSnapshot(), CommitsKey()));  // what was seen must stay
  const std::uint64_t number = acknowledged.commits + 1;
  WriteSet writes;
  std::string bytes;
  AppendBigEndian(bytes, number, 8);
  writes.Put(CommitsKey(), bytes);
  for (int i = 0; i < kKeys; ++i) writes.Put("k" + std::to_string(i), std::to_string(number));
  writes.Merge("merged", "x");
  if (!store.Apply(writes, true).ok()) return false;
  acknowledged.commits = number;
  return true;
}

bool WriteBulk(Store& store, Acknowledged& acknowledged) {
  const int number = acknowledged.bulks + 1;
  auto writer = store.BeginSortedBulk();
  if (!writer) return false;
  for (int i = 0; i < kBulkKeys; ++i) {
    const std::string key = "b" + std::to_string(number) + "/" + std::to_string(1'000 + i);
    if (!(*writer)->Put(key, "v").ok()) return false;
  }
  if (!(*writer)->Finish().ok()) return false;
  acknowledged.bulks = number;
  return true;
}

// What was acknowledged is there, and nothing in part.
bool IsWhole(const Store& store, const Snapshot& snapshot, const Acknowledged& acknowledged) {
  const std::uint64_t commit = ReadBigEndian(Get(snapshot, CommitsKey()));
  bool whole = commit >= acknowledged.commits && commit <= acknowledged.commits + 1;
  for (int i = 0; i < kKeys; ++i) {
    whole &= Get(snapshot, "k" + std::to_string(i)) == (commit == 0 ? "" : std::to_string(commit));
  }
  whole &= Get(snapshot, "merged").size() == commit;
  whole &= !store.recovered() || store.recovered()->commit == commit;
  std::map<std::string, int> bulks;
  const auto cursor = snapshot.NewCursor();
  for (cursor->Seek("b"); cursor->Valid() && cursor->key() < "c"; cursor->Next()) {
    ++bulks[std::string(cursor->key().substr(0, cursor->key().find('/')))];
  }
  for (const auto& [name, keys] : bulks) whole &= keys == kBulkKeys;
  const int count = static_cast<int>(bulks.size());
  return whole && cursor->status().ok() && (count == acknowledged.bulks || count == acknowledged.bulks + 1);
}

class Killed : public testing::Test {
 protected:
  void SetUp() override {
    void* shared = ::mmap(nullptr, sizeof(Acknowledged), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    ASSERT_NE(shared, MAP_FAILED);
    acknowledged_ = new (shared) Acknowledged{};
  }
  void TearDown() override { ::munmap(acknowledged_, sizeof(Acknowledged)); }

  // In a process that ends at that call. Answers whether it came to its end before; leaves the number of its calls.
  bool Run(int calls, const std::function<bool(Store&)>& work) {
    const int status = InChild([&] {
      calls_left = calls;
      {
        auto store = Open(path_);
        if (!store || !work(*store)) return 1;
      }
      acknowledged_->calls = calls - calls_left;
      return 0;
    });
    EXPECT_TRUE(status == 0 || status == 9) << status;
    return status == 0;
  }
  void Check(const std::string& when) {
    ASSERT_TRUE(Run(kNever, [&](Store& store) { return IsWhole(store, *store.TakeSnapshot(), *acknowledged_); }))
        << when;
  }

  ScratchDirectory scratch_{MemoryDirectory()};
  const std::string path_ = scratch_ / "database";
  Acknowledged* acknowledged_ = nullptr;
};

TEST_F(Killed, WhileADatabaseIsMade) {
  ASSERT_TRUE(Run(kNever, [](Store&) { return true; }));
  const int calls = acknowledged_->calls;
  EXPECT_GT(calls, 20);
  for (int i = 0; i <= calls; ++i) {
    fs::remove_all(path_);
    Run(i, [](Store&) { return true; });
    Check("at call " + std::to_string(i));
  }
}

// The files of several recoveries are compacted as soon as the database is open; killed twice, the second time sooner.
TEST_F(Killed, WhileADatabaseOpensRecoversAndCompacts) {
  for (int i = 0; i < 5; ++i) {
    ASSERT_EQ(InChild([&] {
                auto store = Open(path_);
                if (store && Commit(*store, *acknowledged_)) ::_exit(9);  // not closed
                return 1;
              }),
              9);
  }
  const std::string whole = scratch_ / "whole";
  fs::rename(path_, whole);
  const auto restore = [&] {
    fs::remove_all(path_);
    fs::copy(whole, path_, fs::copy_options::recursive);
    acknowledged_->commits = 5;
  };
  const auto work = [&](Store& store) { return Commit(store, *acknowledged_); };
  restore();
  ASSERT_TRUE(Run(kNever, work));
  const int calls = acknowledged_->calls;
  EXPECT_GT(calls, 30);
  for (int i = 0; i <= calls + 10; ++i) {
    restore();
    Run(i, work);
    Run(i * 7 % (calls + 1), work);
    Check("at call " + std::to_string(i));
  }
}

// Commits, flushes (by checkpoints), bulk writes, closing and opening: at every so many calls.
TEST_F(Killed, WhileADatabaseIsUsed) {
  const auto work = [&](Store& store) {
    bool done = true;
    for (int i = 0; i < 3 && done; ++i) {
      const std::string copy = path_ + ".copy";
      fs::remove_all(copy);
      done = Commit(store, *acknowledged_) && Commit(store, *acknowledged_) && store.Checkpoint(copy).ok() &&
             WriteBulk(store, *acknowledged_) && store.DropRange({"d", "e"}).ok();
    }
    return done;
  };
  ASSERT_TRUE(Run(kNever, work));
  const int calls = acknowledged_->calls;
  EXPECT_GT(calls, 200);
  const int stride = calls / 40;
  for (int i = 0; i < 40; ++i) {
    Run(i * stride + i % stride, work);
    Check("at call " + std::to_string(i * stride + i % stride));
  }
}

}  // namespace
}  // namespace plenum::storage
