// The distances of every node from one: which of the kernels is to find them. See plenum/weighted_paths.h.
#include <algorithm>
#include <cmath>
#include <string>
#include <string_view>
#include <utility>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/weighted_search.h"
#include "engine/traversal/whole_graph.h"
#include "plenum/weighted_paths.h"

namespace plenum {
namespace {

using traversal::Workers;

constexpr std::string_view kName = "WeightedDistances";
constexpr std::uint64_t kDeltaSteppingMin = 2048;      // entries of rows: with fewer, a heap is faster than buckets
constexpr std::uint64_t kSeveralThreadsMin = 1 << 20;  // with fewer, all is done before a second thread has begun

// About as wide as measured best: then few nodes are worked off twice, and there is still something to share.
double ChosenDelta(const Projection& projection) {
  const double degree = static_cast<double>(projection.outgoing().targets.size()) / projection.node_count();
  return traversal::TypicalWeight(projection) / std::max(1.0, degree);
}

unsigned ThreadsThatPay(const Projection& projection, const RunOptions& run) {
  return traversal::WithThreadsFor(run, projection.outgoing().targets.size() + projection.node_count()).threads;
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
  const bool pays =
      options.method == WeightedMethod::kDeltaStepping || projection.outgoing().targets.size() >= kSeveralThreadsMin;
  if (pays) workers.Grow(ThreadsThatPay(projection, options.run));
  const double delta = options.delta > 0 ? options.delta : ChosenDelta(projection);
  return traversal::DeltaStepping(projection, source, delta, workers, distances);
}

Result<WeightedDistancesResult> FindAll(const Projection& projection, std::uint32_t source,
                                        const WeightedDistancesOptions& options) {
  Status status = traversal::CheckWeightedSearch(projection, source, source);
  if (status.ok()) status = CheckDelta(options.delta);
  constexpr std::uint64_t kBytesPerNode = 8, kBytesPerNodeWithParents = 20;
  const std::uint64_t bytes_per_node = options.parents ? kBytesPerNodeWithParents : kBytesPerNode;
  if (status.ok()) status = traversal::CheckMemory(kName, options.run, bytes_per_node * projection.node_count());
  if (!status.ok()) return std::move(status).error();
  WeightedDistancesResult result;
  result.distances.assign(projection.node_count(), traversal::kInfinity);
  Workers workers(options.run, projection.node_count() * std::uint64_t{options.parents ? 2u : 1u}, 1);
  status = FindDistances(projection, source, options, workers, result.distances);
  if (status.ok() && options.parents) {
    workers.Grow(ThreadsThatPay(projection, options.run));
    status = traversal::ShortestPathTree(projection, source, result.distances, workers, result.parents);
  }
  if (!status.ok()) return std::move(status).error();
  return result;
}

}  // namespace

Result<WeightedDistancesResult> WeightedDistances(const Projection& projection, std::uint32_t source,
                                                  const WeightedDistancesOptions& options) {
  return traversal::WithinMemory(kName, [&] { return FindAll(projection, source, options); });
}

}  // namespace plenum
