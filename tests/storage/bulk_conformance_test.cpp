// What every store must do with much at once: bulk writes, checkpoints, sizes.
#include <gtest/gtest.h>

#include <random>

#include "tests/storage/store_conformance.h"

namespace plenum::storage {
namespace {

class BulkConformance : public StoreConformance {};

TEST_P(BulkConformance, BulkWritingSortsAndTheLastOfEqualKeysStays) {
  Model model;
  auto writer = store_->BeginBulk(20'000);  // many runs
  ASSERT_TRUE(writer);
  std::mt19937 random(3);
  for (int i = 0; i < 5'000; ++i) {
    const std::string key = "k" + std::to_string(random() % 3'000);
    ASSERT_TRUE((*writer)->Put(key, std::to_string(i)).ok());
    model[key] = std::to_string(i);
  }
  EXPECT_TRUE(Contents().empty());
  ASSERT_TRUE((*writer)->Finish().ok());
  writer->reset();
  EXPECT_EQ(Contents(), model);
  if (!on_disk()) return;
  Open();
  EXPECT_EQ(Contents(), model);
  EXPECT_FALSE(std::filesystem::exists(directory_ / "database/runs"));
}

// Each in a range of its own, into a store that is in use, and merged into afterwards.
TEST_P(BulkConformance, SortedBulkWritersWorkSideBySide) {
  Write([](WriteSet& writes) { writes.Put("b", "1"); });
  auto before = Begin();
  Model model{{"b", "1"}};
  auto first = store_->BeginSortedBulk();
  auto second = store_->BeginSortedBulk();
  ASSERT_TRUE(first && second);
  for (int i = 1'000; i < 3'000; ++i) {
    for (const auto& [writer, prefix] : {std::pair(first->get(), "a"), std::pair(second->get(), "c")}) {
      const std::string key = prefix + std::to_string(i);
      ASSERT_TRUE(writer->Put(key, "v:").ok());
      model[key] = "v:";
    }
  }
  ASSERT_TRUE((*second)->Finish().ok());
  Write([](WriteSet& writes) { writes.Merge("c1500", "x"); });
  model["c1500"] += "x";
  ASSERT_TRUE((*first)->Finish().ok());
  EXPECT_EQ(Contents(), model);
  EXPECT_EQ(Contents(*before), (Model{{"b", "1"}}));
  before.reset();
  first->reset();
  second->reset();
  if (on_disk()) Open();
  EXPECT_EQ(Contents(), model);
}

TEST_P(BulkConformance, ASortedBulkWriteRefusesKeysOutOfOrder) {
  auto writer = store_->BeginSortedBulk();
  ASSERT_TRUE(writer);
  ASSERT_TRUE((*writer)->Put("b", "").ok());
  for (const char* key : {"a", "b"}) {
    const Status status = (*writer)->Put(key, "");
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().type, ErrorType::kUsageError);
  }
  writer->reset();
  EXPECT_TRUE(Contents().empty()) << "it was never finished";
}

TEST_P(BulkConformance, AnEmptyBulkWriteIsNothing) {
  for (auto& writer : {store_->BeginBulk(1'000), store_->BeginSortedBulk()}) {
    ASSERT_TRUE(writer);
    EXPECT_TRUE((*writer)->Finish().ok());
  }
  EXPECT_TRUE(Contents().empty());
}

TEST_P(BulkConformance, ACheckpointIsADatabaseOfItsOwn) {
  Write([](WriteSet& writes) {
    writes.Put("a", "1:");
    writes.Merge("a", "x");
    writes.Put("b", "2");
  });
  const std::string path = directory_ / "copy";
  ASSERT_TRUE(store_->Checkpoint(path).ok());
  const Status again = store_->Checkpoint(path);
  ASSERT_FALSE(again.ok());
  EXPECT_EQ(again.error().type, ErrorType::kIoError);
  EXPECT_FALSE(std::filesystem::exists(path + ".draft"));
  Write([](WriteSet& writes) { writes.Erase("b"); });
  auto copy = OpenStore(path, {.create_if_missing = false, .fold = Join});
  ASSERT_TRUE(copy) << Describe(copy.error());
  StoreTransaction reading(**copy, (*copy)->TakeSnapshot());
  EXPECT_EQ(Contents(reading), (Model{{"a", "1:x"}, {"b", "2"}}));
  EXPECT_EQ(Contents(), (Model{{"a", "1:x"}}));
}

TEST_P(BulkConformance, ApproximateBytesGrowWithTheRange) {
  auto writer = store_->BeginSortedBulk();
  ASSERT_TRUE(writer);
  std::mt19937 random(5);
  for (int i = 10'000; i < 20'000; ++i) {
    std::string value(100, ' ');
    for (char& c : value) c = static_cast<char>(random());
    ASSERT_TRUE((*writer)->Put("k" + std::to_string(i), value).ok());
  }
  ASSERT_TRUE((*writer)->Finish().ok());
  const std::uint64_t all = store_->ApproximateBytes(kAll);
  const std::uint64_t tenth = store_->ApproximateBytes({"k11", "k12"});
  EXPECT_GT(all, 900'000U);
  EXPECT_GT(tenth, all / 15);
  EXPECT_LT(tenth, all / 7);
  EXPECT_LT(store_->ApproximateBytes({"x", "y"}), all / 20);
}

INSTANTIATE_TEST_SUITE_P(Stores, BulkConformance, kStores, NameOf);

}  // namespace
}  // namespace plenum::storage
