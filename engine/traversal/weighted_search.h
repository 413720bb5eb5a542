// What the searches for weighted shortest paths share: how weights are judged, and the kernels that
// WeightedDistances chooses from.
#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "engine/traversal/workers.h"
#include "plenum/projection.h"
#include "plenum/status.h"

namespace plenum::traversal {

inline constexpr double kInfinity = std::numeric_limits<double>::infinity();

// Zero or more; not a NaN.
inline bool IsGoodWeight(double weight) { return weight >= 0; }

// What a search returns that has met a weight that is not good: the first such of the projection, so that the message
// does not depend on which search, or thread, met which.
Error BadWeightError(const Projection& projection);

// An error if the projection has no weights, or one of the nodes is none of it.
Status CheckWeightedSearch(const Projection& projection, std::uint32_t source, std::uint32_t target);

// A double that stands for many: the median of a sample of the finite, positive weights, or 1 where there are none.
double TypicalWeight(const Projection& projection);

// The kernels. `distances` has node_count entries, all infinite. They check the weights they meet, nothing else.
Status Dijkstra(const Projection& projection, std::uint32_t source, Workers& workers, std::vector<double>& distances);
// Requires 0 < delta < infinity.
Status DeltaStepping(const Projection& projection, std::uint32_t source, double delta, Workers& workers,
                     std::vector<double>& distances);

// The tree that WeightedDistancesResult::parents tells of, out of the distances.
Status ShortestPathTree(const Projection& projection, std::uint32_t source, const std::vector<double>& distances,
                        Workers& workers, std::vector<std::uint32_t>& parents);

}  // namespace plenum::traversal
