// Partial dates as the two bounds that comparison needs, an absent one being infinitely early or late.
#pragma once

#include <compare>
#include <cstdint>
#include <limits>

#include "plenum/value.h"

namespace plenum {

// Days outside every date's range, standing for an absent bound.
inline constexpr std::int64_t kInfinitelyEarly = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kInfinitelyLate = std::numeric_limits<std::int64_t>::max();

// Ordered by the earliest day, then by the latest: the order of ORDER BY.
struct DayBounds {
  std::int64_t earliest = kInfinitelyEarly;
  std::int64_t latest = kInfinitelyLate;
  auto operator<=>(const DayBounds&) const = default;
};

inline DayBounds BoundsOf(const PartialDate& date) {
  return {date.earliest.value_or(kInfinitelyEarly), date.latest.value_or(kInfinitelyLate)};
}

inline bool IsDay(const Value& value) {
  return value.kind() == Value::Kind::kDate || value.kind() == Value::Kind::kPartialDate;
}

// Of a date, both bounds are its day.
inline DayBounds BoundsOf(const Value& date) {
  return date.kind() == Value::Kind::kDate ? DayBounds{date.date().day, date.date().day}
                                           : BoundsOf(date.partial_date());
}

// A choice of a fact's ends: it holds from `begin` on and before `end`.
struct IntervalEnds {
  std::int64_t begin = kInfinitelyEarly;
  std::int64_t end = kInfinitelyLate;
};
// The latest it may begin and the earliest it may end, each by itself. A fact holds on one day at least, so that one
// known end says something of the other.
IntervalEnds CertainEndsOf(const Interval& validity);
// The earliest it may begin and the latest it may end.
IntervalEnds PossibleEndsOf(const Interval& validity);

}  // namespace plenum
