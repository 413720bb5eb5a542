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
#include <string>
#include <string_view>
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

// Texts that a vector owns, in memory that it uses again.
class TextArena {
 public:
  std::string_view Add(std::string_view text);  // the copy
  void Clear();

 private:
  static constexpr std::size_t kChunkBytes = std::size_t{1} << 15;

  std::vector<std::unique_ptr<char[]>> chunks_;
  std::size_t full_ = 0;                  // chunks
  std::size_t used_bytes_ = 0;            // of the next
  std::vector<std::string> large_texts_;  // each in memory of its own
};

class Vector {
 public:
  // Dates are days since 1970-01-01. What has no kind of its own is among kValues; so may be what has.
  enum class Kind : std::uint8_t { kValues, kNodes, kRelationships, kIntegers, kFloats, kBooleans, kTexts, kDates };

  Vector() = default;
  Vector(Vector&&) noexcept = default;
  Vector& operator=(Vector&&) noexcept = default;

  // Begins anew, without nulls; what its rows hold is not defined.
  void Reset(Kind kind);
  Kind kind() const { return kind_; }

  // Of kValues, nothing is known here.
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
  std::int64_t* integers() { return Of<std::int64_t>(integers_); }  // of dates the days
  const std::int64_t* integers() const { return integers_.get(); }
  double* floats() { return Of<double>(floats_); }
  const double* floats() const { return floats_.get(); }
  bool* booleans() { return Of<bool>(booleans_); }
  const bool* booleans() const { return booleans_.get(); }
  const std::string_view* texts() const { return texts_.get(); }
  void SetText(std::size_t row, std::string_view text) { Of<std::string_view>(texts_)[row] = arena_.Add(text); }
  Value* values() { return Of<Value>(values_); }
  const Value* values() const { return values_.get(); }

  // Any kind, as a value; relationships get the names of their types from the transaction.
  Value ValueAt(std::size_t row, const graph::Transaction& transaction) const;

  // Rows `first` and on become those of `from` that `rows` names. Where the kinds differ, all become values; a vector
  // that was of relationships once must therefore always be.
  void Gather(std::size_t first, const Vector& from, const std::uint16_t* rows, std::size_t count);
  // These rows become those of `from`, at the same places; of one kind.
  void CopyRows(const Vector& from, const std::uint16_t* rows, std::size_t count);
  // These rows (null: the first ones) become values; the others are lost. Not of relationships.
  void BecomeValues(const std::uint16_t* rows, std::size_t count);

 private:
  static constexpr std::size_t kNullWords = kBatchRows / 64;

  template <class T>
  T* Of(std::unique_ptr<T[]>& array) {
    if (!array) array = std::make_unique<T[]>(kBatchRows);
    return array.get();
  }
  template <class RowOf>
  void Copy(const Vector& from, std::size_t count, RowOf target, const std::uint16_t* rows);
  Value PlainValueAt(std::size_t row) const;  // not of relationships

  Kind kind_ = Kind::kValues;
  bool has_nulls_ = false;
  std::uint64_t nulls_[kNullWords] = {};
  std::unique_ptr<NodeId[]> nodes_;
  std::unique_ptr<RelationshipRef[]> relationships_;
  std::unique_ptr<std::int64_t[]> integers_;
  std::unique_ptr<double[]> floats_;
  std::unique_ptr<bool[]> booleans_;
  std::unique_ptr<std::string_view[]> texts_;
  std::unique_ptr<Value[]> values_;
  TextArena arena_;  // of texts_
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
