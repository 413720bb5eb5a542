// Chains of operators of one precedence level, from left to right.
#include <algorithm>

#include "engine/execution/evaluator.h"
#include "engine/execution/functions.h"
#include "engine/value/mutant.h"

namespace plenum::execution {

using Op = ast::BinaryOperator;

Value ApplyOperator(Op op, const Value& a, const Value& b) {
  switch (op) {
    case Op::kAdd:
      return Add(a, b);
    case Op::kSubtract:
      return Subtract(a, b);
    case Op::kMultiply:
      return Multiply(a, b);
    case Op::kDivide:
      return Divide(a, b);
    case Op::kModulo:
      return Modulo(a, b);
    case Op::kPower:
      return Power(a, b);
    case Op::kStartsWith:
      return StartsWith(a, b);
    case Op::kEndsWith:
      return EndsWith(a, b);
    case Op::kContains:
      return Contains(a, b);
    case Op::kMatches:
      return Matches(a, b);
    case Op::kIn:
      return In(a, b);
    default:
      return {};  // logic and comparison have their own rules
  }
}

std::optional<bool> CompareBy(Op op, const Value& a, const Value& b) {
  switch (op) {
    case Op::kEqual:
      return Equal(a, b);
    case Op::kNotEqual:
      return Not(Equal(a, b));
    case Op::kLess:
      return Less(a, b);
    case Op::kGreater:
      return Less(b, a);
    case Op::kLessOrEqual:
      return Or(Less(a, b), Equal(a, b));
    case Op::kGreaterOrEqual:
      return Or(Less(b, a), Equal(a, b));
    default:
      return std::nullopt;
  }
}

Value Evaluator::EvaluateNode(const plan::Chain& node, Row& row) {
  const Op op = node.rest.front().op;
  if (op <= Op::kAnd) return EvaluateLogic(node, row);
  if (op <= Op::kGreaterOrEqual) return EvaluateComparison(node, row);
  Value value = Evaluate(*node.first, row);
  for (const plan::Operation& operation : node.rest)
    value = ApplyOperator(operation.op, value, Evaluate(*operation.operand, row));
  return value;
}

// AND and OR stop where nothing behind can change the answer.
Value Evaluator::EvaluateLogic(const plan::Chain& chain, Row& row) {
  std::optional<bool> truth = EvaluateCondition(*chain.first, row);
  for (const plan::Operation& operation : chain.rest) {
    if (operation.op == Op::kAnd && truth == false) return false;
    if (operation.op == Op::kOr && truth == true) return true;
    const std::optional<bool> operand = EvaluateCondition(*operation.operand, row);
    truth = operation.op == Op::kAnd  ? And(truth, operand)
            : operation.op == Op::kOr ? Or(truth, operand)
                                      : Xor(truth, operand);
  }
  return FromTruth(truth);
}

// a < b <= c is a < b AND b <= c, each operand evaluated once.
Value Evaluator::EvaluateComparison(const plan::Chain& chain, Row& row) {
  Value left = Evaluate(*chain.first, row);
  std::optional<bool> truth = true;
  for (const plan::Operation& operation : chain.rest) {
    Value right = Evaluate(*operation.operand, row);
    const std::optional<bool> pair = CompareBy(operation.op, left, right);
    truth = IsMutant("chain-last-only") ? pair : And(truth, pair);
    left = std::move(right);
  }
  return FromTruth(truth);
}

}  // namespace plenum::execution
