// How many bytes of operands commits have merged into each key since its value was last written as a whole, as far as
// is known.
//
// A read that does not find a block in memory folds all of them. So a commit writes the value anew when they have grown
// as long as it: then a read folds no more than it decodes, and what is written for that is no more, in sum, than the
// operands were. Belongs to whoever has the turn to write.
#pragma once

#include <algorithm>
#include <cstddef>
#include <string>
#include <unordered_map>

namespace plenum::graph {

class MergeChains {
 public:
  // So many bytes more are merged into the key. True when its value should be written as a whole instead.
  bool Merge(const std::string& key, std::size_t bytes) {
    if (chains_.size() >= kKeysMax) chains_.clear();  // those that are merged into again are known again soon
    Chain& chain = chains_[key];
    chain.operand_bytes += bytes;
    return chain.IsLong();
  }
  // What the key holds, folded, has so many bytes. True when that is still so.
  bool Measure(const std::string& key, std::size_t value_bytes) {
    Chain& chain = chains_[key];
    chain.value_bytes = value_bytes;
    return chain.IsLong();
  }
  void Put(const std::string& key, std::size_t value_bytes) { chains_[key] = {0, value_bytes}; }

 private:
  static constexpr std::size_t kOperandBytesMin = 16 << 10;  // folded in about 0.2 ms
  static constexpr std::size_t kKeysMax = std::size_t{1} << 16;

  struct Chain {
    std::size_t operand_bytes = 0;
    std::size_t value_bytes = 0;  // 0: not known
    bool IsLong() const { return operand_bytes > std::max(kOperandBytesMin, value_bytes); }
  };
  std::unordered_map<std::string, Chain> chains_;
};

}  // namespace plenum::graph
