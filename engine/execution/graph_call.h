// One call of a procedure graph.…: what all of them are given, and how they give their rows. Each procedure is a
// function of it: its options, the kernel that it is the name of (engine/include/plenum says what that computes), its
// rows.
#pragma once

#include <functional>
#include <memory>
#include <string_view>

#include "engine/execution/procedure_call.h"
#include "engine/execution/procedure_options.h"
#include "plenum/graph.h"
#include "plenum/paths.h"
#include "plenum/projection.h"
#include "plenum/run_options.h"

namespace plenum::execution {

struct GraphCall {
  GraphCall(QueryContext& of, const plan::KnownProcedure& called, const List& given, const AnswerVisit& taker);

  NodeId NodeAt(std::size_t argument) const { return arguments[argument].node().id; }

  // Finishes the options and reads that part of the graph. The last one that the query read is kept until it ends: one
  // search a row, of the same part, reads it once.
  std::shared_ptr<const Projection> Project(const ProjectionOptions& part);

  QueryContext& context;
  const plan::BuiltInProcedure procedure;
  const std::string_view name;
  const List& arguments;  // as declared, the options last
  ProcedureOptions options;
  const GraphSnapshot snapshot;
  RunOptions run;           // with what is left of the query's memory
  const AnswerVisit& give;  // may be called from inside a kernel's callback
};

struct KeptProjection {
  ProjectionOptions part;
  std::shared_ptr<const Projection> projection;
};

Value NodeOf(NodeId id);
// An error is that of reading a relationship.
Result<Value> PathOf(const QueryContext& context, std::span<const NodeId> nodes,
                     std::span<const RelationshipId> relationships);

// ---- graph_algorithms.cpp

void CallPageRank(GraphCall& call);
void CallBetweenness(GraphCall& call);
void CallCloseness(GraphCall& call);
void CallCoreNumbers(GraphCall& call);
void CallWeaklyConnectedComponents(GraphCall& call);
void CallStronglyConnectedComponents(GraphCall& call);
void CallLabelPropagation(GraphCall& call);
void CallTriangles(GraphCall& call);
void CallCountTriangles(GraphCall& call);
void CallTransitivity(GraphCall& call);
void CallTriadCensus(GraphCall& call);

// ---- graph_searches.cpp

void CallDistances(GraphCall& call);
void CallDistancesFrom(GraphCall& call);
void CallCountWithin(GraphCall& call);
void CallIsReachable(GraphCall& call);
void CallShortestPathTree(GraphCall& call);
void CallShortestPath(GraphCall& call);
void CallShortestPaths(GraphCall& call);
void CallPaths(GraphCall& call);

// ---- weighted_searches.cpp

void CallWeightedDistances(GraphCall& call);
void CallWeightedShortestPathTree(GraphCall& call);
void CallWeightedShortestPath(GraphCall& call);
void CallWeightedShortestPaths(GraphCall& call);

}  // namespace plenum::execution
