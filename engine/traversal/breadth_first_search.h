// Breadth-first search that changes its direction, over anything that gives neighbours.
//
// Returns, by node, the distance from the source or the parent in a tree of shortest paths; kUnreached for the rest.
//
// A small frontier looks at the neighbours of its nodes. Once these are more than a fraction of all that is left, each
// node not reached yet looks for a neighbour in the frontier instead, and stops at the first: most are found by one or
// two looks (Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First Search", SC 2012, from where the two
// thresholds are).
//
// Over any NeighbourSource: a forward one, and one against the relationships' direction for each worker, which are
// there while large frontiers are.
#pragma once

#include <algorithm>
#include <bit>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <utility>
#include <vector>

#include "engine/traversal/bitmap.h"
#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/workers.h"
#include "plenum/search.h"

namespace plenum::traversal {

enum class Found : std::uint8_t { kDistances, kParents };

template <NeighbourSource Source, Found kFound>
class BreadthFirstSearch {
 public:
  using Open = std::function<std::shared_ptr<Source>()>;

  // `forward` walks from the source on; what `open_backward` opens, one a worker, against it, and accepts what may be
  // reached. The number of relationships there are in all need not be exact. `workers` grow to `threads` when there is
  // something to share.
  BreadthFirstSearch(Source& forward, Open open_backward, std::uint64_t relationships, Workers& workers,
                     unsigned threads)
      : forward_(forward),
        open_backward_(std::move(open_backward)),
        workers_(workers),
        threads_(threads),
        unexplored_(relationships),
        nodes_end_(forward.nodes_end()),
        found_(nodes_end_, kUnreached),
        left_(0) {}

  Result<std::vector<std::uint32_t>> Run(NodeId source) {
    found_[source.value] = kFound == Found::kParents ? source.value : 0;
    std::vector<NodeId> frontier = {source};
    std::uint64_t frontier_edges = DegreesOf(frontier);
    while (!frontier.empty()) {
      Status status = workers_.Poll(0);
      if (!status.ok()) return std::move(status).error();
      if (frontier_edges > unexplored_ / kAlpha && frontier.size() > kFrontierMin) {
        status = StepUpWhileLarge(frontier);
        frontier_edges = 1;
      } else {
        unexplored_ -= std::min(unexplored_, frontier_edges);
        status = StepDown(frontier);
        frontier_edges = DegreesOf(frontier);
      }
      if (!status.ok()) return std::move(status).error();
    }
    return std::move(found_);
  }

 private:
  static constexpr std::uint64_t kAlpha = 15;
  static constexpr std::uint32_t kBeta = 18;
  static constexpr std::size_t kFrontierMin = 32;     // below, the bitmaps cost more than they save
  static constexpr std::size_t kNodesAtOnce = 512;    // between calls of Release
  static constexpr std::uint32_t kGrain = 4 * 1024;   // nodes a worker takes at once
  static constexpr std::uint64_t kWorkOfPoll = 4096;  // entries
  static constexpr std::size_t kSampleMin = 256;      // of larger frontiers, some degrees are looked at

  std::uint32_t Mark(NodeId parent) const { return kFound == Found::kParents ? parent.value : depth_ + 1; }

  // About how many relationships the nodes have.
  std::uint64_t DegreesOf(const std::vector<NodeId>& nodes) {
    const std::size_t step = nodes.size() / kSampleMin + 1;
    std::uint64_t degrees = 0;
    for (std::size_t i = 0; i < nodes.size() && workers_.GoesOn(0, Workers::kListWork); i += step) {
      degrees += forward_.Degree(nodes[i]);
    }
    return degrees * step;
  }

  // From the frontier to its neighbours.
  Status StepDown(std::vector<NodeId>& frontier) {
    std::vector<NodeId> next;
    Status status;
    for (std::size_t begin = 0; begin < frontier.size() && status.ok(); begin += kNodesAtOnce) {
      const std::size_t size = std::min(kNodesAtOnce, frontier.size() - begin);
      const std::span<const NodeId> some(frontier.data() + begin, size);
      forward_.Expand(some, [&](std::size_t i, std::span<const NodeId> chunk) {
        for (const NodeId& node : chunk) {
          if (found_[node.value] != kUnreached || !forward_.Accepts(node)) continue;
          found_[node.value] = Mark(some[i]);
          next.push_back(node);
        }
        return workers_.GoesOn(0, Workers::kListWork + chunk.size());
      });
      forward_.Release();
      workers_.AddWork(size);
      status = workers_.Poll(0);
    }
    frontier.swap(next);
    ++depth_;
    return status;
  }

