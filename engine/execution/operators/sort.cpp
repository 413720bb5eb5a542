// ORDER BY, SKIP and LIMIT.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/operator.h"
#include "engine/execution/operators/rows.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class SortedRows : public Operator {
 public:
  SortedRows(Run& run, const plan::Sort& sort, const std::set<Slot>& live, OperatorPtr input)
      : run_(run), items_(*sort.items), input_(std::move(input)), rows_(run, live, "ORDER BY") {
    for (const plan::SortItem& item : items_) keys_.push_back(MakeKernel(run, item.expression));
  }

  const Batch* Next(std::size_t rows_max) override {
    if (!sorted_) SortAll();
    const std::size_t count = std::min(rows_max, order_.size() - shown_);
    if (count == 0) return nullptr;
    shown_ += count;
    return rows_.Show(order_, shown_ - count, count);
  }

  void Restart() override {
    input_->Restart();
    sorted_ = false;
    rows_.Clear();
    key_values_.clear();
    order_.clear();
    shown_ = 0;
  }

 private:
  void SortAll() {
    sorted_ = true;
    while (const Batch* const in = input_->Next(kBatchRows)) {
      run_.Poll();
      std::vector<const Vector*> keys;
      for (const auto& kernel : keys_) keys.push_back(&kernel->Compute(*in));
      for (std::size_t i = 0; i < in->count; ++i) {
        const std::size_t row = in->Row(i);
        rows_.Add(*in, row, in->Times(row));
        for (const Vector* key : keys) key_values_.push_back(key->ValueAt(row, run_.query.transaction));
      }
    }
    order_.resize(rows_.size());
    std::iota(order_.begin(), order_.end(), 0);
    run_.query.transaction.LetGo();  // sorting may take its time
    std::ranges::stable_sort(order_, [&](std::uint32_t a, std::uint32_t b) { return ComesBefore(a, b); });
  }

  bool ComesBefore(std::uint32_t a, std::uint32_t b) const {
    for (std::size_t i = 0; i < items_.size(); ++i) {
      const auto order = Order(key_values_[a * items_.size() + i], key_values_[b * items_.size() + i]);
      if (order != 0) return items_[i].descending ? order > 0 : order < 0;
    }
    return false;
  }

  Run& run_;
  const std::vector<plan::SortItem>& items_;
  const OperatorPtr input_;
  std::vector<std::unique_ptr<Kernel>> keys_;
  bool sorted_ = false;
  KeptRows rows_;
  std::vector<Value> key_values_;  // row by row
  std::vector<std::uint32_t> order_;
  std::size_t shown_ = 0;
};

// Rows of which one stands for many are cut where the limit says.
class SkippingRows : public Operator {
 public:
  SkippingRows(Run& run, const plan::SkipAndLimit& limit, OperatorPtr input)
      : run_(run), limits_(limit), input_(std::move(input)), out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    if (!begun_) Begin();
    while (left_ != 0) {
      const std::uint64_t wanted = skip_ > kUnlimited - left_ ? kUnlimited : skip_ + left_;
      const Batch* const in = input_->Next(static_cast<std::size_t>(std::min<std::uint64_t>(rows_max, wanted)));
      if (in == nullptr) return nullptr;
      const std::size_t kept = Cut(*in);
      if (kept == 0) continue;
      out_ = *in;
      out_.selection = selection_;
      out_.count = kept;
      out_.times = times_;
      return &out_;
    }
    return nullptr;
  }

  void Restart() override {
    input_->Restart();
    begun_ = false;
  }

 private:
  static constexpr std::uint64_t kUnlimited = ~std::uint64_t{0};

  std::size_t Cut(const Batch& in) {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < in.count && left_ != 0; ++i) {
      const std::uint16_t row = in.Row(i);
      const std::uint64_t times = IsMutant("limit-counts-batch-rows") ? 1 : in.Times(row);
      const std::uint64_t skipped = std::min(skip_, times);
      skip_ -= skipped;
      const std::uint64_t taken = std::min(times - skipped, left_);
      if (left_ != kUnlimited) left_ -= taken;
      if (taken == 0) continue;
      times_[row] = taken;
      selection_[kept++] = row;
    }
    return kept;
  }

  void Begin() {
    begun_ = true;
    skip_ = CountOf(limits_.skip, 0);
    left_ = CountOf(limits_.limit, kUnlimited);
  }

  // One number for the whole query: it reads no row.
  std::uint64_t CountOf(const plan::Expression* expression, std::uint64_t otherwise) {
    if (expression == nullptr) return otherwise;
    return AtSpan(expression->span, [&] { return CheckCount(Evaluator(run_.query).Evaluate(*expression, run_.row)); });
  }

  static std::uint64_t CheckCount(const Value& count) {
    if (count.kind() != Value::Kind::kInteger) {
      Raise(ErrorType::kSyntaxError, "InvalidArgumentType",
            fmt::format("SKIP and LIMIT take an integer, not {}", ToText(count)));
    }
    if (count.integer() < 0) {
      Raise(ErrorType::kSyntaxError, "NegativeIntegerArgument", "SKIP and LIMIT take a number that is not negative");
    }
    return static_cast<std::uint64_t>(count.integer());
  }

  Run& run_;
  const plan::SkipAndLimit& limits_;
  const OperatorPtr input_;
  bool begun_ = false;
  std::uint64_t skip_ = 0;
  std::uint64_t left_ = 0;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
  std::uint64_t times_[kBatchRows];
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Sort& sort, const std::set<Slot>& live, OperatorPtr input) {
  return std::make_unique<SortedRows>(run, sort, live, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::SkipAndLimit& limit, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<SkippingRows>(run, limit, std::move(input));
}

}  // namespace plenum::execution
