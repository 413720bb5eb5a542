// CASE and coalesce: what is not chosen is not computed.
#include <algorithm>
#include <optional>

#include "engine/execution/expressions/comparing.h"
#include "engine/execution/expressions/families.h"

namespace plenum::execution {
namespace {

// A vector put together of rows of others.
class Patchwork {
 public:
  Patchwork(Run& run, Vector& vector) : run_(run), vector_(vector) {}

  // Rows that were not taken before.
  void Take(const Vector& from, const std::uint16_t* rows, std::size_t count) {
    if (count == 0) return;
    const bool of_relationships = from.kind() == Kind::kRelationships;  // that are not always such here
    if (taken_count_ == 0) vector_.Reset(of_relationships ? Kind::kValues : from.kind());
    if (vector_.kind() != from.kind() && vector_.kind() != Kind::kValues) vector_.BecomeValues(taken_, taken_count_);
    if (vector_.kind() == from.kind()) {
      vector_.CopyRows(from, rows, count);
    } else {
      for (std::size_t i = 0; i < count; ++i) {
        vector_.values()[rows[i]] = from.ValueAt(rows[i], run_.query.transaction);
      }
    }
    std::copy_n(rows, count, taken_ + taken_count_);
    taken_count_ += count;
  }

  void TakeNulls(const std::uint16_t* rows, std::size_t count) {
    if (taken_count_ == 0) vector_.Reset(Kind::kValues);
    for (std::size_t i = 0; i < count; ++i) vector_.SetNull(rows[i]);
    std::copy_n(rows, count, taken_ + taken_count_);
    taken_count_ += count;
  }

 private:
  using Kind = Vector::Kind;
  Run& run_;
  Vector& vector_;
  std::uint16_t taken_[kBatchRows];
  std::size_t taken_count_ = 0;
};

// Divides the batch's rows into those that `takes` and the rest, which the batch has then.
template <class Takes>
std::size_t Divide(Batch& batch, std::uint16_t* taken, std::uint16_t* rest, Takes takes) {
  std::size_t taken_count = 0;
  std::size_t rest_count = 0;
  for (std::size_t i = 0; i < batch.count; ++i) {
    const std::uint16_t row = batch.Row(i);
    if (takes(row)) {
      taken[taken_count++] = row;
    } else {
      rest[rest_count++] = row;
    }
  }
  batch.selection = rest;
  batch.count = rest_count;
  return taken_count;
}

class CaseKernel : public Kernel {
 public:
  CaseKernel(Run& run, const plan::Case& node) : run_(run) {
    if (node.subject) subject_ = MakePart(run, **node.subject);
    for (const plan::CaseBranch& branch : node.branches) {
      branches_.push_back({MakePart(run, *branch.when), MakePart(run, *branch.then)});
    }
    if (node.otherwise) otherwise_ = MakePart(run, **node.otherwise);
  }

  const Vector& Compute(const Batch& batch) override {
    Patchwork patchwork(run_, result_);
    std::uint16_t taken[kBatchRows];
    std::uint16_t rest[kBatchRows];
    const Vector* const subject = subject_ ? &subject_->Compute(batch) : nullptr;
    Batch open = batch;
    for (const Branch& branch : branches_) {
      if (open.count == 0) break;
      Truth truths[kBatchRows];
      const Vector& when = branch.when->Compute(open);
      if (subject != nullptr) {
        ForEachComparison(ast::BinaryOperator::kEqual, *subject, when, open, run_.query.transaction,
                          [&](std::uint16_t row, Truth equal) { truths[row] = equal; });
      } else {
        ReadTruths(when, open, truths);
      }
      Batch chosen = batch;
      chosen.count = Divide(open, taken, rest, [&](std::size_t row) {
        return truths[row] == Truth::kTrue || (IsMutant("kernel-case-of-null") && truths[row] == Truth::kNull);
      });
      chosen.selection = taken;
      if (chosen.count != 0) patchwork.Take(branch.then->Compute(chosen), taken, chosen.count);
    }
    TakeRest(open, patchwork);
    return result_;
  }

 private:
  struct Branch {
    KernelPtr when;
    KernelPtr then;
  };

  void TakeRest(const Batch& open, Patchwork& patchwork) {
    std::uint16_t rows[kBatchRows];
    for (std::size_t i = 0; i < open.count; ++i) rows[i] = open.Row(i);
    if (open.count == 0) return;
    if (otherwise_) {
      patchwork.Take(otherwise_->Compute(open), rows, open.count);
    } else {
      patchwork.TakeNulls(rows, open.count);
    }
  }

  Run& run_;
  KernelPtr subject_;
  std::vector<Branch> branches_;
  KernelPtr otherwise_;
  Vector result_;
};

class Coalesce : public Kernel {
 public:
  Coalesce(Run& run, const plan::Call& call) : run_(run) {
    for (const plan::Expression& argument : call.arguments) arguments_.push_back(MakePart(run, argument));
  }

  const Vector& Compute(const Batch& batch) override {
    Patchwork patchwork(run_, result_);
    std::uint16_t taken[kBatchRows];
    std::uint16_t rest[kBatchRows];
    Batch open = batch;
    for (const KernelPtr& argument : arguments_) {
      if (open.count == 0) break;
      const Vector& values = argument->Compute(open);
      const std::size_t count = Divide(open, taken, rest, [&](std::size_t row) { return !values.IsNull(row); });
      patchwork.Take(values, taken, count);
    }
    if (open.count != 0) patchwork.TakeNulls(open.selection, open.count);
    return result_;
  }

 private:
  Run& run_;
  std::vector<KernelPtr> arguments_;
  Vector result_;
};

}  // namespace

KernelPtr MakeCase(Run& run, const plan::Case& node) { return std::make_unique<CaseKernel>(run, node); }
KernelPtr MakeCoalesce(Run& run, const plan::Call& call) { return std::make_unique<Coalesce>(run, call); }

}  // namespace plenum::execution
