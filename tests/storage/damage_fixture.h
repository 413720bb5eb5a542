// A database in a directory, made to be damaged: tables on the last level, tables of recovered journals above it, and a
// journal. Everything that opens it runs in a process of its own.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <iostream>
#include <map>
#include <string>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/rocksdb_store.h"
#include "tests/storage/child_process.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {

namespace fs = std::filesystem;

using Model = std::map<std::string, std::string>;

// What a child answers.
enum Answer { kRight, kNamed, kUnnamed, kWrong, kOther };

inline std::string NumberedKey(int i) { return "k" + std::to_string(10'000 + i); }

inline constexpr int kBulkKeys = 4'000;
inline constexpr int kRounds = 3;
inline constexpr int kCommitsARound = 300;

// A commit: its number, and some keys that say it.
inline Model CommitOf(int number) {
  Model writes;
  AppendBigEndian(writes[CommitsKey()], static_cast<std::uint64_t>(number), 8);
  for (int i = 0; i < 4; ++i) {
    writes[NumberedKey(number * 37 % 1'000 + i * 1'000)] =
        std::to_string(number) + std::string(static_cast<std::size_t>(number % 150), 'x');
  }
  return writes;
}

inline Model Expected(int commits = kRounds * kCommitsARound) {
  Model model;
  for (int i = 0; i < kBulkKeys; ++i) model[NumberedKey(i)] = "bulk" + std::to_string(i);
  for (int number = 1; number <= commits; ++number) {
    for (const auto& [key, value] : CommitOf(number)) model[key] = value;
  }
  return model;
}

inline bool Commit(Store& store, int number, bool sync) {
  WriteSet writes;
  for (const auto& [key, value] : CommitOf(number)) writes.Put(key, value);
  return store.Apply(writes, sync).ok();
}

// Closed in order.
inline bool MakeDatabase(const std::string& path) {
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

inline std::string Name(const std::filesystem::path& path) { return path.filename().string(); }

}  // namespace plenum::storage
