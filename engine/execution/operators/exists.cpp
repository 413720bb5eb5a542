// EXISTS in WHERE: of a batch, the rows for which a pipeline finds something, or nothing.
#include <bitset>

#include "engine/execution/operators/given_rows.h"

namespace plenum::execution {
namespace {

class ExistingRows : public Operator {
 public:
  ExistingRows(Run& run, const plan::Exists& exists, OperatorPtr input)
      : negated_(exists.negated),
        input_(std::move(input)),
        given_(run, *exists.inner, exists.ordinal),
        out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    while (const Batch* const in = input_->Next(rows_max)) {
      FindRows(*in);
      std::size_t kept = 0;
      for (std::size_t i = 0; i < in->count; ++i) {
        selection_[kept] = in->Row(i);
        kept += found_[i] != negated_ ? 1 : 0;
      }
      if (kept == 0) continue;
      out_ = *in;
      out_.selection = selection_;
      out_.count = kept;
      return &out_;
    }
    return nullptr;
  }
  void Restart() override { input_->Restart(); }

 private:
  void FindRows(const Batch& in) {
    found_.reset();
    std::size_t count = 0;
    given_.Give(in);
    while (const Batch* const batch = count < in.count ? given_.Next() : nullptr) {
      for (std::size_t i = 0; i < batch->count; ++i) {
        const std::size_t ordinal = given_.OrdinalOf(*batch, batch->Row(i));
        count += found_[ordinal] ? 0 : 1;
        found_[ordinal] = true;
      }
    }
  }

  const bool negated_;
  const OperatorPtr input_;
  GivenRows given_;
  std::bitset<kBatchRows> found_;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Exists& exists, const std::set<plan::Slot>&, OperatorPtr input) {
  return std::make_unique<ExistingRows>(run, exists, std::move(input));
}

}  // namespace plenum::execution
