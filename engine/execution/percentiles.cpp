// percentileDisc and percentileCont. Values are kept with the number of times they came and sorted at the end. The
// percentile is an argument of each row; the first row's counts, as in openCypher, and all are checked.
#include "engine/execution/percentiles.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <utility>
#include <vector>

#include "engine/execution/exact_sum.h"
#include "engine/execution/real.h"
#include "engine/execution/value_errors.h"

namespace plenum::execution {
namespace {

class Percentile : public Accumulator {
 public:
  explicit Percentile(std::string_view name) : name_(name) {}

  std::size_t Add(std::span<const Value> arguments, std::uint64_t times) override {
    const std::optional<double> percentile = RealToAggregate(name_, arguments[1]);
    if (percentile && !(*percentile >= 0 && *percentile <= 1)) {
      RaiseOutOfRange(std::string(name_) + "() takes a percentile from 0.0 to 1.0, not " + ToText(arguments[1]));
    }
    if (!RealToAggregate(name_, arguments[0]) || !percentile) return 0;
    if (!percentile_) percentile_ = percentile;
    values_.emplace_back(arguments[0], times);
    count_ += times;
    return 1;
  }

  Value Result() const override {
    if (values_.empty()) return {};
    auto sorted = values_;
    std::ranges::sort(sorted, [](const auto& a, const auto& b) { return Order(a.first, b.first) < 0; });
    return Pick(sorted, *percentile_);
  }

 protected:
  using Sorted = std::vector<std::pair<Value, std::uint64_t>>;

  virtual Value Pick(const Sorted& sorted, double percentile) const = 0;
  std::uint64_t count() const { return count_; }

  // The value that stands at `index`, each counted as often as it came.
  static const Value& At(const Sorted& sorted, std::uint64_t index) {
    std::size_t i = 0;
    while (i + 1 < sorted.size() && index >= sorted[i].second) index -= sorted[i++].second;
    return sorted[i].first;
  }

 private:
  std::string_view name_;
  std::optional<double> percentile_;
  Sorted values_;  // in the order they came
  std::uint64_t count_ = 0;
};

class PercentileDisc final : public Percentile {
 public:
  PercentileDisc() : Percentile("percentileDisc") {}

 private:
  Value Pick(const Sorted& sorted, double percentile) const override {
    const double rank = std::ceil(percentile * static_cast<double>(count()));
    return At(sorted, rank < 1 ? 0 : static_cast<std::uint64_t>(rank) - 1);
  }
};

class PercentileCont final : public Percentile {
 public:
  PercentileCont() : Percentile("percentileCont") {}

 private:
  Value Pick(const Sorted& sorted, double percentile) const override {
    const double place = percentile * static_cast<double>(count() - 1);
    const double below = std::floor(place);
    const double share = place - below;
    const double low = Real(At(sorted, static_cast<std::uint64_t>(below)));
    if (share == 0) return low;
    const double high = Real(At(sorted, static_cast<std::uint64_t>(below) + 1));
    return low * (1 - share) + high * share;
  }
};

}  // namespace

std::unique_ptr<Accumulator> MakePercentileDisc() { return std::make_unique<PercentileDisc>(); }
std::unique_ptr<Accumulator> MakePercentileCont() { return std::make_unique<PercentileCont>(); }

}  // namespace plenum::execution
