// Expressions over batches row by row, by the evaluator.
#include <algorithm>
#include <set>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/expressions/vector_writer.h"
#include "engine/plan/walk.h"

namespace plenum::execution {
namespace {

class RowKernel : public Kernel {
 public:
  RowKernel(Run& run, const plan::Expression& expression) : run_(run), expression_(expression), evaluator_(run.query) {
    plan::AddSlotsRead(expression, reads_);
  }

  const Vector& Compute(const Batch& batch) override {
    VectorWriter writer(result_, batch);
    for (std::size_t i = 0; i < batch.count; ++i) {
      FillRow(batch, batch.Row(i));
      writer.Other(i, evaluator_.Evaluate(expression_, run_.row));
    }
    return result_;
  }

  std::size_t Select(const Batch& batch, std::uint16_t* selection) override {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::uint16_t row = batch.Row(i);
      FillRow(batch, row);
      if (evaluator_.EvaluateCondition(expression_, run_.row) == true) selection[kept++] = row;
    }
    return kept;
  }

 private:
  void FillRow(const Batch& batch, std::size_t row) {
    for (const plan::Slot slot : reads_) {
      const Vector* const vector = batch.vectors[slot];
      if (vector != nullptr) run_.row[slot] = vector->ValueAt(row, run_.query.transaction);
    }
  }

  Run& run_;
  const plan::Expression& expression_;
  Evaluator evaluator_;
  std::set<plan::Slot> reads_;
  Vector result_;
};

}  // namespace

KernelPtr MakeRowKernel(Run& run, const plan::Expression& expression) {
  return std::make_unique<RowKernel>(run, expression);
}

}  // namespace plenum::execution
