// Dates' texts, as dates and partial dates share them: every text means a range of days (a year, a month, a week, a
// day); a date is the first of it, a partial date one of it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "plenum/value.h"

namespace plenum {

struct DayRange {
  std::int64_t first = 0;
  std::int64_t last = 0;  // inclusive
};

// `expected` says what would have been right, for the error.
Result<DayRange> ParseDays(std::string_view text, std::string_view expected);

// Four digits; more than that, or a year before 0, with a sign.
std::string FormatYear(std::int64_t year);

// What every text that is no date is answered with.
Error DateError(std::string message);

}  // namespace plenum
