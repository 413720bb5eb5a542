// Distances and trees over a snapshot: see plenum/search.h and breadth_first_search.h.
#include "engine/traversal/breadth_first_search.h"

#include <memory>

#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/start_nodes.h"

namespace plenum {
namespace {

using traversal::AdjacencySource;
using traversal::Found;

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

// What a worker reads through.
struct Reading {
  Reading(const GraphSnapshot& snapshot, const AdjacencyOptions& along) : reader(snapshot), source(reader, along) {}
  GraphReader reader;
  AdjacencySource source;
};

template <Found kFound>
Result<std::vector<std::uint32_t>> Search(const GraphSnapshot& snapshot, NodeId source, const AdjacencyOptions& along,
                                          const RunOptions& options) {
  Reading forward(snapshot, along);
  if (Status status = traversal::CheckNodes(forward.reader, {&source, 1}); !status.ok()) {
    return std::move(status).error();
  }
  const Result<std::uint64_t> entries = CountEntries(snapshot, along);
  if (!entries) return entries.error();
  traversal::Workers workers(options, snapshot.nodes_end());
  std::vector<std::unique_ptr<Reading>> readings;
  std::vector<AdjacencySource*> backward;
  for (unsigned worker = 0; worker < workers.count(); ++worker) {
    readings.push_back(std::make_unique<Reading>(snapshot, traversal::Reversed(along)));
    backward.push_back(&readings.back()->source);
  }
  traversal::BreadthFirstSearch<AdjacencySource, kFound> search(forward.source, backward, *entries, workers);
  auto found = search.Run(source);
  if (!forward.reader.status().ok()) return forward.reader.status().error();
  for (const auto& reading : readings) {
    if (!reading->reader.status().ok()) return reading->reader.status().error();
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
