// The parts of a day that people name: weeks, quarters, days of the year. ISO 8601. Private to this folder.
#pragma once

#include <cstdint>

#include "plenum/value.h"

namespace plenum::execution {

// Years are refused beyond this, either way, as in openCypher.
inline constexpr std::int64_t kYearMax = 999'999'999;

struct DayParts {
  std::int64_t year = 1970;
  std::int64_t month = 1;           // 1 to 12
  std::int64_t day = 1;             // 1 to 31
  std::int64_t quarter = 1;         // 1 to 4
  std::int64_t day_of_quarter = 1;  // 1 to 92
  std::int64_t ordinal_day = 1;     // 1 to 366
  std::int64_t week_year = 1970;    // the year that has most of the week
  std::int64_t week = 1;            // 1 to 53
  std::int64_t day_of_week = 1;     // 1, Monday, to 7
};

DayParts PartsOf(Date date);

// The Monday of the first week of `week_year`: that with 4 January in it.
std::int64_t FirstMonday(std::int64_t week_year);

std::int64_t WeeksIn(std::int64_t week_year);                         // 52 or 53
std::int64_t DaysIn(std::int64_t year);                               // 365 or 366
std::int64_t DaysIn(std::int64_t year, std::int64_t month);           // 28 to 31
std::int64_t DaysInQuarter(std::int64_t year, std::int64_t quarter);  // 90 to 92

Date Today();  // in UTC

}  // namespace plenum::execution
