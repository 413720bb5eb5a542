// Which of the hubs of a graph, its nodes with the most neighbours, are joined: a matrix of bits. What two rows have in
// common is found 512 hubs at a time, by one AND and one population count, where lists take a step a number.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <vector>

namespace plenum::traversal {

// Rows of bits, all clear at first, each beginning at a cache line.
class HubMatrix {
 public:
  struct alignas(64) Block {
    std::uint64_t words[8] = {};
  };
  static constexpr std::uint32_t kBitsInBlock = 512;

  HubMatrix(std::uint32_t row_count, std::uint32_t hub_count)
      : row_blocks_((std::size_t{hub_count} + kBitsInBlock - 1) / kBitsInBlock), blocks_(row_count * row_blocks_) {}

  std::size_t row_blocks() const { return row_blocks_; }
  const Block* row(std::uint32_t row) const { return blocks_.data() + row * row_blocks_; }
  void Set(std::uint32_t row, std::uint32_t hub) { Word(row, hub) |= std::uint64_t{1} << (hub % 64); }
  void Clear(std::uint32_t row, std::uint32_t hub) { Word(row, hub) &= ~(std::uint64_t{1} << (hub % 64)); }
  // Clears the word of a row that `hub` is in.
  void ClearAround(std::uint32_t row, std::uint32_t hub) { Word(row, hub) = 0; }
  // 0 or 1.
  std::uint64_t Test(std::uint32_t row, std::uint32_t hub) const {
    return this->row(row)[hub / kBitsInBlock].words[hub / 64 % 8] >> (hub % 64) & 1;
  }

 private:
  std::uint64_t& Word(std::uint32_t row, std::uint32_t hub) {
    return blocks_[row * row_blocks_ + hub / kBitsInBlock].words[hub / 64 % 8];
  }

  std::size_t row_blocks_;
  std::vector<Block> blocks_;
};

// What a row `set` of hubs has in common with the rows of `hubs`, summed over these.
struct HubKernel {
  // For a matrix in which each row has only smaller numbers: looks no further than that.
  std::uint64_t (*sum_below)(const HubMatrix& matrix, const HubMatrix::Block* set, std::span<const std::uint32_t> hubs);
  // Looks at the first `blocks` of each row, and adds what each has in common to its place in `counts`, too.
  std::uint64_t (*sum_and_add)(const HubMatrix& matrix, const HubMatrix::Block* set, std::size_t blocks,
                               std::span<const std::uint32_t> hubs, std::uint64_t* counts);
};

enum class HubKernelLevel : std::uint8_t { kPortable, kPopcnt, kAvx512 };

// The kernel of that level; null where this processor cannot run it.
const HubKernel* FindHubKernel(HubKernelLevel level);
// The fastest that this processor runs.
const HubKernel& BestHubKernel();

}  // namespace plenum::traversal
