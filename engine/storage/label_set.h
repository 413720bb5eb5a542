// A label set: which of 65,536 consecutive nodes have a label. Its bytes:
//
//   label-set     = 0x01 roaring                             0x01: version; Roaring's portable form, 16-bit numbers
//   label-operand = 0x01 ( 0x00 off | 0x01 on ) u16:node     the node's number within the range
//
// Roaring's portable form is specified at https://github.com/RoaringBitmap/RoaringFormatSpec; numbers in it begin with
// the least significant byte. Operands are appended one to the other; later ones win. A LabelSet is immutable; any
// number of threads may read it.
#pragma once

#include <algorithm>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace plenum::storage {

inline constexpr std::uint32_t kLabelRange = 65'536;
inline constexpr std::uint32_t kLabelWords = kLabelRange / 64;

class LabelSet {
 public:
  // Null when the bytes are damaged. The set keeps no reference to them.
  static std::unique_ptr<const LabelSet> Decode(std::string_view bytes);

  std::uint32_t count() const { return count_; }
  std::size_t bytes() const { return sizeof(LabelSet) + memory_bytes_; }  // of memory

  bool Has(std::uint16_t node) const {
    if (words_ != nullptr) return (words_[node / 64] >> (node % 64) & 1) != 0;
    return std::binary_search(nodes_.get(), nodes_.get() + count_, node);
  }

  // visit(node), ascending.
  template <class Visit>
  void ForEach(Visit visit) const {
    if (words_ == nullptr) {
      for (std::uint32_t i = 0; i < count_; ++i) visit(nodes_[i]);
      return;
    }
    for (std::uint32_t w = 0; w < kLabelWords; ++w) {
      for (std::uint64_t word = words_[w]; word != 0; word &= word - 1) {
        visit(static_cast<std::uint16_t>(w * 64 + static_cast<std::uint32_t>(std::countr_zero(word))));
      }
    }
  }

  // The nodes of one block of 4096 (0 … 15 within the range), as a selection (column.h): 64 words are written.
  void CopyBlock(std::uint32_t block, std::uint64_t* selection) const;
  std::uint32_t CountInBlock(std::uint32_t block) const;

 private:
  LabelSet() = default;
  void FillFrom(std::span<const std::uint64_t> words);

  std::uint32_t count_ = 0;
  // One of the two: a bit a node, or, when there are few, the nodes themselves, ascending.
  std::unique_ptr<std::uint64_t[]> words_;
  std::unique_ptr<std::uint16_t[]> nodes_;
  std::size_t memory_bytes_ = 0;
};

// Nodes ascend strictly.
std::string EncodeLabelSet(std::span<const std::uint16_t> nodes);
// A bit a node; exactly kLabelWords words.
std::string EncodeLabelSetWords(std::span<const std::uint64_t> words);

void AppendLabelOn(std::string& out, std::uint16_t node);
void AppendLabelOff(std::string& out, std::uint16_t node);

// The set after all operands, in their order; without a base, of an empty one. Absent: something is damaged.
std::optional<std::string> FoldLabelSet(std::optional<std::string_view> base,
                                        std::span<const std::string_view> operands);

}  // namespace plenum::storage
