// Valid time: filters, and functions on intervals whose ends may be known in part only.
#pragma once

#include <optional>
#include <span>

#include "plenum/value.h"

namespace plenum::execution {

// What VALID DURING asks for: one day at least from `first` to `last`.
struct ValidDays {
  std::optional<std::int64_t> first;  // absent: unbounded
  std::optional<std::int64_t> last;
};

// Whether a fact holds on one of these days at least, whichever days its ends are (certainly) or for some choice of
// them.
bool HoldsDuring(const Interval& validity, const ValidDays& days, bool certainly);

// A value as a partial date: text, date or partial date. Raises on anything else, null included.
PartialDate ToPartialDate(const Value& value);

// The common interval of all (timeless ones, being absent, do not narrow it); absent when they cannot share a day.
std::optional<Interval> Overlap(std::span<const std::optional<Interval>> intervals);
// Days from a's end to b's start, negative when they overlap; null unless both are known to the day.
Value Gap(const std::optional<Interval>& a, const std::optional<Interval>& b);
// Days of an interval; null unless both ends are known to the day.
Value DaysOf(const std::optional<Interval>& interval);

}  // namespace plenum::execution
