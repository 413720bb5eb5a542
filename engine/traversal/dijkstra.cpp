// Returns the distance of every node from one, over edges with weights.
//
// Method: the nearest node that is not yet settled is settled, and its edges offer their ends a way; the nearest is
// found by a heap, which may hold a node several times. Edsger W. Dijkstra, "A Note on Two Problems in Connexion with
// Graphs", 1959.
#include <cstdint>
#include <vector>

#include "engine/traversal/quaternary_heap.h"
#include "engine/traversal/weighted_search.h"

namespace plenum::traversal {
namespace {

constexpr std::uint64_t kPopWork = 16;  // in entries of rows

struct Waiting {
  double distance;
  std::uint32_t node;
  bool operator<(const Waiting& other) const { return distance < other.distance; }
};

}  // namespace

Status Dijkstra(const Projection& projection, std::uint32_t source, Workers& workers, std::vector<double>& distances) {
  const Projection::Rows& rows = projection.outgoing();
  QuaternaryHeap<Waiting> heap;
  distances[source] = 0;
  heap.Push({0, source});
  while (!heap.empty()) {
    const Waiting nearest = heap.Pop();
    if (Status status = workers.Poll(kPopWork); !status.ok()) return status;
    if (nearest.distance != distances[nearest.node]) continue;  // it has come nearer since
    const std::uint64_t begin = rows.offsets[nearest.node], end = rows.offsets[nearest.node + 1];
    for (std::uint64_t i = begin; i < end; ++i) {
      if (!IsGoodWeight(rows.weights[i])) return BadWeightError(projection);
      const double distance = nearest.distance + rows.weights[i];
      if (!(distance < distances[rows.targets[i]])) continue;
      distances[rows.targets[i]] = distance;
      heap.Push({distance, rows.targets[i]});
    }
    workers.AddWork(1);
    if (Status status = workers.Poll(end - begin); !status.ok()) return status;
  }
  return {};
}

}  // namespace plenum::traversal
