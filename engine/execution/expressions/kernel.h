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
  // than the batch. Of the same kind at each call.
  virtual const Vector& Compute(const Batch& batch) = 0;
};

std::unique_ptr<Kernel> MakeKernel(Run& run, const plan::Expression& expression);

// Writes the rows for which all conditions are true to `selection`, ascending, and answers how many there are. A
// condition is computed for those rows only for which all before it are true.
class Conditions {
 public:
  Conditions(Run& run, const std::vector<const plan::Expression*>& conditions);
  std::size_t Select(const Batch& batch, std::uint16_t* selection);

 private:
  struct One {
    const plan::Expression* expression;
    std::unique_ptr<Kernel> kernel;
  };
  std::vector<One> conditions_;
};

}  // namespace plenum::execution
