// Reading nodes from a vector that may be of any kind.
#pragma once

#include <optional>

#include "engine/execution/batch.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {

// The node in a row; none where it is null, and a TypeError where it is anything else.
inline std::optional<NodeId> NodeIn(const Vector& vector, std::size_t row) {
  if (vector.IsNull(row)) return std::nullopt;
  if (vector.kind() == Vector::Kind::kNodes) return vector.nodes()[row];
  if (vector.kind() == Vector::Kind::kValues) {
    const Value& held = vector.values()[row];
    if (held.kind() == Value::Kind::kNode) return held.node().id;
    RaiseInvalidType("a node is matched here, but the variable holds " + Described(held));
  }
  RaiseInvalidType("a node is matched here, but the variable holds something else");
}

}  // namespace plenum::execution
