// The other ends of a node's edges, whatever their directions, for algorithms that take a graph as undirected.
#pragma once

#include <cstdint>

#include "plenum/projection.h"

namespace plenum::traversal {

// visit(other) once for each node that an edge joins with `node`, ascending, but not for itself. Requires incoming
// rows, or an undirected projection.
template <class Visit>
void ForEachNeighbour(const Projection& projection, std::uint32_t node, Visit visit) {
  const auto outgoing = projection.Outgoing(node);
  if (projection.form().undirected) {
    std::uint32_t last = node;
    for (const std::uint32_t other : outgoing) {
      if (other != node && other != last) visit(other);
      last = other;
    }
    return;
  }
  const auto incoming = projection.Incoming(node);
  std::uint32_t last = node;
  for (std::size_t i = 0, k = 0; i < outgoing.size() || k < incoming.size();) {
    const bool leaving = k == incoming.size() || (i < outgoing.size() && outgoing[i] < incoming[k]);
    const std::uint32_t other = leaving ? outgoing[i++] : incoming[k++];
    if (other != node && other != last) visit(other);
    last = other;
  }
}

}  // namespace plenum::traversal
