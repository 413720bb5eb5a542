// A bit a node.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

namespace plenum::traversal {

class Bitmap {
 public:
  static constexpr std::uint32_t kWordBits = 64;

  // That so many bits take.
  static constexpr std::size_t WordCount(std::size_t bits) { return (bits + kWordBits - 1) / kWordBits; }

  explicit Bitmap(std::size_t size) : words_(WordCount(size)) {}

  bool Test(std::uint32_t bit) const { return (words_[bit / kWordBits] >> bit % kWordBits & 1) != 0; }
  void Set(std::uint32_t bit) { words_[bit / kWordBits] |= std::uint64_t{1} << bit % kWordBits; }
  // Sets it; false if it was set before.
  bool Add(std::uint32_t bit) {
    std::uint64_t& word = words_[bit / kWordBits];
    const std::uint64_t before = word;
    word |= std::uint64_t{1} << bit % kWordBits;
    return word != before;
  }
  void Clear() { words_.assign(words_.size(), 0); }
  void Swap(Bitmap& other) { words_.swap(other.words_); }

  std::vector<std::uint64_t>& words() { return words_; }
  const std::vector<std::uint64_t>& words() const { return words_; }

 private:
  std::vector<std::uint64_t> words_;
};

}  // namespace plenum::traversal
