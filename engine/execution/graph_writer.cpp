// CREATE, SET, REMOVE and DELETE of one row.
#include "engine/execution/graph_writer.h"

#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;

// The labels that a written node is given: one name, or names joined by & or ':'.
std::vector<std::string> LabelNames(const std::optional<ast::LabelExpression>& labels) {
  if (!labels) return {};
  if (const auto* name = std::get_if<ast::Name>(&labels->node)) return {name->text};
  std::vector<std::string> names;
  if (const auto* all = std::get_if<ast::LabelAll>(&labels->node)) {
    for (const ast::LabelExpression& operand : all->operands) names.push_back(std::get<ast::Name>(operand.node).text);
  }
  return names;
}

NodeId NodeIn(const Row& row, const plan::NodePattern& pattern) {
  const Value& value = row[pattern.slot];
  if (value.kind() == Kind::kNode) return value.node().id;
  throw EvaluationError{Error{.type = ErrorType::kSemanticError,
                              .detail = "MissingNode",
                              .message = "a relationship cannot end at null: this node was not found before",
                              .place = Place{.span = pattern.span}}};
}

}  // namespace

graph::Fact FactOf(const Value& element, std::optional<graph::KeyId> property) {
  if (element.kind() == Kind::kNode) return {element.node().id, property};
  return {element.relationship().id, property};
}

void GraphWriter::Create(const plan::Pattern& pattern, Row& row) {
  for (const plan::PathPattern& path : pattern.paths) {
    for (std::size_t i = 0; i < path.nodes.size(); ++i) {
      const plan::NodePattern& node = path.nodes[i];
      if (!node.bound && !node.repeated) AtSpan(node.span, [&] { CreateNode(node, row); });
      if (i == 0) continue;
      const plan::RelationshipPattern& relationship = path.relationships[i - 1];
      AtSpan(relationship.span, [&] { CreateRelationship(relationship, path.nodes[i - 1], node, row); });
    }
    if (!path.slot) continue;
    Path built;
    for (const plan::NodePattern& node : path.nodes) built.nodes.push_back(row[node.slot].node());
    for (const plan::RelationshipPattern& r : path.relationships)
      built.relationships.push_back(row[r.slot].relationship());
    row[*path.slot] = std::move(built);
  }
}

Map GraphWriter::PatternProperties(const std::optional<plan::Expression>& properties, Row& row) {
  if (!properties) return {};
  const Value value = evaluator_.Evaluate(*properties, row);
  if (value.kind() == Kind::kMap) return value.map();
  Raise(ErrorType::kTypeError, "InvalidArgumentType", fmt::format("properties are a map, not {}", ToText(value)));
}

void GraphWriter::CheckMergeable(const plan::Pattern& pattern, Row& row) {
  for (const plan::PathPattern& path : pattern.paths) {
    for (const plan::NodePattern& node : path.nodes) CheckMergeable(node.properties, row);
    for (const plan::RelationshipPattern& r : path.relationships) CheckMergeable(r.properties, row);
  }
}

void GraphWriter::CheckMergeable(const std::optional<plan::Expression>& properties, Row& row) {
  for (const auto& [key, value] : PatternProperties(properties, row)) {
    if (!value.is_null()) continue;
    throw EvaluationError{
        Error{.type = ErrorType::kSemanticError,
              .detail = "MergeReadOwnWrites",
              .message = fmt::format("MERGE cannot look for `{}` = null, which no element has: leave it "
                                     "out, or set it in ON CREATE",
                                     key),
              .place = Place{.span = properties->span}}};
  }
}

void GraphWriter::CreateNode(const plan::NodePattern& pattern, Row& row) {
  const Map properties = PatternProperties(pattern.properties, row);
  std::vector<graph::LabelId> labels;
  for (const std::string& name : LabelNames(pattern.labels))
    labels.push_back(Take(context_.transaction.InternLabel(name)));
  const NodeId node = Take(context_.transaction.CreateNode(labels));
  ++context_.statistics.nodes_created;
  context_.statistics.labels_added += labels.size();
  row[pattern.slot] = Node{.id = node};
  SetProperties(row[pattern.slot], properties);
  if (pattern.assertion) {
    Take(context_.transaction.SetValidity(node, evaluator_.EvaluateAssertion(*pattern.assertion, row)));
  }
  Cite({node, std::nullopt}, pattern.citations, row);
}

void GraphWriter::CreateRelationship(const plan::RelationshipPattern& pattern, const plan::NodePattern& before,
                                     const plan::NodePattern& behind, Row& row) {
  const bool incoming = pattern.direction == ast::Direction::kIncoming;
  const NodeId start = NodeIn(row, incoming ? behind : before);
  const NodeId end = NodeIn(row, incoming ? before : behind);
  const Map properties = PatternProperties(pattern.properties, row);
  const std::string& name = std::get<ast::Name>(pattern.types->node).text;
  const graph::TypeId type = Take(context_.transaction.InternType(name));
  const RelationshipId relationship = Take(context_.transaction.CreateRelationship(type, start, end));
  ++context_.statistics.relationships_created;
  row[pattern.slot] = Relationship{.id = relationship, .type = name, .start = start, .end = end, .properties = {}};
  SetProperties(row[pattern.slot], properties);
  if (pattern.assertion) {
    Take(context_.transaction.SetValidity(relationship, evaluator_.EvaluateAssertion(*pattern.assertion, row)));
  }
  Cite({relationship, std::nullopt}, pattern.citations, row);
}

