// See kernel.h: which kernel an expression gets, and what happens when one raises.
#include "engine/execution/expressions/kernel.h"

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/truths.h"

namespace plenum::execution {
namespace {

// A kernel computes an operand for all rows before it computes the next, so it may raise the error of a later row, or
// of a later operand, first. Then the rows are evaluated one after the other, and that counts, whatever comes of it.
class CarefulKernel : public Kernel {
 public:
  CarefulKernel(Run& run, const plan::Expression& expression, KernelPtr fast)
      : run_(run), expression_(expression), fast_(std::move(fast)) {}

  const Vector& Compute(const Batch& batch) override {
    try {
      return fast_->Compute(batch);
    } catch (const EvaluationError&) {
    }
    return Slow().Compute(batch);
  }

  std::size_t Select(const Batch& batch, std::uint16_t* selection) override {
    std::uint16_t rows[kBatchRows];
    try {
      const std::size_t kept = fast_->Select(batch, rows);
      std::copy_n(rows, kept, selection);
      return kept;
    } catch (const EvaluationError&) {
    }
    return Slow().Select(batch, selection);
  }

 private:
  Kernel& Slow() {
    if (!slow_) slow_ = MakeRowKernel(run_, expression_);
    return *slow_;
  }

  Run& run_;
  const plan::Expression& expression_;
  const KernelPtr fast_;
  KernelPtr slow_;
};

// A kernel for what the expression is; null where there is none.
struct KernelOf {
  Run& run;

  KernelPtr operator()(const plan::SlotRef& node) const { return MakeSlotKernel(node.slot); }
  KernelPtr operator()(const plan::PropertyAccess& node) const {
    return MakePropertyKernel(run, MakePart(run, *node.object), node.key);
  }
  KernelPtr operator()(const plan::LabelTest& node) const { return MakeLabelTest(run, node); }
  KernelPtr operator()(const plan::Unary& node) const {
    return node.op == ast::UnaryOperator::kNot ? MakeNot(run, node) : nullptr;
  }
  KernelPtr operator()(const plan::Chain& node) const {
    const ast::BinaryOperator op = node.rest.front().op;
    if (op <= ast::BinaryOperator::kAnd) return MakeLogic(run, node);
    if (op <= ast::BinaryOperator::kGreaterOrEqual) return MakeComparison(run, node);
    if (op <= ast::BinaryOperator::kIn) return MakePredicates(run, node);
    return MakeArithmetic(run, node);
  }
  KernelPtr operator()(const plan::NullTest& node) const { return MakeNullTest(run, node); }
  KernelPtr operator()(const plan::Call& node) const {
    if (node.function == plan::Function::kCoalesce) return MakeCoalesce(run, node);
    return node.function < plan::Function::kSize ? MakeElementCall(run, node) : MakeValueCall(run, node);
  }
  KernelPtr operator()(const plan::Case& node) const { return MakeCase(run, node); }
  KernelPtr operator()(const plan::MakeList& node) const { return MakeListKernel(run, node); }
  KernelPtr operator()(const plan::MakeMap& node) const { return MakeMapKernel(run, node); }
  template <class Other>
  KernelPtr operator()(const Other&) const {
    return nullptr;
  }
};

}  // namespace

std::size_t Kernel::Select(const Batch& batch, std::uint16_t* selection) {
  Truth truths[kBatchRows];
  ReadTruths(Compute(batch), batch, truths);
  std::size_t kept = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::uint16_t row = batch.Row(i);
    selection[kept] = row;
    kept += truths[row] == Truth::kTrue ? 1 : 0;
  }
  return kept;
}

KernelPtr MakePart(Run& run, const plan::Expression& expression) {
  if (ReadsNoRow(expression)) return MakeConstantKernel(run, expression);
  KernelPtr kernel = std::visit(KernelOf{run}, expression.node);
  return kernel ? std::move(kernel) : MakeRowKernel(run, expression);
}

KernelPtr MakeKernel(Run& run, const plan::Expression& expression) {
  if (const auto* slot = std::get_if<plan::SlotRef>(&expression.node)) return MakeSlotKernel(slot->slot);
  return std::make_unique<CarefulKernel>(run, expression, MakePart(run, expression));
}

Conditions::Conditions(Run& run, const std::vector<const plan::Expression*>& conditions) {
  for (const plan::Expression* condition : conditions) conditions_.push_back(MakeKernel(run, *condition));
}

std::size_t Conditions::Select(const Batch& batch, std::uint16_t* selection) {
  Batch narrowed = batch;
  for (std::size_t i = 0; i < batch.count; ++i) selection[i] = batch.Row(i);
  narrowed.selection = selection;
  for (const KernelPtr& condition : conditions_) {
    if (narrowed.count != 0) narrowed.count = condition->Select(narrowed, selection);
  }
  return narrowed.count;
}

}  // namespace plenum::execution
