// Grouping: one row for each group, with its keys and aggregates.
#include <algorithm>
#include <exception>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/aggregate_columns.h"
#include "engine/execution/operators/key_table.h"
#include "engine/execution/operators/operator.h"
#include "engine/execution/operators/rows.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

class Grouping : public Operator {
 public:
  Grouping(Run& run, const plan::Group& group, const std::set<Slot>& live, OperatorPtr input)
      : run_(run), project_(*group.project), input_(std::move(input)), rows_(run, live, "an aggregation") {
    for (const plan::ProjectionItem& item : project_.items) {
      if (!item.aggregates) keys_.push_back({item.slot, MakeKernel(run, item.expression)});
    }
    for (const plan::AggregateCall& call : project_.aggregates) {
      aggregates_.push_back({call, nullptr, {}, {}});
      for (const plan::Expression& argument : call.arguments) {
        aggregates_.back().arguments.push_back(MakeKernel(run, argument));
      }
    }
    Begin();
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
    Begin();
  }

 private:
  struct Key {
    Slot slot;
    std::unique_ptr<Kernel> kernel;
    const Vector* computed = nullptr;
  };
  struct Aggregate {
    const plan::AggregateCall& call;
    std::unique_ptr<AggregateColumn> column;
    std::vector<std::unique_ptr<Kernel>> arguments;
    Arguments computed;
  };

  void Begin() {
    gathered_ = false;
    cells_.Clear();
    groups_.emplace(keys_.size());
    key_cells_.resize(kBatchRows * keys_.size());
    for (Aggregate& aggregate : aggregates_) aggregate.column = MakeAggregateColumn(run_, aggregate.call);
    rows_.Clear();
    order_.clear();
    shown_ = 0;
  }

  void Gather() {
    gathered_ = true;
    while (const Batch* const in = input_->Next(kBatchRows)) {
      run_.Poll();
      AddBatch(*in);
      run_.CheckRead();
    }
    if (rows_.size() == 0 && keys_.empty() && !IsMutant("no-rows-no-batch-group")) {  // no rows at all still make one group
      AddGroup(Batch(run_.width), 0);
    }
    run_.query.transaction.LetGo();  // a percentile sorts what it has gathered
    for (std::uint32_t group = 0; group < rows_.size(); ++group) Finish(group);
  }

  void AddBatch(const Batch& in) {
    for (Key& key : keys_) key.computed = &key.kernel->Compute(in);
    for (Aggregate& aggregate : aggregates_) {
      aggregate.computed.clear();
      for (const auto& kernel : aggregate.arguments) aggregate.computed.push_back(&kernel->Compute(in));
    }
    std::uint16_t rows[kBatchRows];
    std::uint32_t groups[kBatchRows];
    std::uint64_t times[kBatchRows];
    FindGroups(in, groups);
    for (std::size_t i = 0; i < in.count; ++i) {
      rows[i] = in.Row(i);
      times[i] = IsMutant("group-once") ? 1 : in.Times(rows[i]);
    }
    Add({rows, groups, times, in.count});
  }

  void FindGroups(const Batch& in, std::uint32_t* groups) {
    if (keys_.empty()) {
      if (rows_.size() == 0) AddGroup(in, in.Row(0));
      std::fill_n(groups, in.count, 0);
      return;
    }
    const std::size_t bytes = cells_.bytes();
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      cells_.Read(*keys_[k].computed, in, keys_.size(), key_cells_.data() + k);
    }
    run_.query.Charge(cells_.bytes() - bytes, "an aggregation");
    for (std::size_t i = 0; i < in.count; ++i) {
      const auto [group, added] = groups_->FindOrAdd(key_cells_.data() + i * keys_.size());
      if (added) AddGroup(in, in.Row(i));
      groups[i] = group;
    }
  }

  // Each aggregate takes all rows; what is raised is what row by row would be raised first.
  void Add(const GroupedRows& all) {
    std::exception_ptr first;
    std::size_t first_place = all.count;
    for (Aggregate& aggregate : aggregates_) {
      GroupedRows rows = all;
      try {
        const std::size_t kept =
            AtSpan(aggregate.call.span, [&] { return aggregate.column->Add(rows, aggregate.computed); });
        run_.query.Charge(kept * sizeof(Value), "an aggregation");
      } catch (const EvaluationError&) {
        if (rows.current < first_place) {
          first = std::current_exception();
          first_place = rows.current;
        }
      }
    }
    if (first) std::rethrow_exception(first);
  }

  // `batch` and `row`: its first, for its keys and what stands beside an aggregate.
  void AddGroup(const Batch& batch, std::size_t row) {
    const auto group = static_cast<std::uint32_t>(rows_.size());
    rows_.Add(batch, row, 1);
    for (std::size_t s = 0; s < rows_.slots().size(); ++s) {
      for (const Key& key : keys_) {
        if (key.slot == rows_.slots()[s]) rows_.At(group, s) = key.computed->ValueAt(row, run_.query.transaction);
      }
    }
    for (Aggregate& aggregate : aggregates_) aggregate.column->AddGroup();
    order_.push_back(group);
  }

  void Finish(std::uint32_t group) {
    run_.query.Poll();
    for (std::size_t s = 0; s < rows_.slots().size(); ++s) {
      for (const Aggregate& aggregate : aggregates_) {
        if (aggregate.call.slot != rows_.slots()[s]) continue;
        rows_.At(group, s) = AtSpan(aggregate.call.span, [&] { return aggregate.column->Result(group); });
      }
    }
  }

  Run& run_;
  const plan::Project& project_;
  const OperatorPtr input_;
  std::vector<Key> keys_;
  std::vector<Aggregate> aggregates_;
  bool gathered_ = false;
  KeyCells cells_;
  std::optional<KeyTable> groups_;
  std::vector<KeyCell> key_cells_;  // of a batch, row by row
  KeptRows rows_;
  std::vector<std::uint32_t> order_;
  std::size_t shown_ = 0;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::Group& group, const std::set<Slot>& live, OperatorPtr input) {
  return std::make_unique<Grouping>(run, group, live, std::move(input));
}

}  // namespace plenum::execution
