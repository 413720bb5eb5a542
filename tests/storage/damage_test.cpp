// Files damaged on purpose: an error that names the file, or every key as it was. Never a silent loss, never a crash.
#include <gtest/gtest.h>
#include <signal.h>

#include <random>

#include "tests/storage/damage_fixture.h"
#include "tests/storage/damaged_files.h"

namespace plenum::storage {
namespace {

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

TEST_F(Damage, ChecksumsTellWhichTableIsDamaged) {
  const fs::path largest = DataFiles(".sst").at(0);
  const auto verify = [&] {
    return InChild([&] {
      auto store = OpenStore(path_, {.create_if_missing = false, .read_only = true});
      if (!store) return int{kOther};
      const Status status = (*store)->VerifyChecksums();
      if (status.ok()) return int{kRight};
      const bool named = status.error().type == ErrorType::kCorruption &&
                         status.error().message.find(Name(largest)) != std::string::npos;
      return int{named ? kNamed : kUnnamed};
    });
  };
  EXPECT_EQ(verify(), kRight);
  FlipBit(largest, fs::file_size(largest) / 2, 4);
  EXPECT_EQ(verify(), kNamed);
}

TEST_F(Damage, AJournalDamagedAnywhereIsFound) {
  const fs::path journal = DataFiles(".log").back();
  const auto bytes = fs::file_size(journal);
  std::mt19937 random(17);
  for (int i = 0; i < 60; ++i) {
    Restore();
    const auto at = random() % bytes;
    if (i % 3 == 0) FlipBit(journal, at, 4);
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
    FlipBit(path_ + slot, 40, 4);
    EXPECT_EQ(OpenAndCheck("STATE", Expected(), true), kRight);
    EXPECT_EQ(OpenAndCheck("STATE", Expected()), kRight);
    EXPECT_EQ(OpenAndCheck("STATE", Expected()), kRight) << "written anew";
  }
  Restore();
  FlipBit(path_ + "/STATE.0", 40, 4);
  FlipBit(path_ + "/STATE.1", 40, 4);
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
    const std::string what = DamageFile(file, random);
    const Answer answer = OpenAndCheck(Name(file), model, trial % 4 == 3);
    ASSERT_TRUE(answer == kRight || answer == kNamed) << trial << ": " << file << ": " << what << ": " << answer;
    if (answer == kNamed) ++named;
  }
  EXPECT_GT(named, 60);
}

}  // namespace
}  // namespace plenum::storage
