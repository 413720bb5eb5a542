// See aggregate_columns.h: numbers by their types; what has no column of its own by an Accumulator a group.
#include "engine/execution/operators/aggregate_columns.h"

#include <compare>
#include <string>

#include "engine/execution/aggregates.h"
#include "engine/execution/exact_sum.h"
#include "engine/execution/operators/key_table.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Kind = Vector::Kind;
using plan::Aggregate;

class CountColumn : public AggregateColumn {
 public:
  void AddGroup() override { counts_.push_back(0); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    if (arguments.empty() || (arguments[0]->kind() != Kind::kValues && !arguments[0]->has_nulls())) {
      for (std::size_t i = 0; i < rows.count; ++i) counts_[rows.groups[i]] += rows.times[i];
      return 0;
    }
    for (std::size_t i = 0; i < rows.count; ++i) {
      const bool null = arguments[0]->IsNull(rows.rows[i]) && !IsMutant("count-column-counts-null");
      counts_[rows.groups[i]] += null ? 0 : rows.times[i];
    }
    return 0;
  }
  Value Result(std::uint32_t group) const override { return static_cast<std::int64_t>(counts_[group]); }

 private:
  std::vector<std::uint64_t> counts_;
};

// sum and avg.
class SumColumn : public AggregateColumn {
 public:
  SumColumn(Run& run, bool mean) : run_(run), mean_(mean), name_(mean ? "avg" : "sum") {}

  void AddGroup() override { sums_.emplace_back(); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    const Vector& vector = *arguments[0];
    if (vector.kind() == Kind::kIntegers) {
      const std::int64_t* const integers = vector.integers();
      AddEach(rows, vector, [&](ExactSum& sum, std::size_t row, std::uint64_t times) {
        sum.AddInteger(name_, integers[row], times);
      });
    } else if (vector.kind() == Kind::kFloats) {
      const double* const floats = vector.floats();
      AddEach(rows, vector,
              [&](ExactSum& sum, std::size_t row, std::uint64_t times) { sum.AddFloat(floats[row], times); });
    } else {
      AddEach(rows, vector, [&](ExactSum& sum, std::size_t row, std::uint64_t times) {
        sum.Add(name_, vector.ValueAt(row, run_.query.transaction), times);
      });
    }
    return 0;
  }
  Value Result(std::uint32_t group) const override { return mean_ ? sums_[group].Mean() : sums_[group].Total(); }

 private:
  template <class AddRow>
  void AddEach(GroupedRows& rows, const Vector& vector, AddRow add) {
    for (std::size_t i = 0; i < rows.count; ++i) {
      rows.current = i;
      if (!vector.IsNull(rows.rows[i])) add(sums_[rows.groups[i]], rows.rows[i], rows.times[i]);
    }
  }

  Run& run_;
  const bool mean_;
  const std::string_view name_;
  std::vector<ExactSum> sums_;
};

// min where `wanted` is less, max where it is greater; the first of equals (1 and 1.0) stays.
class ExtremeColumn : public AggregateColumn {
 public:
  ExtremeColumn(Run& run, std::strong_ordering wanted) : run_(run), wanted_(wanted) {}

  void AddGroup() override { extremes_.emplace_back(); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    const Vector& vector = *arguments[0];
    for (std::size_t i = 0; i < rows.count; ++i) {
      const std::size_t row = rows.rows[i];
      Value& extreme = extremes_[rows.groups[i]];
      if (!vector.IsNull(row) && !Stays(extreme, vector, row)) extreme = vector.ValueAt(row, run_.query.transaction);
    }
    return 0;
  }
  Value Result(std::uint32_t group) const override { return extremes_[group]; }

 private:
  bool Stays(const Value& extreme, const Vector& vector, std::size_t row) const {
    if (extreme.is_null()) return false;
    if (vector.kind() == Kind::kIntegers && extreme.kind() == Value::Kind::kInteger) {
      return (vector.integers()[row] <=> extreme.integer()) != wanted_;
    }
    if (vector.kind() == Kind::kTexts && extreme.kind() == Value::Kind::kString) {
      return (vector.texts()[row] <=> std::string_view(extreme.string())) != wanted_;
    }
    if (vector.kind() == Kind::kDates && extreme.kind() == Value::Kind::kDate) {
      return (vector.integers()[row] <=> extreme.date().day) != wanted_;
    }
    return Order(vector.ValueAt(row, run_.query.transaction), extreme) != wanted_;
  }

  Run& run_;
  const std::strong_ordering wanted_;
  std::vector<Value> extremes_;
};

class CollectColumn : public AggregateColumn {
 public:
  explicit CollectColumn(Run& run) : run_(run) {}

