// The table of the language's own procedures, and the kinds of values behind the types of fields.
#include "engine/plan/procedures.h"

#include <algorithm>
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

// Each takes a map of options last, or null (execution/graph_procedures.cpp).
KnownProcedure GraphProcedure(BuiltInProcedure kind, std::string name, std::vector<ProcedureField> inputs,
                              std::vector<ProcedureField> outputs) {
  inputs.push_back({.name = "options", .type = FieldType::kMap, .nullable = true});
  return {std::make_shared<const Procedure>(Procedure{.name = "graph." + std::move(name),
                                                      .inputs = std::move(inputs),
                                                      .outputs = std::move(outputs),
                                                      .function = {}}),
          kind};
}

const std::vector<KnownProcedure>& BuiltIn() {
  const ProcedureField node{.name = "node", .type = FieldType::kNode, .nullable = false};
  const ProcedureField source{.name = "source", .type = FieldType::kNode, .nullable = false};
  const ProcedureField target{.name = "target", .type = FieldType::kNode, .nullable = false};
  const ProcedureField score{.name = "score", .type = FieldType::kFloat, .nullable = false};
  const auto integer = [](std::string name) {
    return ProcedureField{.name = std::move(name), .type = FieldType::kInteger, .nullable = false};
  };
  const ProcedureField path{.name = "path", .type = FieldType::kPath, .nullable = false};
  using enum BuiltInProcedure;
  static const std::vector<KnownProcedure> table = {
      {CatalogProcedure("db.labels", "label"), kLabels},
      {CatalogProcedure("db.propertyKeys", "propertyKey"), kPropertyKeys},
      {CatalogProcedure("db.relationshipTypes", "relationshipType"), kRelationshipTypes},
      GraphProcedure(kPageRank, "pageRank", {}, {node, score}),
      GraphProcedure(kBetweenness, "betweenness", {}, {node, score}),
      GraphProcedure(kCoreNumbers, "coreNumbers", {}, {node, integer("core")}),
      GraphProcedure(kWeaklyConnectedComponents, "weaklyConnectedComponents", {}, {node, integer("component")}),
      GraphProcedure(kStronglyConnectedComponents, "stronglyConnectedComponents", {}, {node, integer("component")}),
      GraphProcedure(kLabelPropagation, "labelPropagation", {}, {node, integer("community")}),
      GraphProcedure(kDistances, "distances", {source}, {node, integer("distance")}),
      GraphProcedure(kShortestPath, "shortestPath", {source, target}, {path}),
  };
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

std::optional<KnownProcedure> FindProcedure(const Procedures& registered, std::string_view name) {
  const auto& table = BuiltIn();
  const auto own = std::ranges::find(table, name, [](const KnownProcedure& known) { return known.declaration->name; });
  if (own != table.end()) return *own;
  const auto found = registered.find(name);
  if (found == registered.end()) return std::nullopt;
  return KnownProcedure{found->second, std::nullopt};
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
