// What every store must do: the same tests on a directory and in memory, against a sorted map.
#include "engine/storage/store.h"

#include <gtest/gtest.h>

#include <map>
#include <random>

#include "engine/storage/rocksdb_store.h"
#include "engine/storage/store_transaction.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

using Model = std::map<std::string, std::string>;

class StoreTest : public testing::TestWithParam<bool> {
 protected:
  void SetUp() override { Open(); }
  void Open() {
    store_.reset();
    auto opened = OpenStore(GetParam() ? directory_ / "database" : ":memory:");
    ASSERT_TRUE(opened) << Describe(opened.error());
    store_ = std::move(*opened);
  }
  bool on_disk() const { return GetParam(); }
  std::unique_ptr<StoreTransaction> Begin() {
    return std::make_unique<StoreTransaction>(*store_, store_->TakeSnapshot());
  }

  static Model Contents(StoreTransaction& transaction, const KeyRange& range = {"", "\xFF"}) {
    Model contents;
    std::string last;
    Status status = transaction.Scan(range, [&](auto key, auto value) {
      EXPECT_TRUE(contents.empty() || last < key);
      last = key;
      contents.emplace(key, value);
      return true;
    });
    EXPECT_TRUE(status.ok());
    return contents;
  }

  ScratchDirectory directory_;
  std::unique_ptr<Store> store_;
};

TEST_P(StoreTest, RandomWritesReadAsTheModelSays) {
  std::mt19937 random(7);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
  Model committed;
  for (int round = 0; round < 60; ++round) {
    auto transaction = Begin();
    Model model = committed;
    std::vector<Model> savepoints;
    for (int step = 0; step < 100; ++step) {
      const std::string key = "k" + std::to_string(below(60));
      switch (below(10)) {
        case 0:
          transaction->SetSavepoint();
          savepoints.push_back(model);
          break;
        case 1:
          if (savepoints.empty()) break;
          transaction->RollbackToSavepoint();
          model = savepoints.back();
          savepoints.pop_back();
          break;
        case 2:
          if (savepoints.empty()) break;
          transaction->ReleaseSavepoint();
          savepoints.pop_back();
          break;
        case 3:
        case 4:
          transaction->Erase(key);
          model.erase(key);
          break;
        default:
          transaction->Put(key, std::to_string(step));
          model[key] = std::to_string(step);
      }
      std::string value;
      const auto found = transaction->Get(key, value);
      ASSERT_TRUE(found);
      ASSERT_EQ(*found, model.contains(key));
      ASSERT_TRUE(!*found || value == model[key]);
    }
    ASSERT_EQ(Contents(*transaction), model);
    const KeyRange range{"k2", "k5"};
    ASSERT_EQ(Contents(*transaction, range), Model(model.lower_bound("k2"), model.lower_bound("k5")));
    if (below(4) == 0) {
      transaction->Rollback();
    } else {
      ASSERT_TRUE(transaction->Commit(false).ok());
      committed = model;
    }
    transaction.reset();
    if (on_disk() && round % 20 == 19) Open();
    ASSERT_EQ(Contents(*Begin()), committed);
  }
}

TEST_P(StoreTest, ASnapshotStaysAsItWas) {
  auto writer = Begin();
  writer->Put("a", "1");
  ASSERT_TRUE(writer->Commit(true).ok());
  auto reader = Begin();
  auto second = Begin();
  second->Put("a", "2");
  second->Put("b", "2");
  ASSERT_TRUE(second->Commit(true).ok());
  EXPECT_EQ(Contents(*reader), (Model{{"a", "1"}}));
  EXPECT_EQ(Contents(*Begin()), (Model{{"a", "2"}, {"b", "2"}}));
}

TEST_P(StoreTest, ScansNestAndStopWhenToldTo) {
  auto transaction = Begin();
  for (int i = 0; i < 10; ++i) transaction->Put("k" + std::to_string(i), "");
  ASSERT_TRUE(transaction->Commit(false).ok());
  transaction = Begin();
  transaction->Put("k3x", "");
  int pairs = 0;
  ASSERT_TRUE(transaction
                  ->Scan({"k2", "k5"},
                         [&](auto, auto) {
                           int inner = 0;
                           EXPECT_TRUE(transaction->Scan({"k", "l"}, [&](auto, auto) { return ++inner < 3; }).ok());
                           pairs += inner;
                           return true;
                         })
                  .ok());
  EXPECT_EQ(pairs, 4 * 3);
}

TEST_P(StoreTest, BulkWritingSortsAndTheLastOfEqualKeysStays) {
  Model model;
  auto writer = store_->BeginBulk(20'000);  // several runs
  ASSERT_TRUE(writer);
  std::mt19937 random(3);
  for (int i = 0; i < 5'000; ++i) {
    const std::string key = "k" + std::to_string(random() % 3'000);
    ASSERT_TRUE((*writer)->Put(key, std::to_string(i)).ok());
    model[key] = std::to_string(i);
  }
  ASSERT_TRUE((*writer)->Finish().ok());
  writer->reset();
  EXPECT_EQ(Contents(*Begin()), model);
  if (!on_disk()) return;
  Open();
  EXPECT_EQ(Contents(*Begin()), model);
  EXPECT_FALSE(std::filesystem::exists(directory_ / "database/runs"));
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreTest, testing::Bool(),
                         [](const auto& tested) { return tested.param ? "Directory" : "Memory"; });

TEST(RocksdbStore, OpeningOftenLeavesNoJournalsBehind) {
  const ScratchDirectory directory;
  const auto open_and_count = [&] {
    EXPECT_TRUE(OpenStore(directory / "database"));
    const std::filesystem::directory_iterator files(directory / "database/data");
    return std::distance(begin(files), end(files));
  };
  for (int i = 0; i < 3; ++i) open_and_count();
  const auto before = open_and_count();
  for (int i = 0; i < 10; ++i) EXPECT_LE(open_and_count(), before + 1);
}

TEST(WriteSet, CountsItsBytesBackToNothing) {
  WriteSet writes;
  writes.Put("a", "12345");
  const std::size_t before = writes.bytes();
  writes.SetSavepoint();
  writes.Put("a", std::string(1000, 'x'));
  writes.Erase("a");
  writes.Put("b", "1");
  EXPECT_GT(writes.bytes(), before + 1000);
  writes.RollbackToSavepoint();
  EXPECT_EQ(writes.bytes(), before);
  writes.Clear();
  EXPECT_EQ(writes.bytes(), 0U);
}

}  // namespace
}  // namespace plenum::storage
