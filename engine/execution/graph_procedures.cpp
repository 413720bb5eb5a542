// graph.…: algorithms over all of the graph, or a part of it that options name, and searches. What each computes is
// told where it is declared (plenum/algorithms.h, plenum/search.h and their kin).
#include <algorithm>
#include <optional>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_call.h"
#include "engine/execution/graph_writer.h"

namespace plenum::execution {
namespace {

using plan::BuiltInProcedure;

void (*FunctionOf(BuiltInProcedure procedure))(GraphCall&) {
  switch (procedure) {
    case BuiltInProcedure::kLabels:
    case BuiltInProcedure::kRelationshipTypes:
    case BuiltInProcedure::kPropertyKeys:
      break;
    case BuiltInProcedure::kPageRank:
      return CallPageRank;
    case BuiltInProcedure::kBetweenness:
      return CallBetweenness;
    case BuiltInProcedure::kCloseness:
      return CallCloseness;
    case BuiltInProcedure::kCoreNumbers:
      return CallCoreNumbers;
    case BuiltInProcedure::kWeaklyConnectedComponents:
      return CallWeaklyConnectedComponents;
    case BuiltInProcedure::kStronglyConnectedComponents:
      return CallStronglyConnectedComponents;
    case BuiltInProcedure::kLabelPropagation:
      return CallLabelPropagation;
    case BuiltInProcedure::kTriangles:
      return CallTriangles;
    case BuiltInProcedure::kCountTriangles:
      return CallCountTriangles;
    case BuiltInProcedure::kTransitivity:
      return CallTransitivity;
    case BuiltInProcedure::kTriadCensus:
      return CallTriadCensus;
    case BuiltInProcedure::kDistances:
      return CallDistances;
    case BuiltInProcedure::kDistancesFrom:
      return CallDistancesFrom;
    case BuiltInProcedure::kCountWithin:
      return CallCountWithin;
    case BuiltInProcedure::kIsReachable:
      return CallIsReachable;
    case BuiltInProcedure::kShortestPathTree:
      return CallShortestPathTree;
    case BuiltInProcedure::kShortestPath:
      return CallShortestPath;
    case BuiltInProcedure::kShortestPaths:
      return CallShortestPaths;
    case BuiltInProcedure::kPaths:
      return CallPaths;
    case BuiltInProcedure::kWeightedDistances:
      return CallWeightedDistances;
    case BuiltInProcedure::kWeightedShortestPathTree:
      return CallWeightedShortestPathTree;
    case BuiltInProcedure::kWeightedShortestPath:
      return CallWeightedShortestPath;
    case BuiltInProcedure::kWeightedShortestPaths:
      return CallWeightedShortestPaths;
  }
  return nullptr;
}

// A node that a DELETE has left for later is still in the snapshot.
GraphSnapshot SnapshotOf(const QueryContext& context) {
  if (context.late_deletes && context.late_deletes->DoomsAny()) {
    Raise(ErrorType::kUsageError, "TransactionHasWritten",
          "this query has deleted nodes, and algorithms over the graph see only what is committed: call them before "
          "DELETE, or in a query of their own");
  }
  return Take(context.transaction.Snapshot());
}

// Absent: there is no limit.
std::optional<std::uint64_t> MemoryLeft(const QueryContext& context) {
  if (context.memory_bytes_max == 0) return std::nullopt;
  return context.memory_bytes_max - std::min(context.memory_bytes_max, context.memory_bytes);
}

}  // namespace

GraphCall::GraphCall(QueryContext& of, const plan::KnownProcedure& called, const List& given, const AnswerVisit& taker)
    : context(of),
      procedure(*called.built_in),
      name(called.declaration->name),
      arguments(given),
      options(of, name, given.back()),
      snapshot(SnapshotOf(of)),
      run{.threads = of.threads, .poll = [&of](double) { return of.PollStatus(); }, .memory_bytes_max = MemoryLeft(of)},
      give(taker) {}

std::shared_ptr<const Projection> GraphCall::Project(const ProjectionOptions& part) {
  options.Finish();
  if (!context.projection || context.projection->part != part) {
    if (context.projection) context.memory_bytes -= context.projection->projection->memory_bytes();
    context.projection = nullptr;  // one at a time
    run.memory_bytes_max = MemoryLeft(context);
    auto projection = std::make_shared<const Projection>(Take(Projection::Build(snapshot, part, run)));
    context.memory_bytes += projection->memory_bytes();
    context.projection = std::make_shared<const KeptProjection>(KeptProjection{part, std::move(projection)});
  }
  run.memory_bytes_max = MemoryLeft(context);
  return context.projection->projection;
}

Value NodeOf(NodeId id) { return Node{.id = id, .labels = {}, .properties = {}}; }

Result<Value> PathOf(const QueryContext& context, std::span<const NodeId> nodes,
                     std::span<const RelationshipId> relationships) {
  Path path;
  for (const NodeId node : nodes) path.nodes.push_back({.id = node, .labels = {}, .properties = {}});
  for (std::size_t i = 0; i < relationships.size(); ++i) {
    const auto ends = context.transaction.EndsOf(relationships[i]);
    if (!ends) return ends.error();
    const auto [start, end] = ends->value_or(std::pair(nodes[i], nodes[i + 1]));
    path.relationships.push_back({.id = relationships[i],
                                  .type = context.transaction.NameOf(graph::TypeOf(relationships[i])),
                                  .start = start,
                                  .end = end,
                                  .properties = {}});
  }
  return Value(std::move(path));
}

void CallGraphProcedure(QueryContext& context, const plan::KnownProcedure& procedure, const List& arguments,
                        const AnswerVisit& visit) {
  GraphCall call(context, procedure, arguments, visit);
  FunctionOf (*procedure.built_in)(call);
}

}  // namespace plenum::execution