  // Steps up as long as the frontier is large, or grows; it is a list of nodes before and after.
  Status StepUpWhileLarge(std::vector<NodeId>& frontier) {
    workers_.Grow(threads_);
    std::vector<std::shared_ptr<Source>> backward;
    for (unsigned worker = 0; worker < workers_.count(); ++worker) backward.push_back(open_backward_());
    if (left_.words().empty()) {
      left_ = Bitmap(nodes_end_);
      std::ranges::fill(left_.words(), ~std::uint64_t{0});
    }
    FindLeft();
    Bitmap current(nodes_end_);
    Bitmap next(nodes_end_);
    for (const NodeId node : frontier) current.Set(node.value);
    std::uint64_t size = frontier.size();
    std::uint64_t previous = 0;
    do {
      previous = size;
      if (Status status = StepUp(current, next, size, backward); !status.ok()) return status;
      current.Swap(next);
    } while (size != 0 && (size >= previous || size > nodes_end_ / kBeta));
    frontier.clear();
    for (std::uint32_t word = 0; size != 0 && word < current.words().size(); ++word) {
      for (std::uint64_t rest = current.words()[word]; rest != 0; rest &= rest - 1) {
        frontier.push_back({word * Bitmap::kWordBits + static_cast<std::uint32_t>(std::countr_zero(rest))});
      }
    }
    return {};
  }

  // Each node not reached yet looks for a neighbour in the frontier; `size` is how many found one.
  Status StepUp(const Bitmap& frontier, Bitmap& next, std::uint64_t& size,
                std::span<const std::shared_ptr<Source>> backward) {
    std::vector<std::uint64_t> sizes(workers_.count(), 0);
    Status status =
        workers_.ForEachRange(nodes_end_, kGrain, [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
          const NodeId first{static_cast<std::uint32_t>(begin)}, behind{static_cast<std::uint32_t>(end)};
          sizes[worker] += LookUp(frontier, next, first, behind, *backward[worker], worker);
          backward[worker]->Release();
          if (worker == 0) forward_.Release();
        });
    for (const std::shared_ptr<Source>& each : backward) {
      if (status.ok() && !each->status().ok()) status = each->status().error();
    }
    size = 0;
    for (const std::uint64_t each : sizes) size += each;
    ++depth_;
    return status;
  }

  // The nodes from `first` on and before `end`, whose words of `next` and `left_` are nobody else's; how many found
  // one. Whoever has no list, or may not be reached, is not asked again.
  std::uint64_t LookUp(const Bitmap& frontier, Bitmap& next, NodeId first, NodeId end, Source& neighbours,
                       unsigned worker) {
    std::uint64_t size = 0;
    std::uint64_t looked = 0;  // since the last poll
    bool goes_on = true;
    const std::size_t words_end = Bitmap::WordCount(end.value);
    for (std::size_t word = first.value / Bitmap::kWordBits; word < words_end && goes_on; ++word) {
      const NodeId base{static_cast<std::uint32_t>(word * Bitmap::kWordBits)};
      std::uint64_t have_lists = 0;
      std::uint64_t reached = 0;
      neighbours.ForEachListAmong(base, left_.words()[word], [&](NodeId node, std::span<const NodeId> chunk) {
        if (!goes_on || !neighbours.Accepts(node)) return false;
        const std::uint64_t bit = std::uint64_t{1} << (node.value - base.value);
        have_lists |= bit;
        std::size_t i = 0;
        while (i < chunk.size() && !frontier.Test(chunk[i].value)) ++i;
        looked += i + 1;
        if (looked >= kWorkOfPoll) goes_on = workers_.GoesOn(worker, std::exchange(looked, 0));
        if (i == chunk.size()) return true;
        found_[node.value] = Mark(chunk[i]);
        reached |= bit;
        return false;
      });
      next.words()[word] = reached;
      left_.words()[word] = have_lists & ~reached;
      size += static_cast<std::uint64_t>(std::popcount(reached));
    }
    return size;
  }

  // Of those that are left as far as steps up know, the ones that no step down has reached.
  void FindLeft() {
    for (std::uint32_t word = 0; word < left_.words().size(); ++word) {
      const std::uint32_t base = word * Bitmap::kWordBits;
      const std::uint32_t count = std::min(Bitmap::kWordBits, nodes_end_ - base);
      std::uint64_t unreached = 0;
      for (std::uint32_t i = 0; i < count; ++i) {
        unreached |= std::uint64_t{found_[base + i] == kUnreached} << i;
      }
      left_.words()[word] &= unreached;
    }
  }

  Source& forward_;
  const Open open_backward_;
  Workers& workers_;
  const unsigned threads_;
  std::uint64_t unexplored_;
  const std::uint32_t nodes_end_;
  std::uint32_t depth_ = 0;  // of the frontier
  std::vector<std::uint32_t> found_;
  Bitmap left_;  // who may still be reached; empty before the first step up
};

}  // namespace plenum::traversal
