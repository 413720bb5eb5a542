// Distances from up to 64 sources at once: breadth-first searches that share what they read. A word a node has a bit
// for each source (Then, Kaufmann, Chirigati, Hoang-Vu, Pham, Kemper, Neumann and Vo, "The More the Merrier: Efficient
// Multi-Source Graph Traversal", VLDB 2014).
//
// While few nodes are on the frontier, they hand their bits on to their neighbours, and lists say which words are not
// 0, so that a level costs what it reads. While they are many, each node that some source has not reached gathers the
// bits of its own neighbours, in one pass over the lists as they lie in memory, until it has all there are to have
// (Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First Search", SC 2012).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/polling.h"

namespace plenum::traversal {

template <NeighbourSource Source>
class MultiSourceSearch {
 public:
  static constexpr std::size_t kSourcesAtOnce = 64;

  // `backward` has the lists of `forward`, from the other ends.
  MultiSourceSearch(Source& forward, Source& backward)
      : forward_(forward),
        backward_(backward),
        seen_(forward.nodes_end()),
        frontier_(forward.nodes_end()),
        next_(forward.nodes_end()) {}

  // reached(node, which): the sources that have the node at the current distance. level(distance): that was all of it.
  // Returns false if the poll or reading ended it. Requires at most 64 sources.
  template <class Reached, class Level>
  bool Run(std::span<const NodeId> sources, std::uint32_t hops_most, Reached reached, Level level, Polling& polling);

 private:
  static constexpr std::size_t kListsAtOnce = 256;
  static constexpr std::uint32_t kNodesAtOnce = 1 << 12;
  // One in so many nodes on the frontier are many.
  static constexpr std::uint32_t kManyOf = 8;

  bool Begin(std::span<const NodeId> sources, Polling& polling);
  static bool Fill(std::vector<std::uint64_t>& words, std::uint64_t word, Polling& polling);
  bool HandOn(Polling& polling);
  template <class Reached>
  bool KeepTouched(Reached& reached, Polling& polling);
  template <class Reached>
  bool Gather(Reached& reached, Polling& polling);
  bool GatherRange(NodeId first, NodeId end, Polling& polling);

  // next_[node], without the sources that had the node before.
  template <class Reached>
  void Keep(NodeId node, Reached& reached) {
    std::uint64_t fresh = next_[node.value] & ~seen_[node.value];
    if (fresh != 0 && !forward_.Accepts(node)) {
      seen_[node.value] = ~std::uint64_t{0};
      fresh = 0;
    }
    next_[node.value] = fresh;
    if (fresh == 0) return;
    seen_[node.value] |= fresh;
    next_alive_ |= fresh;
    active_.push_back(node);
    reached(node, fresh);
  }

