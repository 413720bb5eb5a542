// What `plenum check` and `plenum stats` say of a database, as text.
#pragma once

#include <string>

#include "plenum/inspection.h"

namespace plenum::shell {

// A line a problem and what they come to, or one line that all is well.
std::string CheckText(const CheckReport& report, double seconds);

// Tables for people, fitted to so many columns of a terminal (0: as wide as it takes).
std::string StatisticsText(const DatabaseStatistics& statistics, std::size_t width_max);
// The same as one JSON object on a line: the fields of DatabaseStatistics by their names.
std::string StatisticsJson(const DatabaseStatistics& statistics);

}  // namespace plenum::shell
