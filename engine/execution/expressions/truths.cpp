// See truths.h.
#include "engine/execution/expressions/truths.h"

#include "engine/execution/value_errors.h"

namespace plenum::execution {
namespace {

Truth TruthOfValue(const Value& value) {
  if (value.is_null()) return Truth::kNull;
  if (value.kind() == Value::Kind::kBoolean) return TruthOf(value.boolean());
  RaiseInvalidType("a Boolean was expected, not " + Described(value));
}

}  // namespace

void ReadTruths(const Vector& vector, const Batch& batch, Truth* truths) {
  switch (vector.kind()) {
    case Vector::Kind::kBooleans:
      for (std::size_t i = 0; i < batch.count; ++i) {
        const std::size_t row = batch.Row(i);
        truths[row] = vector.IsNull(row) ? Truth::kNull : TruthOf(vector.booleans()[row]);
      }
      return;
    case Vector::Kind::kValues:
      for (std::size_t i = 0; i < batch.count; ++i) {
        const std::size_t row = batch.Row(i);
        truths[row] = TruthOfValue(vector.values()[row]);
      }
      return;
    default:
      for (std::size_t i = 0; i < batch.count; ++i) {
        const std::size_t row = batch.Row(i);
        if (!vector.IsNull(row)) RaiseInvalidType("a Boolean was expected");
        truths[row] = Truth::kNull;
      }
  }
}

void WriteTruths(const Truth* truths, const Batch& batch, Vector& vector) {
  vector.Reset(Vector::Kind::kBooleans);
  bool* const booleans = vector.booleans();
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::size_t row = batch.Row(i);
    booleans[row] = truths[row] == Truth::kTrue;
    if (truths[row] == Truth::kNull) vector.SetNull(row);
  }
}

}  // namespace plenum::execution
