// What the block cache and its parts promise, one case each, in one thread.
#include "engine/graph/block_cache.h"

#include <gtest/gtest.h>

#include <map>
#include <memory>
#include <random>
#include <string>
#include <utility>
#include <vector>

namespace plenum::graph {
namespace {

using TextBlock = Block<std::string, std::string>;
constexpr std::size_t kContentBytes = 1000;

std::unique_ptr<TextBlock> TextAt(CommitNumber base, std::string text = "content") {
  return std::make_unique<TextBlock>(base, kContentBytes, std::move(text));
}

class BlockCacheTest : public testing::Test {
 protected:
  // Sets `gone` when it is freed.
  struct Watched : Retirable {
    explicit Watched(bool& is_gone) : gone(is_gone) {}
    ~Watched() override { gone = true; }
    bool& gone;
  };

  // True if the cache took it.
  bool Installs(std::uint32_t number, CommitNumber base) {
    const EpochGuard guard(reader_);
    auto block = TextAt(base);
    cache_.Install(table_, number, block);
    return block == nullptr;
  }
  bool Finds(std::uint32_t number, CommitNumber commit) {
    const EpochGuard guard(reader_);
    return table_.Find<TextBlock>(number, commit) != nullptr;
  }
  // What key 1 of a cached block says.
  std::string Reads(std::uint32_t number, CommitNumber commit) {
    const EpochGuard guard(reader_);
    const TextBlock* block = table_.Find<TextBlock>(number, commit);
    if (!block) return "nothing cached";
    const std::string* change = block->changes.Find(1, commit);
    return change ? *change : block->content;
  }
  void Change(CommitNumber commit, std::uint32_t number, std::string payload, std::size_t owned_bytes = 0) {
    Publication publication = cache_.Publish(commit);
    if (auto* block = publication.Touch<TextBlock>(table_, number)) {
      publication.Add(*block, 1, std::move(payload), owned_bytes);
    }
    publication.Finish([] {});
  }