  void AddGroup() override { lists_.emplace_back(); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    std::size_t kept = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
      rows.current = i;
      const std::uint64_t times = rows.times[i];
      if (arguments[0]->IsNull(rows.rows[i])) continue;
      List& list = lists_[rows.groups[i]];
      CheckListSize(times > kListElementsMax ? times : list.size() + times);
      list.insert(list.end(), times, arguments[0]->ValueAt(rows.rows[i], run_.query.transaction));
      kept += times;
    }
    return kept;
  }
  Value Result(std::uint32_t group) const override { return CheckNesting(lists_[group]); }

 private:
  Run& run_;
  std::vector<List> lists_;
};

// All others.
class AccumulatorColumn : public AggregateColumn {
 public:
  AccumulatorColumn(Run& run, Aggregate aggregate) : run_(run), aggregate_(aggregate) {}

  void AddGroup() override { accumulators_.push_back(MakeAccumulator(aggregate_, false)); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    std::size_t kept = 0;
    values_.resize(arguments.size());
    for (std::size_t i = 0; i < rows.count; ++i) {
      rows.current = i;
      for (std::size_t k = 0; k < values_.size(); ++k) {
        values_[k] = arguments[k]->ValueAt(rows.rows[i], run_.query.transaction);
      }
      kept += accumulators_[rows.groups[i]]->Add(values_, rows.times[i]);
    }
    return kept;
  }
  Value Result(std::uint32_t group) const override { return accumulators_[group]->Result(); }

 private:
  Run& run_;
  const Aggregate aggregate_;
  std::vector<std::unique_ptr<Accumulator>> accumulators_;
  List values_;
};

// With DISTINCT: of equal values of a group, only the first goes on.
class DistinctColumn : public AggregateColumn {
 public:
  explicit DistinctColumn(std::unique_ptr<AggregateColumn> inner) : inner_(std::move(inner)), seen_(2) {}

  void AddGroup() override { inner_->AddGroup(); }
  std::size_t Add(GroupedRows& rows, const Arguments& arguments) override {
    Batch batch(0);
    batch.selection = rows.rows;
    batch.count = rows.count;
    KeyCell keys[2 * kBatchRows];  // group and value
    cells_.Read(*arguments[0], batch, 2, keys + 1);
    std::uint16_t new_rows[kBatchRows];
    std::uint32_t groups[kBatchRows];
    std::uint64_t times[kBatchRows];
    std::size_t places[kBatchRows];
    std::size_t count = 0;
    for (std::size_t i = 0; i < rows.count; ++i) {
      keys[2 * i] = {rows.groups[i], KeyCell::Kind::kInteger};
      if (!seen_.FindOrAdd(keys + 2 * i).second) continue;
      places[count] = i;
      new_rows[count] = rows.rows[i];
      groups[count] = rows.groups[i];
      times[count++] = IsMutant("distinct-column-times") ? rows.times[i] : 1;
    }
    GroupedRows first{new_rows, groups, times, count};
    try {
      return count + inner_->Add(first, arguments);
    } catch (...) {
      rows.current = places[first.current];
      throw;
    }
  }
  Value Result(std::uint32_t group) const override { return inner_->Result(group); }

 private:
  const std::unique_ptr<AggregateColumn> inner_;
  KeyCells cells_;
  KeyTable seen_;
};

std::unique_ptr<AggregateColumn> MakePlain(Run& run, Aggregate aggregate) {
  switch (aggregate) {
    case Aggregate::kCountStar:
    case Aggregate::kCount:
      return std::make_unique<CountColumn>();
    case Aggregate::kSum:
    case Aggregate::kAverage:
      return std::make_unique<SumColumn>(run, aggregate == Aggregate::kAverage);
    case Aggregate::kMin:
      return std::make_unique<ExtremeColumn>(run, std::strong_ordering::less);
    case Aggregate::kMax:
      return std::make_unique<ExtremeColumn>(run, std::strong_ordering::greater);
    case Aggregate::kCollect:
      return std::make_unique<CollectColumn>(run);
    default:
      return std::make_unique<AccumulatorColumn>(run, aggregate);
  }
}

}  // namespace

std::unique_ptr<AggregateColumn> MakeAggregateColumn(Run& run, const plan::AggregateCall& call) {
  auto plain = MakePlain(run, call.aggregate);
  // One of several equal values is as good as all of them to min and max.
  const bool needless =
      call.aggregate == Aggregate::kCountStar || call.aggregate == Aggregate::kMin || call.aggregate == Aggregate::kMax;
  if (!call.distinct || needless) return plain;
  return std::make_unique<DistinctColumn>(std::move(plain));
}

}  // namespace plenum::execution
