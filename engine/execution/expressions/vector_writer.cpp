// See vector_writer.h.
#include "engine/execution/expressions/vector_writer.h"

#include <utility>

namespace plenum::execution {

bool VectorWriter::Turn(std::size_t i, Kind kind) {
  if (all_null_) {
    vector_.Reset(kind);
    for (std::size_t before = 0; before < i; ++before) vector_.SetNull(batch_.Row(before));
    all_null_ = false;
    return true;
  }
  if (vector_.kind() == Kind::kValues) return false;
  std::uint16_t rows[kBatchRows];
  for (std::size_t before = 0; before < i; ++before) rows[before] = batch_.Row(before);
  vector_.BecomeValues(rows, i);
  return kind == Kind::kValues;
}

void VectorWriter::Other(std::size_t i, Value value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return Null(i);
    case Value::Kind::kBoolean:
      return Boolean(i, value.boolean());
    case Value::Kind::kInteger:
      return Integer(i, value.integer());
    case Value::Kind::kFloat:
      return Float(i, value.real());
    case Value::Kind::kString:
      return Text(i, value.string());
    case Value::Kind::kDate:
      return Date(i, value.date().day);
    default:
      Is(i, Kind::kValues);
      vector_.values()[batch_.Row(i)] = std::move(value);
  }
}

}  // namespace plenum::execution
