// Changes, hubs, folds, eviction and cold loads together: one writer, two readers that keep some views for long, a
// store that folds beside them, and a cache of a quarter of what is read, against a model of each commit. Lasts as long
// as PLENUM_STRESS_SECONDS says. The same with a fault planted in the writer must be noticed.
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <cstdlib>
#include <iostream>
#include <iterator>
#include <list>
#include <random>
#include <thread>

#include "engine/storage/rocksdb_store.h"
#include "tests/graph/open_graph.h"
#include "tests/graph/shared_lists.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::graph {
namespace {

using Clock = std::chrono::steady_clock;

double StressSeconds() {
  const char* seconds = std::getenv("PLENUM_STRESS_SECONDS");
  return seconds ? std::atof(seconds) : 5;
}

struct Figures {
  std::atomic<std::uint64_t> lists = 0;  // read and compared
  std::atomic<std::uint64_t> inexact = 0;
  std::atomic<std::uint64_t> old_lists = 0;  // of a view that was not the newest
  std::atomic<std::uint64_t> loads = 0;
  std::atomic<std::uint64_t> private_loads = 0;
  std::atomic<std::uint64_t> folds = 0;  // of the whole store
  std::atomic<std::size_t> bytes_peak = 0;
};

class Stress {
 public:
  explicit Stress(WriterFault fault) : store_(OpenFresh(directory_ / "lists")), lists_(*store_, fault) {
    ListBlocks all{BlockCacheOptions{}};
    for (int i = 0; i < 200; ++i) lists_.Commit(all, 500);
    EpochParticipant participant(all.cache.epochs());
    ListReader reader(all, participant, lists_.TakeView());
    std::vector<std::uint32_t> nodes;
    for (std::uint32_t node = 0; node < kListNodes; ++node) nodes.push_back(node);
    figures_.inexact += reader.CountInexact(nodes);
    decoded_bytes_ = all.cache.bytes();
    blocks_ =
        std::make_unique<ListBlocks>(BlockCacheOptions{.bytes_max = decoded_bytes_ / 4, .change_bytes_max = 1024});
  }

  // Ends early when `until_inexact` and a list was.
  void Run(double seconds, bool until_inexact) {
    std::vector<std::thread> threads;
    threads.emplace_back([this] { Write(); });
    for (unsigned seed = 1; seed <= 2; ++seed) threads.emplace_back([this, seed] { Read(seed); });
    threads.emplace_back([this] { Fold(); });
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end && !(until_inexact && figures_.inexact > 0)) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
      figures_.bytes_peak = std::max<std::size_t>(figures_.bytes_peak, blocks_->cache.bytes());
    }
    stop_ = true;
    for (std::thread& thread : threads) thread.join();
  }

  const Figures& figures() const { return figures_; }
  BlockCacheCounts counts() const { return blocks_->cache.counts(); }
  std::size_t bytes_max() const { return decoded_bytes_ / 4; }
  const SharedLists& lists() const { return lists_; }

 private:
  static std::unique_ptr<storage::Store> OpenFresh(const std::string& path) {
    return Must(storage::OpenStore(path, {.fold = FoldLists}));
  }

  void Write() {
    std::mt19937 random(3);
    while (!stop_) {
      lists_.Commit(*blocks_, 1 + static_cast<int>(random() % 12));
      if (random() % 8 == 0) std::this_thread::sleep_for(std::chrono::milliseconds(random() % 4));
    }
  }

  // Half of the batches go to the newest view, the others to views that are kept for up to some hundred batches.
  void Read(unsigned seed) {
    std::mt19937 random(seed);
    EpochParticipant participant(blocks_->cache.epochs());
    std::list<ListReader> kept;
    while (!stop_) {
      if (random() % 2 == 0 || kept.empty()) {
        ListReader newest(*blocks_, participant, lists_.TakeView());
        ReadBatch(newest, random);
        Count(newest);
        if (kept.size() < 4) kept.emplace_back(*blocks_, participant, newest.view());
      } else {
        const auto chosen = std::next(kept.begin(), static_cast<std::ptrdiff_t>(random() % kept.size()));
        ReadBatch(*chosen, random);
        figures_.old_lists += kBatch;
        if (random() % 100 != 0) continue;
        Count(*chosen);
        kept.erase(chosen);
      }
    }
    for (const ListReader& reader : kept) Count(reader);
  }

  void ReadBatch(ListReader& reader, std::mt19937& random) {
    std::vector<std::uint32_t> nodes;
    for (int i = 0; i < kBatch; ++i) nodes.push_back(ChooseNode(random, 2));
    figures_.inexact += static_cast<std::uint64_t>(reader.CountInexact(nodes));
    figures_.lists += kBatch;
  }

  void Count(const ListReader& reader) {
    figures_.loads += reader.loads();
    figures_.private_loads += reader.private_loads();
  }

  void Fold() {
    while (!stop_) {
      std::this_thread::sleep_for(std::chrono::milliseconds(150));
      Must(store_->Compact());
      ++figures_.folds;
    }
  }

  static constexpr int kBatch = 16;
  const ScratchDirectory directory_;
  std::unique_ptr<storage::Store> store_;
  SharedLists lists_;
  std::size_t decoded_bytes_ = 0;
  std::unique_ptr<ListBlocks> blocks_;
  Figures figures_;
  std::atomic<bool> stop_ = false;
};

