// What every store must do: the same tests on each of them, against a sorted map.
#include "tests/storage/store_conformance.h"

#include <gtest/gtest.h>

#include <random>

namespace plenum::storage {
namespace {

TEST_P(StoreConformance, RandomWritesReadAsTheModelSays) {
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
    ASSERT_EQ(Contents(), committed);
  }
}

TEST_P(StoreConformance, ASnapshotStaysAsItWas) {
  auto writer = Begin();
  writer->Put("a", "1");
  ASSERT_TRUE(writer->Commit(true).ok());
  auto reader = Begin();
  auto second = Begin();
  second->Put("a", "2");
  second->Put("b", "2");
  ASSERT_TRUE(second->Commit(true).ok());
  EXPECT_EQ(Contents(*reader), (Model{{"a", "1"}}));
  EXPECT_EQ(Contents(), (Model{{"a", "2"}, {"b", "2"}}));
}

TEST_P(StoreConformance, MergesApplyInOrderOnWhatTheKeyHolds) {
  for (const std::string operand : {"a", "b", "c"}) {
    auto transaction = Begin();
    if (operand == "c") transaction->Put("put", "new:");
    if (operand == "c") transaction->Erase("erased");
    for (const char* key : {"merged", "put", "erased"}) transaction->Merge(key, operand);
    ASSERT_TRUE(transaction->Commit(false).ok());
  }
  EXPECT_EQ(Contents(), (Model{{"erased", "none:c"}, {"merged", "none:abc"}, {"put", "new:c"}}));
}

TEST_P(StoreConformance, WhatCannotBeFoldedFailsItsReadsAndNoOthers) {
  Write([](WriteSet& writes) {
    writes.Put("a", "1");
    writes.Merge("b", "!");
    writes.Put("c", "3");
  });
  const auto snapshot = store_->TakeSnapshot();
  std::string value;
  const auto found = snapshot->Get("b", value);
  ASSERT_FALSE(found);
  EXPECT_EQ(found.error().type, ErrorType::kCorruption);
  EXPECT_TRUE(snapshot->Get("a", value));
  EXPECT_TRUE(snapshot->Get("c", value));
  std::vector<std::optional<std::string>> values;
  const std::vector<std::string_view> keys{"a", "b"};
  EXPECT_FALSE(snapshot->MultiGet(keys, values).ok());
  EXPECT_EQ(Begin()->Scan(kAll, [](auto, auto) { return true; }).error().type, ErrorType::kCorruption);
}

// Puts, erasures and merges at random; snapshots of the past stay as they were, however they are read.
TEST_P(StoreConformance, SnapshotsOfThePastStayAsTheyWere) {
  std::mt19937 random(11);
  const auto below = [&](int end) { return std::uniform_int_distribution<int>(0, end - 1)(random); };
  Model model;
  std::vector<std::pair<std::shared_ptr<const Snapshot>, Model>> past;
  const auto check = [](const Snapshot& snapshot, const Model& expected) {
    std::vector<std::string> names;
    for (int i = 0; i < 40; ++i) names.push_back("k" + std::to_string(i * 7 % 40));
    const std::vector<std::string_view> keys(names.begin(), names.end());
    std::vector<std::optional<std::string>> values;
    ASSERT_TRUE(snapshot.MultiGet(keys, values).ok());
    ASSERT_EQ(values.size(), keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      const auto entry = expected.find(names[i]);
      ASSERT_EQ(values[i], entry == expected.end() ? std::nullopt : std::optional(entry->second)) << keys[i];
    }
    const std::vector<KeyRange> ranges{{"k3", "k4"}, {"k1", "k2"}, {"x", "y"}, {"k39", "k9"}};
    std::vector<Model> scanned(ranges.size());
    ASSERT_TRUE(snapshot
                    .ScanMany(ranges,
                              [&](std::size_t range, auto key, auto value) {
                                EXPECT_TRUE(scanned[range].empty() || scanned[range].rbegin()->first < key);
                                return scanned[range].emplace(key, value).second;
                              })
                    .ok());
    for (std::size_t i = 0; i < ranges.size(); ++i) {
      ASSERT_EQ(scanned[i], Model(expected.lower_bound(ranges[i].begin), expected.lower_bound(ranges[i].end)));
    }
  };
  for (int round = 0; round < 300; ++round) {
    Write([&](WriteSet& writes) {
      for (int i = 0; i < 6; ++i) {
        const std::string key = "k" + std::to_string(below(40));
        const std::string text(1, static_cast<char>('a' + below(26)));
        switch (below(4)) {
          case 0:
            writes.Put(key, text + ":");
            model[key] = text + ":";
            break;
          case 1:
            writes.Erase(key);
            model.erase(key);
            break;
          default:
            writes.Merge(key, text);
            model.try_emplace(key, "none:").first->second += text;
        }
      }
    });
    check(*store_->TakeSnapshot(), model);
    if (below(10) == 0) past.emplace_back(store_->TakeSnapshot(), model);
    if (below(40) == 0 && !past.empty()) past.erase(past.begin() + below(static_cast<int>(past.size())));
    if (round % 20 == 0) {
      for (const auto& [snapshot, expected] : past) check(*snapshot, expected);
    }
  }
  EXPECT_GT(past.size(), 3U);
}

// Closed and opened often: operands of one key lie in many files, which are compacted meanwhile.
TEST_P(StoreConformance, MergesFoldTheSameWhereverTheOperandsLie) {
  std::mt19937 random(13);
  Model model;
  for (int round = 0; round < 12; ++round) {
    Write([&](WriteSet& writes) {
      for (int i = 0; i < 200; ++i) {
        const std::string key = "k" + std::to_string(random() % 300);
        const std::string operand(1, static_cast<char>('a' + random() % 26));
        if (random() % 20 == 0) {
          writes.Erase(key);
          model.erase(key);
        }
        writes.Merge(key, operand);
        model.try_emplace(key, "none:").first->second += operand;
      }
    });
    if (on_disk()) Open();
    ASSERT_EQ(Contents(), model);
  }
}

TEST_P(StoreConformance, ScanManyEndsWhenToldTo) {
  Write([](WriteSet& writes) {
    for (int i = 0; i < 10; ++i) writes.Put("k" + std::to_string(i), "");
  });
  const std::vector<KeyRange> ranges{{"k2", "k4"}, {"k6", "k9"}};
  std::vector<std::string> seen;
  const auto visit = [&](std::size_t range, std::string_view key, std::string_view) {
    seen.push_back(std::to_string(range) + std::string(key));
    return key != "k7";
  };
  ASSERT_TRUE(store_->TakeSnapshot()->ScanMany(ranges, visit).ok());
  EXPECT_EQ(seen, (std::vector<std::string>{"0k2", "0k3", "1k6", "1k7"}));
}

TEST_P(StoreConformance, CursorsSeekForwardAndBack) {
  Write([](WriteSet& writes) {
    for (const std::string key : {"a", "c", "c\xFF", "d"}) writes.Put(key, key + "!");
  });
  const auto snapshot = store_->TakeSnapshot();
  const auto cursor = snapshot->NewCursor();
  const auto at = [&](std::string_view key) {
    cursor->Seek(key);
    return cursor->Valid() ? std::string(cursor->key()) : "(end)";
  };
  EXPECT_EQ(at("d"), "d");
  EXPECT_EQ(at("b"), "c");
  EXPECT_EQ(at(""), "a");
  EXPECT_EQ(at("e"), "(end)");
  EXPECT_TRUE(cursor->status().ok());
  EXPECT_EQ(at("c\x01"), "c\xFF");
  cursor->Next();
  EXPECT_EQ(cursor->value(), "d!");
  const auto bounded = snapshot->NewCursor("c\xFF");
  bounded->Seek("b");
  EXPECT_EQ(bounded->key(), "c");
  bounded->Next();
  EXPECT_FALSE(bounded->Valid());
  bounded->Seek("d");
  EXPECT_FALSE(bounded->Valid());
  EXPECT_TRUE(bounded->status().ok());
}

TEST_P(StoreConformance, DroppingARangeLeavesTheRest) {
  Model model;
  Write([&](WriteSet& writes) {
    for (int i = 0; i < 25'000; ++i) {
      const std::string key = "k" + std::to_string(100'000 + i);
      writes.Put(key, "v");
      if (i < 1'000 || i >= 24'500) model[key] = "v";
    }
  });
  auto before = Begin();
  ASSERT_TRUE(store_->DropRange({"k101000", "k124500"}).ok());
  EXPECT_EQ(Contents(), model);
  EXPECT_EQ(Contents(*before).size(), 25'000U);
  before.reset();
  ASSERT_TRUE(store_->DropRange({"k101000", "k124500"}).ok()) << "nothing there any more";
  if (on_disk()) Open();
  EXPECT_EQ(Contents(), model);
}

INSTANTIATE_TEST_SUITE_P(Stores, StoreConformance, kStores, NameOf);

}  // namespace
}  // namespace plenum::storage
