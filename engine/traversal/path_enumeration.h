// Each path from a node, depth first: the plain search with backtracking, on a stack of its own.
//
// For each node on the path there is a copy of what is left of its list, so that no list must stay in memory. Whether a
// node or relationship is on the path already is mostly told by a table of how many there are by the low bits of their
// ids: where there is none, it is not. Else the path is read.
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/polling.h"
#include "plenum/paths.h"

namespace plenum::traversal {

// The nodes, or relationships, of a path, in order.
template <class Id>
class PathElements {
 public:
  std::span<const Id> all() const { return all_; }
  bool Has(Id id) const { return counts_[Bucket(id)] != 0 && std::ranges::find(all_, id) != all_.end(); }
  void Push(Id id) {
    all_.push_back(id);
    ++counts_[Bucket(id)];
    if (all_.size() > counts_.size() / kBucketsEach) Grow();
  }
  void Pop() {
    --counts_[Bucket(all_.back())];
    all_.pop_back();
  }

 private:
  static constexpr std::size_t kBucketsEach = 8;  // at least so many for each element

  std::size_t Bucket(Id id) const { return id.value & (counts_.size() - 1); }
  void Grow() {
    counts_.assign(2 * counts_.size(), 0);
    for (const Id id : all_) ++counts_[Bucket(id)];
  }

  std::vector<Id> all_;
  std::vector<std::uint32_t> counts_ = std::vector<std::uint32_t>(256);  // as many as a power of two
};

template <NeighbourSource Source>
class PathEnumeration {
 public:
  PathEnumeration(Source& source, Hops hops, PathMode mode, Polling& polling)
      : source_(source), hops_(hops), mode_(mode), polling_(polling) {}

  // visit(PathView) -> bool; false ends it.
  template <class Visit>
  void Run(NodeId from, Visit visit);

 private:
  struct Entry {
    NodeId node;
    RelationshipId relationship;
  };
  struct Choices {  // what is left of the list of a node on the path
    std::size_t begin;
    std::size_t next;
    std::size_t end;
  };

  void OpenList(NodeId node);
  bool Allows(const Entry& entry) const;
  bool IsClosed() const { return nodes_.all().size() > 1 && nodes_.all().front() == nodes_.all().back(); }
  void Push(const Entry& entry) {
    nodes_.Push(entry.node);
    relationships_.Push(entry.relationship);
  }
  void Pop() {
    nodes_.Pop();
    relationships_.Pop();
  }
  void Tell() {  // by how much of the first list has been tried
    polling_.Tell(static_cast<double>(open_.front().next) / (static_cast<double>(open_.front().end) + 1));
  }

  Source& source_;
  const Hops hops_;
  const PathMode mode_;
  Polling& polling_;
  PathElements<NodeId> nodes_;
  PathElements<RelationshipId> relationships_;
  std::vector<Choices> open_;
  std::vector<Entry> entries_;  // of all open lists, one after the other
};

template <NeighbourSource Source>
template <class Visit>
void PathEnumeration<Source>::Run(NodeId from, Visit visit) {
  const auto passes_on = [&] {
    const std::span<const RelationshipId> relationships = relationships_.all();
    return relationships.size() < hops_.least || visit(PathView{nodes_.all(), relationships});
  };
  if (hops_.least > hops_.most) return;
  nodes_.Push(from);
  if (!passes_on() || hops_.most == 0) return;
  OpenList(from);
  while (polling_.GoesOn(1) && source_.status().ok()) {
    Choices& choices = open_.back();
    if (choices.next == choices.end) {
      entries_.resize(choices.begin);
      open_.pop_back();
      if (open_.empty()) return;
      Pop();
      continue;
    }
    const Entry entry = entries_[choices.next++];
    if (!Allows(entry)) continue;
    Push(entry);
    if (!passes_on()) return;
    if (relationships_.all().size() < hops_.most && !(mode_ == PathMode::kSimple && IsClosed())) {
      Tell();
      OpenList(entry.node);
    } else {
      Pop();
    }
  }
}

template <NeighbourSource Source>
void PathEnumeration<Source>::OpenList(NodeId node) {
  const std::size_t begin = entries_.size();
  source_.ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
    for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
      if (source_.Accepts(chunk.nodes[i])) entries_.push_back({chunk.nodes[i], chunk.relationships[i]});
    }
    return polling_.GoesOn(chunk.nodes.size());
  });
  (void)polling_.GoesOn(Polling::kListWork);  // if it says no, it will again
  if (polling_.ReleaseIsDue()) source_.Release();
  open_.push_back({begin, begin, entries_.size()});
}

template <NeighbourSource Source>
bool PathEnumeration<Source>::Allows(const Entry& entry) const {
  switch (mode_) {
    case PathMode::kWalk:
      return true;
    case PathMode::kTrail:
      return !relationships_.Has(entry.relationship);
    case PathMode::kSimple:
      // Back at the first node; along the first relationship, if there is but that, would be no trail.
      if (entry.node == nodes_.all().front()) return !relationships_.Has(entry.relationship);
      return !nodes_.Has(entry.node);
    case PathMode::kAcyclic:
      return !nodes_.Has(entry.node);
  }
  return false;
}

}  // namespace plenum::traversal
