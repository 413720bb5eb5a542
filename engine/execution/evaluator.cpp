// Expressions over one row.
#include "engine/execution/evaluator.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/functions.h"
#include "engine/execution/pipeline.h"
#include "engine/execution/value_errors.h"
#include "engine/plan/near_miss.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

using Kind = Value::Kind;

Value Evaluator::Evaluate(const plan::Expression& expression, Row& row) {
  return AtSpan(expression.span,
                [&] { return std::visit([&](const auto& node) { return EvaluateNode(node, row); }, expression.node); });
}

std::optional<bool> Evaluator::EvaluateCondition(const plan::Expression& expression, Row& row) {
  return AtSpan(expression.span, [&] { return ToTruth(Evaluate(expression, row)); });
}

bool Evaluator::Holds(const std::optional<plan::Expression>& condition, Row& row) {
  return !condition || EvaluateCondition(*condition, row) == true;
}

Value Evaluator::EvaluateNode(const plan::Constant& node, Row&) { return node.value; }

Value Evaluator::EvaluateNode(const plan::ParameterRef& node, Row&) {
  const auto found = context_.parameters.find(node.name);
  if (found != context_.parameters.end()) return found->second;
  if (node.optional) return {};
  std::vector<std::string_view> given;
  for (const auto& [name, value] : context_.parameters) given.push_back(name);
  Raise(ErrorType::kParameterMissing, "MissingParameter",
        fmt::format("the query needs the parameter ${}, which was not given{}", node.name,
                    plan::SuggestionFor(node.name, given)));
}

Value Evaluator::EvaluateNode(const plan::SlotRef& node, Row& row) { return row[node.slot]; }

Value Evaluator::EvaluateNode(const plan::PropertyAccess& node, Row& row) {
  return PropertyOf(Evaluate(*node.object, row), node.key);
}

Value Evaluator::PropertyOf(const Value& object, std::string_view key) {
  if (object.kind() != Kind::kNode && object.kind() != Kind::kRelationship) return ComponentOf(object, key);
  const graph::ElementId element = IdOfElement(object);
  const auto key_id = context_.transaction.FindKey(key);
  Value value = key_id ? Take(context_.transaction.GetProperty(element, *key_id)) : Value();
  const bool doomed = object.kind() == Kind::kNode && context_.Doomed(object.node().id);
  if (value.is_null() || doomed) RequireThere(context_, element);
  return value;
}

Value Evaluator::EvaluateNode(const plan::Subscript& node, Row& row) {
  const Value object = Evaluate(*node.object, row);
  const Value index = Evaluate(*node.index, row);
  const bool element = object.kind() == Kind::kNode || object.kind() == Kind::kRelationship;
  if (element && index.kind() == Kind::kString) return PropertyOf(object, index.string());
  if (element && index.is_null()) return {};
  return ElementAt(object, index);
}

Value Evaluator::EvaluateNode(const plan::Slice& node, Row& row) {
  const auto bound = [&](const std::optional<plan::Box<plan::Expression>>& expression) {
    return expression ? std::optional(Evaluate(**expression, row)) : std::nullopt;
  };
  const Value list = Evaluate(*node.object, row);
  const auto first = bound(node.first);
  return SliceOf(list, first, bound(node.end));
}

Value Evaluator::EvaluateNode(const plan::LabelTest& node, Row& row) {
  const Value object = Evaluate(*node.object, row);
  if (object.is_null()) return {};
  if (object.kind() == Kind::kNode || object.kind() == Kind::kRelationship) {
    RequireThere(context_, IdOfElement(object));
    if (object.kind() == Kind::kNode) return LabelsMatch(node.labels, object.node().id);
    return TypeMatches(node.labels, graph::TypeOf(object.relationship().id));
  }
  Raise(ErrorType::kTypeError, "InvalidArgumentType",
        fmt::format("only nodes and relationships have labels, not {}", ToText(object)));
}

namespace {

// A label expression, given whether a name holds and whether there is any name at all.
bool LabelHolds(const ast::LabelExpression& labels, const auto& any, const auto& holds) {
  const auto inner = [&](const ast::LabelExpression& operand) { return LabelHolds(operand, any, holds); };
  if (const auto* name = std::get_if<ast::Name>(&labels.node)) return holds(name->text);
  if (const auto* negation = std::get_if<ast::LabelNot>(&labels.node)) return !inner(*negation->operand);
  if (const auto* all = std::get_if<ast::LabelAll>(&labels.node)) return std::ranges::all_of(all->operands, inner);
  if (const auto* some = std::get_if<ast::LabelAny>(&labels.node)) return std::ranges::any_of(some->operands, inner);
  return any();
}

}  // namespace

bool Evaluator::LabelsMatch(const ast::LabelExpression& labels, NodeId node) const {
  const auto any = [&] { return !Take(context_.transaction.LabelsOf(node)).empty(); };
  return LabelHolds(labels, any, [&](const std::string& name) {
    const auto label = context_.transaction.FindLabel(name);
    return label && Take(context_.transaction.HasLabel(node, *label));
  });
}

bool Evaluator::TypeMatches(const ast::LabelExpression& types, graph::TypeId type) const {
  return LabelHolds(
      types, [] { return true; }, [&](const std::string& name) { return context_.transaction.FindType(name) == type; });
}

Value Evaluator::EvaluateNode(const plan::Unary& node, Row& row) {
  if (node.op == ast::UnaryOperator::kNot) return FromTruth(Not(EvaluateCondition(*node.operand, row)));
  const Value operand = Evaluate(*node.operand, row);
  if (node.op == ast::UnaryOperator::kMinus) return Negate(operand);
  if (operand.is_null() || operand.kind() == Kind::kInteger || operand.kind() == Kind::kFloat) return operand;
  Raise(ErrorType::kTypeError, "InvalidArgumentType", fmt::format("+ takes a number, not {}", ToText(operand)));
}

