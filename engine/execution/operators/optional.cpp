// OPTIONAL MATCH: the rows of a pipeline that all rows of a batch are given to at once, each with its ordinal; and in
// their places those that nothing was found for, once, with nulls.
#include <algorithm>

#include "engine/execution/operators/given_rows.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class OptionalRows : public Operator {
 public:
  OptionalRows(Run& run, const plan::Optional& optional, const std::set<Slot>& live, OperatorPtr input)
      : run_(run),
        optional_(optional),
        input_(std::move(input)),
        given_(run, *optional.inner, optional.ordinal),
        live_(live.begin(), live.end()),
        vectors_(live.size()),
        out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    rows_ = 0;
    while (rows_ < rows_max) {
      if (in_ == nullptr && !Begin()) break;
      if (!Step()) in_ = nullptr;
    }
    if (rows_ == 0) return nullptr;
    for (std::size_t i = 0; i < live_.size(); ++i) out_.vectors[live_[i]] = &vectors_[i];
    out_.times = times_;
    out_.count = rows_;
    return &out_;
  }

  void Restart() override {
    input_->Restart();
    in_ = nullptr;
  }

 private:
  bool Begin() {
    in_ = input_->Next(kBatchRows);
    if (in_ == nullptr) return false;
    given_.Give(*in_);
    next_ = 0;
    matched_ = false;
    found_ = nullptr;
    ended_ = false;
    return true;
  }

  // Adds a row; false: all of the batch are there.
  bool Step() {
    if (!ended_ && (found_ == nullptr || found_row_ == found_->count)) {
      found_ = given_.Next();
      found_row_ = 0;
      ended_ = found_ == nullptr;
    }
    const std::size_t row = ended_ ? 0 : found_->Row(found_row_);
    const std::size_t ordinal = ended_ ? in_->count : given_.OrdinalOf(*found_, row);
    if (next_ < ordinal) {  // the rows before are complete
      if (!matched_ && !IsMutant("optional-forgets-row")) Copy(*in_, in_->Row(next_), false);
      ++next_;
      matched_ = false;
      return next_ < in_->count || !ended_;
    }
    if (ended_) return false;
    Copy(*found_, row, true);
    matched_ = true;
    ++found_row_;
    return true;
  }

  void Copy(const Batch& from, std::size_t row, bool found) {
    const auto source = static_cast<std::uint16_t>(row);
    for (std::size_t i = 0; i < live_.size(); ++i) {
      const Vector* const vector = from.vectors[live_[i]];
      const bool introduced = std::ranges::find(optional_.introduced, live_[i]) != optional_.introduced.end();
      if (rows_ == 0) vectors_[i].Reset(Vector::Kind::kValues);
      vectors_[i].values()[rows_] =
          vector == nullptr || (introduced && !found) ? Value() : vector->ValueAt(source, run_.query.transaction);
    }
    times_[rows_++] = from.Times(row);
  }

  Run& run_;
  const plan::Optional& optional_;
  const OperatorPtr input_;
  GivenRows given_;
  const std::vector<Slot> live_;
  std::vector<Vector> vectors_;
  const Batch* in_ = nullptr;
  std::size_t next_ = 0;  // of the rows of in_: the first that is not complete
  bool matched_ = false;  // it has been found for
  const Batch* found_ = nullptr;
  std::size_t found_row_ = 0;
  bool ended_ = false;
  std::size_t rows_ = 0;
  std::uint64_t times_[kBatchRows];
  Batch out_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Optional& optional, const std::set<Slot>& live, OperatorPtr input) {
  return std::make_unique<OptionalRows>(run, optional, live, std::move(input));
}

}  // namespace plenum::execution
