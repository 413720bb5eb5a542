// Rows that outlive their batch: what grouping, sorting and the like keep of them.
#pragma once

#include <set>
#include <vector>

#include "engine/execution/operators/operator.h"

namespace plenum::execution {

// Some slots of many rows, as values, given back as batches.
class KeptRows {
 public:
  KeptRows(Run& run, const std::set<plan::Slot>& slots, std::string_view clause)
      : run_(run), slots_(slots.begin(), slots.end()), clause_(clause), out_(run.width), vectors_(slots_.size()) {}

  const std::vector<plan::Slot>& slots() const { return slots_; }
  std::size_t size() const { return times_.size(); }
  void Clear();
  // Copies a row of a batch.
  void Add(const Batch& batch, std::size_t row, std::uint64_t times);
  Value& At(std::size_t row, std::size_t slot_index) { return values_[row * slots_.size() + slot_index]; }

  // The next rows of an order, in which each is named by its number.
  const Batch* Show(const std::vector<std::uint32_t>& order, std::size_t first, std::size_t count);

 private:
  Run& run_;
  const std::vector<plan::Slot> slots_;
  const std::string_view clause_;
  std::vector<Value> values_;  // row by row
  std::vector<std::uint64_t> times_;
  Batch out_;
  std::vector<Vector> vectors_;
  std::uint64_t shown_times_[kBatchRows];
};

}  // namespace plenum::execution
