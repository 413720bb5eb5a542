// What every store must do that keeps a past: tell what commits wrote, or that it does not know any more.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <random>
#include <set>
#include <thread>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "tests/storage/store_conformance.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

using Changes = std::map<std::uint64_t, std::vector<std::string>>;  // by commit, its keys

// Absent where the store does not know; what it says until then must be right.
std::optional<Changes> Seen(Store& store, std::uint64_t since, const Changes& all) {
  Changes seen;
  const auto known = store.ChangesSince(since, [&](std::uint64_t commit, std::span<const std::string_view> keys) {
    EXPECT_EQ(commit, since + seen.size() + 1);
    EXPECT_EQ(std::vector<std::string>(keys.begin(), keys.end()), all.at(commit)) << commit;
    seen.emplace(commit, std::vector<std::string>(keys.begin(), keys.end()));
    return true;
  });
  EXPECT_TRUE(known);
  return *known ? std::optional(seen) : std::nullopt;
}

Changes After(const Changes& all, std::uint64_t since) { return {all.upper_bound(since), all.end()}; }

class ChangesConformance : public StoreConformance {
 protected:
  // Puts, merges and erases some keys, or none.
  void Commit(std::size_t key_count) {
    const std::uint64_t commit = all_.size() + 1;
    std::set<std::string> keys{CommitsKey()};
    Write([&](WriteSet& writes) {
      writes.Put(CommitsKey(), BigEndian(commit, 8));
      for (std::size_t i = 0; i < key_count; ++i) {
        const std::string key = "k" + std::to_string(random_() % 500);
        if (random_() % 3 == 0) writes.Put(key, "v" + std::to_string(commit));
        if (random_() % 3 == 0) writes.Erase(key);
        writes.Merge(key, "m");
        keys.insert(key);
      }
    });
    all_.emplace(commit, std::vector<std::string>(keys.begin(), keys.end()));
  }
  void CommitMany(int count) {
    for (int i = 0; i < count; ++i) {
      Commit(random_() % 8);
      if (i % 5 == 0) Write([](WriteSet& writes) { writes.Put("no commit", "v"); });
    }
  }
  void CheckAll(Store& store, std::uint64_t first = 0) {
    for (std::uint64_t since = first; since <= all_.size(); since += since % 16 == 0 ? 1 : 5) {
      ASSERT_EQ(Seen(store, since, all_), After(all_, since)) << since;
    }
    EXPECT_EQ(Seen(store, all_.size() + 1, all_), std::nullopt);
  }

  Changes all_;
  std::mt19937 random_{17};
};

TEST_P(ChangesConformance, CommitsComeInOrderWithTheirKeys) {
  EXPECT_EQ(Seen(*store_, 0, all_), Changes());
  for (int round = 0; round < 4; ++round) {
    CommitMany(40);
    CheckAll(*store_);
    ASSERT_TRUE(store_->DropRange({"k1", "k2"}).ok());
    ASSERT_TRUE(store_->Compact().ok());
    CommitMany(10);
    CheckAll(*store_);
    if (on_disk()) Open();
    CheckAll(*store_);
  }
}

// The keys of the others are behind those of commits: taken for a part of the commit before, they would pass for its
// own.
TEST_P(ChangesConformance, WhatIsWrittenAtTheSameTimeIsToldApart) {
  std::atomic<bool> done = false;
  std::thread other([&] {
    for (int i = 0; !done; ++i) Write([&](WriteSet& writes) { writes.Put("z" + std::to_string(i % 100), "v"); });
  });
  for (int i = 0; i < 900; ++i) Commit(random_() % 8);
  done = true;
  other.join();
  EXPECT_EQ(Seen(*store_, 0, all_), all_);
}

TEST_P(ChangesConformance, TheVisitorMayEndIt) {
  CommitMany(20);
  std::vector<std::uint64_t> seen;
  const auto known = store_->ChangesSince(7, [&](std::uint64_t commit, auto) {
    seen.push_back(commit);
    return commit < 9;
  });
  EXPECT_TRUE(known && *known);
  EXPECT_EQ(seen, (std::vector<std::uint64_t>{8, 9}));
}

