// What a search reads a graph through. Searches are templates over it, so that the same code runs over the lists of a
// snapshot and over plain arrays.
//
// A source has the lists of one direction. The label that nodes must have is no filter on lists here: it would be
// tested for each relationship, and a search meets a node but once.
#pragma once

#include <bit>
#include <concepts>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

#include "plenum/graph.h"

namespace plenum::traversal {

template <class T>
concept NeighbourSource = requires(T& source, NodeId node, std::span<const NodeId> nodes) {
  { source.nodes_end() } -> std::same_as<std::uint32_t>;
  { source.Accepts(node) } -> std::same_as<bool>;  // may be reached
  { source.Degree(node) } -> std::same_as<std::uint64_t>;
  // As those of Adjacency.
  source.Expand(nodes, [](std::size_t, std::span<const NodeId>) { return true; });
  source.ForEachList(node, node, [](NodeId, std::span<const NodeId>) { return true; });
  source.ForEachListAmong(node, std::uint64_t{}, [](NodeId, std::span<const NodeId>) { return true; });
  source.ForEachRelationshipChunk(node, [](const RelationshipChunk&) { return true; });
  source.Release();  // as GraphReader's
  { source.status() } -> std::convertible_to<const Status&>;
};

// The lists of a snapshot.
class AdjacencySource {
 public:
  AdjacencySource(GraphReader& reader, const AdjacencyOptions& options)
      : reader_(reader), label_(options.label), adjacency_(reader, WithoutLabel(options)) {}

  std::uint32_t nodes_end() const { return reader_.snapshot().nodes_end(); }
  bool Accepts(NodeId node) { return !label_ || reader_.HasLabel(node, *label_); }
  std::uint64_t Degree(NodeId node) { return adjacency_.Degree(node); }
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    adjacency_.Expand(from, visit);
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) {
    adjacency_.ForEachList(first, end, visit);
  }
  template <class Visit>
  void ForEachListAmong(NodeId first, std::uint64_t which, Visit&& visit) {
    adjacency_.ForEachListAmong(first, which, visit);
  }
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) {
    adjacency_.ForEachRelationshipChunk(node, visit);
  }
  void Release() { reader_.Release(); }
  const Status& status() const { return reader_.status(); }

 private:
  static AdjacencyOptions WithoutLabel(AdjacencyOptions options) {
    options.label.reset();
    return options;
  }

  GraphReader& reader_;
  const std::optional<LabelId> label_;
  Adjacency adjacency_;
};

// Compressed sparse rows that somebody else keeps: the list of a node is targets[offsets[node]] and on, up to that of
// the next. Relationships are numbered as they stand there.
class ArraySource {
 public:
  ArraySource(std::span<const std::uint64_t> offsets, std::span<const NodeId> targets)
      : offsets_(offsets), targets_(targets) {}

  std::uint32_t nodes_end() const { return static_cast<std::uint32_t>(offsets_.size() - 1); }
  bool Accepts(NodeId) const { return true; }
  std::uint64_t Degree(NodeId node) const { return offsets_[node.value + 1] - offsets_[node.value]; }
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) const {
    for (std::size_t i = 0; i < from.size(); ++i) {
      if (i + 8 < from.size()) __builtin_prefetch(List(from[i + 8]).data());
      if (!visit(i, List(from[i]))) return;
    }
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) const {
    for (NodeId node = first; node < end; ++node.value) {
      if (!visit(node, List(node))) return;
    }
  }
  template <class Visit>
  void ForEachListAmong(NodeId first, std::uint64_t which, Visit&& visit) const {
    for (; which != 0; which &= which - 1) {
      const NodeId node{first.value + static_cast<std::uint32_t>(std::countr_zero(which))};
      if (Degree(node) != 0) visit(node, List(node));
    }
  }
  template <class Visit>
  void ForEachRelationshipChunk(NodeId node, Visit&& visit) const {
    visit({List(node), RelationshipIds{.first = offsets_[node.value]}, TypeId{}, true});
  }
  void Release() const {}
  const Status& status() const { return status_; }

 private:
  std::span<const NodeId> List(NodeId node) const { return targets_.subspan(offsets_[node.value], Degree(node)); }

  std::span<const std::uint64_t> offsets_;
  std::span<const NodeId> targets_;
  const Status status_;
};

}  // namespace plenum::traversal
