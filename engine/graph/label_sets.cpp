// See label_sets.h.
#include "engine/graph/label_sets.h"

#include <algorithm>

namespace plenum::graph {

LabelSetId LabelSets::Intern(std::span<const LabelId> labels) {
  if (!sets_.empty() && std::ranges::equal(labels, last_)) return last_set_;
  last_.assign(labels.begin(), labels.end());
  sorted_ = last_;
  std::ranges::sort(sorted_);
  sorted_.erase(std::ranges::unique(sorted_).begin(), sorted_.end());
  const auto [place, added] = numbers_.try_emplace(sorted_, static_cast<LabelSetId>(sets_.size()));
  if (added) sets_.push_back(&place->first);
  return last_set_ = place->second;
}

void NodeLabelSets::SetBlock(std::uint32_t number, const std::vector<LabelSetId>& sets) {
  constexpr std::size_t kPlaces = 256;
  if (blocks_.size() <= number) blocks_.resize(std::size_t{number} + 1);
  Block& block = blocks_[number];
  block.sets = sets;
  block.places.clear();
  std::ranges::sort(block.sets);
  block.sets.erase(std::ranges::unique(block.sets).begin(), block.sets.end());
  if (block.sets.size() > kPlaces) {
    block.sets = sets;
  } else if (block.sets.size() > 1) {
    for (const LabelSetId set : sets) {
      const auto place = std::ranges::lower_bound(block.sets, set) - block.sets.begin();
      block.places.push_back(static_cast<std::uint8_t>(place));
    }
  }
  block.sets.shrink_to_fit();
  bytes_ += sizeof block + block.sets.size() * sizeof(LabelSetId) + block.places.size();
}

LabelSetPairs::Counts LabelSetPairs::ByLabels(const LabelSets& sets) const {
  const auto labels_of = [&](std::uint64_t set) {
    std::vector<std::uint16_t> labels{storage::kEveryNode};
    for (const LabelId label : sets.LabelsOf(static_cast<LabelSetId>(set))) labels.push_back(label.value);
    return labels;
  };
  Counts counts;
  for (const auto& [pair, count] : counts_) {
    const std::vector<std::uint16_t> end_labels = labels_of(pair & UINT32_MAX);
    for (const std::uint16_t start : labels_of(pair >> 32)) {
      for (const std::uint16_t end : end_labels) counts[{start, end}] += count;
    }
  }
  return counts;
}

}  // namespace plenum::graph
