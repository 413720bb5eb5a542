// Plain arrays as searches ask for neighbours: what the same kernel takes without a database under it.
#pragma once

#include <cstdint>
#include <span>

#include "bench/rmat.h"
#include "plenum/value.h"

namespace plenum::bench {

class ArrayNeighbours {
 public:
  explicit ArrayNeighbours(const Csr& rows) : rows_(rows) {}

  std::uint32_t nodes_end() const { return rows_.node_count(); }
  template <class Visit>
  void ForEachChunk(NodeId node, Visit&& visit) {
    static_assert(sizeof(NodeId) == sizeof(std::uint32_t));
    const auto row = rows_.neighbours(node.value);
    if (!row.empty()) visit(std::span(reinterpret_cast<const NodeId*>(row.data()), row.size()));
  }
  template <class Visit>
  void ForEachList(NodeId first, NodeId end, Visit&& visit) {
    for (std::uint32_t node = first.value; node < end.value; ++node) {
      ForEachChunk({node}, [&](std::span<const NodeId> nodes) { visit(NodeId{node}, nodes); });
    }
  }
  template <class Visit>
  void Expand(std::span<const NodeId> from, Visit&& visit) {
    for (std::size_t i = 0; i < from.size(); ++i) {
      ForEachChunk(from[i], [&](std::span<const NodeId> nodes) { visit(i, nodes); });
    }
  }
  bool Accepts(NodeId) const { return true; }
  void Release() {}

 private:
  const Csr& rows_;
};

}  // namespace plenum::bench
