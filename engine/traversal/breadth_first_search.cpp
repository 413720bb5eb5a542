// Distances and trees over a snapshot: see plenum/search.h and breadth_first_search.h.
#include "engine/traversal/breadth_first_search.h"

#include <memory>

#include "engine/traversal/snapshot_neighbours.h"

namespace plenum {
namespace {

using traversal::Found;
using traversal::SnapshotNeighbours;

// Counted once for each list that it stands in.
Result<std::uint64_t> CountEntries(const GraphSnapshot& snapshot, const AdjacencyOptions& along) {
  std::uint64_t count = 0;
  for (const TypeId type : along.types.empty() ? snapshot.Types() : along.types) {
    const Result<std::uint64_t> of_type = snapshot.CountRelationships(type);
    if (!of_type) return of_type;
    count += *of_type * (along.direction == Direction::kEither ? 2 : 1);
  }
  return count;
}

template <Found kFound>
Result<std::vector<std::uint32_t>> Search(const GraphSnapshot& snapshot, NodeId source, const AdjacencyOptions& along,
                                          const RunOptions& options) {
  SnapshotNeighbours forward(snapshot, along);
  if (Status status = forward.CheckExists(source); !status.ok()) return std::move(status).error();
  const Result<std::uint64_t> entries = CountEntries(snapshot, along);
  if (!entries) return entries.error();
  traversal::Workers workers(options, snapshot.nodes_end());
  std::vector<std::unique_ptr<SnapshotNeighbours>> readers;
  std::vector<SnapshotNeighbours*> backward;
  for (unsigned worker = 0; worker < workers.count(); ++worker) {
    readers.push_back(std::make_unique<SnapshotNeighbours>(snapshot, traversal::Reversed(along), along.label));
    backward.push_back(readers.back().get());
  }
  traversal::BreadthFirstSearch<SnapshotNeighbours, kFound> search(forward, backward, *entries, workers);
  auto found = search.Run(source);
  if (!forward.status().ok()) return forward.status().error();
  for (const auto& reader : readers) {
    if (!reader->status().ok()) return reader->status().error();
  }
  return found;
}

}  // namespace

Result<std::vector<std::uint32_t>> Distances(const GraphSnapshot& snapshot, NodeId source,
                                             const AdjacencyOptions& along, const RunOptions& options) {
  return Search<Found::kDistances>(snapshot, source, along, options);
}

Result<std::vector<std::uint32_t>> ShortestPathTree(const GraphSnapshot& snapshot, NodeId source,
                                                    const AdjacencyOptions& along, const RunOptions& options) {
  return Search<Found::kParents>(snapshot, source, along, options);
}

}  // namespace plenum
