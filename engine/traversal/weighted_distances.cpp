// The distances of every node from one: which of the kernels is to find them. See plenum/weighted_paths.h.
#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "engine/traversal/weighted_search.h"
#include "plenum/weighted_paths.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::uint64_t kDeltaSteppingMin = 2048;      // entries of rows: with fewer, a heap is faster than buckets
constexpr std::uint64_t kSeveralThreadsMin = 1 << 20;  // with fewer, all is done before a second thread has begun

// About as wide as measured best: then few nodes are worked off twice, and there is still something to share.
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
  const bool few =
      options.method == WeightedMethod::kAutomatic && projection.outgoing().targets.size() < kDeltaSteppingMin;
  if (few || options.method == WeightedMethod::kDijkstra) {
    return traversal::Dijkstra(projection, source, workers, distances);
  }
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
  RunOptions run = options.run;
  if (options.method == WeightedMethod::kAutomatic && projection.outgoing().targets.size() < kSeveralThreadsMin) {
    run.threads = 1;
  }
  Workers workers(run, projection.node_count() * std::uint64_t{options.parents ? 2u : 1u});
  status = FindDistances(projection, source, options, workers, result.distances);
  if (status.ok() && options.parents) {
    status = traversal::ShortestPathTree(projection, source, result.distances, workers, result.parents);
  }
  if (!status.ok()) return std::move(status).error();
  return result;
}

}  // namespace plenum
