// A reader follows commits while they are written, and other writes between them. Two that write at once are in
// changes_conformance_test.cpp: RocksDB writes their batches as one, and hands the memory for it from thread to thread
// in a way that ThreadSanitizer does not see.
#include <gtest/gtest.h>

#include <thread>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "tests/storage/store_conformance.h"

namespace plenum::storage {
namespace {

constexpr std::uint64_t kCommits = 3'000;

std::vector<std::string> KeysOf(std::uint64_t commit) {
  std::vector<std::string> keys{CommitsKey()};
  for (std::uint64_t i = 0; i < commit % 6; ++i) keys.push_back("k" + std::to_string(commit) + std::to_string(i));
  return keys;
}

void Commit(Store& store, std::uint64_t commit) {
  WriteSet writes;
  for (const std::string& key : KeysOf(commit)) writes.Put(key, BigEndian(commit, 8));
  ASSERT_TRUE(store.Apply(writes, false).ok());
}

class ChangesConcurrent : public StoreConformance {
 protected:
  // Small journals, so that many are put aside meanwhile.
  ChangesConcurrent() { options_.write_buffer_bytes = 64 << 10; }
};

TEST_P(ChangesConcurrent, AReaderFollowsWhileAnotherWrites) {
  std::thread writer([&] {
    for (std::uint64_t commit = 1; commit <= kCommits; ++commit) {
      Commit(*store_, commit);
      if (commit % 3 == 0) Write([&](WriteSet& writes) { writes.Put("z" + std::to_string(commit % 100), "v"); });
    }
  });
  std::uint64_t seen = 0;
  bool known = true;
  while (seen < kCommits && known) {
    const auto followed = store_->ChangesSince(seen, [&](std::uint64_t commit, std::span<const std::string_view> keys) {
      EXPECT_EQ(commit, seen + 1);
      EXPECT_EQ(std::vector<std::string>(keys.begin(), keys.end()), KeysOf(commit));
      seen = commit;
      return true;
    });
    known = followed && *followed;
  }
  writer.join();
  EXPECT_TRUE(known) << seen;
}

INSTANTIATE_TEST_SUITE_P(Stores, ChangesConcurrent, testing::Values(Kind::kDirectory), NameOf);

}  // namespace
}  // namespace plenum::storage
