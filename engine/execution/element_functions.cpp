// Functions that read the graph: of nodes, relationships and paths.
#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/graph_writer.h"
#include "engine/execution/source_text.h"
#include "engine/execution/valid_time.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;
using plan::Function;

[[noreturn]] void RaiseDeleted(const graph::ElementId& element) {
  const bool node = std::holds_alternative<NodeId>(element);
  Raise(ErrorType::kEntityNotFound, "DeletedEntityAccess",
        fmt::format("this {} was deleted earlier in the query", node ? "node" : "relationship"));
}

[[noreturn]] void RaiseKind(std::string_view what, const Value& value) {
  Raise(ErrorType::kTypeError, "InvalidArgumentValue", fmt::format("{}, not {}", what, ToText(value)));
}

Map NamedProperties(QueryContext& context, const graph::Properties& properties) {
  Map map;
  for (const auto& [key, value] : properties) map.emplace(context.transaction.NameOf(key), value);
  return map;
}

Value LabelsOf(QueryContext& context, const Value& node) {
  if (node.kind() != Kind::kNode) RaiseKind("labels() takes a node", node);
  RequireThere(context, node.node().id);
  const auto labels = Take(context.transaction.LabelsOf(node.node().id));
  List names;
  for (const graph::LabelId label : labels) names.emplace_back(context.transaction.NameOf(label));
  return names;
}

Value IdOf(const Value& element) {
  if (element.kind() == Kind::kNode) return static_cast<std::int64_t>(element.node().id.value);
  if (element.kind() == Kind::kRelationship) return static_cast<std::int64_t>(element.relationship().id.value);
  RaiseKind("id() takes a node or a relationship", element);
}

Value KeysOf(QueryContext& context, const Value& element) {
  List keys;
  for (const auto& [key, value] : PropertiesOf(context, element)) keys.emplace_back(key);
  return keys;
}

Value ElementsOfPath(const Value& path, bool nodes) {
  if (path.kind() != Kind::kPath) RaiseKind(nodes ? "nodes() takes a path" : "relationships() takes a path", path);
  List elements;
  if (nodes) {
    for (const Node& node : path.path().nodes) elements.emplace_back(node);
  } else {
    for (const Relationship& relationship : path.path().relationships) elements.emplace_back(relationship);
  }
  return elements;
}

// The citations of a fact as maps; a property without its own has its element's.
Value CitationsOf(QueryContext& context, const Value& element, const Value& property) {
  if (element.kind() != Kind::kNode && element.kind() != Kind::kRelationship) {
    RaiseKind("citations() takes a node or a relationship", element);
  }
  std::vector<graph::Citation> citations;
  if (property.kind() == Kind::kString) {
    const auto key = context.transaction.FindKey(property.string());
    if (key) citations = Take(context.transaction.Citations(FactOf(element, *key)));
  }
  if (citations.empty()) citations = Take(context.transaction.Citations(FactOf(element)));
  List out;
  for (const graph::Citation& citation : citations) {
    Evaluator evaluator(context);
    Map map;
    map["source"] = evaluator.PropertyOf(Value(Node{.id = citation.source}), "key");
    map["first"] = citation.span ? Value(std::int64_t{citation.span->first}) : Value();
    map["end"] = citation.span ? Value(std::int64_t{citation.span->second}) : Value();
    const auto text = citation.span ? Take(context.transaction.GetText(citation.source)) : std::nullopt;
    map["quote"] = text ? Value(WordsAt(text->text, citation.span->first, citation.span->second)) : Value();
    out.emplace_back(std::move(map));
  }
  return out;
}

Value OverlapOf(QueryContext& context, const std::vector<Value>& arguments) {
  std::vector<std::optional<Interval>> intervals;
  for (const Value& argument : arguments) {
    if (argument.kind() == Kind::kPath) {
      for (const Node& node : argument.path().nodes) intervals.push_back(ValidityOf(context, Value(node)));
      for (const Relationship& r : argument.path().relationships) intervals.push_back(ValidityOf(context, Value(r)));
    } else {
      intervals.push_back(ValidityOf(context, argument));
    }
  }
  const auto common = Overlap(intervals);
  return common ? Value(*common) : Value();
}

Value HoldsAt(QueryContext& context, const Value& element, const Value& when, bool certainly) {
  const auto validity = ValidityOf(context, element);
  if (!validity) return true;
  const PartialDate day = ToPartialDate(when);
  const bool possible = HoldsPossibly(*validity, day);
  if (!certainly) return possible;
  if (HoldsCertainly(*validity, day)) return true;
  return possible ? Value() : Value(false);
}

Value EndOf(const Value& relationship, bool start) {
  if (relationship.kind() != Kind::kRelationship)
    RaiseKind("startNode() and endNode() take a relationship", relationship);
  return Node{.id = start ? relationship.relationship().start : relationship.relationship().end};
}

}  // namespace

std::shared_ptr<const graph::NodeRecord> ReadNode(QueryContext& context, NodeId node) {
  auto record = Take(context.transaction.GetNode(node));
  if (record && !context.Doomed(node)) return record;
  RaiseDeleted(node);
}

std::shared_ptr<const graph::RelationshipRecord> ReadRelationship(QueryContext& context, RelationshipId relationship) {
  auto record = Take(context.transaction.GetRelationship(relationship));
  if (record) return record;
  RaiseDeleted(relationship);
}

