// Values: what a query's parameters, properties and results are made of.
//
// A Value is one of the language's types. It is immutable once made and cheap to copy (lists, maps and graph elements
// are shared), so values may be handed between threads. Days are counted from 1970-01-01 in the proleptic Gregorian
// calendar (ISO 8601); the unit of valid time is the day.
#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "plenum/status.h"

namespace plenum {

class Value;
using List = std::vector<Value>;
using Map = std::map<std::string, Value, std::less<>>;

// Identities. Never used again after a delete.
struct NodeId {
  std::uint32_t value = 0;
  auto operator<=>(const NodeId&) const = default;
};
struct RelationshipId {
  std::uint64_t value = 0;  // type number << 40 | number within the type
  auto operator<=>(const RelationshipId&) const = default;
};

// Numbers of labels, relationship types and property keys. A database gives each to one name for ever.
struct LabelId {
  std::uint16_t value = 0;
  auto operator<=>(const LabelId&) const = default;
};
struct TypeId {
  std::uint16_t value = 0;
  auto operator<=>(const TypeId&) const = default;
};
struct KeyId {
  std::uint16_t value = 0;
  auto operator<=>(const KeyId&) const = default;
};

constexpr TypeId TypeOf(RelationshipId relationship) { return {static_cast<std::uint16_t>(relationship.value >> 40)}; }

// A day.
struct Date {
  std::int64_t day = 0;  // days since 1970-01-01
  auto operator<=>(const Date&) const = default;
};

// One day out of [earliest, latest], we do not know which; an absent bound is unbounded. Both absent: "there is one,
// unknown". After EDTF (ISO 8601-2): '2019', '2019-06', '2019-06-15', '../2023-02-20', '2023-02-22/..', '2019/2021',
// '..'.
struct PartialDate {
  std::optional<std::int64_t> earliest;  // days since 1970-01-01
  std::optional<std::int64_t> latest;    // inclusive
  bool operator==(const PartialDate&) const = default;
};

// When a fact holds: from `from` (its first day) until `until` (the first day it no longer holds). An absent end means
// that there is none: it has always held, or still does.
struct Interval {
  std::optional<PartialDate> from;
  std::optional<PartialDate> until;
  bool operator==(const Interval&) const = default;
};

// Graph elements as a result holds them: whole, detached from the database.
struct Node {
  NodeId id;
  std::vector<std::string> labels;
  Map properties;
};
struct Relationship {
  RelationshipId id;
  std::string type;
  NodeId start;
  NodeId end;
  Map properties;
};
// An alternating walk: relationships[i] joins nodes[i] and nodes[i + 1], in either direction.
struct Path {
  std::vector<Node> nodes;
  std::vector<Relationship> relationships;
};

// What makes a list or map nested deeper than this refuses to (a query, a parameter, JSON): everything that walks a
// value, its destruction too, does so by recursion.
inline constexpr std::uint32_t kValueNestingMax = 500;

class Value {
 public:
  enum class Kind : std::uint8_t {  // in the order of the variant's alternatives
    kNull,
    kBoolean,
    kInteger,
    kFloat,
    kString,
    kList,
    kMap,
    kNode,
    kRelationship,
    kPath,
    kDate,
    kPartialDate,
    kInterval,
  };

  Value() = default;  // null
  Value(bool boolean) : state_(boolean) {}
  Value(std::int64_t integer) : state_(integer) {}
  Value(int integer) : state_(static_cast<std::int64_t>(integer)) {}
  Value(double real) : state_(real) {}
  Value(std::string text) : state_(std::move(text)) {}
  Value(std::string_view text) : state_(std::string(text)) {}
  Value(const char* text) : state_(std::string(text)) {}
  Value(List list);
  Value(Map map);
  Value(Node node) : state_(std::make_shared<const Node>(std::move(node))) {}
  Value(Relationship relationship) : state_(std::make_shared<const Relationship>(std::move(relationship))) {}
  Value(Path path) : state_(std::make_shared<const Path>(std::move(path))) {}
  Value(Date date) : state_(date) {}
  Value(PartialDate date) : state_(date) {}
  Value(Interval interval) : state_(std::make_shared<const Interval>(interval)) {}
  template <class T>
  Value(const T*) = delete;  // a pointer is not a boolean

  Kind kind() const { return static_cast<Kind>(state_.index()); }
  bool is_null() const { return kind() == Kind::kNull; }

  // How deep lists and maps are nested in it: 0 for anything else, 1 for [] and [1], 2 for [[1]]. In constant time.
  std::uint32_t nesting() const;

