// What the store on the disk and the write set promise beyond what every store does (store_conformance_test.cpp).
#include "engine/storage/store.h"

#include <gtest/gtest.h>

#include "engine/storage/rocksdb_store.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

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

TEST(WriteSet, OperandsFollowWhatTheSetPutOrErased) {
  using Base = WriteSet::Write::Base;
  WriteSet writes;
  const auto is = [&](Base base, const std::string& value, const std::string& operands) {
    const WriteSet::Write* write = writes.Find("k");
    return write != nullptr && write->base == base && write->value == value && write->operands == operands;
  };
  writes.Merge("k", "a");
  writes.Merge("k", "b");
  EXPECT_TRUE(is(Base::kStored, "", "ab"));
  const std::size_t bytes = writes.bytes();
  writes.SetSavepoint();
  writes.Merge("k", "c");
  writes.Put("k", "value");
  EXPECT_TRUE(is(Base::kPut, "value", ""));
  writes.Merge("k", "d");
  EXPECT_TRUE(is(Base::kPut, "value", "d"));
  writes.SetSavepoint();
  writes.Erase("k");
  writes.Merge("k", "e");
  writes.Merge("other", "f");
  EXPECT_TRUE(is(Base::kErased, "", "e"));
  writes.RollbackToSavepoint();
  EXPECT_TRUE(is(Base::kPut, "value", "d"));
  EXPECT_EQ(writes.Find("other"), nullptr);
  writes.RollbackToSavepoint();
  EXPECT_TRUE(is(Base::kStored, "", "ab"));
  EXPECT_EQ(writes.bytes(), bytes);
}

}  // namespace
}  // namespace plenum::storage
