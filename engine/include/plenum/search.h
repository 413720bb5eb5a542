// Searches from one node, straight over a snapshot: nothing of the graph is copied.
//
//   auto steps = plenum::Distances(snapshot, ada, {.types = {knows}, .direction = plenum::Direction::kEither});
//   if (steps) std::cout << (*steps)[bob.value] << '\n';
//
// Each takes AdjacencyOptions: the types and the direction to walk, the label of the nodes that may be reached (the one
// to begin with need not have it), the day on which relationships must hold. Errors: EntityNotFound where a node that
// is named is not in the snapshot; those of RunOptions; what the store says where it cannot be read.
#pragma once

#include <cstdint>
#include <limits>
#include <optional>
#include <vector>

#include "plenum/graph.h"
#include "plenum/run_options.h"
#include "plenum/status.h"
#include "plenum/value.h"

namespace plenum {

// Instead of a distance or a parent: no path leads there.
inline constexpr std::uint32_t kUnreached = std::numeric_limits<std::uint32_t>::max();

// The distance of each node from `source`, in relationships, by node id up to snapshot.nodes_end(); kUnreached for
// those that no path leads to, and for ids that no node has.
//
// Breadth-first search that changes its direction: a small frontier looks at its neighbours, a large one lets each node
// not reached yet look for a neighbour in it (Beamer, Asanović and Patterson, "Direction-Optimizing Breadth-First
// Search", SC 2012). Steps of the second kind are shared among options.threads; the answer does not depend on them.
// Memory: 4 bytes an id, and up to 9 while two steps have very many nodes; beside that, which is what
// RunOptions::memory_bytes_max counts, what an Adjacency takes, and again for each thread while steps are shared.
Result<std::vector<std::uint32_t>> Distances(const GraphSnapshot& snapshot, NodeId source,
                                             const AdjacencyOptions& along, const RunOptions& options = {});

// The same search: for each node its parent in a tree of shortest paths, the source its own. A node of several possible
// parents has any of them, but always the same one.
Result<std::vector<std::uint32_t>> ShortestPathTree(const GraphSnapshot& snapshot, NodeId source,
                                                    const AdjacencyOptions& along, const RunOptions& options = {});

// An alternating walk: relationships[i] joins nodes[i] and nodes[i + 1], in either direction.
struct NodePath {
  std::vector<NodeId> nodes;
  std::vector<RelationshipId> relationships;
};

// A path of as few relationships as possible, at most `length_max`; absent where there is none. From a node to itself:
// the path of no relationship. Of several the same one is found each time.
//
// Breadth-first search from both ends by turns, the smaller frontier first (Pohl, "Bi-directional search", 1971): two
// nodes of a network of a million people are joined by looking at some thousand of them. Memory: a bit an id twice, and
// up to 16 bytes a node that is met, which are judged as they grow; beside that what an Adjacency takes, three times.
// Nobody is asked while the nodes of the path are put together.
Result<std::optional<NodePath>> ShortestPath(const GraphSnapshot& snapshot, NodeId from, NodeId to,
                                             const AdjacencyOptions& along, const RunOptions& options = {},
                                             std::uint32_t length_max = kUnreached);

}  // namespace plenum
