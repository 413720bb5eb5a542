// The shortest path between two nodes, over anything that gives neighbours: breadth-first search from both ends (Pohl,
// "Bi-directional search", Machine Intelligence 6, 1971).
//
// Returns the nodes of a shortest path. Each side keeps what it has met as a list, level after level, each entry with
// the place of the one it was met from, and as a bitmap. The side with fewer nodes in its last level goes on. The first
// node that is met from both sides is on a shortest path: before this level nothing was met twice, so that no path is
// shorter than the levels of both sides and one, and none that the meeting closes is longer.
//
// Over any NeighbourSource: a forward one, and one against the relationships' direction.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

#include "engine/traversal/bitmap.h"
#include "engine/traversal/memory_need.h"
#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/workers.h"
#include "plenum/search.h"

namespace plenum::traversal {

template <NeighbourSource Source>
class BidirectionalSearch {
 public:
  BidirectionalSearch(Source& forward, Source& backward, Workers& workers)
      : sides_{Side(forward), Side(backward)}, workers_(workers) {}

  // Of `length_max` relationships at most; empty where there is none. The ends differ.
  Result<std::vector<NodeId>> Run(NodeId from, NodeId to, std::uint32_t length_max) {
    sides_[0].Begin(from);
    sides_[1].Begin(to);
    for (std::uint32_t length = 1; length <= length_max; ++length) {
      const bool forward = sides_[0].LevelSize() <= sides_[1].LevelSize();
      const Result<bool> met = Step(sides_[forward ? 0 : 1], sides_[forward ? 1 : 0], forward ? to : from);
      if (!met) return met.error();
      if (*met) return Joined(forward);
      if (sides_[forward ? 0 : 1].LevelSize() == 0) break;
    }
    return std::vector<NodeId>();
  }

 private:
  static constexpr std::size_t kNodesAtOnce = 256;

  struct Entry {
    NodeId node;
    std::uint32_t from;  // the place of the entry that it was met from
  };
  struct Side {
    explicit Side(Source& its_neighbours) : neighbours(its_neighbours), seen(its_neighbours.nodes_end()) {}
    void Begin(NodeId node) {
      entries.push_back({node, 0});
      seen.Set(node.value);
    }
    std::size_t LevelSize() const { return entries.size() - level; }
    std::uint64_t Bytes() const {
      return seen.words().size() * sizeof(std::uint64_t) + entries.capacity() * sizeof(Entry);
    }

    Source& neighbours;
    Bitmap seen;
    std::vector<Entry> entries;
    std::size_t level = 0;  // where the last level begins
  };

  // One level further; true when a node of the other side was met, the last entry then. `goal`, where the other side
  // began, is always accepted: the path's first node need not be one that may be reached.
  Result<bool> Step(Side& side, const Side& other, NodeId goal) {
    const std::size_t end = side.entries.size();
    bool met = false;
    std::vector<NodeId> nodes;
    for (std::size_t begin = side.level; begin < end && !met; begin += kNodesAtOnce) {
      nodes.clear();
      for (std::size_t i = begin; i < std::min(end, begin + kNodesAtOnce); ++i) nodes.push_back(side.entries[i].node);
      side.neighbours.Expand(nodes, [&](std::size_t i, std::span<const NodeId> chunk) {
        for (const NodeId& node : chunk) {
          if (met || (!side.neighbours.Accepts(node) && node != goal) || !side.seen.Add(node.value)) continue;
          side.entries.push_back({node, static_cast<std::uint32_t>(begin + i)});
          met = other.seen.Test(node.value);
        }
        return !met && workers_.GoesOn(0, Workers::kListWork + chunk.size());
      });
      side.neighbours.Release();
      Status status = workers_.Poll(0);
      if (status.ok()) status = CheckMemory("ShortestPath", workers_.options(), side.Bytes() + other.Bytes());
      if (!status.ok()) return std::move(status).error();
    }
    side.level = end;
    return met;
  }

  std::vector<NodeId> Joined(bool by_forward) const {
    const Side& found = sides_[by_forward ? 0 : 1];
    const Side& other = sides_[by_forward ? 1 : 0];
    const NodeId meeting = found.entries.back().node;
    const auto place = std::ranges::find(other.entries, meeting, &Entry::node);
    std::vector<NodeId> nodes = Back(found, static_cast<std::uint32_t>(found.entries.size() - 1));
    std::ranges::reverse(nodes);  // from the beginning of its side to the meeting
    const std::vector<NodeId> rest = Back(other, static_cast<std::uint32_t>(place - other.entries.begin()));
    nodes.insert(nodes.end(), rest.begin() + 1, rest.end());
    if (!by_forward) std::ranges::reverse(nodes);
    return nodes;
  }
  // From an entry back to where its side began.
  static std::vector<NodeId> Back(const Side& side, std::uint32_t place) {
    std::vector<NodeId> nodes = {side.entries[place].node};
    for (; place != 0; place = side.entries[place].from) nodes.push_back(side.entries[side.entries[place].from].node);
    return nodes;
  }

  Side sides_[2];
  Workers& workers_;
};

}  // namespace plenum::traversal
