// The procedures that CALL finds by name: the language's own, and those that the program registered.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/plan/types.h"
#include "plenum/procedure.h"

namespace plenum::plan {

// The language's own; what they do is in execution.
enum class BuiltInProcedure : std::uint8_t {
  kLabels,
  kRelationshipTypes,
  kPropertyKeys,
  // Whole graphs
  kPageRank,
  kBetweenness,
  kCloseness,
  kCoreNumbers,
  kWeaklyConnectedComponents,
  kStronglyConnectedComponents,
  kLabelPropagation,
  kTriangles,
  kCountTriangles,
  kTransitivity,
  kTriadCensus,
  // Searches
  kDistances,
  kDistancesFrom,
  kCountWithin,
  kIsReachable,
  kShortestPathTree,
  kShortestPath,
  kShortestPaths,
  kPaths,
  // Searches by weight
  kWeightedDistances,
  kWeightedShortestPathTree,
  kWeightedShortestPath,
  kWeightedShortestPaths,
};

// The registered ones by name. A statement keeps those that it calls alive.
using Procedures = std::map<std::string, std::shared_ptr<const Procedure>, std::less<>>;

struct KnownProcedure {
  std::shared_ptr<const Procedure> declaration;
  std::optional<BuiltInProcedure> built_in = {};  // then the declaration has no function
  std::size_t inputs_optional = 0;                // so many of the last ones may be left out, and are null then

  std::size_t inputs_least() const { return declaration->inputs.size() - inputs_optional; }
  bool is_graph_procedure() const;  // graph.…: one over a snapshot
};

std::optional<KnownProcedure> FindProcedure(const Procedures& registered, std::string_view name);

// Of all procedures, sorted, for near misses. The texts live as long as `registered`.
std::vector<std::string_view> ProcedureNames(const Procedures& registered);

// The kinds of values that may be given for an input, and that come from an output; with null where it is nullable.
TypeSet AcceptedKinds(const ProcedureField& input);
TypeSet GivenKinds(const ProcedureField& output);

}  // namespace plenum::plan
