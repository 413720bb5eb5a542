// Comparison of two vectors, row by row, by the kinds that they have.
#pragma once

#include <compare>
#include <functional>
#include <limits>

#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/truths.h"
#include "engine/value/mutant.h"
#include "engine/value/number.h"

namespace plenum::execution {
namespace comparing {

using Op = ast::BinaryOperator;
using Kind = Vector::Kind;

// visit(row, Truth) for each row of the batch; holds(row) where neither side is null.
template <class Holds, class Visit>
void ForEachRow(const Vector& a, const Vector& b, const Batch& batch, Holds holds, Visit& visit) {
  if (!a.has_nulls() && !b.has_nulls()) {
    for (std::size_t i = 0; i < batch.count; ++i) visit(batch.Row(i), TruthOf(holds(batch.Row(i))));
    return;
  }
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::uint16_t row = batch.Row(i);
    const bool null = a.IsNull(row) || b.IsNull(row);
    visit(row, null ? (IsMutant("kernel-null-compares-false") ? Truth::kFalse : Truth::kNull) : TruthOf(holds(row)));
  }
}

// x(row) and y(row): of a type that has all comparisons.
template <class X, class Y, class Visit>
void ForEachBy(Op op, const Vector& a, const Vector& b, const Batch& batch, X x, Y y, Visit& visit) {
  const auto each = [&](auto holds) {
    ForEachRow(
        a, b, batch, [=](std::size_t row) { return holds(x(row), y(row)); }, visit);
  };
  switch (op) {
    case Op::kEqual:
      return each(std::equal_to<>());
    case Op::kNotEqual:
      return each(std::not_equal_to<>());
    case Op::kLess:
      return each(std::less<>());
    case Op::kLessOrEqual:
      return each(std::less_equal<>());
    case Op::kGreater:
      return each(std::greater<>());
    default:
      return each(std::greater_equal<>());
  }
}

// Of any kinds; the rule itself.
template <class Visit>
void ForEachValue(Op op, const Vector& a, const Vector& b, const Batch& batch, const graph::Transaction& transaction,
                  Visit& visit) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::uint16_t row = batch.Row(i);
    const auto truth = CompareBy(op, a.ValueAt(row, transaction), b.ValueAt(row, transaction));
    visit(row, truth ? TruthOf(*truth) : Truth::kNull);
  }
}

// An ordering as a number beside 0; of what is not ordered NaN.
inline double SignOf(std::partial_ordering order) {
  if (order == std::partial_ordering::unordered) return std::numeric_limits<double>::quiet_NaN();
  return order < 0 ? -1 : order > 0 ? 1 : 0;
}

template <class Visit>
void ForEachNumber(Op op, const Vector& a, const Vector& b, const Batch& batch, Visit& visit) {
  const auto at = [](const auto* array) { return [array](std::size_t row) { return array[row]; }; };
  const auto zero = [](std::size_t) { return 0.0; };
  if (a.kind() == b.kind()) {
    if (a.kind() == Kind::kFloats) return ForEachBy(op, a, b, batch, at(a.floats()), at(b.floats()), visit);
    return ForEachBy(op, a, b, batch, at(a.integers()), at(b.integers()), visit);
  }
  if (a.kind() == Kind::kFloats) {
    const auto sign = [x = a.floats(), y = b.integers()](std::size_t row) {
      return -SignOf(CompareExactly(y[row], x[row]));
    };
    return ForEachBy(op, a, b, batch, sign, zero, visit);
  }
  const auto sign = [x = a.integers(), y = b.floats()](std::size_t row) {
    return SignOf(CompareExactly(x[row], y[row]));
  };
  ForEachBy(op, a, b, batch, sign, zero, visit);
}

}  // namespace comparing

// visit(row, Truth) for each row of the batch: what `a op b` is there. Both vectors may be of any kind.
template <class Visit>
void ForEachComparison(ast::BinaryOperator op, const Vector& a, const Vector& b, const Batch& batch,
                       const graph::Transaction& transaction, Visit visit) {
  using namespace comparing;
  const auto is_number = [](Kind kind) { return kind == Kind::kIntegers || kind == Kind::kFloats; };
  if (is_number(a.kind()) && is_number(b.kind())) return ForEachNumber(op, a, b, batch, visit);
  const bool by_identity = op == Op::kEqual || op == Op::kNotEqual;
  if (a.kind() != b.kind()) return ForEachValue(op, a, b, batch, transaction, visit);
  const auto at = [](const auto* array) { return [array](std::size_t row) { return array[row]; }; };
  switch (a.kind()) {
    case Kind::kDates:
      return ForEachBy(op, a, b, batch, at(a.integers()), at(b.integers()), visit);
    case Kind::kTexts:
      return ForEachBy(op, a, b, batch, at(a.texts()), at(b.texts()), visit);
    case Kind::kBooleans:
      return ForEachBy(op, a, b, batch, at(a.booleans()), at(b.booleans()), visit);
    case Kind::kNodes:
      if (!by_identity) break;
      return ForEachBy(op, a, b, batch, at(a.nodes()), at(b.nodes()), visit);
    case Kind::kRelationships: {
      if (!by_identity) break;
      const auto id_at = [](const RelationshipRef* refs) { return [refs](std::size_t row) { return refs[row].id; }; };
      return ForEachBy(op, a, b, batch, id_at(a.relationships()), id_at(b.relationships()), visit);
    }
    default:
      break;
  }
  ForEachValue(op, a, b, batch, transaction, visit);
}

}  // namespace plenum::execution