  Source& forward_;
  Source& backward_;
  // By node. Bits without a source count as seen.
  std::vector<std::uint64_t> seen_;
  std::vector<std::uint64_t> frontier_;
  std::vector<std::uint64_t> next_;
  std::vector<NodeId> active_;   // whose frontier_ is not 0
  std::vector<NodeId> touched_;  // the first touched_count_: whose next_ is not 0
  std::size_t touched_count_ = 0;
  std::uint64_t alive_ = 0;  // the bits that are somewhere on the frontier
  std::uint64_t next_alive_ = 0;
};

template <NeighbourSource Source>
template <class Reached, class Level>
bool MultiSourceSearch<Source>::Run(std::span<const NodeId> sources, std::uint32_t hops_most, Reached reached,
                                    Level level, Polling& polling) {
  if (!Begin(sources, polling)) return false;
  for (const NodeId node : active_) reached(node, frontier_[node.value]);
  level(0);
  for (std::uint32_t distance = 1; distance <= hops_most && !active_.empty(); ++distance) {
    next_alive_ = 0;
    if (active_.size() < forward_.nodes_end() / kManyOf) {
      if (!HandOn(polling) || !KeepTouched(reached, polling)) return false;
    } else if (!Gather(reached, polling)) {
      return false;
    }
    alive_ = next_alive_;
    frontier_.swap(next_);
    if (!active_.empty()) level(distance);
  }
  return true;
}

template <NeighbourSource Source>
bool MultiSourceSearch<Source>::Begin(std::span<const NodeId> sources, Polling& polling) {
  alive_ = sources.size() < 64 ? (std::uint64_t{1} << sources.size()) - 1 : ~std::uint64_t{0};
  if (!Fill(seen_, ~alive_, polling) || !Fill(frontier_, 0, polling) || !Fill(next_, 0, polling)) return false;
  active_.clear();
  for (std::size_t i = 0; i < sources.size(); ++i) {
    std::uint64_t& word = frontier_[sources[i].value];
    if (word == 0) active_.push_back(sources[i]);
    word |= std::uint64_t{1} << i;
    seen_[sources[i].value] |= word;
  }
  return true;
}

template <NeighbourSource Source>
bool MultiSourceSearch<Source>::Fill(std::vector<std::uint64_t>& words, std::uint64_t word, Polling& polling) {
  constexpr std::size_t kWordsAtOnce = 1 << 14;
  for (std::size_t begin = 0; begin < words.size(); begin += kWordsAtOnce) {
    std::fill_n(words.begin() + static_cast<std::ptrdiff_t>(begin), std::min(kWordsAtOnce, words.size() - begin), word);
    if (!polling.GoesOn(kWordsAtOnce / 16)) return false;
  }
  return true;
}

// Of next_ it leaves what was seen before; the frontier is done with.
template <NeighbourSource Source>
bool MultiSourceSearch<Source>::HandOn(Polling& polling) {
  touched_count_ = 0;
  bool goes_on = true;
  for (std::size_t i = 0; i < active_.size() && goes_on; i += kListsAtOnce) {
    const std::span<const NodeId> from(active_.data() + i, std::min(kListsAtOnce, active_.size() - i));
    forward_.Expand(from, [&](std::size_t k, std::span<const NodeId> nodes) {
      goes_on = polling.GoesOn(Polling::kListWork + nodes.size());
      if (!goes_on) return false;
      if (touched_.size() < touched_count_ + nodes.size()) touched_.resize(2 * (touched_count_ + nodes.size()));
      NodeId* at = touched_.data() + touched_count_;
      const std::uint64_t bits = frontier_[from[k].value];
      for (const NodeId node : nodes) {
        const std::uint64_t before = std::exchange(next_[node.value], next_[node.value] | bits);
        *at = node;
        at += before == 0 ? 1 : 0;
      }
      touched_count_ = static_cast<std::size_t>(at - touched_.data());
      return true;
    });
    if (polling.ReleaseIsDue()) forward_.Release();
    goes_on = goes_on && forward_.status().ok();
  }
  for (const NodeId node : active_) frontier_[node.value] = 0;
  return goes_on;
}

template <NeighbourSource Source>
template <class Reached>
bool MultiSourceSearch<Source>::KeepTouched(Reached& reached, Polling& polling) {
  active_.clear();
  for (std::size_t begin = 0; begin < touched_count_; begin += kNodesAtOnce) {
    const std::size_t end = std::min<std::size_t>(begin + kNodesAtOnce, touched_count_);
    for (std::size_t i = begin; i < end; ++i) Keep(touched_[i], reached);
    if (!polling.GoesOn(end - begin)) return false;
  }
  return true;
}

template <NeighbourSource Source>
template <class Reached>
bool MultiSourceSearch<Source>::Gather(Reached& reached, Polling& polling) {
  active_.clear();
  const std::uint32_t nodes_end = forward_.nodes_end();
  for (std::uint32_t first = 0; first < nodes_end;) {
    const std::uint32_t end = first + std::min(kNodesAtOnce, nodes_end - first);
    if (!GatherRange({first}, {end}, polling) || !backward_.status().ok()) return false;
    for (NodeId node{first}; node.value < end; ++node.value) {
      if (next_[node.value] != 0) Keep(node, reached);
    }
    if (polling.ReleaseIsDue()) backward_.Release();
    first = end;
  }
  return Fill(frontier_, 0, polling);
}

template <NeighbourSource Source>
bool MultiSourceSearch<Source>::GatherRange(NodeId first, NodeId end, Polling& polling) {
  constexpr std::size_t kAtOnce = 4;  // between looks whether there is more to gather
  bool goes_on = polling.GoesOn(Polling::kListWork);
  const std::uint64_t* const frontier = frontier_.data();
  backward_.ForEachList(first, end, [&](NodeId node, std::span<const NodeId> nodes) {
    const std::uint64_t missing = alive_ & ~seen_[node.value] & ~next_[node.value];
    if (missing == 0) return true;
    std::uint64_t found = 0;
    std::size_t i = 0;
    for (; i + kAtOnce <= nodes.size() && (missing & ~found) != 0; i += kAtOnce) {
      found |= frontier[nodes[i].value] | frontier[nodes[i + 1].value] | frontier[nodes[i + 2].value] |
               frontier[nodes[i + 3].value];
    }
    if ((missing & ~found) != 0) {
      for (; i < nodes.size(); ++i) found |= frontier[nodes[i].value];
    }
    next_[node.value] |= found;
    goes_on = polling.GoesOn(Polling::kListWork / 16 + i);
    return goes_on;
  });
  return goes_on;
}

}  // namespace plenum::traversal
