// Partial dates and intervals: their texts, and whether a fact holds on a day that is not quite known.
#include "engine/value/partial_date.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/value/date_text.h"

namespace plenum {
namespace {

constexpr std::string_view kExpected =
    "a day, month or year as in '2019-06-15', '2019-06', '2019', or an open or closed range of them: '../2019-06', "
    "'2019-06/..', '2019/2021', '..'";

std::string FormatMonth(const CalendarDay& day) { return fmt::format("{}-{:02}", FormatYear(day.year), day.month); }

// What a bound is the first or last day of, from the largest to the smallest.
enum class Unit : std::uint8_t { kYear, kMonth, kDay };

std::string Format(const CalendarDay& day, Unit unit) {
  switch (unit) {
    case Unit::kYear:
      return FormatYear(day.year);
    case Unit::kMonth:
      return FormatMonth(day);
    case Unit::kDay:
      return fmt::format("{}-{:02}", FormatMonth(day), day.day);
  }
  return {};
}

Unit UnitBegunBy(const CalendarDay& day) {
  if (day.day != 1) return Unit::kDay;
  return day.month == 1 ? Unit::kYear : Unit::kMonth;
}
Unit UnitEndedBy(std::int64_t day) { return UnitBegunBy(CalendarDayOf(day + 1)); }

// Both bounds in the same unit, the largest that fits the two: '2019', '2019-03/2020-02'.
std::string FormatRange(std::int64_t earliest, std::int64_t latest) {
  const CalendarDay first = CalendarDayOf(earliest);
  const Unit unit = std::max(UnitBegunBy(first), UnitEndedBy(latest));
  const std::string begin = Format(first, unit);
  const std::string end = Format(CalendarDayOf(latest), unit);
  return begin == end ? begin : fmt::format("{}/{}", begin, end);
}

// One side of a range; ".." is no bound.
Result<std::optional<DayRange>> ParseSide(std::string_view text) {
  if (text == "..") return std::optional<DayRange>();
  const Result<DayRange> days = ParseDays(text, kExpected);
  if (!days) return days.error();
  return std::optional(*days);
}

}  // namespace

Result<PartialDate> ParsePartialDate(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto first = ParseSide(text.substr(0, slash));
  if (!first) return first.error();
  const auto last = slash == std::string_view::npos ? first : ParseSide(text.substr(slash + 1));
  if (!last) return last.error();
  PartialDate date;
  if (first->has_value()) date.earliest = (*first)->first;
  if (last->has_value()) date.latest = (*last)->last;
  if (date.earliest && date.latest && *date.earliest > *date.latest) {
    return DateError(fmt::format("'{}' ends before it begins: expected the earliest day first", text));
  }
  return date;
}

std::string ToText(PartialDate date) {
  if (date.earliest && date.latest) return FormatRange(*date.earliest, *date.latest);
  if (date.earliest) {
    const CalendarDay day = CalendarDayOf(*date.earliest);
    return Format(day, UnitBegunBy(day)) + "/..";
  }
  if (date.latest) return "../" + Format(CalendarDayOf(*date.latest), UnitEndedBy(*date.latest));
  return "..";
}

std::string ToText(const Interval& interval) {
  return fmt::format("[{}, {})", interval.from ? ToText(*interval.from) : "…",
                     interval.until ? ToText(*interval.until) : "…");
}

IntervalEnds CertainEndsOf(const Interval& validity) {
  const DayBounds from = validity.from ? BoundsOf(*validity.from) : DayBounds{kInfinitelyEarly, kInfinitelyEarly};
  const DayBounds until = validity.until ? BoundsOf(*validity.until) : DayBounds{kInfinitelyLate, kInfinitelyLate};
  IntervalEnds ends{from.latest, until.earliest};
  if (validity.from && until.latest != kInfinitelyLate) ends.begin = std::min(ends.begin, until.latest - 1);
  if (validity.until && from.earliest != kInfinitelyEarly) ends.end = std::max(ends.end, from.earliest + 1);
  return ends;
}

IntervalEnds PossibleEndsOf(const Interval& validity) {
  return {validity.from ? BoundsOf(*validity.from).earliest : kInfinitelyEarly,
          validity.until ? BoundsOf(*validity.until).latest : kInfinitelyLate};
}

bool HoldsCertainly(const Interval& validity, const PartialDate& when) {
  const DayBounds day = BoundsOf(when);
  const IntervalEnds ends = CertainEndsOf(validity);
  // An unknown bound is never certain to lie on the right side of another unknown one.
  const bool begun = !validity.from || (ends.begin != kInfinitelyLate && ends.begin <= day.earliest);
  const bool ended = validity.until && !(ends.end != kInfinitelyEarly && day.latest < ends.end);
  return begun && !ended;
}

bool HoldsPossibly(const Interval& validity, const PartialDate& when) {
  const DayBounds day = BoundsOf(when);
  // The earliest start and the latest end leave the most room; one of the days must lie in it.
  const IntervalEnds ends = PossibleEndsOf(validity);
  const std::int64_t first = std::max(day.earliest, ends.begin);
  return first <= day.latest && first < ends.end;
}

}  // namespace plenum
