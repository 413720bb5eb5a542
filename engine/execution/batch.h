// Batches: what operators hand on, about a thousand rows at once, as typed vectors.
//
// A Vector is one variable of all rows, of one kind where the kind is known, else of values. A Batch is a vector for
// each slot that its rows have, with a selection of those that count and their multiplicities. It owns nothing: what
// it shows belongs to the operators before, and lives until the one that gave it is asked for the next (after
// MonetDB/X100: Boncz, Zukowski and Nes, "Hyper-Pipelining Query Execution", CIDR 2005).
#pragma once

#include <cassert>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <vector>

#include "engine/graph/graph.h"
#include "plenum/value.h"

namespace plenum::execution {

inline constexpr std::size_t kBatchRows = 1024;

// A relationship as rows have it: its properties are read from the graph when they are asked for.
struct RelationshipRef {
  RelationshipId id;
  NodeId start;
  NodeId end;
};

class Vector {
 public:
  enum class Kind : std::uint8_t { kValues, kNodes, kRelationships, kIntegers };

  Vector() = default;
  Vector(Vector&&) noexcept = default;
  Vector& operator=(Vector&&) noexcept = default;

  // Begins anew, without nulls; what its rows hold is not defined.
  void Reset(Kind kind);
  Kind kind() const { return kind_; }

  bool has_nulls() const { return has_nulls_; }
  bool IsNull(std::size_t row) const {
    if (kind_ == Kind::kValues) return values_[row].is_null();
    return has_nulls_ && (nulls_[row / 64] >> row % 64 & 1) != 0;
  }
  void SetNull(std::size_t row);

  // Each requires its kind; of kBatchRows.
  NodeId* nodes() { return Of<NodeId>(nodes_); }
  const NodeId* nodes() const { return nodes_.get(); }
  RelationshipRef* relationships() { return Of<RelationshipRef>(relationships_); }
  const RelationshipRef* relationships() const { return relationships_.get(); }
  std::int64_t* integers() { return Of<std::int64_t>(integers_); }
  const std::int64_t* integers() const { return integers_.get(); }
  Value* values() { return Of<Value>(values_); }
  const Value* values() const { return values_.get(); }

  // Any kind, as a value; relationships get the names of their types from the transaction.
  Value ValueAt(std::size_t row, const graph::Transaction& transaction) const;

  // Rows `first` and on become those of `from` that `rows` names; both of one kind, or this without rows before
  // `first`.
  void Gather(std::size_t first, const Vector& from, const std::uint16_t* rows, std::size_t count);

 private:
  static constexpr std::size_t kNullWords = kBatchRows / 64;

  template <class T>
  T* Of(std::unique_ptr<T[]>& array) {
    if (!array) array = std::make_unique<T[]>(kBatchRows);
    return array.get();
  }

  Kind kind_ = Kind::kValues;
  bool has_nulls_ = false;
  std::uint64_t nulls_[kNullWords] = {};
  std::unique_ptr<NodeId[]> nodes_;
  std::unique_ptr<RelationshipRef[]> relationships_;
  std::unique_ptr<std::int64_t[]> integers_;
  std::unique_ptr<Value[]> values_;
};

struct Batch {
  explicit Batch(std::size_t width) : vectors(width, nullptr) {}

  std::vector<const Vector*> vectors;        // by slot; null where its rows have none
  const std::uint16_t* selection = nullptr;  // the rows that count, ascending; null: the first `count`
  std::size_t count = 0;
  const std::uint64_t* times = nullptr;  // by row: its multiplicity, never 0; null: all once

  std::uint16_t Row(std::size_t i) const { return selection != nullptr ? selection[i] : static_cast<std::uint16_t>(i); }
  std::uint64_t Times(std::size_t row) const { return times != nullptr ? times[row] : 1; }
};

}  // namespace plenum::execution
