// Expressions over batches.
#pragma once

#include <memory>
#include <vector>

#include "engine/execution/batch.h"
#include "engine/execution/operators/operator.h"
#include "engine/plan/bound_query.h"

namespace plenum::execution {

// An expression, ready to be computed for many rows. Belongs to its query.
class Kernel {
 public:
  virtual ~Kernel() = default;
  // The values of all rows that the batch's selection has, at their places; good until the next call, and no longer
  // than the batch. Their kind may be another one with each batch: a property is what the graph has there, and nobody
  // has said that it is the same everywhere. Only of relationships it is so always or never.
  virtual const Vector& Compute(const Batch& batch) = 0;
  // Writes the rows for which it is true to `selection`, ascending, and answers how many there are. The batch's own
  // selection may be written over.
  virtual std::size_t Select(const Batch& batch, std::uint16_t* selection);
};
using KernelPtr = std::unique_ptr<Kernel>;

// What it raises is what evaluating the rows one after the other raises first.
KernelPtr MakeKernel(Run& run, const plan::Expression& expression);

// The same, row by row: what has no kernel of its own, and the slow twin of all others.
KernelPtr MakeRowKernel(Run& run, const plan::Expression& expression);

// Whether the element in a slot, a vector of nodes or relationships, has the properties of a map. Of what it raises
// only that it raises counts: that must be found out row by row.
KernelPtr MakePropertyMatch(Run& run, plan::Slot element, const plan::MakeMap& map);

// Writes the rows for which all conditions are true to `selection`, ascending, and answers how many there are. A
// condition is computed for those rows only for which all before it are true.
class Conditions {
 public:
  Conditions(Run& run, const std::vector<const plan::Expression*>& conditions);
  std::size_t Select(const Batch& batch, std::uint16_t* selection);

 private:
  std::vector<KernelPtr> conditions_;
};

}  // namespace plenum::execution
