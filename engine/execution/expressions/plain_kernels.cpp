// Kernels of slots, and of what is the same for all rows.
#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/vector_writer.h"
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

// Evaluated when the first row asks, and written as often as rows need it.
class ConstantKernel : public Kernel {
 public:
  ConstantKernel(Run& run, const plan::Expression& expression) : run_(run), expression_(expression) {}

  const Vector& Compute(const Batch& batch) override {
    const std::size_t end = batch.count == 0 ? 0 : batch.Row(batch.count - 1) + std::size_t{1};
    if (end <= filled_) return result_;
    if (!value_) value_ = Evaluator(run_.query).Evaluate(expression_, run_.row);
    Batch all(0);
    all.count = std::max(end, std::min(filled_ * 2, kBatchRows));
    VectorWriter writer(result_, all);
    for (std::size_t i = 0; i < all.count; ++i) writer.Other(i, *value_);
    filled_ = all.count;
    return result_;
  }

 private:
  Run& run_;
  const plan::Expression& expression_;
  std::optional<Value> value_;
  std::size_t filled_ = 0;
  Vector result_;
};

}  // namespace

KernelPtr MakeSlotKernel(plan::Slot slot) { return std::make_unique<SlotKernel>(slot); }

KernelPtr MakeConstantKernel(Run& run, const plan::Expression& expression) {
  return std::make_unique<ConstantKernel>(run, expression);
}

bool ReadsNoRow(const plan::Expression& expression) {
  if (std::holds_alternative<plan::SlotRef>(expression.node)) return false;
  if (std::holds_alternative<plan::Subquery>(expression.node)) return false;
  const auto* call = std::get_if<plan::Call>(&expression.node);
  if (call != nullptr && !plan::SignatureOf(call->function).constant) return false;
  bool none = true;
  plan::ForEachChild(expression, [&](const plan::Expression& child) { none = none && ReadsNoRow(child); });
  return none;
}

std::optional<Value> ValueOfConstant(Run& run, const plan::Expression& expression) {
  if (const auto* constant = std::get_if<plan::Constant>(&expression.node)) return constant->value;
  if (const auto* parameter = std::get_if<plan::ParameterRef>(&expression.node)) {
    const auto given = run.query.parameters.find(parameter->name);
    if (given != run.query.parameters.end()) return given->second;
  }
  return std::nullopt;
}

}  // namespace plenum::execution
