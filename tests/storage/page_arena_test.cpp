// Memory in large pages: blocks do not overlap, and what is given back is taken again.
#include "engine/storage/page_arena.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstring>
#include <random>
#include <utility>
#include <vector>

namespace plenum::storage {
namespace {

struct Taken {
  PageArena::Block block;
  std::size_t bytes = 0;
  int filled_with = 0;
};

bool IsWhole(const Taken& taken) {
  return std::all_of(taken.block.get(), taken.block.get() + taken.bytes,
                     [&](std::byte byte) { return byte == static_cast<std::byte>(taken.filled_with); });
}

TEST(PageArena, BlocksOfAllSizesKeepWhatIsWrittenToThem) {
  PageArena arena;
  std::mt19937 random(5);
  std::vector<Taken> taken;
  std::size_t bytes_in_use = 0;
  for (int step = 0; step < 20'000; ++step) {
    if (taken.empty() || random() % 5 < (step % 4000 < 2000 ? 3 : 2)) {
      const std::size_t bytes = 1 + random() % (random() % 100 == 0 ? 3 << 20 : 1 << (4 + random() % 15));
      Taken next{PageArena::Allocate(&arena, bytes), bytes, static_cast<int>(random() % 256)};
      std::memset(next.block.get(), next.filled_with, bytes);
      bytes_in_use += bytes;
      taken.push_back(std::move(next));
    } else {
      std::swap(taken[random() % taken.size()], taken.back());
      ASSERT_TRUE(IsWhole(taken.back()));
      bytes_in_use -= taken.back().bytes;
      taken.pop_back();
    }
    ASSERT_LE(arena.region_bytes(), 3 * bytes_in_use + (4 << 20)) << step;  // little is lost between blocks
  }
  for (const Taken& each : taken) ASSERT_TRUE(IsWhole(each));
  taken.clear();
  EXPECT_LE(arena.region_bytes(), std::size_t{2} << 20);
}

TEST(PageArena, WithoutAnArenaMemoryIsTheHeaps) {
  const PageArena::Block block = PageArena::Allocate(nullptr, 100'000);
  std::memset(block.get(), 1, 100'000);
  EXPECT_EQ(block.get_deleter().arena, nullptr);
}

}  // namespace
}  // namespace plenum::storage
