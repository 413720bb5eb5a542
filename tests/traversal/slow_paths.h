// What the searches of plenum/paths.h must answer, found the slow and obvious way over a list of edges.
#pragma once

#include <algorithm>
#include <cstdint>
#include <map>
#include <span>
#include <tuple>
#include <vector>

#include "plenum/paths.h"
#include "tests/traversal/stored_multigraphs.h"

namespace plenum {

struct SlowHop {
  NodeId node;
  RelationshipId relationship;
};
struct SlowPath {
  std::vector<NodeId> nodes;
  std::vector<RelationshipId> relationships;
  bool operator==(const SlowPath&) const = default;
};

inline bool SlowPasses(const StoredEdge& edge, const AdjacencyOptions& options) {
  if (!options.types.empty() && std::ranges::find(options.types, edge.type) == options.types.end()) return false;
  if (!options.valid_at || !edge.validity) return true;
  const PartialDate day{*options.valid_at, *options.valid_at};
  return options.certainly ? HoldsCertainly(*edge.validity, day) : HoldsPossibly(*edge.validity, day);
}

// In the order that VisitPaths promises.
inline std::vector<SlowHop> SlowHops(const StoredMultigraph& graph, const AdjacencyOptions& options, NodeId node) {
  std::vector<std::tuple<TypeId, bool, NodeId, RelationshipId>> found;
  for (const StoredEdge& edge : graph.edges) {
    if (!SlowPasses(edge, options)) continue;
    const auto add = [&](NodeId other, bool incoming) {
      if (!options.label || graph.labelled.contains(other)) found.emplace_back(edge.type, incoming, other, edge.id);
    };
    if (options.direction != Direction::kIncoming && edge.from == node) add(edge.to, false);
    if (options.direction == Direction::kIncoming && edge.to == node) add(edge.from, true);
    if (options.direction == Direction::kEither && edge.to == node && edge.from != node) add(edge.from, true);
  }
  std::ranges::sort(found);
  std::vector<SlowHop> hops;
  for (const auto& [type, incoming, other, id] : found) hops.push_back({other, id});
  return hops;
}

// Relaxed until nothing changes.
inline std::map<NodeId, std::uint32_t> SlowDistances(const StoredMultigraph& graph, const AdjacencyOptions& options,
                                                     std::span<const NodeId> from) {
  std::map<NodeId, std::uint32_t> distances;
  for (const NodeId node : from) distances[node] = 0;
  for (bool changed = true; changed;) {
    changed = false;
    for (const NodeId node : graph.nodes) {
      if (!distances.contains(node)) continue;
      for (const SlowHop& hop : SlowHops(graph, options, node)) {
        const std::uint32_t distance = distances[node] + 1;
        if (distances.contains(hop.node) && distances[hop.node] <= distance) continue;
        distances[hop.node] = distance;
        changed = true;
      }
    }
  }
  return distances;
}

// Whether a path is one of the mode: looked at as a whole.
inline bool SlowIsOf(PathMode mode, const SlowPath& path) {
  const auto distinct = [](auto elements) {
    std::ranges::sort(elements);
    return std::ranges::adjacent_find(elements) == elements.end();
  };
  if (mode == PathMode::kWalk) return true;
  if (!distinct(path.relationships)) return false;
  if (mode == PathMode::kTrail || distinct(path.nodes)) return true;
  if (mode == PathMode::kAcyclic || path.nodes.front() != path.nodes.back()) return false;
  return distinct(std::vector(path.nodes.begin() + 1, path.nodes.end()));
}

// Appends each path that begins with `path`, depth first, until there are `count_max`.
inline void SlowPaths(const StoredMultigraph& graph, const AdjacencyOptions& options, Hops hops, PathMode mode,
                      std::size_t count_max, SlowPath path, std::vector<SlowPath>& paths) {
  const bool closed = path.nodes.size() > 1 && path.nodes.front() == path.nodes.back();
  if (path.relationships.size() >= hops.least && path.relationships.size() <= hops.most) paths.push_back(path);
  if (path.relationships.size() >= hops.most || (mode == PathMode::kSimple && closed)) return;
  for (const SlowHop& hop : SlowHops(graph, options, path.nodes.back())) {
    SlowPath longer = path;
    longer.nodes.push_back(hop.node);
    longer.relationships.push_back(hop.relationship);
    if (paths.size() < count_max && SlowIsOf(mode, longer)) {
      SlowPaths(graph, options, hops, mode, count_max, longer, paths);
    }
  }
}

// All shortest paths, in the order that ShortestPaths promises: those walks that get one hop further away each time.
inline void SlowShortestPaths(const StoredMultigraph& graph, const AdjacencyOptions& options,
                              const std::map<NodeId, std::uint32_t>& distances, NodeId to, SlowPath path,
                              std::vector<SlowPath>& paths) {
  if (path.nodes.back() == to) return paths.push_back(path);
  std::vector<SlowHop> hops = SlowHops(graph, options, path.nodes.back());
  std::ranges::sort(hops, {}, [](const SlowHop& hop) { return std::tuple(hop.node, hop.relationship); });
  for (const SlowHop& hop : hops) {
    if (distances.at(hop.node) != path.relationships.size() + 1) continue;
    SlowPath longer = path;
    longer.nodes.push_back(hop.node);
    longer.relationships.push_back(hop.relationship);
    SlowShortestPaths(graph, options, distances, to, longer, paths);
  }
}

}  // namespace plenum
