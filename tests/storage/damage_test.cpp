// Files damaged on purpose: an error that names the file, or every key as it was. Never a silent loss, never a crash.
// Everything that opens a database runs in a process of its own.
#include <gtest/gtest.h>
#include <signal.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <iostream>
#include <iterator>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/storage/store_transaction.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

using Model = std::map<std::string, std::string>;

// What a child answers.
enum Answer { kRight, kNamed, kUnnamed, kWrong, kOther };

std::string NumberedKey(int i) { return "k" + std::to_string(10'000 + i); }

constexpr int kBulkKeys = 4'000;
constexpr int kRounds = 3;
constexpr int kCommitsARound = 300;

// A commit: its number, and some keys that say it.
Model CommitOf(int number) {
  Model writes;
  AppendBigEndian(writes[CommitsKey()], static_cast<std::uint64_t>(number), 8);
  for (int i = 0; i < 4; ++i) {
    writes[NumberedKey(number * 37 % 1'000 + i * 1'000)] =
        std::to_string(number) + std::string(static_cast<std::size_t>(number % 150), 'x');
  }
  return writes;
}

Model Expected(int commits = kRounds * kCommitsARound) {
  Model model;
  for (int i = 0; i < kBulkKeys; ++i) model[NumberedKey(i)] = "bulk" + std::to_string(i);
  for (int number = 1; number <= commits; ++number) {
    for (const auto& [key, value] : CommitOf(number)) model[key] = value;
  }
  return model;
}

bool Commit(Store& store, int number, bool sync) {
  WriteSet writes;
  for (const auto& [key, value] : CommitOf(number)) writes.Put(key, value);
  return store.Apply(writes, sync).ok();
}

// Tables on the last level, tables of recovered journals above it, and a journal; closed in order.
bool MakeDatabase(const std::string& path) {
  bool made = true;
  for (int round = 0; round < kRounds; ++round) {
    auto store = std::move(*OpenStore(path));
    if (round == 0) {
      auto writer = std::move(*store->BeginSortedBulk());
      for (int i = 0; i < kBulkKeys; ++i) made &= writer->Put(NumberedKey(i), "bulk" + std::to_string(i)).ok();
      made &= writer->Finish().ok();
    }
    for (int i = 1; i <= kCommitsARound; ++i) made &= Commit(*store, round * kCommitsARound + i, i % 50 == 0);
  }
  return made;
}

class Damage : public testing::Test {
 protected:
  void SetUp() override {
    ASSERT_EQ(InChild([&] { return MakeDatabase(scratch_ / "whole") ? 0 : 1; }), 0);
    Restore();
  }
  void Restore() {
    fs::remove_all(path_);
    fs::copy(scratch_ / "whole", path_, fs::copy_options::recursive);
  }

  // Of the data, whose names hold `part`; ascending.
  std::vector<fs::path> DataFiles(const std::string& part) const {
    std::vector<fs::path> files;
    for (const auto& file : fs::directory_iterator(path_ + "/data")) {
      if (file.path().filename().string().find(part) != std::string::npos) files.push_back(file.path());
    }
    std::sort(files.begin(), files.end());
    return files;
  }

  // Opens and reads everything. `damaged`: what the error must name.
  Answer OpenAndCheck(const std::string& damaged, const Model& model, bool read_only = false) const {
    const int answer = InChild([&] { return Check(path_, damaged, model, read_only); });
    return answer < 0 ? kOther : static_cast<Answer>(answer);
  }
  static Answer Check(const std::string& path, const std::string& damaged, const Model& model, bool read_only) {
    const auto judge = [&](const Error& error) {
      if (error.message.find(damaged) != std::string::npos) return kNamed;
      std::cerr << "does not name " << damaged << ": " << error.message << "\n";
      return kUnnamed;
    };
    auto store = OpenStore(path, {.create_if_missing = false, .read_only = read_only});
    if (!store) return judge(store.error());
    const auto snapshot = (*store)->TakeSnapshot();
    Model found;
    const auto cursor = snapshot->NewCursor();
    for (cursor->Seek(""); cursor->Valid(); cursor->Next()) found.emplace(cursor->key(), cursor->value());
    if (Status status = cursor->status(); !status.ok()) return judge(status.error());
    if (found == model) return kRight;
    std::cerr << "damage of " << damaged << ": " << found.size() << " keys of " << model.size() << "\n";
    return kWrong;
  }

  ScratchDirectory scratch_{MemoryDirectory()};
  const std::string path_ = scratch_ / "database";
};

void Overwrite(const fs::path& path, std::uint64_t at, const std::string& bytes) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekp(static_cast<std::streamoff>(at));
  file << bytes;
}

void Flip(const fs::path& path, std::uint64_t at) {
  std::fstream file(path, std::ios::in | std::ios::out | std::ios::binary);
  file.seekg(static_cast<std::streamoff>(at));
  const int byte = file.get();
  file.seekp(static_cast<std::streamoff>(at));
  file.put(static_cast<char>(byte ^ 0x10));
}

std::string Name(const fs::path& path) { return path.filename().string(); }

TEST_F(Damage, WholeItIsRight) {
  EXPECT_EQ(DataFiles(".sst").size(), 3U);
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected(), true), kRight);
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected()), kRight);
}

