// See kernel.h. What has no kernel of its own is evaluated row by row.
#include "engine/execution/expressions/kernel.h"

#include <algorithm>
#include <set>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/functions.h"
#include "engine/plan/walk.h"

namespace plenum::execution {
namespace {

class SlotKernel : public Kernel {
 public:
  explicit SlotKernel(plan::Slot slot) : slot_(slot) {}
  const Vector& Compute(const Batch& batch) override { return *batch.vectors[slot_]; }

 private:
  const plan::Slot slot_;
};

class RowKernel : public Kernel {
 public:
  RowKernel(Run& run, const plan::Expression& expression)
      : run_(run), expression_(expression), evaluator_(run.query) {
    plan::AddSlotsRead(expression, reads_);
  }

  const Vector& Compute(const Batch& batch) override {
    result_.Reset(Vector::Kind::kValues);
    Value* const values = result_.values();
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      for (const plan::Slot slot : reads_) {
        const Vector* const vector = batch.vectors[slot];
        if (vector != nullptr) run_.row[slot] = vector->ValueAt(row, run_.query.transaction);
      }
      values[row] = evaluator_.Evaluate(expression_, run_.row);
    }
    return result_;
  }

 private:
  Run& run_;
  const plan::Expression& expression_;
  Evaluator evaluator_;
  std::set<plan::Slot> reads_;
  Vector result_;
};

}  // namespace

std::unique_ptr<Kernel> MakeKernel(Run& run, const plan::Expression& expression) {
  if (const auto* slot = std::get_if<plan::SlotRef>(&expression.node)) return std::make_unique<SlotKernel>(slot->slot);
  return std::make_unique<RowKernel>(run, expression);
}

Conditions::Conditions(Run& run, const std::vector<const plan::Expression*>& conditions) {
  for (const plan::Expression* condition : conditions) conditions_.push_back({condition, MakeKernel(run, *condition)});
}

std::size_t Conditions::Select(const Batch& batch, std::uint16_t* selection) {
  Batch narrowed = batch;
  for (std::size_t i = 0; i < batch.count; ++i) selection[i] = batch.Row(i);
  narrowed.selection = selection;
  for (const One& condition : conditions_) {
    const Vector& truth = condition.kernel->Compute(narrowed);
    std::size_t kept = 0;
    AtSpan(condition.expression->span, [&] {
      for (std::size_t i = 0; i < narrowed.count; ++i) {
        const std::uint16_t row = selection[i];
        if (ToTruth(truth.values()[row]) == true) selection[kept++] = row;
      }
      return 0;
    });
    narrowed.count = kept;
  }
  return narrowed.count;
}

}  // namespace plenum::execution
