// Damage to a database whose process was killed: what it had noted must be there all the same, and what it wrote since
// is not played back with a gap or twice.
#include <gtest/gtest.h>

#include <functional>
#include <random>

#include "tests/storage/damage_fixture.h"
#include "tests/storage/damaged_files.h"

namespace plenum::storage {
namespace {

class UncleanDamage : public Damage {
 protected:
  // Ends a process that has done this work, without closing. What is there then is what Restore brings back.
  void AbandonAfter(const std::function<bool(Store&)>& work) {
    ASSERT_EQ(InChild([&] {
                auto store = OpenStore(path_);
                if (store && work(**store)) ::_exit(9);
                return 1;
              }),
              9);
    fs::remove_all(scratch_ / "whole");
    fs::copy(path_, scratch_ / "whole", fs::copy_options::recursive);
  }

  void Abandon(int commits) {
    AbandonAfter([&](Store& store) {
      bool done = true;
      for (int i = 1; i <= commits; ++i) done &= Commit(store, kRounds * kCommitsARound + i, i == 1);
      return done;
    });
  }

  // With a journal of four blocks, each of which ends where a record does: RocksDB cannot tell from what follows that
  // something is missing.
  void AbandonWithWholeBlocks() {
    AbandonAfter([&](Store& store) {
      const fs::path journal = DataFiles(".log").back();
      int records = 1'000;
      bool done = true;
      const auto put = [&](std::uint64_t bytes) {
        WriteSet writes;
        writes.Put("filling" + std::to_string(records++), std::string(bytes, 'f'));
        done &= store.Apply(writes, true).ok();
        return fs::file_size(journal);
      };
      std::uint64_t end = put(1'000);
      const std::uint64_t more = end - 1'000;
      while (done && end < 4 * kBlock) {
        const std::uint64_t left = kBlock - end % kBlock;
        end = put(left > 3'000 ? 1'000 : left - more);
      }
      return done && end == 4 * kBlock;
    });
    const std::string head = BytesOf(DataFiles(".log").back(), 4, 2);
    first_record_ = 7U + static_cast<unsigned char>(head[0]) + 256U * static_cast<unsigned char>(head[1]);
  }

  // As if the process had been killed between the store's open and the first note of it.
  void ForgetTheOpening() {
    const std::string whole = scratch_ / "whole";
    fs::copy(whole, scratch_ / "closed", fs::copy_options::recursive);
    ASSERT_NO_FATAL_FAILURE(Abandon(0));
    for (const char* slot : {"/STATE.0", "/STATE.1"}) {
      fs::copy_file(scratch_ / "closed" + slot, whole + slot, fs::copy_options::overwrite_existing);
    }
    Restore();
  }

  static constexpr std::uint64_t kBlock = 32'768;
  std::uint64_t first_record_ = 0;  // its end
};

TEST_F(UncleanDamage, AKillBeforeTheFirstNoteOfAnOpenHarmsNothing) {
  ASSERT_NO_FATAL_FAILURE(ForgetTheOpening());
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected(), true), kRight);
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected()), kRight);
  EXPECT_EQ(OpenAndCheck("(nothing)", Expected()), kRight);
}

// An open for writing would delete what the cut MANIFEST does not list any more.
TEST_F(UncleanDamage, AManifestThatNobodyNotedIsLookedAtFirst) {
  ASSERT_NO_FATAL_FAILURE(ForgetTheOpening());
  const fs::path manifest = DataFiles("MANIFEST").back();
  const auto bytes = fs::file_size(manifest);
  int named = 0;
  for (int i = 0; i < 30; ++i) {
    Restore();
    fs::resize_file(manifest, bytes * static_cast<unsigned>(i) / 30);
    const auto tables = DataFiles(".sst");
    const Answer answer = OpenAndCheck(Name(manifest), Expected(), i % 3 == 2);
    if (answer == kRight) continue;  // what was cut off says nothing of tables
    ASSERT_EQ(answer, kNamed) << i;
    ASSERT_EQ(DataFiles(".sst"), tables) << i;
    ++named;
  }
  EXPECT_GT(named, 20);
}

