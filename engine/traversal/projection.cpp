// Rows out of edges. See plenum/projection.h.
#include "plenum/projection.h"

#include <algorithm>
#include <cassert>
#include <numeric>
#include <tuple>

namespace plenum {
namespace {

using Edge = Projection::Edge;

// One half of an edge: what one of its ends has in its row.
Edge Reversed(const Edge& edge) { return {edge.to, edge.from, edge.weight, edge.relationship}; }

// Sorted by (from, to, relationship).
Projection::Rows RowsOf(std::uint32_t node_count, std::vector<Edge> edges, const Projection::Form& form) {
  std::ranges::stable_sort(edges, {},
                           [](const Edge& edge) { return std::tuple(edge.from, edge.to, edge.relationship); });
  Projection::Rows rows;
  rows.offsets.assign(std::size_t{node_count} + 1, 0);
  rows.targets.reserve(edges.size());
  for (const Edge& edge : edges) {
    ++rows.offsets[edge.from + 1];
    rows.targets.push_back(edge.to);
    if (form.weights) rows.weights.push_back(edge.weight);
    if (form.relationships) rows.relationships.push_back(edge.relationship);
  }
  std::partial_sum(rows.offsets.begin(), rows.offsets.end(), rows.offsets.begin());
  return rows;
}

}  // namespace

Projection Projection::FromEdges(std::uint32_t node_count, std::span<const Edge> edges, Form form) {
  assert(std::ranges::all_of(edges, [&](const Edge& edge) { return std::max(edge.from, edge.to) < node_count; }));
  Projection projection;
  projection.form_ = form;
  projection.edge_count_ = edges.size();
  std::vector<Edge> reversed;
  if (form.undirected || form.incoming) {
    for (const Edge& edge : edges) {
      if (!form.undirected || edge.from != edge.to) reversed.push_back(Reversed(edge));
    }
  }
  std::vector<Edge> leaving(edges.begin(), edges.end());
  if (form.undirected) {
    leaving.insert(leaving.end(), reversed.begin(), reversed.end());
  } else if (form.incoming) {
    projection.incoming_ = RowsOf(node_count, std::move(reversed), form);
  }
  projection.outgoing_ = RowsOf(node_count, std::move(leaving), form);
  return projection;
}

std::uint64_t Projection::memory_bytes() const {
  const auto bytes_of = [](const auto& array) { return array.capacity() * sizeof(array[0]); };
  std::uint64_t bytes = bytes_of(ids_);
  for (const Rows* rows : {&outgoing_, &incoming_}) {
    bytes +=
        bytes_of(rows->offsets) + bytes_of(rows->targets) + bytes_of(rows->weights) + bytes_of(rows->relationships);
  }
  return bytes;
}

std::optional<std::uint32_t> Projection::IndexOf(NodeId node) const {
  if (ids_.empty()) return node.value < node_count() ? std::optional(node.value) : std::nullopt;
  const auto found = std::ranges::lower_bound(ids_, node);
  if (found == ids_.end() || *found != node) return std::nullopt;
  return static_cast<std::uint32_t>(found - ids_.begin());
}

}  // namespace plenum
