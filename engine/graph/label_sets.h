// Which labels each node has, for who goes over a whole graph: a number for each set of labels that some node has, and
// for each node the number of its set. What is counted for sets is summed for labels at the end.
#pragma once

#include <cstdint>
#include <map>
#include <span>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/storage/key_layout.h"

namespace plenum::graph {

using LabelSetId = std::uint32_t;

class LabelSets {
 public:
  // `labels` in any order, repeated or not.
  LabelSetId Intern(std::span<const LabelId> labels);
  // Ascending.
  const std::vector<LabelId>& LabelsOf(LabelSetId set) const { return *sets_[set]; }
  std::size_t size() const { return sets_.size(); }

 private:
  std::map<std::vector<LabelId>, LabelSetId> numbers_;
  std::vector<const std::vector<LabelId>*> sets_;
  std::vector<LabelId> last_;  // as given
  LabelSetId last_set_ = 0;
  std::vector<LabelId> sorted_;
};

class NodeLabelSets {
 public:
  // The sets of the first nodes of a block; what is told of a block replaces what was told before.
  void SetBlock(std::uint32_t block, const std::vector<LabelSetId>& sets);
  // Requires that the block was told as far as the node.
  LabelSetId SetOf(NodeId node) const {
    const Block& block = blocks_[storage::BlockOf(node.value)];
    const std::uint32_t slot = storage::SlotOf(node.value);
    if (block.sets.size() == 1) return block.sets.front();
    return block.places.empty() ? block.sets[slot] : block.sets[block.places[slot]];
  }
  bool HasBlock(std::uint32_t block) const { return block < blocks_.size() && !blocks_[block].sets.empty(); }
  std::uint64_t bytes() const { return bytes_; }  // of memory

 private:
  // One set for all of its nodes; or up to 256 and which of these each node has, or one for each node.
  struct Block {
    std::vector<LabelSetId> sets;
    std::vector<std::uint8_t> places;  // by slot, in `sets`
  };

  std::vector<Block> blocks_;
  std::uint64_t bytes_ = 0;
};

// Counts relationships by the label sets of their ends.
class LabelSetPairs {
 public:
  void Add(LabelSetId start, LabelSetId end) {
    const std::uint64_t pair = std::uint64_t{start} << 32 | end;
    if (pair != last_ || count_ == nullptr) {
      count_ = &counts_[pair];
      last_ = pair;
    }
    ++*count_;
  }
  // By the labels of start and end, kEveryNode among them: how many relationships there are.
  using Counts = std::map<std::pair<std::uint16_t, std::uint16_t>, std::uint64_t>;
  Counts ByLabels(const LabelSets& sets) const;

 private:
  std::unordered_map<std::uint64_t, std::uint64_t> counts_;
  std::uint64_t last_ = 0;
  std::uint64_t* count_ = nullptr;
};

}  // namespace plenum::graph
