// Returns, for every node, the one before it on its shortest path from one node, given the distances of all.
//
// Method: an edge is on some shortest path if the distance at its start and its weight add up to the distance at its
// end. Breadth-first search over these edges alone (E. F. Moore, "The Shortest Path Through a Maze", 1959) goes round
// no circle, also where weights are zero, and comes to each node on a shortest path of the fewest edges; the smallest
// of the nodes that come to it first is its parent. Level by level, so that threads share a level.
#include <algorithm>
#include <atomic>
#include <cstdint>
#include <vector>

#include "engine/traversal/weighted_search.h"
#include "plenum/weighted_paths.h"

namespace plenum::traversal {
namespace {

constexpr std::uint64_t kGrain = 64;
constexpr std::uint64_t kUnreached = std::numeric_limits<std::uint64_t>::max();

// Puts the lower of the two; whether there was none yet.
bool PutLower(std::uint64_t& place, std::uint64_t claim) {
  const std::atomic_ref shared(place);
  std::uint64_t seen = shared.load(std::memory_order_relaxed);
  while (claim < seen) {
    if (shared.compare_exchange_weak(seen, claim, std::memory_order_relaxed)) return seen == kUnreached;
  }
  return false;
}

}  // namespace

Status ShortestPathTree(const Projection& projection, std::uint32_t source, const std::vector<double>& distances,
                        Workers& workers, std::vector<std::uint32_t>& parents) {
  const Projection::Rows& rows = projection.outgoing();
  std::vector<std::uint64_t> claims(projection.node_count(), kUnreached);  // level << 32 | parent: the lowest wins
  claims[source] = source;
  std::vector<std::uint32_t> level = {source};
  std::vector<std::vector<std::uint32_t>> found(workers.count());  // by each thread
  for (std::uint64_t depth = 1; !level.empty(); ++depth) {
    Status status =
        workers.ForEachRange(level.size(), kGrain, [&](std::uint64_t begin, std::uint64_t end, unsigned worker) {
          for (std::uint64_t place = begin; place < end; ++place) {
            const std::uint32_t node = level[place];
            for (std::uint64_t i = rows.offsets[node]; i < rows.offsets[node + 1]; ++i) {
              const std::uint32_t next = rows.targets[i];
              if (distances[node] + rows.weights[i] != distances[next] || distances[next] == kInfinity) continue;
              if (PutLower(claims[next], depth << 32 | node)) found[worker].push_back(next);
            }
          }
        });
    if (!status.ok()) return status;
    level.clear();
    for (std::vector<std::uint32_t>& nodes : found) {
      level.insert(level.end(), nodes.begin(), nodes.end());
      nodes.clear();
    }
  }
  parents.resize(claims.size());
  Status status = InPieces(workers, claims.size(), [&](std::uint64_t node, std::uint64_t end) {
    for (; node < end; ++node) parents[node] = static_cast<std::uint32_t>(claims[node]);
  });
  parents[source] = WeightedDistancesResult::kNoParent;
  return status;
}

}  // namespace plenum::traversal
