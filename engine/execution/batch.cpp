// See batch.h.
#include "engine/execution/batch.h"

#include <algorithm>

namespace plenum::execution {

void Vector::Reset(Kind kind) {
  kind_ = kind;
  if (has_nulls_) std::fill_n(nulls_, kNullWords, 0);
  has_nulls_ = false;
}

void Vector::SetNull(std::size_t row) {
  if (kind_ == Kind::kValues) {
    values()[row] = Value();
    return;
  }
  has_nulls_ = true;
  nulls_[row / 64] |= std::uint64_t{1} << row % 64;
}

Value Vector::ValueAt(std::size_t row, const graph::Transaction& transaction) const {
  if (IsNull(row)) return {};
  switch (kind_) {
    case Kind::kValues:
      return values_[row];
    case Kind::kNodes:
      return Node{.id = nodes_[row], .labels = {}, .properties = {}};
    case Kind::kRelationships: {
      const RelationshipRef& held = relationships_[row];
      return Relationship{held.id, transaction.NameOf(TypeOf(held.id)), held.start, held.end, {}};
    }
    case Kind::kIntegers:
      return integers_[row];
  }
  return {};
}

void Vector::Gather(std::size_t first, const Vector& from, const std::uint16_t* rows, std::size_t count) {
  if (first == 0) Reset(from.kind_);
  assert(kind_ == from.kind_);
  const auto gather = [&](auto* to, const auto* source) {
    for (std::size_t i = 0; i < count; ++i) to[first + i] = source[rows[i]];
  };
  switch (kind_) {
    case Kind::kValues:
      return gather(values(), from.values());
    case Kind::kNodes:
      gather(nodes(), from.nodes());
      break;
    case Kind::kRelationships:
      gather(relationships(), from.relationships());
      break;
    case Kind::kIntegers:
      gather(integers(), from.integers());
      break;
  }
  if (!from.has_nulls_) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (from.IsNull(rows[i])) SetNull(first + i);
  }
}

}  // namespace plenum::execution
