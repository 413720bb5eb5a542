// The table of the language's own procedures, and the kinds of values behind the types of fields.
#include "engine/plan/procedures.h"

#include <algorithm>
#include <iterator>
#include <utility>

namespace plenum {

std::string_view FieldTypeName(FieldType type) {
  static constexpr std::string_view kNames[] = {"ANY",    "BOOLEAN", "INTEGER",     "FLOAT",   "NUMBER",
                                                "STRING", "LIST",    "MAP",         "NODE",    "RELATIONSHIP",
                                                "PATH",   "DATE",    "PARTIALDATE", "INTERVAL"};
  return kNames[static_cast<std::size_t>(type)];
}

namespace plan {
namespace {

using Kind = Value::Kind;

std::shared_ptr<const Procedure> CatalogProcedure(std::string name, std::string column) {
  return std::make_shared<const Procedure>(
      Procedure{.name = std::move(name),
                .inputs = {},
                .outputs = {{.name = std::move(column), .type = FieldType::kString, .nullable = false}},
                .function = {}});
}

// Each takes a map of options last, which may be null or left out (execution/graph_procedures.cpp).
KnownProcedure GraphProcedure(BuiltInProcedure kind, std::string name, std::vector<ProcedureField> inputs,
                              std::vector<ProcedureField> outputs) {
  inputs.push_back({.name = "options", .type = FieldType::kMap, .nullable = true});
  return {.declaration = std::make_shared<const Procedure>(Procedure{.name = "graph." + std::move(name),
                                                                     .inputs = std::move(inputs),
                                                                     .outputs = std::move(outputs),
                                                                     .function = {}}),
          .built_in = kind,
          .inputs_optional = 1};
}

ProcedureField NodeField(std::string name) {
  return {.name = std::move(name), .type = FieldType::kNode, .nullable = false};
}
ProcedureField IntegerField(std::string name) {
  return {.name = std::move(name), .type = FieldType::kInteger, .nullable = false};
}
ProcedureField FloatField(std::string name) {
  return {.name = std::move(name), .type = FieldType::kFloat, .nullable = false};
}

std::vector<KnownProcedure> CatalogProcedures() {
  using enum BuiltInProcedure;
  return {{CatalogProcedure("db.labels", "label"), kLabels},
          {CatalogProcedure("db.propertyKeys", "propertyKey"), kPropertyKeys},
          {CatalogProcedure("db.relationshipTypes", "relationshipType"), kRelationshipTypes}};
}

std::vector<KnownProcedure> GraphAlgorithms() {
  using enum BuiltInProcedure;
  const ProcedureField node = NodeField("node");
  const ProcedureField score = FloatField("score");
  const ProcedureField triad{.name = "triad", .type = FieldType::kString, .nullable = false};
  return {
      GraphProcedure(kPageRank, "pageRank", {}, {node, score}),
      GraphProcedure(kBetweenness, "betweenness", {}, {node, score}),
      GraphProcedure(kCloseness, "closeness", {},
                     {node, IntegerField("reached"), IntegerField("totalDistance"), IntegerField("eccentricity"),
                      FloatField("closeness"), FloatField("harmonic")}),
      GraphProcedure(kCoreNumbers, "coreNumbers", {}, {node, IntegerField("core")}),
      GraphProcedure(kWeaklyConnectedComponents, "weaklyConnectedComponents", {}, {node, IntegerField("component")}),
      GraphProcedure(kStronglyConnectedComponents, "stronglyConnectedComponents", {},
                     {node, IntegerField("component")}),
      GraphProcedure(kLabelPropagation, "labelPropagation", {}, {node, IntegerField("community")}),
      GraphProcedure(kTriangles, "triangles", {}, {node, IntegerField("triangles"), FloatField("clustering")}),
      GraphProcedure(kCountTriangles, "countTriangles", {}, {IntegerField("triangles")}),
      GraphProcedure(kTransitivity, "transitivity", {}, {FloatField("transitivity")}),
      GraphProcedure(kTriadCensus, "triadCensus", {}, {triad, IntegerField("count")}),
  };
}

std::vector<KnownProcedure> GraphSearches() {
  using enum BuiltInProcedure;
  const ProcedureField source = NodeField("source");
  const ProcedureField target = NodeField("target");
  const ProcedureField node = NodeField("node");
  const ProcedureField parent{.name = "parent", .type = FieldType::kNode, .nullable = true};  // null for the source
  const ProcedureField sources{.name = "sources", .type = FieldType::kList, .nullable = false};
  const ProcedureField reachable{.name = "reachable", .type = FieldType::kBoolean, .nullable = false};
  const ProcedureField path{.name = "path", .type = FieldType::kPath, .nullable = false};
  const ProcedureField steps = IntegerField("distance");
  const ProcedureField length = FloatField("distance");
  const ProcedureField cost = FloatField("cost");
  return {
      GraphProcedure(kDistances, "distances", {source}, {node, steps}),
      GraphProcedure(kDistancesFrom, "distancesFrom", {sources}, {source, node, steps}),
      GraphProcedure(kCountWithin, "countWithin", {source}, {IntegerField("nodes")}),
      GraphProcedure(kIsReachable, "isReachable", {source, target}, {reachable}),
      GraphProcedure(kShortestPathTree, "shortestPathTree", {source}, {node, parent, steps}),
      GraphProcedure(kShortestPath, "shortestPath", {source, target}, {path}),
      GraphProcedure(kShortestPaths, "shortestPaths", {source, target}, {path}),
      GraphProcedure(kPaths, "paths", {source}, {path}),
      GraphProcedure(kWeightedDistances, "weightedDistances", {source}, {node, length}),
      GraphProcedure(kWeightedShortestPathTree, "weightedShortestPathTree", {source}, {node, parent, length}),
      GraphProcedure(kWeightedShortestPath, "weightedShortestPath", {source, target}, {path, cost}),
      GraphProcedure(kWeightedShortestPaths, "weightedShortestPaths", {source, target, IntegerField("count")},
                     {path, cost}),
  };
}

const std::vector<KnownProcedure>& BuiltIn() {
  static const std::vector<KnownProcedure> table = [] {
    std::vector<KnownProcedure> all = CatalogProcedures();
    std::ranges::move(GraphAlgorithms(), std::back_inserter(all));
    std::ranges::move(GraphSearches(), std::back_inserter(all));
    return all;
  }();
  return table;
}

TypeSet KindsOf(FieldType type) {
  switch (type) {
    case FieldType::kAnything:
      return TypeSet::Anything();
    case FieldType::kBoolean:
      return Kind::kBoolean;
    case FieldType::kInteger:
      return Kind::kInteger;
    case FieldType::kFloat:
      return Kind::kFloat;
    case FieldType::kNumber:
      return Kind::kInteger | Kind::kFloat;
    case FieldType::kString:
      return Kind::kString;
    case FieldType::kList:
      return Kind::kList;
    case FieldType::kMap:
      return Kind::kMap;
    case FieldType::kNode:
      return Kind::kNode;
    case FieldType::kRelationship:
      return Kind::kRelationship;
    case FieldType::kPath:
      return Kind::kPath;
    case FieldType::kDate:
      return Kind::kDate;
    case FieldType::kPartialDate:
      return Kind::kPartialDate;
    case FieldType::kInterval:
      return Kind::kInterval;
  }
  return TypeSet::Anything();
}

}  // namespace

bool KnownProcedure::is_graph_procedure() const { return built_in && declaration->name.starts_with("graph."); }

std::optional<KnownProcedure> FindProcedure(const Procedures& registered, std::string_view name) {
  const auto& table = BuiltIn();
  const auto own = std::ranges::find(table, name, [](const KnownProcedure& known) { return known.declaration->name; });
  if (own != table.end()) return *own;
  const auto found = registered.find(name);
  if (found == registered.end()) return std::nullopt;
  return KnownProcedure{.declaration = found->second};
}

std::vector<std::string_view> ProcedureNames(const Procedures& registered) {
  std::vector<std::string_view> names;
  for (const KnownProcedure& known : BuiltIn()) names.push_back(known.declaration->name);
  for (const auto& [name, procedure] : registered) names.push_back(name);
  std::ranges::sort(names);
  return names;
}

TypeSet GivenKinds(const ProcedureField& output) {
  const TypeSet kinds = KindsOf(output.type).Without(Kind::kNull);
  return output.nullable ? kinds | TypeSet(Kind::kNull) : kinds;
}

TypeSet AcceptedKinds(const ProcedureField& input) {
  const TypeSet kinds = GivenKinds(input);
  return input.type == FieldType::kFloat ? kinds | TypeSet(Kind::kInteger) : kinds;
}

}  // namespace plan
}  // namespace plenum
