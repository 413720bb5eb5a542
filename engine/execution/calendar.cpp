// The parts of a day that people name.
#include "engine/execution/calendar.h"

#include <chrono>

namespace plenum::execution {
namespace {

// 1, Monday, to 7; 1970-01-01 was a Thursday.
std::int64_t DayOfWeek(std::int64_t day) {
  const std::int64_t since_monday = (day + 3) % 7;
  return (since_monday < 0 ? since_monday + 7 : since_monday) + 1;
}

// The first of a month; month 13 is the next year's January.
std::int64_t FirstOf(std::int64_t year, std::int64_t month) {
  return month > 12 ? DayOf(year + 1, static_cast<unsigned>(month - 12), 1)
                    : DayOf(year, static_cast<unsigned>(month), 1);
}

}  // namespace

std::int64_t FirstMonday(std::int64_t week_year) {
  const std::int64_t fourth = DayOf(week_year, 1, 4);
  return fourth - (DayOfWeek(fourth) - 1);
}

std::int64_t WeeksIn(std::int64_t week_year) { return (FirstMonday(week_year + 1) - FirstMonday(week_year)) / 7; }
std::int64_t DaysIn(std::int64_t year) { return FirstOf(year, 13) - FirstOf(year, 1); }
std::int64_t DaysIn(std::int64_t year, std::int64_t month) { return FirstOf(year, month + 1) - FirstOf(year, month); }
std::int64_t DaysInQuarter(std::int64_t year, std::int64_t quarter) {
  return FirstOf(year, quarter * 3 + 1) - FirstOf(year, quarter * 3 - 2);
}

DayParts PartsOf(Date date) {
  const CalendarDay calendar = CalendarDayOf(date.day);
  DayParts parts{.year = calendar.year, .month = calendar.month, .day = calendar.day};
  parts.quarter = (parts.month - 1) / 3 + 1;
  parts.day_of_quarter = date.day - FirstOf(parts.year, parts.quarter * 3 - 2) + 1;
  parts.ordinal_day = date.day - FirstOf(parts.year, 1) + 1;
  parts.day_of_week = DayOfWeek(date.day);
  // A week belongs to the year of its Thursday.
  parts.week_year = CalendarDayOf(date.day - parts.day_of_week + 4).year;
  parts.week = (date.day - FirstMonday(parts.week_year)) / 7 + 1;
  return parts;
}

Date Today() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return Date{std::chrono::floor<std::chrono::days>(now).count()};
}

}  // namespace plenum::execution
