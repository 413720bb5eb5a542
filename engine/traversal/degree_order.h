// The nodes in descending order of degree. Triangles are found fast in this order: when each node keeps only those of
// its neighbours that come before it, no list is longer than the square root of twice the number of edges, however
// many neighbours a hub has (N. Chiba, T. Nishizeki, "Arboricity and Subgraph Listing Algorithms", 1985).
#pragma once

#include <algorithm>
#include <cstdint>
#include <span>
#include <utility>
#include <vector>

#include "engine/traversal/workers.h"
#include "plenum/status.h"

namespace plenum::traversal {

struct DegreeOrder {
  std::vector<std::uint32_t> rank;  // of each node: 0 has the most neighbours; ties keep the order of the indexes
  std::vector<std::uint32_t> node;  // at each rank
};

// One thread where the rows of a projection have so few entries that another takes longer to begin than it saves.
inline RunOptions ThreadsThatPay(RunOptions options, std::uint64_t entries) {
  constexpr std::uint64_t kSharedEntriesMin = 1 << 15;
  if (entries < kSharedEntriesMin) options.threads = 1;
  return options;
}

// A counting sort: time in proportion to the nodes. `degree` is a function of a node's index; parallel edges may count.
template <class Degree>
Result<DegreeOrder> OrderByDegree(std::uint32_t node_count, Degree degree, Workers& workers) {
  const auto bucket_of = [&](std::uint64_t node) {
    return node_count - std::min<std::uint64_t>(node_count, degree(static_cast<std::uint32_t>(node)));
  };
  std::vector<std::uint32_t> buckets(std::size_t{node_count} + 2, 0);  // then: the next rank in each
  Status status = InPieces(workers, node_count, [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) ++buckets[bucket_of(node) + 1];
  });
  if (!status.ok()) return std::move(status).error();
  status = InPieces(workers, buckets.size() - 1, [&](std::uint64_t bucket, std::uint64_t end) {
    for (; bucket < end; ++bucket) buckets[bucket + 1] += buckets[bucket];
  });
  if (!status.ok()) return std::move(status).error();
  DegreeOrder order;
  order.rank.resize(node_count);
  order.node.resize(node_count);
  status = InPieces(workers, node_count, [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) {
      const std::uint32_t rank = buckets[bucket_of(node)]++;
      order.rank[node] = rank;
      order.node[rank] = static_cast<std::uint32_t>(node);
    }
  });
  if (!status.ok()) return std::move(status).error();
  return order;
}

// body(node, worker) for each node, shared between the workers so that each piece has about equally many edges.
// `offsets`: where each node's row begins, as Projection::Rows has them. Counts offsets.back() of work.
template <class Body>
Status ForEachNodeByEdges(Workers& workers, std::span<const std::uint64_t> offsets, Body body) {
  constexpr std::uint64_t kEdgesInPiece = 4096;
  const auto row_starts = offsets.first(offsets.size() - 1);
  return workers.ForEachRange(offsets.back(), kEdgesInPiece,
                              [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
                                auto row = std::ranges::lower_bound(row_starts, begin);
                                for (; row != row_starts.end() && *row < end; ++row) {
                                  body(static_cast<std::uint32_t>(row - row_starts.begin()), worker);
                                }
                              });
}

}  // namespace plenum::traversal
