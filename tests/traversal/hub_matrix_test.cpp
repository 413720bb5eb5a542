// Common bits of rows: every version that this processor runs, against one bit after the other.
#include "engine/traversal/hub_matrix.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>

namespace plenum::traversal {
namespace {

struct Drawn {
  HubMatrix matrix;
  HubMatrix set;
  std::vector<std::uint32_t> hubs;
};

// Rows of smaller numbers only, if `below`.
Drawn Draw(std::uint32_t hub_count, bool below, std::uint32_t seed) {
  std::mt19937 random(seed);
  Drawn drawn{HubMatrix(hub_count, hub_count), HubMatrix(1, hub_count), {}};
  const std::uint32_t one_in = 1 + random() % 5;
  for (std::uint32_t row = 0; row < hub_count; ++row) {
    for (std::uint32_t hub = 0; hub < (below ? row : hub_count); ++hub) {
      if (random() % one_in == 0) drawn.matrix.Set(row, hub);
    }
    if (random() % one_in != 0) continue;
    drawn.set.Set(0, row);
    drawn.hubs.push_back(row);
  }
  std::ranges::shuffle(drawn.hubs, random);
  return drawn;
}

std::uint64_t CommonBitByBit(const Drawn& drawn, std::uint32_t row, std::uint32_t hub_count) {
  std::uint64_t common = 0;
  for (std::uint32_t hub = 0; hub < hub_count; ++hub) common += drawn.matrix.Test(row, hub) & drawn.set.Test(0, hub);
  return common;
}

TEST(HubMatrix, EveryKernelCountsTheBitsInCommon) {
  unsigned levels = 0;
  for (const HubKernelLevel level : {HubKernelLevel::kPortable, HubKernelLevel::kPopcnt, HubKernelLevel::kAvx512}) {
    const HubKernel* kernel = FindHubKernel(level);
    if (kernel == nullptr) continue;
    ++levels;
    for (const std::uint32_t hub_count : {1u, 2u, 63u, 64u, 65u, 511u, 512u, 513u, 1100u}) {
      for (const bool below : {false, true}) {
        const Drawn drawn = Draw(hub_count, below, hub_count);
        std::uint64_t sum = 0;
        std::vector<std::uint64_t> expected(hub_count, 1), counts(hub_count, 1);
        for (const std::uint32_t hub : drawn.hubs) {
          const std::uint64_t common = CommonBitByBit(drawn, hub, hub_count);
          expected[hub] += common;
          sum += common;
        }
        if (below) {
          EXPECT_EQ(kernel->sum_below(drawn.matrix, drawn.set.row(0), drawn.hubs), sum);
        }
        const std::size_t blocks = drawn.matrix.row_blocks();
        EXPECT_EQ(kernel->sum_and_add(drawn.matrix, drawn.set.row(0), blocks, drawn.hubs, counts.data()), sum);
        EXPECT_EQ(counts, expected);
      }
    }
  }
  EXPECT_GE(levels, 1u);
}

TEST(HubMatrix, BitsAreSetAndCleared) {
  HubMatrix matrix(2, 600);
  EXPECT_EQ(matrix.row_blocks(), 2u);
  matrix.Set(1, 599);
  matrix.Set(1, 64);
  matrix.Set(1, 65);
  EXPECT_EQ(matrix.Test(1, 599), 1u);
  EXPECT_EQ(matrix.Test(0, 599), 0u);
  matrix.Clear(1, 64);
  EXPECT_EQ(matrix.Test(1, 64), 0u);
  EXPECT_EQ(matrix.Test(1, 65), 1u);
  matrix.ClearAround(1, 64);
  EXPECT_EQ(matrix.Test(1, 65), 0u);
  EXPECT_EQ(matrix.Test(1, 599), 1u);
}

}  // namespace
}  // namespace plenum::traversal
