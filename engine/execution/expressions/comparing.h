// Comparison of two vectors, row by row, by the kinds that they have.
#pragma once

#include <functional>

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

// compare(row) gives an ordering, partial or not.
template <class Compare, class Visit>
void ForEachBy(Op op, const Vector& a, const Vector& b, const Batch& batch, Compare compare, Visit& visit) {
  switch (op) {
    case Op::kEqual:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return compare(row) == 0; }, visit);
    case Op::kNotEqual:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return !(compare(row) == 0); }, visit);
    case Op::kLess:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return compare(row) < 0; }, visit);
    case Op::kLessOrEqual:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return compare(row) <= 0; }, visit);
    case Op::kGreater:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return compare(row) > 0; }, visit);
    default:
      return ForEachRow(
          a, b, batch, [&](std::size_t row) { return compare(row) >= 0; }, visit);
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

template <class Visit>
void ForEachNumber(Op op, const Vector& a, const Vector& b, const Batch& batch, Visit& visit) {
  if (a.kind() == Kind::kFloats) {
    const double* const x = a.floats();
    if (b.kind() == Kind::kFloats) {
      const double* const y = b.floats();
      return ForEachBy(
          op, a, b, batch, [=](std::size_t row) { return x[row] <=> y[row]; }, visit);
    }
    const std::int64_t* const y = b.integers();
    return ForEachBy(
        op, a, b, batch, [=](std::size_t row) { return 0 <=> CompareExactly(y[row], x[row]); }, visit);
  }
  const std::int64_t* const x = a.integers();
  if (b.kind() == Kind::kFloats) {
    const double* const y = b.floats();
    return ForEachBy(
        op, a, b, batch, [=](std::size_t row) { return CompareExactly(x[row], y[row]); }, visit);
  }
  const std::int64_t* const y = b.integers();
  return ForEachBy(
      op, a, b, batch, [=](std::size_t row) { return x[row] <=> y[row]; }, visit);
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
  switch (a.kind()) {
    case Kind::kDates:
      return ForEachBy(
          op, a, b, batch, [&](std::size_t row) { return a.integers()[row] <=> b.integers()[row]; }, visit);
    case Kind::kTexts:
      return ForEachBy(
          op, a, b, batch, [&](std::size_t row) { return a.texts()[row] <=> b.texts()[row]; }, visit);
    case Kind::kBooleans:
      return ForEachBy(
          op, a, b, batch, [&](std::size_t row) { return a.booleans()[row] <=> b.booleans()[row]; }, visit);
    case Kind::kNodes:
      if (!by_identity) break;
      return ForEachBy(
          op, a, b, batch, [&](std::size_t row) { return a.nodes()[row] <=> b.nodes()[row]; }, visit);
    case Kind::kRelationships:
      if (!by_identity) break;
      return ForEachBy(
          op, a, b, batch, [&](std::size_t row) { return a.relationships()[row].id <=> b.relationships()[row].id; },
          visit);
    default:
      break;
  }
  ForEachValue(op, a, b, batch, transaction, visit);
}

}  // namespace plenum::execution