  BlockCache cache_{{.bytes_max = 100'000}};
  SlotTable& table_ = cache_.AddTable();
  EpochParticipant reader_{cache_.epochs()};
};

TEST_F(BlockCacheTest, ABlockServesItsBaseAndWhatCameAfter) {
  EXPECT_FALSE(Finds(7, 10));
  EXPECT_TRUE(Installs(7, 10));
  EXPECT_EQ(Reads(7, 9), "nothing cached");
  EXPECT_EQ(Reads(7, 10), "content");
  Change(11, 7, "eleven");
  Change(13, 7, "thirteen");
  EXPECT_EQ(Reads(7, 10), "content");
  EXPECT_EQ(Reads(7, 11), "eleven");
  EXPECT_EQ(Reads(7, 12), "eleven");
  EXPECT_EQ(Reads(7, 13), "thirteen");
  EXPECT_EQ(Reads(7, 99), "thirteen");
}

TEST_F(BlockCacheTest, WhatACommitHasTouchedSinceIsNotInstalled) {
  Change(11, 7, "hangs nowhere");
  EXPECT_FALSE(Installs(7, 10));
  EXPECT_TRUE(Installs(8, 10));
  EXPECT_TRUE(Installs(7, 11));
}

TEST_F(BlockCacheTest, AnOfferIsAnsweredWithWhatIsThere) {
  const EpochGuard guard(reader_);
  auto first = TextAt(10);
  const TextBlock* cached = cache_.Install(table_, 7, first);
  auto later = TextAt(12);
  EXPECT_EQ(cache_.Install(table_, 7, later), cached) << "it serves the later view as well";
  EXPECT_EQ(later, nullptr);
  auto earlier = TextAt(9);
  const TextBlock* own = cache_.Install(table_, 7, earlier);
  EXPECT_EQ(own, earlier.get()) << "stays the caller's: what is cached is newer than its view";
}

TEST_F(BlockCacheTest, TablesOfOneCacheAreApart) {
  SlotTable& other = cache_.AddTable();
  const EpochGuard guard(reader_);
  auto block = TextAt(10, "other");
  cache_.Install(other, 7, block);
  EXPECT_EQ(table_.Find<TextBlock>(7, 10), nullptr);
  EXPECT_EQ(other.Find<TextBlock>(7, 10)->content, "other");
}

TEST_F(BlockCacheTest, NumbersMayBeLarge) {
  for (const std::uint32_t number : {0u, 255u, 256u, 100'000u, 5'000'000u, 1023u}) EXPECT_TRUE(Installs(number, 1));
  for (const std::uint32_t number : {0u, 255u, 256u, 100'000u, 5'000'000u, 1023u}) EXPECT_TRUE(Finds(number, 1));
  EXPECT_FALSE(Finds(5'000'001, 1));
  EXPECT_FALSE(Finds(0xFFFFFFFF, 1));
}

TEST_F(BlockCacheTest, TheBudgetHoldsAndWhatIsReadStays) {
  for (std::uint32_t number = 0; number < 200; ++number) {
    EXPECT_TRUE(Installs(number, 1));
    EXPECT_TRUE(Finds(0, 1)) << number;
    EXPECT_LE(cache_.bytes(), 110'000u);
  }
  EXPECT_FALSE(Finds(1, 1));
  EXPECT_GE(cache_.counts().evicted, 100u);
}

TEST_F(BlockCacheTest, ASlowReaderDoesNotEmptyTheCacheNorBreakTheBudget) {
  EpochParticipant slow(cache_.epochs());
  const EpochGuard inside(slow);
  for (std::uint32_t number = 0; number < 200; ++number) {
    Installs(number, 1);
    EXPECT_LE(cache_.bytes(), 110'000u);
  }
  EXPECT_GT(cache_.counts().refused_full, 50u);
  int cached = 0;
  for (std::uint32_t number = 0; number < 200; ++number) cached += Finds(number, 1);
  EXPECT_GE(cached, 40) << "half of the budget";
}

TEST_F(BlockCacheTest, ABlockLargerThanTheBudgetStaysPrivate) {
  const EpochGuard guard(reader_);
  auto large = std::make_unique<TextBlock>(1, 1'000'000, "large");
  EXPECT_EQ(cache_.Install(table_, 1, large), large.get());
}

TEST_F(BlockCacheTest, ABlockWhoseChangesOutgrowItGoes) {
  Installs(7, 10);
  Change(11, 7, "small");
  EXPECT_EQ(Reads(7, 11), "small");
  Change(12, 7, "large", 20'000);
  EXPECT_EQ(Reads(7, 12), "nothing cached");
  EXPECT_EQ(cache_.counts().outgrown, 1u);
  EXPECT_TRUE(Installs(7, 12));
}

TEST_F(BlockCacheTest, WhatACommitDropsIsReadAfresh) {
  Installs(7, 10);
  {
    Publication publication = cache_.Publish(11);
    publication.Drop(*publication.Touch<TextBlock>(table_, 7));
    publication.Finish([] {});
  }
  EXPECT_FALSE(Finds(7, 11));
  EXPECT_FALSE(Installs(7, 10));
}

TEST_F(BlockCacheTest, APublicationThatIsNotFinishedLeavesNothingBehind) {
  Installs(7, 10);
  Installs(8, 10);
  {
    Publication publication = cache_.Publish(11);
    publication.Add(*publication.Touch<TextBlock>(table_, 7), 1, std::string("half"), 0);
  }
  EXPECT_FALSE(Finds(7, 11));
  EXPECT_TRUE(Finds(8, 11));
  EXPECT_FALSE(Installs(7, 10));
}

TEST_F(BlockCacheTest, TheViewIsPublishedAfterItsChangesHang) {
  Installs(7, 10);
  Publication publication = cache_.Publish(11);
  publication.Add(*publication.Touch<TextBlock>(table_, 7), 1, std::string("eleven"), 0);
  std::string read;
  publication.Finish([&] { read = Reads(7, 11); });
  EXPECT_EQ(read, "eleven");
}

TEST_F(BlockCacheTest, WhatIsRetiredWaitsForWhoWasInside) {
  Epochs epochs;
  EpochParticipant early(epochs);
  EpochParticipant late(epochs);
  bool gone = false;
  {
    const EpochGuard inside(early);
    { const EpochGuard nested(early); }
    epochs.Retire(std::make_unique<Watched>(gone), 100);
    epochs.Reclaim();
    EXPECT_FALSE(gone);
    EXPECT_EQ(epochs.retired_bytes(), 100u);
  }
  const EpochGuard inside(late);  // after the retirement: nobody waits for it
  epochs.Reclaim();
  EXPECT_TRUE(gone);
  EXPECT_EQ(epochs.retired_bytes(), 0u);
}

// Against a map of (key, commit), at every commit.
TEST(Changes, RandomOnesAreFoundAtEachCommit) {
  std::mt19937 random(5);
  Epochs epochs;
  Changes<std::uint64_t> changes;
  EXPECT_FALSE(changes.any());
  EXPECT_EQ(changes.Find(0, 100), nullptr);
  std::vector<std::map<std::uint32_t, std::uint64_t>> model(1);
  for (CommitNumber commit = 1; commit <= 200; ++commit) {
    model.push_back(model.back());
    for (int i = 0; i < 5; ++i) {
      const std::uint32_t key = static_cast<std::uint32_t>(random() % 300) << (random() % 3 * 10);
      const std::uint64_t payload = random();
      EXPECT_GT(changes.Add(key, commit, payload, epochs), 0u);
      model.back()[key] = payload;
    }
  }
  for (CommitNumber commit = 0; commit <= 200; ++commit) {
    std::map<std::uint32_t, std::uint64_t> all;
    changes.ForEach(commit, [&](std::uint32_t key, std::uint64_t payload) { all.emplace(key, payload); });
    EXPECT_EQ(all, model[commit]);
    for (const auto& [key, newest] : model.back()) {
      const auto wanted = model[commit].find(key);
      const std::uint64_t* found = changes.Find(key, commit);
      ASSERT_EQ(found != nullptr, wanted != model[commit].end());
      ASSERT_TRUE(!found || *found == wanted->second);
    }
  }
}

}  // namespace
}  // namespace plenum::graph
