// See batch.h.
#include "engine/execution/batch.h"

#include <algorithm>

namespace plenum::execution {

std::string_view TextArena::Add(std::string_view text) {
  if (text.size() > kChunkBytes / 4) return large_texts_.emplace_back(text);
  if (used_bytes_ + text.size() > kChunkBytes) {
    ++full_;
    used_bytes_ = 0;
  }
  if (full_ == chunks_.size()) chunks_.push_back(std::make_unique_for_overwrite<char[]>(kChunkBytes));
  char* const copy = chunks_[full_].get() + used_bytes_;
  std::copy(text.begin(), text.end(), copy);
  used_bytes_ += text.size();
  return {copy, text.size()};
}

void TextArena::Clear() {
  full_ = 0;
  used_bytes_ = 0;
  large_texts_.clear();
}

void Vector::Reset(Kind kind) {
  kind_ = kind;
  if (has_nulls_) std::fill_n(nulls_, kNullWords, 0);
  has_nulls_ = false;
  arena_.Clear();
}

void Vector::SetNull(std::size_t row) {
  if (kind_ == Kind::kValues) {
    values()[row] = Value();
    return;
  }
  has_nulls_ = true;
  nulls_[row / 64] |= std::uint64_t{1} << row % 64;
}

Value Vector::PlainValueAt(std::size_t row) const {
  if (IsNull(row)) return {};
  switch (kind_) {
    case Kind::kValues:
      return values_[row];
    case Kind::kNodes:
      return Node{.id = nodes_[row], .labels = {}, .properties = {}};
    case Kind::kIntegers:
      return integers_[row];
    case Kind::kFloats:
      return floats_[row];
    case Kind::kBooleans:
      return booleans_[row];
    case Kind::kTexts:
      return texts_[row];
    case Kind::kDates:
      return Date{integers_[row]};
    case Kind::kRelationships:
      break;
  }
  assert(false);
  return {};
}

Value Vector::ValueAt(std::size_t row, const graph::Transaction& transaction) const {
  if (kind_ != Kind::kRelationships) return PlainValueAt(row);
  if (IsNull(row)) return {};
  const RelationshipRef& held = relationships_[row];
  return Relationship{held.id, transaction.NameOf(TypeOf(held.id)), held.start, held.end, {}};
}

template <class RowOf>
void Vector::Copy(const Vector& from, std::size_t count, RowOf target, const std::uint16_t* rows) {
  assert(kind_ == from.kind_);
  const auto copy = [&](auto* to, const auto* source) {
    for (std::size_t i = 0; i < count; ++i) to[target(i)] = source[rows[i]];
  };
  switch (kind_) {
    case Kind::kValues:
      return copy(values(), from.values());
    case Kind::kNodes:
      copy(nodes(), from.nodes());
      break;
    case Kind::kRelationships:
      copy(relationships(), from.relationships());
      break;
    case Kind::kIntegers:
    case Kind::kDates:
      copy(integers(), from.integers());
      break;
    case Kind::kFloats:
      copy(floats(), from.floats());
      break;
    case Kind::kBooleans:
      copy(booleans(), from.booleans());
      break;
    case Kind::kTexts:
      for (std::size_t i = 0; i < count; ++i) {
        if (!from.IsNull(rows[i])) SetText(target(i), from.texts_[rows[i]]);
      }
      break;
  }
  if (!from.has_nulls_) return;
  for (std::size_t i = 0; i < count; ++i) {
    if (from.IsNull(rows[i])) SetNull(target(i));
  }
}

void Vector::Gather(std::size_t first, const Vector& from, const std::uint16_t* rows, std::size_t count) {
  if (first == 0) Reset(from.kind_);
  if (kind_ != from.kind_) {
    if (kind_ != Kind::kValues) BecomeValues(nullptr, first);
    for (std::size_t i = 0; i < count; ++i) values()[first + i] = from.PlainValueAt(rows[i]);
    return;
  }
  Copy(
      from, count, [first](std::size_t i) { return first + i; }, rows);
}

void Vector::CopyRows(const Vector& from, const std::uint16_t* rows, std::size_t count) {
  Copy(
      from, count, [rows](std::size_t i) { return rows[i]; }, rows);
}

void Vector::BecomeValues(const std::uint16_t* rows, std::size_t count) {
  Value* const to = values();
  for (std::size_t i = 0; i < count; ++i) {
    const std::size_t row = rows != nullptr ? rows[i] : i;
    to[row] = PlainValueAt(row);
  }
  Reset(Kind::kValues);
}

}  // namespace plenum::execution
