// The stores that must all pass the same tests: on the disk, on RocksDB's files in memory, and the map.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "engine/storage/memory_store.h"
#include "engine/storage/rocksdb_store.h"
#include "engine/storage/store_transaction.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {

using Model = std::map<std::string, std::string>;
inline const KeyRange kAll{"", "\xFF"};

// Lays operands after the base, so that their order shows; "!" cannot be folded.
inline std::optional<std::string> Join(std::string_view, std::optional<std::string_view> base,
                                       std::span<const std::string_view> operands) {
  std::string joined(base.value_or("none:"));
  for (const std::string_view operand : operands) joined += operand;
  if (joined.find('!') != std::string::npos) return std::nullopt;
  return joined;
}

enum class Kind { kDirectory, kMemory, kMap };

inline const auto kStores = testing::Values(Kind::kDirectory, Kind::kMemory, Kind::kMap);
inline std::string NameOf(const testing::TestParamInfo<Kind>& tested) {
  constexpr const char* kNames[] = {"Directory", "Memory", "Map"};
  return kNames[static_cast<int>(tested.param)];
}

class StoreConformance : public testing::TestWithParam<Kind> {
 protected:
  void SetUp() override { Open(); }

  // Again, where the store outlives its closing.
  void Open() {
    store_.reset();
    if (GetParam() == Kind::kMap) {
      store_ = MakeMemoryStore(Join);
      return;
    }
    auto opened = OpenStore(on_disk() ? path() : ":memory:", options_);
    ASSERT_TRUE(opened) << Describe(opened.error());
    store_ = std::move(*opened);
  }
  bool on_disk() const { return GetParam() == Kind::kDirectory; }
  std::string path() const { return directory_ / "database"; }

  std::unique_ptr<StoreTransaction> Begin() {
    return std::make_unique<StoreTransaction>(*store_, store_->TakeSnapshot());
  }
  void Write(const std::function<void(WriteSet&)>& fill) {
    WriteSet writes;
    fill(writes);
    ASSERT_TRUE(store_->Apply(writes, false).ok());
  }

  static Model Contents(StoreTransaction& transaction, const KeyRange& range = kAll) {
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
  Model Contents() { return Contents(*Begin()); }

  ScratchDirectory directory_;
  StoreOptions options_{.fold = Join};  // of the next Open
  std::unique_ptr<Store> store_;
};

}  // namespace plenum::storage
