// The nodes that a search has reached, level by level: the step of every breadth-first search here.
//
// A bit a node says who was reached; all that were reached stand in one array, in the order they were. To begin the
// next search costs as much as the last one reached, or a bit a node if that is less.
#pragma once

#include <algorithm>
#include <array>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/polling.h"

namespace plenum::traversal {

// A bit a node.
class NodeBits {
 public:
  explicit NodeBits(std::uint32_t nodes_end) : words_((std::size_t{nodes_end} + 63) / 64) {}

  bool Has(NodeId node) const { return (words_[node.value / 64] >> node.value % 64 & 1) != 0; }
  // 1 if it is new, else 0.
  std::uint64_t Add(NodeId node) {
    std::uint64_t& word = words_[node.value / 64];
    const std::uint64_t had = word >> node.value % 64 & 1;
    word |= std::uint64_t{1} << node.value % 64;
    return had ^ 1;
  }
  // Requires that `nodes` are all there are.
  void Clear(std::span<const NodeId> nodes) {
    if (nodes.size() > words_.size()) {
      std::ranges::fill(words_, 0);
    } else {
      for (const NodeId node : nodes) words_[node.value / 64] = 0;
    }
  }

 private:
  std::vector<std::uint64_t> words_;
};

class Levels {
 public:
  explicit Levels(std::uint32_t nodes_end) : bits_(nodes_end) {}

  // Level 0: these nodes, each once.
  void Begin(std::span<const NodeId> nodes) {
    bits_.Clear(Reached());
    for (const NodeId node : rejected_) bits_.Clear({&node, 1});
    rejected_.clear();
    count_ = 0;
    begins_.assign(1, 0);
    AddNew(nodes);
  }

  bool Has(NodeId node) const { return bits_.Has(node); }
  std::uint32_t depth() const { return static_cast<std::uint32_t>(begins_.size() - 1); }  // of the last level
  std::span<const NodeId> Reached() const { return {nodes_.data(), count_}; }
  std::span<const NodeId> Last() const { return Reached().subspan(begins_.back()); }
  std::span<const NodeId> Level(std::uint32_t level) const {
    const std::size_t end = level + 1 < begins_.size() ? begins_[level + 1] : count_;
    return Reached().subspan(begins_[level], end - begins_[level]);
  }

  // Begins a level after the last with what neighbours of that are new and accepts(node). seen(new nodes) after each
  // few lists may end it with false: then the level is not whole. False: it was ended so, by the poll, or by reading.
  template <NeighbourSource Source, class Accepts, class Seen>
  bool Step(Source& source, Accepts accepts, Seen seen, Polling& polling);

  // The same, found from the other side: `backward` has the lists from the other ends, and each node that is not
  // reached looks in its own for one of the last level. Reads what lies together, and of a list only up to the first
  // that is found, but the lists of all such nodes.
  template <NeighbourSource Source, class Accepts, class Seen>
  bool Gather(Source& backward, Accepts accepts, Seen seen, Polling& polling);
  // Whether that is likely to be faster. Where it is, a level is not small beside all nodes.
  bool GatherPays(std::uint32_t nodes_end) const {
    const std::size_t last = Last().size();
    return last > nodes_end / 32 && last > (nodes_end - std::min<std::size_t>(count_, nodes_end)) / 8;
  }

 private:
  static constexpr std::size_t kListsAtOnce = 256;
  static constexpr std::uint32_t kNodesAtOnce = 1 << 12;

  template <NeighbourSource Source>
  bool GatherRange(Source& backward, NodeId first, NodeId end, const NodeBits& last, Polling& polling);

  void AddNew(std::span<const NodeId> nodes);
  template <class Accepts>
  void Reject(std::size_t begin, Accepts accepts);

  NodeBits bits_;
  std::vector<NodeId> nodes_;  // the first count_ of them; behind is room
  std::size_t count_ = 0;
  std::vector<std::size_t> begins_ = {0};  // of each level
  std::vector<NodeId> rejected_;           // have their bit, so that they are judged once
};

// Without a branch on whether a node is new, which no processor could foretell.
inline void Levels::AddNew(std::span<const NodeId> nodes) {
  if (nodes_.size() < count_ + nodes.size()) nodes_.resize(std::max(2 * nodes_.size(), count_ + nodes.size()));
  NodeId* at = nodes_.data() + count_;
  for (const NodeId node : nodes) {
    *at = node;
    at += bits_.Add(node);
  }
  count_ = static_cast<std::size_t>(at - nodes_.data());
}

template <class Accepts>
void Levels::Reject(std::size_t begin, Accepts accepts) {
  std::size_t kept = begin;
  for (std::size_t i = begin; i < count_; ++i) {
    const NodeId node = nodes_[i];
    if (accepts(node)) {
      nodes_[kept++] = node;
    } else {
      rejected_.push_back(node);
    }
  }
  count_ = kept;
}

template <NeighbourSource Source, class Accepts, class Seen>
bool Levels::Step(Source& source, Accepts accepts, Seen seen, Polling& polling) {
  const std::size_t first = begins_.back();
  const std::size_t end = count_;
  begins_.push_back(end);
  std::array<NodeId, kListsAtOnce> from;  // a copy: nodes_ grows meanwhile
  bool goes_on = true;
  for (std::size_t i = first; i < end && goes_on; i += kListsAtOnce) {
    const std::size_t size = std::min(kListsAtOnce, end - i);
    std::copy_n(nodes_.data() + i, size, from.data());
    const std::size_t before = count_;
    source.Expand(std::span<const NodeId>(from.data(), size), [&](std::size_t, std::span<const NodeId> nodes) {
      goes_on = polling.GoesOn(Polling::kListWork + nodes.size());
      if (goes_on) AddNew(nodes);
      return goes_on;
    });
    Reject(before, accepts);
    if (polling.ReleaseIsDue()) source.Release();
    goes_on = goes_on && source.status().ok() && seen(Reached().subspan(before));
  }
  return goes_on;
}

template <NeighbourSource Source, class Accepts, class Seen>
bool Levels::Gather(Source& backward, Accepts accepts, Seen seen, Polling& polling) {
  const std::uint32_t nodes_end = backward.nodes_end();
  NodeBits last(nodes_end);
  for (const NodeId node : Last()) last.Add(node);
  begins_.push_back(count_);
  for (std::uint32_t first = 0; first < nodes_end;) {
    const std::uint32_t end = first + std::min(kNodesAtOnce, nodes_end - first);
    const std::size_t before = count_;
    const bool goes_on = GatherRange(backward, {first}, {end}, last, polling);
    Reject(before, accepts);
    if (polling.ReleaseIsDue()) backward.Release();
    if (!goes_on || !backward.status().ok() || !seen(Reached().subspan(before))) return false;
    first = end;
  }
  return true;
}

template <NeighbourSource Source>
bool Levels::GatherRange(Source& backward, NodeId first, NodeId end, const NodeBits& last, Polling& polling) {
  bool goes_on = polling.GoesOn(Polling::kListWork);
  backward.ForEachList(first, end, [&](NodeId node, std::span<const NodeId> nodes) {
    if (bits_.Has(node)) return true;
    const auto found = std::ranges::find_if(nodes, [&](NodeId other) { return last.Has(other); });
    if (found != nodes.end()) AddNew({&node, 1});
    goes_on = polling.GoesOn(Polling::kListWork / 16 + static_cast<std::uint64_t>(found - nodes.begin()));
    return goes_on;
  });
  return goes_on;
}

}  // namespace plenum::traversal
