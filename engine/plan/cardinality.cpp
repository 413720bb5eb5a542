// See cardinality.h.
#include "engine/plan/cardinality.h"

#include <algorithm>

#include "engine/plan/relationship_types.h"

namespace plenum::plan {
namespace {

// What parts of the candidates are left, where nothing better is known.
constexpr double kLeftByEqual = 0.1;
constexpr double kLeftByRange = 0.3;

std::vector<std::string_view> RequiredLabels(const NodePattern& node) {
  std::vector<std::string_view> names;
  if (!node.labels) return names;
  if (const auto* name = std::get_if<ast::Name>(&node.labels->node)) names.push_back(name->text);
  if (const auto* all = std::get_if<ast::LabelAll>(&node.labels->node)) {
    for (const ast::LabelExpression& operand : all->operands) {
      if (const auto* name = std::get_if<ast::Name>(&operand.node)) names.push_back(name->text);
    }
  }
  return names;
}

const std::string* KeyOf(const Expression& expression, Slot slot) {
  const auto* access = std::get_if<PropertyAccess>(&expression.node);
  const auto* ref = access ? std::get_if<SlotRef>(&access->object->node) : nullptr;
  return ref && ref->slot == slot ? &access->key : nullptr;
}

}  // namespace

Cardinality::Cardinality(graph::Transaction& transaction) : transaction_(transaction) {
  if (auto statistics = transaction.Statistics(); statistics && *statistics && (*statistics)->commit != 0) {
    statistics_ = *statistics;
  }
}

double Cardinality::Count(std::optional<LabelId> label) {
  return std::max(1.0, static_cast<double>(transaction_.CountNodes(label).value_or(0)));
}

std::optional<LabelId> Cardinality::RarestLabel(const JoinGraph::Node& node) {
  std::optional<LabelId> rarest;
  for (const NodePattern* pattern : node.patterns) {
    for (const std::string_view name : RequiredLabels(*pattern)) {
      const auto label = transaction_.FindLabel(name);
      if (label && (!rarest || Count(label) < Count(rarest))) rarest = label;
    }
  }
  return rarest;
}

double Cardinality::Labelled(const JoinGraph::Node& node) { return Count(RarestLabel(node)); }

// One of how many different values of the property the label's nodes have.
double Cardinality::PartWith(const JoinGraph::Node& node, std::string_view key) {
  const auto id = transaction_.FindKey(key);
  const auto label = RarestLabel(node);
  if (!id || !label || !statistics_) return kLeftByEqual;
  const auto distinct = statistics_->labels.find({label->value, id->value});
  if (distinct == statistics_->labels.end()) return kLeftByEqual;
  return 1.0 / std::max(1.0, static_cast<double>(distinct->second.Estimate()));
}

double Cardinality::PartLeft(const Condition& condition, const JoinGraph::Node& node) {
  const auto* chain = std::get_if<Chain>(&condition.expression.node);
  if (chain == nullptr || chain->rest.empty()) return 1;
  double part = 1;
  const Expression* left = &*chain->first;
  for (const Operation& operation : chain->rest) {
    const Expression* right = &*operation.operand;
    const std::string* key = KeyOf(*left, node.slot);
    if (key == nullptr) key = KeyOf(*right, node.slot);
    left = right;
    if (key == nullptr) continue;
    if (operation.op == ast::BinaryOperator::kEqual) part *= PartWith(node, *key);
    if (operation.op >= ast::BinaryOperator::kLess && operation.op <= ast::BinaryOperator::kGreaterOrEqual) {
      part *= kLeftByRange;
    }
  }
  return part;
}

double Cardinality::Nodes(const JoinGraph& graph, const JoinGraph::Node& node) {
  double part = 1;
  for (const NodePattern* pattern : node.patterns) {
    const auto* map = pattern->properties ? std::get_if<MakeMap>(&pattern->properties->node) : nullptr;
    if (pattern->properties && map == nullptr) part *= kLeftByEqual;
    if (map == nullptr) continue;
    for (const auto& [key, value] : map->entries) part *= PartWith(node, key);
  }
  for (const Condition* condition : graph.conditions) {
    const bool others = std::ranges::any_of(
        condition->reads, [&](Slot slot) { return slot != node.slot && graph.introduced.contains(slot); });
    if (!others) part *= PartLeft(*condition, node);
  }
  return std::max(Labelled(node) * part, 0.01);
}

double Cardinality::CountBetween(TypeId type, std::optional<LabelId> start, std::optional<LabelId> end) {
  const auto all = static_cast<double>(transaction_.CountRelationships(type).value_or(0));
  if (!start && !end) return all;
  if (statistics_) {
    const auto of_type = statistics_->types.find(type.value);
    if (of_type != statistics_->types.end()) {
      const auto number = [](std::optional<LabelId> label) { return label ? label->value : storage::kEveryNode; };
      const auto found = of_type->second.between.find({number(start), number(end)});
      return found != of_type->second.between.end() ? static_cast<double>(found->second) : 0.01;
    }
  }
  const double nodes = Count(std::nullopt);
  return all * (Count(start) / nodes) * (Count(end) / nodes);
}

double Cardinality::Degree(const JoinGraph& graph, const JoinGraph::Edge& edge, bool from_left) {
  const auto left = RarestLabel(graph.nodes[edge.left]);
  const auto right = RarestLabel(graph.nodes[edge.right]);
  const RelationshipPattern& pattern = *edge.relationship;
  double relationships = 0;
  for (const TypeId type : TypesOf(pattern.types ? &*pattern.types : nullptr, transaction_)) {
    if (pattern.direction != ast::Direction::kIncoming) relationships += CountBetween(type, left, right);
    if (pattern.direction != ast::Direction::kOutgoing) relationships += CountBetween(type, right, left);
  }
  return relationships / Count(from_left ? left : right);
}

}  // namespace plenum::plan