Value Evaluator::EvaluateNode(const plan::NullTest& node, Row& row) {
  return Evaluate(*node.operand, row).is_null() != node.negated;
}

Value Evaluator::EvaluateNode(const plan::Call& node, Row& row) {
  std::vector<Value> arguments;
  for (const plan::Expression& argument : node.arguments) {
    arguments.push_back(Evaluate(argument, row));
    // What stands behind its first value is not asked for, as in CASE: it may fail.
    if (node.function == plan::Function::kCoalesce && !arguments.back().is_null()) break;
  }
  if (node.function < plan::Function::kSize) return CallElementFunction(context_, node.function, arguments);
  return CallValueFunction(node.function, arguments);
}

Value Evaluator::EvaluateNode(const plan::Case& node, Row& row) {
  const Value subject = node.subject ? Evaluate(**node.subject, row) : Value();
  for (const plan::CaseBranch& branch : node.branches) {
    const bool taken = node.subject ? Equal(subject, Evaluate(*branch.when, row)).value_or(IsMutant("case-of-null"))
                                    : EvaluateCondition(*branch.when, row) == true;
    if (taken) return Evaluate(*branch.then, row);
  }
  return node.otherwise ? Evaluate(**node.otherwise, row) : Value();
}

Value Evaluator::EvaluateNode(const plan::MakeList& node, Row& row) {
  List list;
  list.reserve(node.elements.size());
  for (const plan::Expression& element : node.elements) list.push_back(Evaluate(element, row));
  return CheckNesting(std::move(list));
}

Value Evaluator::EvaluateNode(const plan::MakeMap& node, Row& row) {
  Map map;
  for (const auto& [key, value] : node.entries) map[key] = Evaluate(value, row);
  return CheckNesting(std::move(map));
}

Value Evaluator::EvaluateNode(const plan::MapProjection& node, Row& row) {
  const Value object = Evaluate(*node.object, row);
  if (object.is_null()) return {};
  Map map;
  if (node.all) map = PropertiesOf(context_, object);
  for (const auto& [key, value] : node.entries) map[key] = Evaluate(value, row);
  return CheckNesting(std::move(map));
}

namespace {

// The elements of a list value; null and what is no list are told apart by the caller.
const List& ElementsOf(const Value& list, std::string_view what) {
  if (list.kind() == Kind::kList) return list.list();
  Raise(ErrorType::kTypeError, "InvalidArgumentType", fmt::format("{} goes over a list, not {}", what, ToText(list)));
}

}  // namespace

Value Evaluator::EvaluateNode(const plan::ListComprehension& node, Row& row) {
  const Value list = Evaluate(*node.list, row);
  if (list.is_null()) return {};
  List out;
  for (const Value& element : ElementsOf(list, "a list comprehension")) {
    context_.Poll();
    row[node.element] = element;
    if (node.where && !EvaluateCondition(**node.where, row).value_or(IsMutant("comprehension-keeps-null"))) continue;
    out.push_back(node.map ? Evaluate(**node.map, row) : element);
  }
  return CheckNesting(std::move(out));
}

Value Evaluator::EvaluateNode(const plan::Quantifier& node, Row& row) {
  const Value list = Evaluate(*node.list, row);
  if (list.is_null()) return {};
  std::size_t trues = 0;
  std::size_t nulls = 0;
  const List& elements = ElementsOf(list, "a quantifier");
  for (const Value& element : elements) {
    context_.Poll();
    row[node.element] = element;
    const std::optional<bool> truth = node.where ? EvaluateCondition(**node.where, row) : ToTruth(element);
    if (!truth) ++nulls;
    if (truth == true) ++trues;
  }
  const std::size_t falses = elements.size() - trues - nulls;
  switch (node.kind) {
    case ast::QuantifierKind::kAll:
      return falses ? Value(false) : nulls && !IsMutant("all-skips-null") ? Value() : Value(true);
    case ast::QuantifierKind::kAny:
      return trues ? Value(true) : nulls ? Value() : Value(false);
    case ast::QuantifierKind::kNone:
      return trues ? Value(false) : nulls ? Value() : Value(true);
    case ast::QuantifierKind::kSingle:
      return trues > 1 && !IsMutant("single-as-any") ? Value(false) : nulls ? Value() : Value(trues >= 1);
  }
  return {};
}

Value Evaluator::EvaluateNode(const plan::Reduce& node, Row& row) {
  Value accumulator = Evaluate(*node.initial, row);
  const Value list = Evaluate(*node.list, row);
  if (list.is_null()) return {};
  for (const Value& element : ElementsOf(list, "reduce")) {
    context_.Poll();
    row[node.accumulator] = accumulator;
    row[node.element] = element;
    accumulator = Evaluate(*node.step, row);
  }
  return accumulator;
}

Value Evaluator::EvaluateNode(const plan::Subquery& node, Row& row) {
  List found;
  std::int64_t count = 0;
  const std::uint64_t memory_bytes = context_.memory_bytes;
  RunQuery(context_, *node.query, row, [&](std::vector<Value>& columns) {
    ++count;
    if (node.kind == ast::SubqueryKind::kCollect) {
      context_.Charge(columns, "COLLECT { }");
      found.push_back(std::move(columns.front()));
    }
    return node.kind != ast::SubqueryKind::kExists;
  });
  context_.memory_bytes = memory_bytes;  // its rows are gone
  switch (node.kind) {
    case ast::SubqueryKind::kExists:
      return count > 0;
    case ast::SubqueryKind::kCount:
      return count;
    case ast::SubqueryKind::kCollect:
      return CheckNesting(std::move(found));
  }
  return {};
}

}  // namespace plenum::execution