TEST_F(Damage, ACutManifestIsFoundBeforeAnythingIsTouched) {
  const fs::path manifest = DataFiles("MANIFEST").at(0);
  const auto bytes = fs::file_size(manifest);
  for (int i = 0; i < 30; ++i) {
    Restore();
    fs::resize_file(manifest, bytes * static_cast<unsigned>(i) / 30);
    ASSERT_EQ(OpenAndCheck(Name(manifest), Expected(), i % 2 == 1), kNamed) << i;
    ASSERT_EQ(DataFiles(".sst").size(), 3U);
  }
  Restore();
  fs::remove(manifest);
  EXPECT_EQ(OpenAndCheck(Name(manifest), Expected()), kNamed);
}

// Zeros from where a record ends are what RocksDB takes for space that was set aside.
TEST_F(Damage, AManifestZeroedToItsEndIsFound) {
  const fs::path manifest = DataFiles("MANIFEST").at(0);
  const auto bytes = fs::file_size(manifest);
  for (std::uintmax_t at = 0; at < bytes; at += 5) {
    Restore();
    Overwrite(manifest, at, std::string(bytes - at, '\0'));
    ASSERT_EQ(OpenAndCheck(Name(manifest), Expected()), kNamed) << at;
  }
}

// The smallest key of the lowest file was written again since: a read of that key never comes to the damaged block.
TEST_F(Damage, AFirstBlockWhoseSmallestKeyWasOverwrittenIsFound) {
  ASSERT_EQ(InChild([&] {
              WriteSet writes;
              writes.Put(NumberedKey(0), "again");
              return (*OpenStore(path_))->Apply(writes, true).ok() ? 0 : 1;
            }),
            0);
  const fs::path lowest = DataFiles(".sst").at(0);
  Overwrite(lowest, 20, "damage damage damage");
  Model model = Expected();
  model[NumberedKey(0)] = "again";
  EXPECT_EQ(OpenAndCheck(Name(lowest), model), kNamed);
  EXPECT_EQ(OpenAndCheck(Name(lowest), model, true), kNamed);
}

TEST_F(Damage, AMissingTableIsFound) {
  for (const fs::path& table : DataFiles(".sst")) {
    Restore();
    fs::remove(table);
    EXPECT_EQ(OpenAndCheck(Name(table), Expected()), kNamed);
  }
}

TEST_F(Damage, AJournalDamagedAnywhereIsFound) {
  const fs::path journal = DataFiles(".log").back();
  const auto bytes = fs::file_size(journal);
  std::mt19937 random(17);
  for (int i = 0; i < 60; ++i) {
    Restore();
    const auto at = random() % bytes;
    if (i % 3 == 0) Flip(journal, at);
    if (i % 3 == 1) fs::resize_file(journal, at);
    if (i % 3 == 2) Overwrite(journal, at, std::string(std::min<std::uintmax_t>(512, bytes - at), '\0'));
    ASSERT_EQ(OpenAndCheck(Name(journal), Expected()), kNamed) << i << " at " << at << " of " << bytes;
  }
  Restore();
  fs::remove(journal);
  EXPECT_EQ(OpenAndCheck(Name(journal), Expected()), kNamed);
}

