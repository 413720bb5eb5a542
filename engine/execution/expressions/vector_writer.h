// Fills a vector, of the kind that its values turn out to have.
#pragma once

#include "engine/execution/batch.h"

namespace plenum::execution {

// Writes the selected rows of a batch in their order; `i` counts them. The vector begins with the kind that it had
// last; where values differ in kind, all become values.
class VectorWriter {
 public:
  using Kind = Vector::Kind;

  VectorWriter(Vector& vector, const Batch& batch) : vector_(vector), batch_(batch) {
    vector.Reset(vector.kind());
    all_null_ = true;
  }

  void Null(std::size_t i) { vector_.SetNull(batch_.Row(i)); }
  void Integer(std::size_t i, std::int64_t number) {
    if (Is(i, Kind::kIntegers)) [[likely]] {
      vector_.integers()[batch_.Row(i)] = number;
    } else {
      vector_.values()[batch_.Row(i)] = number;
    }
  }
  void Date(std::size_t i, std::int64_t day) {
    if (Is(i, Kind::kDates)) [[likely]] {
      vector_.integers()[batch_.Row(i)] = day;
    } else {
      vector_.values()[batch_.Row(i)] = plenum::Date{day};
    }
  }
  void Float(std::size_t i, double real) {
    if (Is(i, Kind::kFloats)) [[likely]] {
      vector_.floats()[batch_.Row(i)] = real;
    } else {
      vector_.values()[batch_.Row(i)] = real;
    }
  }
  void Boolean(std::size_t i, bool boolean) {
    if (Is(i, Kind::kBooleans)) [[likely]] {
      vector_.booleans()[batch_.Row(i)] = boolean;
    } else {
      vector_.values()[batch_.Row(i)] = boolean;
    }
  }
  void Text(std::size_t i, std::string_view text) {
    if (Is(i, Kind::kTexts)) [[likely]] {
      vector_.SetText(batch_.Row(i), text);
    } else {
      vector_.values()[batch_.Row(i)] = text;
    }
  }
  // Any; a node or relationship as the value it is.
  void Other(std::size_t i, Value value);

 private:
  // Whether the vector is of this kind, or could be made so; else it is of values.
  bool Is(std::size_t i, Kind kind) {
    if (vector_.kind() == kind) {
      all_null_ = false;
      return true;
    }
    return Turn(i, kind);
  }
  bool Turn(std::size_t i, Kind kind);

  Vector& vector_;
  const Batch& batch_;
  bool all_null_;  // that was written
};

}  // namespace plenum::execution
