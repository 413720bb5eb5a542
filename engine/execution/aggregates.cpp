// The accumulators of all aggregates but the percentiles, and their factory.
#include "engine/execution/aggregates.h"

#include <cassert>
#include <cmath>
#include <compare>
#include <string>
#include <unordered_set>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/exact_sum.h"
#include "engine/execution/percentiles.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;

class CountRows final : public Accumulator {
 public:
  std::size_t Add(std::span<const Value>, std::uint64_t times) override {
    count_ += times;
    return 0;
  }
  Value Result() const override { return static_cast<std::int64_t>(count_); }

 private:
  std::uint64_t count_ = 0;
};

class Count final : public Accumulator {
 public:
  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    if (!arguments[0].is_null() || IsMutant("count-counts-null")) count_ += times;
    return 0;
  }
  Value Result() const override { return static_cast<std::int64_t>(count_); }

 private:
  std::uint64_t count_ = 0;
};

// Integer while all values are, float from the first float on.
class Sum final : public Accumulator {
 public:
  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    sum_.Add("sum", arguments[0], times);
    return 0;
  }
  Value Result() const override { return sum_.Total(); }

 private:
  ExactSum sum_;
};

class Average final : public Accumulator {
 public:
  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    sum_.Add("avg", arguments[0], times);
    return 0;
  }
  Value Result() const override { return sum_.Mean(); }

 private:
  ExactSum sum_;
};

// min where `wanted` is less, max where it is greater; the first of equals (1 and 1.0) stays.
class Extreme final : public Accumulator {
 public:
  explicit Extreme(std::strong_ordering wanted) : wanted_(wanted) {}
  std::size_t Add(std::span<const Value> arguments, std::uint64_t) override {
    const Value& value = arguments[0];
    if (!value.is_null() && (extreme_.is_null() || Order(value, extreme_) == wanted_)) extreme_ = value;
    return 0;
  }
  Value Result() const override { return extreme_; }

 private:
  std::strong_ordering wanted_;
  Value extreme_;
};

class Collect final : public Accumulator {
 public:
  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    if (arguments[0].is_null()) return 0;
    CheckListSize(times > kListElementsMax ? times : list_.size() + times);
    list_.insert(list_.end(), times, arguments[0]);
    return times;
  }
  Value Result() const override { return CheckNesting(list_); }

 private:
  List list_;
};

// Welford's method, which does not lose the digits that subtracting two large sums would. B. P. Welford, "Note on a
// Method for Calculating Corrected Sums of Squares and Products", Technometrics 4 (1962).
class StandardDeviation final : public Accumulator {
 public:
  explicit StandardDeviation(bool of_sample) : of_sample_(of_sample) {}
  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    const std::optional<double> value = RealToAggregate(of_sample_ ? "stDev" : "stDevP", arguments[0]);
    if (!value) return 0;
    const auto weight = static_cast<double>(times);
    count_ += weight;
    const double distance = *value - mean_;
    mean_ += distance * weight / count_;
    squares_ += weight * distance * (*value - mean_);
    return 0;
  }
  Value Result() const override {
    const double freedom = of_sample_ ? count_ - 1 : count_;
    return freedom > 0 ? std::sqrt(squares_ / freedom) : 0.0;
  }

 private:
  bool of_sample_;
  double count_ = 0;
  double mean_ = 0;
  double squares_ = 0;  // of the distances to the mean
};

struct SameValue {
  bool operator()(const Value& a, const Value& b) const { return Order(a, b) == 0; }
};
struct HashValue {
  std::size_t operator()(const Value& value) const { return HashOf(value); }
};

class Distinct final : public Accumulator {
 public:
  explicit Distinct(std::unique_ptr<Accumulator> inner) : inner_(std::move(inner)) {}
  std::size_t Add(std::span<const Value> arguments, std::uint64_t) override {
    if (!seen_.insert(arguments[0]).second) return 0;
    return 1 + inner_->Add(arguments, 1);
  }
  Value Result() const override { return inner_->Result(); }

 private:
  std::unique_ptr<Accumulator> inner_;
  std::unordered_set<Value, HashValue, SameValue> seen_;
};

std::unique_ptr<Accumulator> MakePlain(plan::Aggregate aggregate) {
  using enum plan::Aggregate;
  switch (aggregate) {
    case kCountStar:
      return std::make_unique<CountRows>();
    case kCount:
      return std::make_unique<Count>();
    case kSum:
      return std::make_unique<Sum>();
    case kAverage:
      return std::make_unique<Average>();
    case kMin:
      return std::make_unique<Extreme>(std::strong_ordering::less);
    case kMax:
      return std::make_unique<Extreme>(std::strong_ordering::greater);
    case kCollect:
      return std::make_unique<Collect>();
    case kStandardDeviation:
      return std::make_unique<StandardDeviation>(true);
    case kStandardDeviationP:
      return std::make_unique<StandardDeviation>(false);
    case kPercentileDisc:
      return MakePercentileDisc();
    case kPercentileCont:
      return MakePercentileCont();
  }
  assert(false);
  return nullptr;
}

}  // namespace

std::unique_ptr<Accumulator> MakeAccumulator(plan::Aggregate aggregate, bool distinct) {
  auto plain = MakePlain(aggregate);
  // One of several equal values is as good as all of them to min and max.
  const bool needless = aggregate == plan::Aggregate::kCountStar || aggregate == plan::Aggregate::kMin ||
                        aggregate == plan::Aggregate::kMax;
  if (!distinct || needless) return plain;
  return std::make_unique<Distinct>(std::move(plain));
}

}  // namespace plenum::execution
