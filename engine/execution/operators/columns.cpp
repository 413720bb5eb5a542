// Operators that compute columns or multiply rows by lists: WITH and RETURN without aggregates, UNWIND.
#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/operator.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class ComputeColumns : public Operator {
 public:
  ComputeColumns(Run& run, const plan::Compute& compute, OperatorPtr input)
      : run_(run), input_(std::move(input)), out_(run.width) {
    for (const plan::ProjectionItem* item : compute.items) {
      columns_.push_back({item->slot, MakeKernel(run, item->expression)});
    }
  }

  const Batch* Next(std::size_t rows_max) override {
    const Batch* const in = input_->Next(rows_max);
    if (in == nullptr) return nullptr;
    run_.Poll();
    out_ = *in;
    // All of them read what was there before any.
    for (Column& column : columns_) column.computed = &column.kernel->Compute(*in);
    for (const Column& column : columns_) out_.vectors[column.slot] = column.computed;
    run_.CheckRead();
    return &out_;
  }
  void Restart() override { input_->Restart(); }

 private:
  struct Column {
    Slot slot;
    std::unique_ptr<Kernel> kernel;
    const Vector* computed = nullptr;
  };
  Run& run_;
  const OperatorPtr input_;
  std::vector<Column> columns_;
  Batch out_;
};

class Unwinding : public Operator {
 public:
  Unwinding(Run& run, const plan::UnwindList& unwind, const std::set<Slot>& live, OperatorPtr input)
      : run_(run),
        unwind_(*unwind.unwind),
        list_(MakeKernel(run, unwind_.list)),
        input_(std::move(input)),
        out_(run.width) {
    for (const Slot slot : live) {
      if (slot != unwind_.slot) copied_.push_back(slot);
    }
    copies_.resize(copied_.size());
  }

  const Batch* Next(std::size_t rows_max) override {
    std::size_t rows = 0;
    elements_.Reset(Vector::Kind::kValues);
    while (rows == 0) {
      if (in_ == nullptr || row_ == in_->count) {
        in_ = input_->Next(kBatchRows);
        if (in_ == nullptr) return nullptr;
        run_.Poll();
        row_ = 0;
        element_ = 0;
        has_list_ = false;
      }
      rows = FillFromBatch(rows_max);
    }
    for (std::size_t i = 0; i < copied_.size(); ++i) {
      const Vector* const from = in_->vectors[copied_[i]];
      out_.vectors[copied_[i]] = from != nullptr ? &copies_[i] : nullptr;
      if (from != nullptr) copies_[i].Gather(0, *from, parents_, rows);
    }
    for (std::size_t i = 0; i < rows; ++i) times_[i] = IsMutant("unwind-forgets-times") ? 1 : in_->Times(parents_[i]);
    out_.vectors[unwind_.slot] = &elements_;
    out_.times = in_->times != nullptr ? times_ : nullptr;
    out_.count = rows;
    return &out_;
  }

  void Restart() override {
    input_->Restart();
    in_ = nullptr;
  }

 private:
  std::size_t FillFromBatch(std::size_t rows_max) {
    std::size_t rows = 0;
    for (; row_ < in_->count; ++row_, element_ = 0, has_list_ = false) {
      const std::uint16_t row = in_->Row(row_);
      if (!has_list_) ComputeList(row);
      if (list_of_row_.is_null()) continue;
      const List& list = list_of_row_.list();
      for (; element_ < list.size(); ++element_) {
        if (rows == rows_max) return rows;
        elements_.values()[rows] = list[element_];
        parents_[rows++] = row;
      }
    }
    return rows;
  }

  // One at a time: a thousand may be large.
  void ComputeList(std::uint16_t row) {
    Batch one = *in_;
    one.selection = &row;
    one.count = 1;
    list_of_row_ = list_->Compute(one).ValueAt(row, run_.query.transaction);
    has_list_ = true;
    if (!list_of_row_.is_null() && list_of_row_.kind() != Value::Kind::kList) RaiseNoList(list_of_row_);
  }

  void RaiseNoList(const Value& value) const {
    AtSpan(unwind_.list.span, [&] {
      Raise(ErrorType::kTypeError, "InvalidArgumentType",
            fmt::format("UNWIND goes over a list, not {}", ToText(value)));
    });
  }

  Run& run_;
  const plan::Unwind& unwind_;
  const std::unique_ptr<Kernel> list_;
  const OperatorPtr input_;
  std::vector<Slot> copied_;
  std::vector<Vector> copies_;
  const Batch* in_ = nullptr;
  Value list_of_row_;
  bool has_list_ = false;
  std::size_t row_ = 0;
  std::size_t element_ = 0;
  std::uint16_t parents_[kBatchRows];
  std::uint64_t times_[kBatchRows];
  Vector elements_;
  Batch out_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Compute& compute, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<ComputeColumns>(run, compute, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::UnwindList& unwind, const std::set<Slot>& live, OperatorPtr input) {
  return std::make_unique<Unwinding>(run, unwind, live, std::move(input));
}

}  // namespace plenum::execution
