// DISTINCT: of equal rows the first, once.
#include "engine/execution/operators/key_table.h"
#include "engine/execution/operators/operator.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class DistinctRows : public Operator {
 public:
  DistinctRows(Run& run, const plan::Distinct& distinct, OperatorPtr input)
      : run_(run),
        columns_(distinct.columns),
        input_(std::move(input)),
        keys_(kBatchRows * columns_.size()),
        seen_(columns_.size()),
        out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    while (const Batch* const in = input_->Next(rows_max)) {
      run_.Poll();
      const std::size_t kept = SelectNew(*in);
      if (kept == 0) continue;
      out_ = *in;
      out_.selection = selection_;
      out_.count = kept;
      if (!IsMutant("distinct-keeps-times")) out_.times = nullptr;
      return &out_;
    }
    return nullptr;
  }

  void Restart() override {
    input_->Restart();
    cells_.Clear();
    seen_.Clear();
  }

 private:
  std::size_t SelectNew(const Batch& in) {
    const std::size_t bytes = cells_.bytes();
    for (std::size_t k = 0; k < columns_.size(); ++k) {
      cells_.Read(*in.vectors[columns_[k]], in, columns_.size(), keys_.data() + k);
    }
    std::size_t kept = 0;
    for (std::size_t i = 0; i < in.count; ++i) {
      selection_[kept] = in.Row(i);
      kept += seen_.FindOrAdd(keys_.data() + i * columns_.size()).second ? 1 : 0;
    }
    run_.query.Charge(cells_.bytes() - bytes + kept * seen_.key_bytes(), "DISTINCT");
    return kept;
  }

  Run& run_;
  const std::vector<Slot> columns_;
  const OperatorPtr input_;
  std::vector<KeyCell> keys_;  // of a batch, row by row
  KeyCells cells_;
  KeyTable seen_;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Distinct& distinct, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<DistinctRows>(run, distinct, std::move(input));
}

}  // namespace plenum::execution
