// Valid time over ends that are known in part: each end is one of a range of days.
#include "engine/execution/valid_time.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/value/mutant.h"
#include "engine/value/partial_date.h"

namespace plenum::execution {
namespace {

using Days = std::optional<std::int64_t>;

// The day of an end that is known exactly.
Days ExactDay(const std::optional<PartialDate>& end) {
  if (!end || !end->earliest || end->earliest != end->latest) return std::nullopt;
  return end->earliest;
}

// The later of two unknown days: each bound is the later of the two bounds.
PartialDate Later(const PartialDate& a, const PartialDate& b) {
  const auto later = [](Days x, Days y, std::int64_t absent) -> Days {
    const std::int64_t day = std::max(x.value_or(absent), y.value_or(absent));
    return day == absent ? std::nullopt : Days(day);
  };
  return {later(a.earliest, b.earliest, kInfinitelyEarly), later(a.latest, b.latest, kInfinitelyLate)};
}

PartialDate Earlier(const PartialDate& a, const PartialDate& b) {
  const auto earlier = [](Days x, Days y, std::int64_t absent) -> Days {
    const std::int64_t day = std::min(x.value_or(absent), y.value_or(absent));
    return day == absent ? std::nullopt : Days(day);
  };
  return {earlier(a.earliest, b.earliest, kInfinitelyEarly), earlier(a.latest, b.latest, kInfinitelyLate)};
}

}  // namespace

bool HoldsDuring(const Interval& validity, const ValidDays& days, bool certainly) {
  // Between its beginning and its end lies a day of the fact, whichever they are.
  const IntervalEnds ends =
      certainly && !IsMutant("certainly-as-possibly") ? CertainEndsOf(validity) : PossibleEndsOf(validity);
  return ends.begin != kInfinitelyLate && ends.end != kInfinitelyEarly &&
         ends.begin <= days.last.value_or(kInfinitelyLate) && ends.end > days.first.value_or(kInfinitelyEarly);
}

PartialDate ToPartialDate(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kString:
      return Take(ParsePartialDate(value.string()));
    case Value::Kind::kDate:
      return {value.date().day, value.date().day};
    case Value::Kind::kPartialDate:
      return value.partial_date();
    default:
      Raise(ErrorType::kArgumentError, "InvalidArgumentType",
            fmt::format("a time is a date, a partial date or its text (as '2019-06'), not {}", ToText(value)));
  }
}

std::optional<Interval> Overlap(std::span<const std::optional<Interval>> intervals) {
  Interval common;
  for (const std::optional<Interval>& interval : intervals) {
    if (!interval) continue;
    if (interval->from) common.from = common.from ? Later(*common.from, *interval->from) : *interval->from;
    if (interval->until) common.until = common.until ? Earlier(*common.until, *interval->until) : *interval->until;
  }
  const std::int64_t begin = common.from ? common.from->earliest.value_or(kInfinitelyEarly) : kInfinitelyEarly;
  const std::int64_t end = common.until ? common.until->latest.value_or(kInfinitelyLate) : kInfinitelyLate;
  if (begin >= end) return std::nullopt;
  return common;
}

Value Gap(const std::optional<Interval>& a, const std::optional<Interval>& b) {
  const Days end = a ? ExactDay(a->until) : std::nullopt;
  const Days start = b ? ExactDay(b->from) : std::nullopt;
  return end && start ? Value(*start - *end) : Value();
}

Value DaysOf(const std::optional<Interval>& interval) {
  const Days from = interval ? ExactDay(interval->from) : std::nullopt;
  const Days until = interval ? ExactDay(interval->until) : std::nullopt;
  return from && until ? Value(*until - *from) : Value();
}

}  // namespace plenum::execution