// Zeros to the end of a block: RocksDB goes on with the next one.
TEST_F(UncleanDamage, AHoleInAJournalIsFound) {
  ASSERT_NO_FATAL_FAILURE(AbandonWithWholeBlocks());
  const fs::path journal = DataFiles(".log").back();
  for (const std::uint64_t begin : {std::uint64_t{0}, first_record_, std::uint64_t{kBlock}}) {
    Restore();
    Overwrite(journal, begin, std::string(kBlock - begin % kBlock, '\0'));
    EXPECT_EQ(OpenAndCheck(Name(journal), Expected()), kNamed) << begin;
  }
}

// Each record is whole in itself.
TEST_F(UncleanDamage, ABlockOfAJournalOverAnotherIsFound) {
  ASSERT_NO_FATAL_FAILURE(AbandonWithWholeBlocks());
  const fs::path journal = DataFiles(".log").back();
  for (const std::uint64_t from : {0, 2}) {
    Restore();
    Overwrite(journal, kBlock, BytesOf(journal, from * kBlock, kBlock));
    EXPECT_EQ(OpenAndCheck(Name(journal), Expected()), kNamed) << "block " << from << " over block 1";
  }
}

// A crash may leave a journal cut anywhere behind what was noted as durable: the commits before the cut are there.
TEST_F(UncleanDamage, ACutJournalEndsWithTheLastWholeCommit) {
  ASSERT_NO_FATAL_FAILURE(Abandon(40));
  const fs::path journal = DataFiles(".log").back();
  const auto bytes = fs::file_size(journal);
  int commits = 0;
  for (int i = 0; i <= 20; ++i) {
    Restore();
    fs::resize_file(journal, bytes * static_cast<unsigned>(i) / 20);
    const int answer = InChild([&] {
      auto store = OpenStore(path_);
      if (!store || !(*store)->recovered()) return 100;
      const auto commit = static_cast<int>((*store)->recovered()->commit);
      store->reset();
      return Check(path_, "(nothing)", Expected(commit), false) == kRight ? commit - kRounds * kCommitsARound : 101;
    });
    ASSERT_LE(answer, 40) << i;
    ASSERT_GE(answer, commits) << i;
    commits = answer;
  }
  EXPECT_EQ(commits, 40);
}

// Every kind of file, damaged in every way but cut short, which a journal may be: nothing that was acknowledged as
// durable before the newest note is lost, and what is there is a whole number of commits.
TEST_F(UncleanDamage, OfAnyFileIsNeverASilentGap) {
  ASSERT_NO_FATAL_FAILURE(Abandon(30));
  const std::vector<std::string> kinds{"STATE.0", "STATE.1", "CURRENT", "MANIFEST", ".sst", ".log"};
  std::mt19937 random(31);
  for (int trial = 0; trial < 40; ++trial) {
    Restore();
    const std::string& kind = kinds[random() % kinds.size()];
    std::vector<fs::path> files = DataFiles(kind);
    if (fs::exists(path_ + "/" + kind)) files.push_back(path_ + "/" + kind);
    const fs::path file = files[random() % files.size()];
    const std::string what = DamageFile(file, random);
    const int answer = InChild([&] {
      auto store = OpenStore(path_);
      const auto recovery = store ? (*store)->recovered() : std::nullopt;
      if (store) store->reset();
      const int commits = recovery ? static_cast<int>(recovery->commit) : kRounds * kCommitsARound + 30;
      if (commits < kRounds * kCommitsARound) return static_cast<int>(kWrong);
      return static_cast<int>(Check(path_, Name(file), Expected(commits), false));
    });
    ASSERT_TRUE(answer == kRight || answer == kNamed) << trial << ": " << file << ": " << what << ": " << answer;
  }
}

}  // namespace
}  // namespace plenum::storage
