// Chains of comparisons: a < b <= c is a < b AND b <= c, each operand computed once.
#include "engine/execution/expressions/comparing.h"
#include "engine/execution/expressions/families.h"
#include "engine/execution/expressions/logic_tables.h"

namespace plenum::execution {
namespace {

using Op = ast::BinaryOperator;

// Of two operands.
class Comparison : public Kernel {
 public:
  Comparison(Run& run, KernelPtr left, Op op, KernelPtr right)
      : run_(run), left_(std::move(left)), op_(op), right_(std::move(right)) {}

  const Vector& Compute(const Batch& batch) override {
    Truth truths[kBatchRows];
    ForEach(batch, [&](std::uint16_t row, Truth truth) { truths[row] = truth; });
    WriteTruths(truths, batch, result_);
    return result_;
  }

  std::size_t Select(const Batch& batch, std::uint16_t* selection) override {
    std::size_t kept = 0;
    ForEach(batch, [&](std::uint16_t row, Truth truth) {
      selection[kept] = row;
      kept += truth == Truth::kTrue ? 1 : 0;
    });
    return kept;
  }

 private:
  template <class Visit>
  void ForEach(const Batch& batch, Visit visit) {
    const Vector& left = left_->Compute(batch);
    const Vector& right = right_->Compute(batch);
    if (batch.count != 0) ForEachComparison(op_, left, right, batch, run_.query.transaction, visit);
  }

  Run& run_;
  const KernelPtr left_;
  const Op op_;
  const KernelPtr right_;
  Vector result_;
};

class ComparisonChain : public Kernel {
 public:
  ComparisonChain(Run& run, const plan::Chain& chain) : run_(run), chain_(chain) {
    operands_.push_back(MakePart(run, *chain.first));
    for (const plan::Operation& operation : chain.rest) operands_.push_back(MakePart(run, *operation.operand));
  }

  const Vector& Compute(const Batch& batch) override {
    Truth truths[kBatchRows];
    for (std::size_t i = 0; i < batch.count; ++i) truths[batch.Row(i)] = Truth::kTrue;
    const Vector* left = &operands_.front()->Compute(batch);
    for (std::size_t i = 0; i < chain_.rest.size() && batch.count != 0; ++i) {
      const Vector& right = operands_[i + 1]->Compute(batch);
      ForEachComparison(chain_.rest[i].op, *left, right, batch, run_.query.transaction,
                        [&](std::uint16_t row, Truth pair) { truths[row] = AndOf(truths[row], pair); });
      left = &right;
    }
    WriteTruths(truths, batch, result_);
    return result_;
  }

 private:
  Run& run_;
  const plan::Chain& chain_;
  std::vector<KernelPtr> operands_;
  Vector result_;
};

}  // namespace

KernelPtr MakeComparison(Run& run, const plan::Chain& chain) {
  if (chain.rest.size() != 1) return std::make_unique<ComparisonChain>(run, chain);
  const plan::Operation& only = chain.rest.front();
  return std::make_unique<Comparison>(run, MakePart(run, *chain.first), only.op, MakePart(run, *only.operand));
}

}  // namespace plenum::execution