// Zeros from where a record begins to the end of its block: RocksDB goes on with the next block and says nothing.
TEST_F(Damage, AHoleInAJournalIsFound) {
  const fs::path journal = DataFiles(".log").back();
  ASSERT_GT(fs::file_size(journal), 40'000U);
  std::ifstream file(journal, std::ios::binary);
  std::string block(32'768, '\0');
  file.read(block.data(), static_cast<std::streamsize>(block.size()));
  const auto byte = [&](std::size_t at) { return static_cast<std::size_t>(static_cast<unsigned char>(block[at])); };
  std::size_t at = 0;
  while (at < 20'000) at += 7 + byte(at + 4) + (byte(at + 5) << 8);
  Overwrite(journal, at, std::string(block.size() - at, '\0'));
  EXPECT_EQ(OpenAndCheck(Name(journal), Expected()), kNamed);
}

TEST_F(Damage, OneNoteIsEnoughAndNoneIsTooFew) {
  for (const char* slot : {"/STATE.0", "/STATE.1"}) {
    Restore();
    Flip(path_ + slot, 40);
    EXPECT_EQ(OpenAndCheck("STATE", Expected(), true), kRight);
    EXPECT_EQ(OpenAndCheck("STATE", Expected()), kRight);
    EXPECT_EQ(OpenAndCheck("STATE", Expected()), kRight) << "written anew";
  }
  Restore();
  Flip(path_ + "/STATE.0", 40);
  Flip(path_ + "/STATE.1", 40);
  EXPECT_EQ(OpenAndCheck("STATE.1", Expected()), kNamed);
  fs::remove(path_ + "/STATE.0");
  fs::remove(path_ + "/STATE.1");
  EXPECT_EQ(OpenAndCheck("STATE.0", Expected()), kNamed);
}

// After a kill the open says where it stands; after an orderly close there is nothing to say.
TEST_F(Damage, AnUncleanStopSaysToWhichCommitItRecovered) {
  const auto recovered = [&](bool read_only) {
    return InChild([&] {
      auto store = OpenStore(path_, {.read_only = read_only});
      if (!store) return 200;
      const auto recovery = (*store)->recovered();
      return recovery ? static_cast<int>(recovery->commit - kRounds * kCommitsARound) : 100;
    });
  };
  EXPECT_EQ(recovered(false), 100);
  ASSERT_EQ(InChild([&] {
              auto store = OpenStore(path_);
              for (int i = 1; i <= 7; ++i) {
                if (!store || !Commit(**store, kRounds * kCommitsARound + i, i % 2 == 1)) return 1;
              }
              return ::kill(::getpid(), SIGKILL);
            }),
            -1);
  EXPECT_EQ(recovered(true), 7);
  EXPECT_EQ(recovered(false), 7);
  EXPECT_EQ(recovered(false), 100);
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected(kRounds * kCommitsARound + 7)), kRight);
}

// Every kind of file, damaged in every way, 200 times.
TEST_F(Damage, OfAnyFileIsNeverASilentLoss) {
  const std::vector<std::string> kinds{"FORMAT",   "LOCK",    "STATE.0", "STATE.1", "CURRENT", "IDENTITY",
                                       "MANIFEST", "OPTIONS", ".sst",    ".log",    ".sst",    ".log"};
  const Model model = Expected();
  std::mt19937 random(23);
  int named = 0;
  for (int trial = 0; trial < 200; ++trial) {
    Restore();
    const std::string& kind = kinds[random() % kinds.size()];
    std::vector<fs::path> files = DataFiles(kind);
    if (fs::exists(path_ + "/" + kind)) files.push_back(path_ + "/" + kind);
    ASSERT_FALSE(files.empty()) << kind;
    const fs::path file = files[random() % files.size()];
    const auto bytes = fs::file_size(file);
    if (bytes == 0) continue;
    const auto at = random() % bytes;
    switch (random() % 3) {
      case 0:
        Flip(file, at);
        break;
      case 1:
        Overwrite(file, at, std::string(std::min<std::uintmax_t>(512, bytes - at), '\0'));
        break;
      default:
        fs::resize_file(file, at);
    }
    const Answer answer = OpenAndCheck(Name(file), model, trial % 4 == 3);
    ASSERT_TRUE(answer == kRight || answer == kNamed) << trial << ": " << file << " at " << at << ": " << answer;
    if (answer == kNamed) ++named;
  }
  EXPECT_GT(named, 60);
}

}  // namespace
}  // namespace plenum::storage
