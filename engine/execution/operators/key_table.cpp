// See key_table.h.
#include "engine/execution/operators/key_table.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "engine/value/mutant.h"
#include "engine/value/partial_date.h"

namespace plenum::execution {
namespace {

using Kind = Vector::Kind;

KeyCell OfInteger(std::int64_t number) { return {static_cast<std::uint64_t>(number), KeyCell::Kind::kInteger}; }
KeyCell OfBoolean(bool boolean) { return {boolean ? 1u : 0u, KeyCell::Kind::kBoolean}; }
KeyCell OfDay(std::int64_t day) { return {static_cast<std::uint64_t>(day), KeyCell::Kind::kDay}; }
KeyCell OfNode(NodeId node) { return {node.value, KeyCell::Kind::kNode}; }
KeyCell OfRelationship(RelationshipId id) { return {id.value, KeyCell::Kind::kRelationship}; }

template <class Of>
void ForEach(const Vector& vector, const Batch& batch, std::size_t width, KeyCell* cells, Of of) {
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::size_t row = batch.Row(i);
    cells[i * width] = vector.IsNull(row) ? KeyCell() : of(row);
  }
}

}  // namespace

KeyCell KeyCells::OfFloat(double real) {
  if (std::isnan(real)) return {0, KeyCell::Kind::kNaN};
  const bool in_range = real >= -0x1p63 && real < 0x1p63;
  if (in_range && static_cast<double>(static_cast<std::int64_t>(real)) == real && !IsMutant("key-float-no-integer")) {
    return OfInteger(static_cast<std::int64_t>(real));
  }
  return {std::bit_cast<std::uint64_t>(real), KeyCell::Kind::kFloat};
}

KeyCell KeyCells::OfText(std::string_view text) {
  if (const auto found = texts_.find(text); found != texts_.end()) return {found->second, KeyCell::Kind::kText};
  const std::uint64_t number = texts_.size();
  texts_.emplace(arena_.Add(text), number);
  bytes_ += text.size() + 64;
  return {number, KeyCell::Kind::kText};
}

KeyCell KeyCells::OfValue(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return {};
    case Value::Kind::kBoolean:
      return OfBoolean(value.boolean());
    case Value::Kind::kInteger:
      return OfInteger(value.integer());
    case Value::Kind::kFloat:
      return OfFloat(value.real());
    case Value::Kind::kString:
      return OfText(value.string());
    case Value::Kind::kNode:
      return OfNode(value.node().id);
    case Value::Kind::kRelationship:
      return OfRelationship(value.relationship().id);
    case Value::Kind::kDate:
      return OfDay(value.date().day);
    case Value::Kind::kPartialDate: {
      const DayBounds bounds = BoundsOf(value);
      if (bounds.earliest == bounds.latest && !IsMutant("key-partial-date-no-day")) return OfDay(bounds.earliest);
      break;
    }
    default:
      break;
  }
  const auto [place, added] = values_.try_emplace(value, values_.size());
  if (added) bytes_ += sizeof(Value) + 64;
  return {place->second, KeyCell::Kind::kOther};
}

void KeyCells::Read(const Vector& vector, const Batch& batch, std::size_t width, KeyCell* cells) {
  const auto each = [&](auto of) { ForEach(vector, batch, width, cells, of); };
  switch (vector.kind()) {
    case Kind::kValues:
      return each([&](std::size_t row) { return OfValue(vector.values()[row]); });
    case Kind::kNodes:
      return each([&](std::size_t row) { return OfNode(vector.nodes()[row]); });
    case Kind::kRelationships:
      return each([&](std::size_t row) { return OfRelationship(vector.relationships()[row].id); });
    case Kind::kIntegers:
      return each([&](std::size_t row) { return OfInteger(vector.integers()[row]); });
    case Kind::kFloats:
      return each([&](std::size_t row) { return OfFloat(vector.floats()[row]); });
    case Kind::kBooleans:
      return each([&](std::size_t row) { return OfBoolean(vector.booleans()[row]); });
    case Kind::kTexts:
      return each([&](std::size_t row) { return OfText(vector.texts()[row]); });
    case Kind::kDates:
      return each([&](std::size_t row) { return OfDay(vector.integers()[row]); });
  }
}

void KeyCells::Clear() {
  texts_.clear();
  arena_.Clear();
  values_.clear();
  bytes_ = 0;
}

std::uint64_t KeyTable::HashOfKey(const KeyCell* key) const {
  std::uint64_t hash = 0;
  for (std::size_t k = 0; k < width_; ++k) {
    hash = (hash ^ key[k].bits ^ std::uint64_t{static_cast<std::uint8_t>(key[k].kind)} << 56) * 0x9E3779B97F4A7C15ULL;
    hash ^= hash >> 32;
  }
  return hash;
}

std::pair<std::uint32_t, bool> KeyTable::FindOrAdd(const KeyCell* key) {
  if (table_.size() <= 2 * size_) Grow();
  const std::size_t mask = table_.size() - 1;
  for (std::size_t place = HashOfKey(key);; ++place) {
    std::uint32_t& entry = table_[place & mask];
    if (entry == kFree) {
      entry = static_cast<std::uint32_t>(size_++);
      keys_.insert(keys_.end(), key, key + width_);
      return {entry, true};
    }
    if (std::equal(key, key + width_, keys_.data() + entry * width_)) return {entry, false};
  }
}

void KeyTable::Grow() {
  constexpr std::size_t kFirst = 16;
  table_.assign(std::max(kFirst, table_.size() * 2), kFree);
  const std::size_t mask = table_.size() - 1;
  for (std::uint32_t number = 0; number < size_; ++number) {
    std::size_t place = HashOfKey(keys_.data() + number * width_);
    while (table_[place & mask] != kFree) ++place;
    table_[place & mask] = number;
  }
}

void KeyTable::Clear() {
  size_ = 0;
  keys_.clear();
  table_.clear();
}

}  // namespace plenum::execution
