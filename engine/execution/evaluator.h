// Expressions over one row: the obvious way, one visit a kind.
//
// Nodes, relationships and paths are references while a query runs: a Node value has only its id, a Relationship its
// id, type and ends; what else they have is read from the graph when asked. Materialize fills them in for the result.
#pragma once

#include <optional>
#include <string_view>

#include "engine/execution/query_context.h"
#include "engine/execution/valid_time.h"
#include "engine/plan/bound_query.h"

namespace plenum::execution {

class Evaluator {
 public:
  explicit Evaluator(QueryContext& context) : context_(context) {}

  // The value of `expression`; raises EvaluationError with the place. Slots of list variables in `row` are overwritten.
  Value Evaluate(const plan::Expression& expression, Row& row);
  std::optional<bool> EvaluateCondition(const plan::Expression& expression, Row& row);
  bool Holds(const std::optional<plan::Expression>& condition, Row& row);  // true, or there is none

  // Whether a node with these labels (a relationship of this type) satisfies the label expression.
  bool LabelsMatch(const ast::LabelExpression& labels, NodeId node) const;
  bool TypeMatches(const ast::LabelExpression& types, graph::TypeId type) const;

  // Whether an element passes a filter on valid time. Timeless elements always do.
  bool PassesFilter(const std::optional<plan::ValidFilter>& filter, const std::optional<Interval>& validity, Row& row);
  PartialDate EvaluateWhen(const plan::Expression& when, Row& row);
  ValidDays EvaluateDays(const plan::ValidFilter& filter, const PartialDate& when, Row& row);
  Interval EvaluateAssertion(const plan::Assertion& assertion, Row& row);

  Value PropertyOf(const Value& object, std::string_view key);

  QueryContext& context() { return context_; }

 private:
  Value EvaluateNode(const plan::Constant& node, Row& row);
  Value EvaluateNode(const plan::ParameterRef& node, Row& row);
  Value EvaluateNode(const plan::SlotRef& node, Row& row);
  Value EvaluateNode(const plan::PropertyAccess& node, Row& row);
  Value EvaluateNode(const plan::Subscript& node, Row& row);
  Value EvaluateNode(const plan::Slice& node, Row& row);
  Value EvaluateNode(const plan::LabelTest& node, Row& row);
  Value EvaluateNode(const plan::Unary& node, Row& row);
  Value EvaluateNode(const plan::Chain& node, Row& row);
  Value EvaluateNode(const plan::NullTest& node, Row& row);
  Value EvaluateNode(const plan::Call& node, Row& row);
  Value EvaluateNode(const plan::Case& node, Row& row);
  Value EvaluateNode(const plan::MakeList& node, Row& row);
  Value EvaluateNode(const plan::MakeMap& node, Row& row);
  Value EvaluateNode(const plan::MapProjection& node, Row& row);
  Value EvaluateNode(const plan::ListComprehension& node, Row& row);
  Value EvaluateNode(const plan::Quantifier& node, Row& row);
  Value EvaluateNode(const plan::Reduce& node, Row& row);
  Value EvaluateNode(const plan::Subquery& node, Row& row);

  Value EvaluateLogic(const plan::Chain& chain, Row& row);
  Value EvaluateComparison(const plan::Chain& chain, Row& row);

  QueryContext& context_;
};

// Operators between two values (operator_evaluation.cpp): those that compare, and all others but logic.
std::optional<bool> CompareBy(ast::BinaryOperator op, const Value& a, const Value& b);
Value ApplyOperator(ast::BinaryOperator op, const Value& a, const Value& b);

// Reading elements (element_functions.cpp). These raise EntityNotFound where the query has deleted the element.
void RequireThere(QueryContext& context, const graph::ElementId& element);
std::shared_ptr<const graph::NodeRecord> ReadNode(QueryContext& context, NodeId node);
std::shared_ptr<const graph::RelationshipRecord> ReadRelationship(QueryContext& context, RelationshipId relationship);
graph::ElementId IdOfElement(const Value& element);             // a node or a relationship
Map PropertiesOf(QueryContext& context, const Value& element);  // a map's own entries, too
std::optional<Interval> ValidityOf(QueryContext& context, const Value& element);
Value CallElementFunction(QueryContext& context, plan::Function function, const std::vector<Value>& arguments);

// The value as a result holds it: nodes, relationships and paths whole, in lists and maps too.
Value Materialize(QueryContext& context, const Value& value);

}  // namespace plenum::execution
