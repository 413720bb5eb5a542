// Distances and trees over a snapshot: see plenum/search.h and breadth_first_search.h.
#include "engine/traversal/breadth_first_search.h"

#include <memory>
#include <string_view>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/start_nodes.h"
#include "engine/traversal/whole_graph.h"

namespace plenum {
namespace {

using traversal::AdjacencySource;
using traversal::Found;

constexpr std::string_view Name(Found found) { return found == Found::kDistances ? "Distances" : "ShortestPathTree"; }

// What a thread reads through.
struct Reading {
  Reading(const GraphSnapshot& snapshot, const AdjacencyOptions& along) : reader(snapshot), source(reader, along) {}
  GraphReader reader;
  AdjacencySource source;
};

template <Found kFound>
Result<std::vector<std::uint32_t>> Search(const GraphSnapshot& snapshot, NodeId source, const AdjacencyOptions& along,
                                          const RunOptions& options) {
  constexpr std::uint64_t kBytesPerNode = 13;
  const std::uint64_t nodes_end = snapshot.nodes_end();
  if (Status status = traversal::CheckMemory(Name(kFound), options, kBytesPerNode * nodes_end); !status.ok()) {
    return std::move(status).error();
  }
  Reading forward(snapshot, along);
  if (Status status = traversal::CheckNodes(forward.reader, {&source, 1}); !status.ok()) {
    return std::move(status).error();
  }
  const Result<std::uint64_t> entries = traversal::CountEntries(snapshot, along.types, along.direction);
  if (!entries) return entries.error();
  const auto open_backward = [&] {
    const auto reading = std::make_shared<Reading>(snapshot, traversal::Reversed(along));
    return std::shared_ptr<AdjacencySource>(reading, &reading->source);
  };
  traversal::Workers workers(options, nodes_end, 1);
  const unsigned threads = traversal::WithThreadsFor(options, nodes_end + *entries).threads;
  traversal::BreadthFirstSearch<AdjacencySource, kFound> search(forward.source, open_backward, *entries, workers,
                                                                threads);
  auto found = search.Run(source);
  if (!forward.reader.status().ok()) return forward.reader.status().error();
  return found;
}

}  // namespace

Result<std::vector<std::uint32_t>> Distances(const GraphSnapshot& snapshot, NodeId source,
                                             const AdjacencyOptions& along, const RunOptions& options) {
  return traversal::WithinMemory(Name(Found::kDistances),
                                 [&] { return Search<Found::kDistances>(snapshot, source, along, options); });
}

Result<std::vector<std::uint32_t>> ShortestPathTree(const GraphSnapshot& snapshot, NodeId source,
                                                    const AdjacencyOptions& along, const RunOptions& options) {
  return traversal::WithinMemory(Name(Found::kParents),
                                 [&] { return Search<Found::kParents>(snapshot, source, along, options); });
}

}  // namespace plenum