  // Whether another Value holds the same list, map or element: its memory lives on without this one.
  bool is_shared() const;

  // Each requires kind() to be its own. References live as long as this value or a copy of it.
  bool boolean() const { return std::get<bool>(state_); }
  std::int64_t integer() const { return std::get<std::int64_t>(state_); }
  double real() const { return std::get<double>(state_); }
  const std::string& string() const { return std::get<std::string>(state_); }
  const List& list() const { return std::get<std::shared_ptr<const Nested<List>>>(state_)->content; }
  const Map& map() const { return std::get<std::shared_ptr<const Nested<Map>>>(state_)->content; }
  const Node& node() const { return *std::get<std::shared_ptr<const Node>>(state_); }
  const Relationship& relationship() const { return *std::get<std::shared_ptr<const Relationship>>(state_); }
  const Path& path() const { return *std::get<std::shared_ptr<const Path>>(state_); }
  Date date() const { return std::get<Date>(state_); }
  PartialDate partial_date() const { return std::get<PartialDate>(state_); }
  const Interval& interval() const { return *std::get<std::shared_ptr<const Interval>>(state_); }

 private:
  template <class T>
  struct Nested {
    T content;
    std::uint32_t nesting = 1;
  };
  std::variant<std::monostate, bool, std::int64_t, double, std::string, std::shared_ptr<const Nested<List>>,
               std::shared_ptr<const Nested<Map>>, std::shared_ptr<const Node>, std::shared_ptr<const Relationship>,
               std::shared_ptr<const Path>, Date, PartialDate, std::shared_ptr<const Interval>>
      state_;
};

// The kind's name as messages and documentation use it: "Integer", "String", "List", …
std::string_view KindName(Value::Kind kind);

// `=` of the language: true, false, or absent for null (three-valued logic, also inside lists and maps; 1 = 1.0; NaN
// equals nothing; nodes and relationships by id, paths by theirs; partial dates and intervals by sameness of value, a
// date being the partial date of that one day).
std::optional<bool> Equal(const Value& a, const Value& b);

// `<` of the language: absent where the two cannot be compared (different types, null inside) or, for partial dates,
// where not every choice of days agrees.
std::optional<bool> Less(const Value& a, const Value& b);

// The total order of ORDER BY, min and max, ascending (openCypher 9, orderability): map, node, relationship, list,
// path, interval, date and partial date (by earliest day, then latest), string, boolean, number, NaN, null. Also the
// equivalence of DISTINCT and grouping: equal means the same group (null with null, NaN with NaN, 1 with 1.0).
std::strong_ordering Order(const Value& a, const Value& b);

// Agrees with Order's equivalence.
std::size_t HashOf(const Value& value);

// The value as the shell's tables and error messages show it: strings in single quotes inside lists and maps, bare at
// the top when `quote_strings` is false; nodes as (:Label {key: value}); floats with the shortest digits that read
// back.
std::string ToText(const Value& value, bool quote_strings = true);

// The fewest digits that read back as the same float, always with '.' or 'e' (with 'e' below 0.0001 and from 1e+16 on:
// "1.0", "100000.0", "1e+300"); "NaN", "Infinity", "-Infinity".
std::string FloatToText(double value);

// Dates. Parsing takes the texts that openCypher's date() and, for partial dates, the list at PartialDate take.
std::int64_t DayOf(std::int64_t year, unsigned month, unsigned day);  // days since 1970-01-01; the date must exist
struct CalendarDay {
  std::int64_t year = 1970;
  unsigned month = 1;  // 1 to 12
  unsigned day = 1;    // 1 to 31
};
CalendarDay CalendarDayOf(std::int64_t day);
Result<Date> ParseDate(
    std::string_view text);  // '2019-06-15', '20190615', '2019-06', '2019', '2019-W24-6', '2019-166', …
Result<PartialDate> ParsePartialDate(std::string_view text);
std::string ToText(Date date);         // "2019-06-15"
std::string ToText(PartialDate date);  // the shortest form that says the same: "2019", "2019-06", "../2023-02-20"
std::string ToText(const Interval& interval);  // "[2019-06, 2020-01)", with "…" where there is no end

// Whether a fact valid in `validity` holds on `when` (one unknown day of it): whichever days it all was, or for some
// choice.
bool HoldsCertainly(const Interval& validity, const PartialDate& when);
bool HoldsPossibly(const Interval& validity, const PartialDate& when);

}  // namespace plenum
