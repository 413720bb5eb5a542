// The shortest path of a pair over a snapshot: see plenum/search.h and shortest_path.h.
#include "engine/traversal/shortest_path.h"

#include <algorithm>
#include <string_view>

#include "engine/traversal/memory_need.h"
#include "engine/traversal/neighbour_source.h"
#include "engine/traversal/start_nodes.h"

namespace plenum {
namespace {

using traversal::AdjacencySource;

constexpr std::string_view kName = "ShortestPath";

// The relationship of the least id that leads from one node to the next.
std::optional<RelationshipId> Between(Adjacency& adjacency, NodeId from, NodeId to) {
  std::optional<RelationshipId> least;
  adjacency.ForEachRelationshipChunk(from, [&](const RelationshipChunk& chunk) {
    const auto place = std::lower_bound(chunk.nodes.begin(), chunk.nodes.end(), to) - chunk.nodes.begin();
    const auto i = static_cast<std::size_t>(place);
    if (i == chunk.nodes.size() || chunk.nodes[i] != to) return;
    if (!least || chunk.relationships[i] < *least) least = chunk.relationships[i];
  });
  return least;
}

Result<std::optional<NodePath>> WithRelationships(const GraphSnapshot& snapshot, std::vector<NodeId> nodes,
                                                  AdjacencyOptions along, traversal::Workers& workers) {
  along.relationships = true;
  GraphReader reader(snapshot);
  Adjacency adjacency(reader, std::move(along));
  NodePath path{.nodes = std::move(nodes), .relationships = {}};
  for (std::size_t i = 0; i + 1 < path.nodes.size(); ++i) {
    const auto relationship = Between(adjacency, path.nodes[i], path.nodes[i + 1]);
    if (relationship) path.relationships.push_back(*relationship);
    reader.Release();
    if (Status status = workers.Poll(traversal::Workers::kListWork); !status.ok()) return std::move(status).error();
  }
  if (!reader.status().ok()) return reader.status().error();
  return std::optional(std::move(path));
}

// None where there is no path.
Result<std::vector<NodeId>> NodesOfPath(const GraphSnapshot& snapshot, NodeId from, NodeId to,
                                        const AdjacencyOptions& along, std::uint32_t length_max,
                                        traversal::Workers& workers) {
  GraphReader reader(snapshot);
  const NodeId ends[] = {from, to};
  if (Status status = traversal::CheckNodes(reader, ends); !status.ok()) return std::move(status).error();
  if (from == to) return std::vector{from};
  AdjacencySource forward(reader, along);
  AdjacencySource backward(reader, traversal::Reversed(along));
  if (!forward.Accepts(to)) return std::vector<NodeId>();
  traversal::BidirectionalSearch<AdjacencySource> search(forward, backward, workers);
  Result<std::vector<NodeId>> nodes = search.Run(from, to, length_max);
  if (!reader.status().ok()) return reader.status().error();
  return nodes;
}

Result<std::optional<NodePath>> FindPath(const GraphSnapshot& snapshot, NodeId from, NodeId to,
                                         const AdjacencyOptions& along, const RunOptions& options,
                                         std::uint32_t length_max) {
  const std::uint64_t bitmaps = snapshot.nodes_end() / 4;
  if (Status status = traversal::CheckMemory(kName, options, bitmaps); !status.ok()) return std::move(status).error();
  traversal::Workers workers(options, 0, 1);
  Result<std::vector<NodeId>> nodes = NodesOfPath(snapshot, from, to, along, length_max, workers);
  if (!nodes) return std::move(nodes).error();
  if (nodes->empty()) return std::optional<NodePath>();
  return WithRelationships(snapshot, *std::move(nodes), along, workers);
}

}  // namespace

Result<std::optional<NodePath>> ShortestPath(const GraphSnapshot& snapshot, NodeId from, NodeId to,
                                             const AdjacencyOptions& along, const RunOptions& options,
                                             std::uint32_t length_max) {
  return traversal::WithinMemory(kName, [&] { return FindPath(snapshot, from, to, along, options, length_max); });
}

}  // namespace plenum
