// The nodes within some hops of the nearest of some nodes, distance by distance, each once: breadth-first search from
// the frontier to its neighbours; where much of the graph is on the frontier, from those not reached yet to theirs
// (Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First Search", SC 2012).
#pragma once

#include <cstdint>
#include <span>

#include "engine/traversal/levels.h"
#include "plenum/paths.h"

namespace plenum::traversal {

// `backward` has the lists of `source` from the other ends. visit(nodes, distance) for each distance within `hops` that
// any node has; false ends it. Returns false if it was ended before its time: by `visit`, by the poll or by reading.
template <NeighbourSource Source, class Visit>
bool VisitNeighbourhood(Source& source, Source& backward, Levels& levels, std::span<const NodeId> from, Hops hops,
                        Visit visit, Polling& polling) {
  if (hops.least > hops.most) return true;
  levels.Begin(from);
  const auto accepts = [&](NodeId node) { return source.Accepts(node); };
  const auto seen = [&](std::span<const NodeId>) {
    polling.Tell(static_cast<double>(levels.Reached().size()) / source.nodes_end());
    return true;
  };
  while (!levels.Last().empty()) {
    if (levels.depth() >= hops.least && levels.depth() <= hops.most && !visit(levels.Last(), levels.depth()))
      return false;
    if (levels.depth() >= hops.most) return true;
    const bool whole = levels.GatherPays(source.nodes_end()) ? levels.Gather(backward, accepts, seen, polling)
                                                             : levels.Step(source, accepts, seen, polling);
    if (!whole) return false;
  }
  return true;
}

}  // namespace plenum::traversal
