// Parts of values: list[i], list[a..b], map['key'], map.key, date.year, interval.from.
#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/execution/calendar.h"
#include "engine/execution/evaluation_error.h"
#include "engine/execution/functions.h"
#include "engine/execution/value_errors.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using Kind = Value::Kind;

Value EntryOf(const Map& map, std::string_view key) {
  const auto found = map.find(key);
  return found == map.end() ? Value() : found->second;
}

// Negative indices count from the end.
Value ElementOf(const List& list, std::int64_t index) {
  const auto size = static_cast<std::int64_t>(list.size());
  if (index < 0) index += size;
  return index < 0 || index >= size ? Value() : list[static_cast<std::size_t>(index)];
}

// A bound of a slice as an offset in the list: from the end when negative, no further than the list goes.
std::int64_t OffsetOf(const Value& bound, std::int64_t size) {
  if (bound.kind() != Kind::kInteger) {
    RaiseInvalidType("a List is sliced from Integer to Integer, not by " + Described(bound));
  }
  const std::int64_t index = bound.integer();
  return std::clamp<std::int64_t>(index < 0 && !IsMutant("slice-from-front") ? index + size : index, 0, size);
}

struct DateComponent {
  std::string_view name;
  std::int64_t DayParts::*part;
};
constexpr std::array<DateComponent, 11> kDateComponents = {{
    {"year", &DayParts::year},
    {"quarter", &DayParts::quarter},
    {"month", &DayParts::month},
    {"week", &DayParts::week},
    {"weekYear", &DayParts::week_year},
    {"dayOfQuarter", &DayParts::day_of_quarter},
    {"quarterDay", &DayParts::day_of_quarter},
    {"day", &DayParts::day},
    {"ordinalDay", &DayParts::ordinal_day},
    {"dayOfWeek", &DayParts::day_of_week},
    {"weekDay", &DayParts::day_of_week},
}};

[[noreturn]] void RaiseNoComponent(const Value& object, std::string_view key, std::string_view components) {
  RaiseInvalidType("a " + std::string(KindName(object.kind())) + " has no component '" + std::string(key) +
                   "'; it has " + std::string(components));
}

Value DateComponentOf(const Value& date, std::string_view key) {
  const auto* found = std::ranges::find(kDateComponents, key, &DateComponent::name);
  if (found != kDateComponents.end()) return PartsOf(date.date()).*(found->part);
  RaiseNoComponent(date, key, "year, quarter, month, week, weekYear, dayOfQuarter, day, ordinalDay and dayOfWeek");
}

Value DateOrNull(std::optional<std::int64_t> day) { return day ? Value(Date{*day}) : Value(); }
Value PartialDateOrNull(const std::optional<PartialDate>& end) { return end ? Value(*end) : Value(); }

}  // namespace

Value ElementAt(const Value& object, const Value& index) {
  if (object.is_null() || index.is_null()) return {};
  switch (object.kind()) {
    case Kind::kList:
      if (index.kind() == Kind::kInteger) return ElementOf(object.list(), index.integer());
      Raise(ErrorType::kTypeError, "ListElementAccessByNonInteger",
            "an element of a List is found by an Integer, not by " + Described(index));
    case Kind::kMap:
      if (index.kind() == Kind::kString) return EntryOf(object.map(), index.string());
      Raise(ErrorType::kTypeError, "MapElementAccessByNonString",
            "an entry of a Map is found by a String, not by " + Described(index));
    default:
      RaiseInvalidType("[ ] finds elements of Lists, Maps, nodes and relationships, not of " + Described(object));
  }
}

Value SliceOf(const Value& list, const std::optional<Value>& first, const std::optional<Value>& end) {
  if (list.is_null() || (first && first->is_null()) || (end && end->is_null())) return {};
  if (list.kind() != Kind::kList) RaiseInvalidType("[ .. ] slices Lists, not " + Described(list));
  const List& all = list.list();
  const auto size = static_cast<std::int64_t>(all.size());
  const std::int64_t from = first ? OffsetOf(*first, size) : 0;
  const std::int64_t to = end ? OffsetOf(*end, size) : size;
  return from < to ? List(all.begin() + from, all.begin() + to) : List{};
}

Value ComponentOf(const Value& object, std::string_view key) {
  switch (object.kind()) {
    case Kind::kNull:
      return {};
    case Kind::kMap:
      return EntryOf(object.map(), key);
    case Kind::kDate:
      return DateComponentOf(object, key);
    case Kind::kPartialDate:
      if (key == "earliest") return DateOrNull(object.partial_date().earliest);
      if (key == "latest") return DateOrNull(object.partial_date().latest);
      RaiseNoComponent(object, key, "earliest and latest");
    case Kind::kInterval:
      if (key == "from") return PartialDateOrNull(object.interval().from);
      if (key == "until") return PartialDateOrNull(object.interval().until);
      RaiseNoComponent(object, key, "from and until");
    default:
      RaiseInvalidType("'." + std::string(key) + "' is read from Maps, nodes, relationships and times, not from " +
                       Described(object));
  }
}

}  // namespace plenum::execution
