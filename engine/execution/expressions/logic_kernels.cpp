// AND, OR, XOR, NOT, IS NULL.
#include <algorithm>

#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/logic_tables.h"

namespace plenum::execution {
namespace {

using Op = ast::BinaryOperator;

// An operand is computed for those rows only whose answer is still open.
class Logic : public Kernel {
 public:
  Logic(Run& run, const plan::Chain& chain) : op_(chain.rest.front().op) {
    operands_.push_back(MakePart(run, *chain.first));
    for (const plan::Operation& operation : chain.rest) operands_.push_back(MakePart(run, *operation.operand));
  }

  const Vector& Compute(const Batch& batch) override {
    Truth truths[kBatchRows];
    Truth operand[kBatchRows];
    std::uint16_t open[kBatchRows];
    ReadTruths(operands_.front()->Compute(batch), batch, truths);
    Batch narrowed = batch;
    for (std::size_t k = 1; k < operands_.size(); ++k) {
      narrowed.count = SelectOpen(narrowed, truths, open);
      narrowed.selection = open;
      if (narrowed.count == 0) break;
      ReadTruths(operands_[k]->Compute(narrowed), narrowed, operand);
      for (std::size_t i = 0; i < narrowed.count; ++i) {
        const std::uint16_t row = open[i];
        truths[row] = Of(truths[row], operand[row]);
      }
    }
    WriteTruths(truths, batch, result_);
    return result_;
  }

 private:
  Truth Of(Truth a, Truth b) const { return op_ == Op::kAnd ? AndOf(a, b) : op_ == Op::kOr ? OrOf(a, b) : XorOf(a, b); }

  std::size_t SelectOpen(const Batch& batch, const Truth* truths, std::uint16_t* open) const {
    std::size_t count = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::uint16_t row = batch.Row(i);
      const bool decided =
          (op_ == Op::kAnd && truths[row] == Truth::kFalse) || (op_ == Op::kOr && truths[row] == Truth::kTrue);
      open[count] = row;
      count += decided ? 0 : 1;
    }
    return count;
  }

  const Op op_;
  std::vector<KernelPtr> operands_;
  Vector result_;
};

class Negation : public Kernel {
 public:
  explicit Negation(KernelPtr operand) : operand_(std::move(operand)) {}

  const Vector& Compute(const Batch& batch) override {
    Truth truths[kBatchRows];
    ReadTruths(operand_->Compute(batch), batch, truths);
    for (std::size_t i = 0; i < batch.count; ++i) truths[batch.Row(i)] = NotOf(truths[batch.Row(i)]);
    WriteTruths(truths, batch, result_);
    return result_;
  }

 private:
  const KernelPtr operand_;
  Vector result_;
};

class NullTest : public Kernel {
 public:
  NullTest(KernelPtr operand, bool negated) : operand_(std::move(operand)), negated_(negated) {}

  const Vector& Compute(const Batch& batch) override {
    const Vector& operand = operand_->Compute(batch);
    result_.Reset(Vector::Kind::kBooleans);
    bool* const booleans = result_.booleans();
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      booleans[row] = operand.IsNull(row) != negated_;
    }
    return result_;
  }

  std::size_t Select(const Batch& batch, std::uint16_t* selection) override {
    const Vector& operand = operand_->Compute(batch);
    std::size_t kept = 0;
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::uint16_t row = batch.Row(i);
      selection[kept] = row;
      kept += operand.IsNull(row) != negated_ ? 1 : 0;
    }
    return kept;
  }

 private:
  const KernelPtr operand_;
  const bool negated_;
  Vector result_;
};

}  // namespace

KernelPtr MakeLogic(Run& run, const plan::Chain& chain) { return std::make_unique<Logic>(run, chain); }
KernelPtr MakeNot(Run& run, const plan::Unary& node) {
  return std::make_unique<Negation>(MakePart(run, *node.operand));
}
KernelPtr MakeNullTest(Run& run, const plan::NullTest& node) {
  return std::make_unique<NullTest>(MakePart(run, *node.operand), node.negated);
}

}  // namespace plenum::execution