TEST_P(ChangesConformance, WhatIsNotKeptAnyMoreIsUnknown) {
  constexpr std::uint64_t kBytes = 20'000;
  options_.past_journal_bytes = kBytes;
  options_.write_buffer_bytes = 64 << 10;
  Open();
  int commits = 0;
  for (; Seen(*store_, 1, all_) || all_.empty(); commits += 100) {
    ASSERT_LT(commits, 5'000);
    CommitMany(100);
    if (on_disk() && commits % 500 == 0) Open();
  }
  CommitMany(3);
  CheckAll(*store_, all_.size() - 3);
  EXPECT_EQ(Seen(*store_, 0, all_), std::nullopt);
  if (!on_disk()) return;
  Open();
  CheckAll(*store_, all_.size() - 3);
  std::uintmax_t bytes = 0;
  for (const auto& file : fs::directory_iterator(path() + "/data/archive")) bytes += file.file_size();
  EXPECT_LE(bytes, kBytes);
  EXPECT_GT(bytes, 0U);
}

// It counts as written by the next commit, so that this one is not known.
TEST_P(ChangesConformance, ABulkWriteIsUnknown) {
  const auto write_bulk = [&](const std::string& key) {
    auto writer = store_->BeginSortedBulk();
    ASSERT_TRUE(writer && (*writer)->Put(key, "v").ok() && (*writer)->Finish().ok());
  };
  write_bulk("b1");
  Commit(3);
  EXPECT_EQ(Seen(*store_, 0, all_), std::nullopt);
  CommitMany(10);
  CheckAll(*store_, 1);
  if (on_disk()) Open();                         // so that nothing but the bulk write is in the newest journal
  const auto snapshot = store_->TakeSnapshot();  // makes RocksDB give the bulk write a number
  const std::uint64_t before = all_.size();
  write_bulk("b2");
  CheckAll(*store_, 1);  // no commit yet
  CommitMany(10);
  EXPECT_EQ(Seen(*store_, before, all_), std::nullopt);
  EXPECT_EQ(Seen(*store_, 1, all_), std::nullopt);
  CheckAll(*store_, before + 1);
}

TEST_P(ChangesConformance, OpenedReadOnlyItKnowsTheSame) {
  if (!on_disk()) return;
  CommitMany(30);
  Open();
  CommitMany(30);
  options_.read_only = true;
  Open();
  CheckAll(*store_);
}

// The files as they are while it is open are those that a kill would leave.
TEST_P(ChangesConformance, AfterAKillItKnowsTheSame) {
  if (!on_disk()) return;
  CommitMany(30);
  Open();
  CommitMany(30);
  const std::string killed = directory_ / "killed";
  fs::copy(path(), killed, fs::copy_options::recursive);
  for (int times = 0; times < 2; ++times) {
    auto opened = OpenStore(killed, options_);
    ASSERT_TRUE(opened) << Describe(opened.error());
    EXPECT_EQ((*opened)->recovered().has_value(), times == 0);
    CheckAll(**opened);
  }
}

TEST_P(ChangesConformance, ACopyKnowsWhatComesAfterIt) {
  CommitMany(30);
  const std::string copied = directory_ / "copy";
  ASSERT_TRUE(store_->Checkpoint(copied).ok());
  auto copy = OpenStore(copied, options_);
  ASSERT_TRUE(copy);
  EXPECT_EQ(Seen(**copy, all_.size(), all_), Changes());
  EXPECT_EQ(Seen(**copy, 5, all_), std::nullopt);
  store_ = std::move(*copy);
  CommitMany(1);
  CommitMany(10);
  CheckAll(*store_, 31);
}

// Damage of past journals is no damage of the data: what they say is right, or they say nothing.
TEST_P(ChangesConformance, DamagedPastJournalsAreUnknown) {
  if (!on_disk()) return;
  CommitMany(60);
  Open();
  CommitMany(10);
  store_.reset();
  for (const auto& journal : fs::directory_iterator(path() + "/data/archive")) {
    std::fstream file(journal.path(), std::ios::in | std::ios::out | std::ios::binary);
    file.seekp(static_cast<std::streamoff>(journal.file_size() / 2));
    file << "damaged";
  }
  Open();
  EXPECT_EQ(Seen(*store_, 0, all_), std::nullopt);
  CheckAll(*store_, 61);
}

INSTANTIATE_TEST_SUITE_P(Stores, ChangesConformance, testing::Values(Kind::kDirectory, Kind::kMap), NameOf);

TEST(Changes, InMemoryAloneNoPastIsKept) {
  auto store = OpenStore(":memory:");
  ASSERT_TRUE(store);
  WriteSet writes;
  writes.Put(CommitsKey(), BigEndian(1, 8));
  ASSERT_TRUE((*store)->Apply(writes, true).ok());
  EXPECT_EQ(Seen(**store, 1, {}), Changes());
  EXPECT_EQ(Seen(**store, 0, {}), std::nullopt);
}

}  // namespace
}  // namespace plenum::storage