void RequireThere(QueryContext& context, const graph::ElementId& element) {
  const auto* node = std::get_if<NodeId>(&element);
  const bool doomed = node != nullptr && context.Doomed(*node);
  if (doomed || !Take(context.transaction.Exists(element))) RaiseDeleted(element);
}

graph::ElementId IdOfElement(const Value& element) {
  if (element.kind() == Kind::kNode) return element.node().id;
  return element.relationship().id;
}

Map PropertiesOf(QueryContext& context, const Value& element) {
  switch (element.kind()) {
    case Kind::kMap:
      return element.map();
    case Kind::kNode:
      return NamedProperties(context, ReadNode(context, element.node().id)->properties);
    case Kind::kRelationship:
      return NamedProperties(context, ReadRelationship(context, element.relationship().id)->properties);
    default:
      RaiseKind("properties belong to nodes, relationships and maps", element);
  }
}

std::optional<Interval> ValidityOf(QueryContext& context, const Value& element) {
  switch (element.kind()) {
    case Kind::kNode:
    case Kind::kRelationship:
      RequireThere(context, IdOfElement(element));
      return Take(context.transaction.GetValidity(IdOfElement(element)));
    case Kind::kInterval:
      return element.interval();
    default:
      RaiseKind("valid time belongs to nodes and relationships", element);
  }
}

Value CallElementFunction(QueryContext& context, Function function, const std::vector<Value>& arguments) {
  const Value& first = arguments.front();
  for (const Value& argument : arguments) {
    if (argument.is_null()) return {};
  }
  switch (function) {
    case Function::kId:
      return IdOf(first);
    case Function::kElementId:
      return fmt::format("{}", IdOf(first).integer());
    case Function::kLabels:
      return LabelsOf(context, first);
    case Function::kType:
      if (first.kind() != Kind::kRelationship) RaiseKind("type() takes a relationship", first);
      return first.relationship().type;
    case Function::kProperties:
      return PropertiesOf(context, first);
    case Function::kKeys:
      return KeysOf(context, first);
    case Function::kStartNode:
      return EndOf(first, true);
    case Function::kEndNode:
      return EndOf(first, false);
    case Function::kNodes:
      return ElementsOfPath(first, true);
    case Function::kRelationships:
      return ElementsOfPath(first, false);
    case Function::kLength:
      if (first.kind() != Kind::kPath) RaiseKind("length() takes a path", first);
      return static_cast<std::int64_t>(first.path().relationships.size());
    case Function::kValidity: {
      const auto validity = ValidityOf(context, first);
      return validity ? Value(*validity) : Value();
    }
    case Function::kCitations:
      return CitationsOf(context, first, arguments.size() > 1 ? arguments[1] : Value());
    case Function::kCertainly:
      return HoldsAt(context, first, arguments[1], true);
    case Function::kPossibly:
      return HoldsAt(context, first, arguments[1], false);
    case Function::kOverlap:
      return OverlapOf(context, arguments);
    case Function::kGap:
      return Gap(ValidityOf(context, first), ValidityOf(context, arguments[1]));
    case Function::kDays:
      return DaysOf(ValidityOf(context, first));
    default:
      return {};
  }
}

namespace {

Node Whole(QueryContext& context, const Node& node) {
  Node whole{.id = node.id};
  const auto record = Take(context.transaction.GetNode(node.id));
  if (!record || context.Doomed(node.id)) return whole;  // deleted by this query: only its identity is left
  for (const graph::LabelId label : record->labels) whole.labels.push_back(context.transaction.NameOf(label));
  whole.properties = NamedProperties(context, record->properties);
  return whole;
}

Relationship Whole(QueryContext& context, const Relationship& relationship) {
  Relationship whole = relationship;
  const auto record = Take(context.transaction.GetRelationship(relationship.id));
  if (record) whole.properties = NamedProperties(context, record->properties);
  return whole;
}

// Whether a node, relationship or path is in it anywhere.
bool HoldsElements(const Value& value) {
  switch (value.kind()) {
    case Kind::kNode:
    case Kind::kRelationship:
    case Kind::kPath:
      return true;
    case Kind::kList:
      return std::ranges::any_of(value.list(), HoldsElements);
    case Kind::kMap:
      return std::ranges::any_of(value.map(), [](const auto& entry) { return HoldsElements(entry.second); });
    default:
      return false;
  }
}

}  // namespace

Value Materialize(QueryContext& context, const Value& value) {
  if (!HoldsElements(value)) return value;
  switch (value.kind()) {
    case Kind::kNode:
      return Whole(context, value.node());
    case Kind::kRelationship:
      return Whole(context, value.relationship());
    case Kind::kPath: {
      Path path;
      for (const Node& node : value.path().nodes) path.nodes.push_back(Whole(context, node));
      for (const Relationship& r : value.path().relationships) path.relationships.push_back(Whole(context, r));
      return path;
    }
    case Kind::kList: {
      List list;
      for (const Value& element : value.list()) {
        context.Poll();
        list.push_back(Materialize(context, element));
      }
      return list;
    }
    case Kind::kMap: {
      Map map;
      for (const auto& [key, element] : value.map()) map[key] = Materialize(context, element);
      return map;
    }
    default:
      return value;
  }
}

}  // namespace plenum::execution
