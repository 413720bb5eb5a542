// Procedures that search where relationships have lengths: plenum/weighted_paths.h. Relationships are kept, so that an
// error about a weight names the one that has it.
#include <cmath>
#include <optional>
#include <string>
#include <vector>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_call.h"
#include "engine/execution/value_errors.h"
#include "plenum/weighted_paths.h"

namespace plenum::execution {
namespace {

ProjectionOptions WeightedPart(GraphCall& call) {
  ProjectionOptions part = call.options.Part();
  part.undirected = call.options.Undirected(false);
  call.options.RequireWeight(part);
  part.relationships = true;
  return part;
}

// Absent: the node is in the graph, but not in that part of it, so that no path begins or ends there.
std::optional<std::uint32_t> IndexOf(const GraphCall& call, const Projection& projection, std::size_t argument) {
  const NodeId node = call.NodeAt(argument);
  const auto index = projection.IndexOf(node);
  if (index) return index;
  GraphReader reader(call.snapshot);
  if (!reader.Exists(node)) {
    if (!reader.status().ok()) Take(Status(reader.status().error()));
    Raise(ErrorType::kEntityNotFound, "NodeNotFound",
          "there is no node " + std::to_string(node.value) + " in the graph; search between nodes that are");
  }
  return std::nullopt;
}

List RowOf(const GraphCall& call, const Projection& projection, const WeightedPath& path) {
  std::vector<NodeId> nodes;
  for (const std::uint32_t node : path.nodes) nodes.push_back(projection.IdOf(node));
  return {Take(PathOf(call.context, nodes, path.relationships)), Value(path.cost)};
}

// give(node, parent or null, distance) for each node that is reached.
template <class Give>
void SearchFrom(GraphCall& call, bool parents, Give give) {
  const auto projection = call.Project(WeightedPart(call));
  const auto source = IndexOf(call, *projection, 0);
  if (!source) return;
  const auto found = Take(WeightedDistances(*projection, *source, {.parents = parents, .run = call.run}));
  for (std::uint32_t i = 0; i < projection->node_count(); ++i) {
    if (std::isinf(found.distances[i])) continue;
    const bool has_parent = parents && found.parents[i] != WeightedDistancesResult::kNoParent;
    const Value parent = has_parent ? NodeOf(projection->IdOf(found.parents[i])) : Value();
    if (!give(NodeOf(projection->IdOf(i)), parent, Value(found.distances[i]))) return;
  }
}

}  // namespace

void CallWeightedDistances(GraphCall& call) {
  SearchFrom(call, false, [&](const Value& node, const Value&, const Value& distance) {
    return call.give({node, distance});
  });
}

void CallWeightedShortestPathTree(GraphCall& call) {
  SearchFrom(call, true, [&](const Value& node, const Value& parent, const Value& distance) {
    return call.give({node, parent, distance});
  });
}

void CallWeightedShortestPath(GraphCall& call) {
  ProjectionOptions part = WeightedPart(call);
  part.incoming = true;
  const auto projection = call.Project(part);
  const auto source = IndexOf(call, *projection, 0);
  const auto target = IndexOf(call, *projection, 1);
  if (!source || !target) return;
  const auto path = Take(WeightedShortestPath(*projection, *source, *target, call.run));
  if (path) call.give(RowOf(call, *projection, *path));
}

void CallWeightedShortestPaths(GraphCall& call) {
  const std::int64_t count = call.arguments[2].integer();
  if (count < 0) RaiseOutOfRange(std::string(call.name) + " takes a count of 0 or more, not " + std::to_string(count));
  ProjectionOptions part = WeightedPart(call);
  part.incoming = true;
  const auto projection = call.Project(part);
  const auto source = IndexOf(call, *projection, 0);
  const auto target = IndexOf(call, *projection, 1);
  if (!source || !target) return;
  const auto paths =
      Take(WeightedShortestPaths(*projection, *source, *target, static_cast<std::size_t>(count), call.run));
  for (const WeightedPath& path : paths) {
    if (!call.give(RowOf(call, *projection, path))) return;
  }
}

}  // namespace plenum::execution
