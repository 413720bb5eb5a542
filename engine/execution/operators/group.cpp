// Grouping: one row for each group, with its keys and aggregates.
#include <algorithm>
#include <unordered_map>

#include "engine/execution/aggregates.h"
#include "engine/execution/evaluation_error.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/operator.h"
#include "engine/execution/operators/rows.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

struct ListHash {
  std::size_t operator()(const List& values) const {
    std::size_t hash = 0;
    for (const Value& value : values) hash = hash * 0x9E3779B97F4A7C15ULL + HashOf(value);
    return hash;
  }
};
struct ListEqual {
  bool operator()(const List& a, const List& b) const {
    return std::ranges::equal(a, b, [](const Value& x, const Value& y) { return Order(x, y) == 0; });
  }
};

class Grouping : public Operator {
 public:
  Grouping(Run& run, const plan::Group& group, const std::set<Slot>& live, OperatorPtr input)
      : run_(run), project_(*group.project), input_(std::move(input)), rows_(run, live, "an aggregation") {
    for (const plan::ProjectionItem& item : project_.items) {
      if (!item.aggregates) keys_.push_back({item.slot, MakeKernel(run, item.expression)});
    }
    for (const plan::AggregateCall& call : project_.aggregates) {
      arguments_.emplace_back();
      for (const plan::Expression& argument : call.arguments) arguments_.back().push_back(MakeKernel(run, argument));
    }
  }

  const Batch* Next(std::size_t rows_max) override {
    if (!gathered_) Gather();
    const std::size_t count = std::min(rows_max, order_.size() - shown_);
    if (count == 0) return nullptr;
    shown_ += count;
    return rows_.Show(order_, shown_ - count, count);
  }

  void Restart() override {
    input_->Restart();
    gathered_ = false;
    groups_.clear();
    accumulators_.clear();
    rows_.Clear();
    order_.clear();
    shown_ = 0;
  }

 private:
  struct Key {
    Slot slot;
    std::unique_ptr<Kernel> kernel;
  };
  using Accumulators = std::vector<std::unique_ptr<Accumulator>>;

  void Gather() {
    gathered_ = true;
    while (const Batch* const in = input_->Next(kBatchRows)) {
      run_.Poll();
      AddBatch(*in);
      run_.CheckRead();
    }
    if (groups_.empty() && keys_.empty() && !IsMutant("no-rows-no-group")) {  // no rows at all still make one group
      NewGroup({}, Batch(run_.width), 0);
    }
    run_.query.transaction.LetGo();  // a percentile sorts what it has gathered
    for (std::uint32_t group = 0; group < rows_.size(); ++group) Finish(group);
  }

  void AddBatch(const Batch& in) {
    std::vector<const Vector*> keys;
    for (const Key& key : keys_) keys.push_back(&key.kernel->Compute(in));
    std::vector<std::vector<const Vector*>> arguments;
    for (const auto& kernels : arguments_) {
      arguments.emplace_back();
      for (const auto& kernel : kernels) arguments.back().push_back(&kernel->Compute(in));
    }
    for (std::size_t i = 0; i < in.count; ++i) {
      const std::size_t row = in.Row(i);
      List key;
      for (const Vector* vector : keys) key.push_back(vector->ValueAt(row, run_.query.transaction));
      const auto found = groups_.find(key);
      const std::uint32_t group = found != groups_.end() ? found->second : NewGroup(std::move(key), in, row);
      for (std::size_t a = 0; a < project_.aggregates.size(); ++a)
        Add(group, a, arguments[a], row, IsMutant("group-once") ? 1 : in.Times(row));
    }
  }

  void Add(std::uint32_t group, std::size_t aggregate, const std::vector<const Vector*>& arguments, std::size_t row,
           std::uint64_t times) {
    List values;
    for (const Vector* vector : arguments) values.push_back(vector->ValueAt(row, run_.query.transaction));
    const std::size_t kept = AtSpan(project_.aggregates[aggregate].span,
                                    [&] { return accumulators_[group][aggregate]->Add(values, times); });
    run_.query.Charge(kept * sizeof(Value), "an aggregation");
  }

  // `batch` and `row`: its first, for what stands beside an aggregate.
  std::uint32_t NewGroup(List key, const Batch& batch, std::size_t row) {
    const auto group = static_cast<std::uint32_t>(rows_.size());
    rows_.Add(batch, row, 1);
    for (std::size_t s = 0; s < rows_.slots().size(); ++s) {
      for (std::size_t k = 0; k < keys_.size(); ++k) {
        if (keys_[k].slot == rows_.slots()[s]) rows_.At(group, s) = key[k];
      }
    }
    Accumulators accumulators;
    for (const plan::AggregateCall& call : project_.aggregates) {
      accumulators.push_back(MakeAccumulator(call.aggregate, call.distinct));
    }
    accumulators_.push_back(std::move(accumulators));
    groups_.emplace(std::move(key), group);
    order_.push_back(group);
    return group;
  }

  void Finish(std::uint32_t group) {
    run_.query.Poll();
    for (std::size_t s = 0; s < rows_.slots().size(); ++s) {
      for (std::size_t a = 0; a < project_.aggregates.size(); ++a) {
        const plan::AggregateCall& call = project_.aggregates[a];
        if (call.slot != rows_.slots()[s]) continue;
        rows_.At(group, s) = AtSpan(call.span, [&] { return accumulators_[group][a]->Result(); });
      }
    }
  }

  Run& run_;
  const plan::Project& project_;
  const OperatorPtr input_;
  std::vector<Key> keys_;
  std::vector<std::vector<std::unique_ptr<Kernel>>> arguments_;  // of each aggregate
  bool gathered_ = false;
  std::unordered_map<List, std::uint32_t, ListHash, ListEqual> groups_;
  std::vector<Accumulators> accumulators_;  // of each group
  KeptRows rows_;
  std::vector<std::uint32_t> order_;
  std::size_t shown_ = 0;
};

class DistinctRows : public Operator {
 public:
  DistinctRows(Run& run, const plan::Distinct& distinct, OperatorPtr input)
      : run_(run), columns_(distinct.columns), input_(std::move(input)), out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    while (const Batch* const in = input_->Next(rows_max)) {
      run_.Poll();
      std::size_t kept = 0;
      for (std::size_t i = 0; i < in->count; ++i) {
        const std::uint16_t row = in->Row(i);
        if (IsNew(*in, row)) selection_[kept++] = row;
      }
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
    seen_.clear();
  }

 private:
  bool IsNew(const Batch& in, std::size_t row) {
    List columns;
    for (const Slot slot : columns_) columns.push_back(in.vectors[slot]->ValueAt(row, run_.query.transaction));
    run_.query.Charge(columns, "DISTINCT");
    return seen_.emplace(std::move(columns), 0).second;
  }

  Run& run_;
  const std::vector<Slot> columns_;
  const OperatorPtr input_;
  std::unordered_map<List, char, ListHash, ListEqual> seen_;
  Batch out_;
  std::uint16_t selection_[kBatchRows];
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Group& group, const std::set<Slot>& live, OperatorPtr input) {
  return std::make_unique<Grouping>(run, group, live, std::move(input));
}
OperatorPtr MakeOperator(Run& run, const plan::Distinct& distinct, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<DistinctRows>(run, distinct, std::move(input));
}

}  // namespace plenum::execution
