// How many of many words have each of their 64 bits set: a count for each column of a table of bits.
//
// The counts stand upright: word i of `planes_` has bit i of every column's count, so that one addition with carry adds
// a word to all 64 counts. Eight words at a time go through carry-save adders first (Harley's and Seal's method, in
// Warren, "Hacker's Delight", 2013), which makes some five operations a word.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace plenum::traversal {

class ColumnCounts {
 public:
  void Add(std::uint64_t word) {
    waiting_[waiting_count_++] = word;
    if (waiting_count_ == kAtOnce) AddWaiting();
  }
  // The counts, by bit, which begin at 0 again.
  std::array<std::uint64_t, 64> Take();

 private:
  static constexpr std::size_t kAtOnce = 8;

  // sum and carry of three words, column by column.
  static void AddThree(std::uint64_t& sum, std::uint64_t& carry, std::uint64_t a, std::uint64_t b, std::uint64_t c) {
    const std::uint64_t half = a ^ b;
    carry = (a & b) | (half & c);
    sum = half ^ c;
  }
  void AddWaiting();

  std::array<std::uint64_t, kAtOnce> waiting_{};
  std::size_t waiting_count_ = 0;
  std::array<std::uint64_t, 40> planes_{};  // more than there are nodes
};

inline void ColumnCounts::AddWaiting() {
  waiting_count_ = 0;
  const auto& w = waiting_;
  std::uint64_t ones = planes_[0], twos[4], fours[2], eights;
  AddThree(ones, twos[0], ones, w[0], w[1]);
  AddThree(ones, twos[1], ones, w[2], w[3]);
  AddThree(ones, twos[2], ones, w[4], w[5]);
  AddThree(ones, twos[3], ones, w[6], w[7]);
  planes_[0] = ones;
  AddThree(planes_[1], fours[0], planes_[1], twos[0], twos[1]);
  AddThree(planes_[1], fours[1], planes_[1], twos[2], twos[3]);
  AddThree(planes_[2], eights, planes_[2], fours[0], fours[1]);
  for (std::size_t plane = 3; eights != 0; ++plane) {
    const std::uint64_t carry = planes_[plane] & eights;
    planes_[plane] ^= eights;
    eights = carry;
  }
}

inline std::array<std::uint64_t, 64> ColumnCounts::Take() {
  while (waiting_count_ != 0) Add(0);
  std::array<std::uint64_t, 64> counts{};
  for (std::size_t plane = 0; plane < planes_.size(); ++plane) {
    for (std::size_t bit = 0; bit < counts.size(); ++bit) counts[bit] += (planes_[plane] >> bit & 1) << plane;
  }
  planes_ = {};
  return counts;
}

}  // namespace plenum::traversal
