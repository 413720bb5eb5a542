// Keys of many columns, as grouping and DISTINCT compare them, and the numbers that they get.
//
// A value becomes a cell of fixed size: two cells are the same where Order says that the values are (null with null, 1
// with 1.0, NaN with NaN). What is no number, element, truth or day is kept once, and its cell has its number.
#pragma once

#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/execution/batch.h"

namespace plenum::execution {

struct KeyCell {
  enum class Kind : std::uint8_t {
    kNull,
    kInteger,  // floats that are whole, too
    kFloat,
    kNaN,
    kBoolean,
    kDay,
    kNode,
    kRelationship,
    kText,
    kOther
  };
  std::uint64_t bits = 0;
  Kind kind = Kind::kNull;
  bool operator==(const KeyCell&) const = default;
};

// Makes cells, and keeps what they stand for.
class KeyCells {
 public:
  // cells[i * width] becomes that of the batch's i-th row.
  void Read(const Vector& vector, const Batch& batch, std::size_t width, KeyCell* cells);
  std::size_t bytes() const { return bytes_; }  // about what is kept takes
  void Clear();

 private:
  struct HashValue {
    std::size_t operator()(const Value& value) const { return HashOf(value); }
  };
  struct SameValue {
    bool operator()(const Value& a, const Value& b) const { return Order(a, b) == 0; }
  };

  static KeyCell OfFloat(double real);
  KeyCell OfText(std::string_view text);
  KeyCell OfValue(const Value& value);

  TextArena arena_;
  std::unordered_map<std::string_view, std::uint64_t> texts_;  // in arena_
  std::unordered_map<Value, std::uint64_t, HashValue, SameValue> values_;
  std::size_t bytes_ = 0;
};

// Numbers keys of some cells each as they come: 0, 1, … A hash table of open addressing.
class KeyTable {
 public:
  explicit KeyTable(std::size_t width) : width_(width) {}

  // The number of the key, and whether it is new.
  std::pair<std::uint32_t, bool> FindOrAdd(const KeyCell* key);
  std::size_t size() const { return size_; }
  std::size_t key_bytes() const { return width_ * sizeof(KeyCell) + 2 * sizeof(std::uint32_t); }  // that each takes
  void Clear();

 private:
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};

  std::uint64_t HashOfKey(const KeyCell* key) const;
  void Grow();

  const std::size_t width_;
  std::size_t size_ = 0;
  std::vector<KeyCell> keys_;         // one after the other
  std::vector<std::uint32_t> table_;  // of their numbers; a power of two, never more than half full
};

}  // namespace plenum::execution