void Print(const Stress& stress, double seconds) {
  const Figures& figures = stress.figures();
  const BlockCacheCounts counts = stress.counts();
  std::cout << figures.lists / seconds << " lists/s, " << figures.old_lists << " of " << figures.lists
            << " of views kept, " << figures.inexact << " inexact; " << stress.lists().commits() << " commits, "
            << stress.lists().publication_seconds() / stress.lists().commits() * 1e6 << " us a publication, "
            << stress.lists().splits() << " splits, " << figures.folds << " folds\n"
            << figures.loads << " loads, " << figures.private_loads << " private; installed " << counts.installed
            << ", refused: touched " << counts.refused_touched << ", newer " << counts.refused_newer << ", full "
            << counts.refused_full << ", duplicate " << counts.duplicates << "; evicted " << counts.evicted
            << ", outgrown " << counts.outgrown << "; peak " << figures.bytes_peak << " of " << stress.bytes_max()
            << " bytes\n";
}

TEST(BlockCacheStress, EveryListIsThatOfItsCommit) {
  Stress stress(WriterFault::kNone);
  const double seconds = StressSeconds();
  stress.Run(seconds, false);
  Print(stress, seconds);
  EXPECT_EQ(stress.figures().inexact, 0u);
  EXPECT_LT(stress.figures().bytes_peak, stress.bytes_max() * 3 / 2);
  // That each of them happened.
  const BlockCacheCounts counts = stress.counts();
  EXPECT_GT(stress.figures().old_lists, 0u);
  EXPECT_GT(stress.figures().folds, 0u);
  EXPECT_GT(stress.figures().private_loads, 0u);
  EXPECT_GT(stress.lists().splits(), 0u);
  EXPECT_GT(counts.evicted, 0u);
  EXPECT_GT(counts.outgrown, 0u);
  EXPECT_GT(counts.refused_touched, 0u);
  EXPECT_GT(counts.refused_newer, 0u);
}

TEST(BlockCacheStress, NoticesAViewBeforeItsChanges) {
  Stress stress(WriterFault::kViewBeforeChanges);
  stress.Run(30, true);
  EXPECT_GT(stress.figures().inexact, 0u);
}

TEST(BlockCacheStress, NoticesAForgottenStub) {
  Stress stress(WriterFault::kForgottenStub);
  stress.Run(30, true);
  EXPECT_GT(stress.figures().inexact, 0u);
}

}  // namespace
}  // namespace plenum::graph