void GraphWriter::SetProperty(const Value& element, std::string_view key, const Value& value) {
  graph::Transaction& transaction = context_.transaction;
  if (value.is_null() && !transaction.FindKey(key)) return;
  const graph::KeyId key_id = Take(transaction.InternKey(key));
  const graph::ElementId id = IdOfElement(element);
  RequireThere(context_, id);
  if (value.is_null() && Take(transaction.GetProperty(id, key_id)).is_null()) return;
  Take(transaction.SetProperty(id, key_id, value));
  ++context_.statistics.properties_set;
}

void GraphWriter::SetProperties(const Value& element, const Map& properties) {
  for (const auto& [key, value] : properties) SetProperty(element, key, value);
}

void GraphWriter::Apply(const std::vector<plan::UpdateItem>& items, Row& row) {
  for (const plan::UpdateItem& item : items) {
    AtSpan(item.span, [&] { std::visit([&](const auto& update) { ApplyItem(update, row); }, item.item); });
  }
}

bool IsElement(const Value& value) {
  if (value.is_null()) return false;
  if (value.kind() == Kind::kNode || value.kind() == Kind::kRelationship) return true;
  Raise(ErrorType::kTypeError, "InvalidArgumentType",
        fmt::format("only nodes and relationships can be changed, not {}", ToText(value)));
}

void GraphWriter::ApplyItem(const plan::SetProperty& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (!IsElement(object)) return;
  SetProperty(object, item.key, evaluator_.Evaluate(item.value, row));
  if (item.citations.empty()) return;
  Cite(FactOf(object, Take(context_.transaction.InternKey(item.key))), item.citations, row);
}

void GraphWriter::ApplyItem(const plan::SetAll& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (!IsElement(object)) return;
  const Map wanted = PropertiesOf(context_, evaluator_.Evaluate(item.value, row));
  if (!item.add) {
    for (const auto& [key, value] : PropertiesOf(context_, object)) {
      if (!wanted.contains(key)) SetProperty(object, key, Value());
    }
  }
  SetProperties(object, wanted);
}

void GraphWriter::ApplyItem(const plan::SetLabels& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (!IsElement(object)) return;
  if (object.kind() != Kind::kNode) {
    Raise(ErrorType::kTypeError, "InvalidArgumentType",
          "labels belong to nodes: a relationship has one type, for good");
  }
  const NodeId node = object.node().id;
  for (const std::string& name : item.labels) {
    const graph::LabelId label = Take(context_.transaction.InternLabel(name));
    const bool has = Take(context_.transaction.HasLabel(node, label));
    if (has != item.remove) continue;
    if (item.remove) {
      Take(context_.transaction.RemoveLabel(node, label));
      ++context_.statistics.labels_removed;
    } else {
      Take(context_.transaction.AddLabel(node, label));
      ++context_.statistics.labels_added;
    }
  }
}

void GraphWriter::ApplyItem(const plan::SetValidity& item, Row& row) {
  const Value object = evaluator_.Evaluate(item.object, row);
  if (!IsElement(object)) return;
  std::optional<Interval> validity;
  if (item.assertion) validity = evaluator_.EvaluateAssertion(*item.assertion, row);
  if (object.kind() == Kind::kNode) {
    Take(context_.transaction.SetValidity(object.node().id, validity));
  } else {
    Take(context_.transaction.SetValidity(object.relationship().id, validity));
  }
}

void GraphWriter::Delete(const Value& target, bool detach, Span span) {
  switch (target.kind()) {
    case Kind::kNull:
      return;
    case Kind::kRelationship:
      return DeleteRelationship(target.relationship().id);
    case Kind::kNode:
      // Once, however many rows name it: nothing is created between them.
      if (doomed_.emplace(target.node().id, span).second && detach) DetachDelete(target.node().id);
      return;
    case Kind::kPath:
      for (const Relationship& relationship : target.path().relationships) DeleteRelationship(relationship.id);
      for (const Node& node : target.path().nodes) Delete(Value(node), detach, span);
      return;
    default:
      Raise(ErrorType::kTypeError, "InvalidArgumentType",
            fmt::format("only nodes, relationships and paths can be deleted, not {}", ToText(target)));
  }
}

void GraphWriter::DetachDelete(NodeId node) {
  for (const auto direction : {graph::Direction::kOutgoing, graph::Direction::kIncoming}) {
    std::vector<graph::Neighbour> neighbours;
    Take(context_.transaction.AppendNeighbours(node, direction, std::nullopt, neighbours));
    for (const graph::Neighbour& neighbour : neighbours) {
      context_.Poll();
      DeleteRelationship(neighbour.relationship);
    }
  }
}

void GraphWriter::DeleteRelationship(RelationshipId relationship) {
  if (!Take(context_.transaction.Exists(relationship))) return;
  Take(context_.transaction.DeleteRelationship(relationship));
  ++context_.statistics.relationships_deleted;
}

void GraphWriter::FinishDelete() {
  for (const auto& [node, span] : doomed_) {
    context_.Poll();
    if (!Take(context_.transaction.Exists(node))) continue;
    if (context_.late_deletes && Take(context_.transaction.HasRelationships(node))) {
      context_.late_deletes->Delete(Value(Node{.id = node, .labels = {}, .properties = {}}), false, span);
      continue;
    }
    AtSpan(span, [&] { Take(context_.transaction.DeleteNode(node)); });
    ++context_.statistics.nodes_deleted;
  }
  doomed_.clear();
}

}  // namespace plenum::execution
