// timestamp, date and partialDate.
//
// date of a map takes one of four ways to name a day: year [month [day]], year week [dayOfWeek], year quarter
// [dayOfQuarter], year ordinalDay. What is left out at the end is the first; with a `date` in the map, it is that
// date's.
#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>

#include "engine/execution/calendar.h"
#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"

namespace plenum::execution::functions {
namespace {

using Kind = Value::Kind;

[[noreturn]] void RaiseBadMap(std::string message) {
  Raise(ErrorType::kArgumentError, "InvalidArgumentValue", "date() " + std::move(message));
}

constexpr std::array<std::string_view, 9> kKeys = {"date",      "year",    "month",        "day",       "week",
                                                   "dayOfWeek", "quarter", "dayOfQuarter", "ordinalDay"};

// The keys that each way of naming a day takes besides the year and `date`, the larger unit first.
struct Way {
  std::string_view unit;
  std::string_view day;
};
constexpr Way kByMonth{"month", "day"};
constexpr Way kByWeek{"week", "dayOfWeek"};
constexpr Way kByQuarter{"quarter", "dayOfQuarter"};
constexpr Way kByOrdinal{"ordinalDay", "ordinalDay"};
constexpr std::array<Way, 4> kWays = {kByMonth, kByWeek, kByQuarter, kByOrdinal};

bool Has(const Map& map, std::string_view key) { return map.find(key) != map.end(); }
bool Uses(const Map& map, const Way& way) { return Has(map, way.unit) || Has(map, way.day); }

// The one way that the map's keys belong to; by month when there is but a year or a date.
Way WayOf(const Map& map) {
  const Way* used = nullptr;
  for (const Way& way : kWays) {
    if (!Uses(map, way)) continue;
    if (used != nullptr) {
      RaiseBadMap("takes '" + std::string(used->unit) + "' or '" + std::string(way.unit) +
                  "' (and their days), not both");
    }
    used = &way;
  }
  return used == nullptr ? kByMonth : *used;
}

// The integer at `key`, between 1 and `max`, or `missing` when there is none.
std::int64_t Part(const Map& map, std::string_view key, std::int64_t min, std::int64_t max, std::int64_t missing) {
  const auto found = map.find(key);
  if (found == map.end()) return missing;
  const std::string name = "date() takes " + std::string(key);
  if (found->second.kind() != Kind::kInteger)
    RaiseInvalidType(name + " as an Integer, not " + Described(found->second));
  const std::int64_t part = found->second.integer();
  if (part < min || part > max) {
    RaiseOutOfRange(name + " from " + std::to_string(min) + " to " + std::to_string(max) + " here, not " +
                    std::to_string(part));
  }
  return part;
}

// What the parts are that the map leaves out: the first, or those of the map's `date`.
DayParts MissingParts(const Map& map) {
  const auto found = map.find("date");
  if (found == map.end()) return {};
  if (found->second.kind() == Kind::kDate) return PartsOf(found->second.date());
  RaiseInvalidType("date() takes a Date at 'date', not " + Described(found->second));
}

std::int64_t DayByMonth(const Map& map, std::int64_t year, const DayParts& missing) {
  const std::int64_t month = Part(map, "month", 1, 12, missing.month);
  const std::int64_t last = DaysIn(year, month);
  const std::int64_t day = Part(map, "day", 1, last, std::min(missing.day, last));
  return DayOf(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

std::int64_t DayByWeek(const Map& map, std::int64_t year, const DayParts& missing) {
  const std::int64_t week = Part(map, "week", 1, WeeksIn(year), std::min(missing.week, WeeksIn(year)));
  const std::int64_t day = Part(map, "dayOfWeek", 1, 7, missing.day_of_week);
  return FirstMonday(year) + (week - 1) * 7 + day - 1;
}

// Another quarter keeps the day's place in it as month and day of the month: 11 November, moved to the third, is 11
// August.
std::int64_t DayByQuarter(const Map& map, std::int64_t year, const DayParts& missing) {
  const std::int64_t quarter = Part(map, "quarter", 1, 4, missing.quarter);
  if (Has(map, "dayOfQuarter")) {
    const std::int64_t day = Part(map, "dayOfQuarter", 1, DaysInQuarter(year, quarter), 1);
    return DayOf(year, static_cast<unsigned>(quarter * 3 - 2), 1) + day - 1;
  }
  const std::int64_t month = (quarter - 1) * 3 + (missing.month - 1) % 3 + 1;
  return DayOf(year, static_cast<unsigned>(month), static_cast<unsigned>(std::min(missing.day, DaysIn(year, month))));
}

void CheckKeys(const Map& map, const Way& way) {
  for (const auto& [key, part] : map) {
    if (std::ranges::find(kKeys, key) == kKeys.end()) {
      RaiseBadMap("has no '" + key +
                  "'; it takes year, month, day, week, dayOfWeek, quarter, dayOfQuarter, ordinalDay "
                  "and date");
    }
  }
  if (Has(map, "date")) return;
  if (!Has(map, "year")) RaiseBadMap("of a map needs a 'year', or a 'date' to take it from");
  if (Uses(map, way) && !Has(map, way.unit)) {
    RaiseBadMap("needs '" + std::string(way.unit) + "' where '" + std::string(way.day) + "' is given");
  }
}

Value DateFromMap(const Map& map) {
  for (const auto& [key, part] : map) {
    if (part.is_null()) return {};
  }
  const Way way = WayOf(map);
  CheckKeys(map, way);
  const DayParts missing = MissingParts(map);
  const bool by_week = way.unit == kByWeek.unit;
  const std::int64_t year = Part(map, "year", -kYearMax, kYearMax, by_week ? missing.week_year : missing.year);
  if (by_week) return Date{DayByWeek(map, year, missing)};
  if (way.unit == kByQuarter.unit) return Date{DayByQuarter(map, year, missing)};
  if (way.unit == kByMonth.unit) return Date{DayByMonth(map, year, missing)};
  return Date{DayOf(year, 1, 1) + Part(map, "ordinalDay", 1, DaysIn(year), 1) - 1};
}

}  // namespace

Value Timestamp(Arguments) {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return static_cast<std::int64_t>(std::chrono::duration_cast<std::chrono::milliseconds>(now).count());
}

Value DateOf(Arguments arguments) {
  if (arguments.empty()) return Today();
  switch (arguments[0].kind()) {
    case Kind::kString:
      return Take(ParseDate(arguments[0].string()));
    case Kind::kMap:
      return DateFromMap(arguments[0].map());
    default:
      return arguments[0];
  }
}

Value PartialDateOf(Arguments arguments) {
  switch (arguments[0].kind()) {
    case Kind::kString:
      return Take(ParsePartialDate(arguments[0].string()));
    case Kind::kDate: {
      const std::int64_t day = arguments[0].date().day;
      return PartialDate{.earliest = day, .latest = day};
    }
    default:
      return arguments[0];
  }
}

}  // namespace plenum::execution::functions
