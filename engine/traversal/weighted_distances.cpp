// The distances of every node from one: which of the kernels is to find them. See plenum/weighted_paths.h.
#include <cmath>
#include <string>
#include <utility>

#include "engine/traversal/weighted_search.h"
#include "plenum/weighted_paths.h"

namespace plenum {
namespace {

using traversal::Workers;

double ChosenDelta(const Projection& projection) {
  const double degree = static_cast<double>(projection.outgoing().targets.size()) / projection.node_count();
  return traversal::TypicalWeight(projection) / std::max(1.0, degree);
}

Status CheckDelta(double delta) {
  if (delta >= 0 && delta < traversal::kInfinity) return {};
  return Error{ErrorType::kArgumentError, "NumberOutOfRange",
               "delta is " + std::to_string(delta) +
                   "; it is a width in units of weight, so finite and above zero, or zero to have one chosen"};
}

Status FindDistances(const Projection& projection, std::uint32_t source, const WeightedDistancesOptions& options,
                     Workers& workers, std::vector<double>& distances) {
  if (options.method == WeightedMethod::kDijkstra) return traversal::Dijkstra(projection, source, workers, distances);
  const double delta = options.delta > 0 ? options.delta : ChosenDelta(projection);
  return traversal::DeltaStepping(projection, source, delta, workers, distances);
}

}  // namespace

Result<WeightedDistancesResult> WeightedDistances(const Projection& projection, std::uint32_t source,
                                                  const WeightedDistancesOptions& options) {
  Status status = traversal::CheckWeightedSearch(projection, source, source);
  if (status.ok()) status = CheckDelta(options.delta);
  if (!status.ok()) return std::move(status).error();
  WeightedDistancesResult result;
  result.distances.assign(projection.node_count(), traversal::kInfinity);
  Workers workers(options.run, projection.node_count() * std::uint64_t{options.parents ? 2u : 1u});
  status = FindDistances(projection, source, options, workers, result.distances);
  if (status.ok() && options.parents) {
    status = traversal::ShortestPathTree(projection, source, result.distances, workers, result.parents);
  }
  if (!status.ok()) return std::move(status).error();
  return result;
}

}  // namespace plenum
