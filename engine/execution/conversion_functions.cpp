// Conversions between kinds, and what depends on the kind alone (coalesce, valueType).
//
// A text that does not say what is asked for gives null; a value of a kind that cannot be converted is a TypeError that
// openCypher raises while the query runs, or null from the function's …OrNull twin.
#include <algorithm>
#include <array>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"

namespace plenum::execution::functions {
namespace {

using Kind = Value::Kind;

struct Conversion {
  enum class Problem : std::uint8_t { kNone, kKind, kSize };
  Value value;  // null where there is a problem
  Problem problem = Problem::kNone;
};
constexpr auto kWrongKind = Conversion::Problem::kKind;
constexpr auto kTooLarge = Conversion::Problem::kSize;

Value OrRaise(Conversion conversion, std::string_view function, std::string_view accepted, const Value& argument) {
  if (conversion.problem == kWrongKind) {
    Raise(ErrorType::kTypeError, "InvalidArgumentValue",
          std::string(function) + "() takes " + std::string(accepted) + ", not " + Described(argument) + "; " +
              std::string(function) + "OrNull() gives null for it");
  }
  if (conversion.problem == kTooLarge) RaiseOverflow(Described(argument), "toIntegerOrNull() gives null for it");
  return std::move(conversion.value);
}

std::string_view Stripped(std::string_view text) {
  constexpr std::string_view kSpace = " \t\n\v\f\r";
  const std::size_t begin = text.find_first_not_of(kSpace);
  return begin == text.npos ? std::string_view() : text.substr(begin, text.find_last_not_of(kSpace) + 1 - begin);
}

bool SameLetters(std::string_view text, std::string_view lower) {
  return std::ranges::equal(text, lower,
                            [](char a, char b) { return (a >= 'A' && a <= 'Z' ? a + ('a' - 'A') : a) == b; });
}

bool IsDigit(char letter) { return letter >= '0' && letter <= '9'; }

// from_chars takes no '+'; "+-5" is no number with it or without.
std::string_view WithoutPlus(std::string_view text) {
  return text.starts_with('+') && !text.starts_with("+-") ? text.substr(1) : text;
}

// A number in decimal, all of `text`, or one of the three that FloatToText writes as words.
std::optional<double> ReadFloat(std::string_view text) {
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  text = WithoutPlus(text);
  const std::string_view size = text.starts_with('-') ? text.substr(1) : text;
  if (size == "Infinity") return text == size ? HUGE_VAL : -HUGE_VAL;
  if (size.empty() || !(IsDigit(size[0]) || size[0] == '.')) return {};
  double number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return {};
  return number;
}

Conversion IntegerFromFloat(double number) {
  // -2^63 is a float and an integer; 2^63 is the first float that is no integer of 64 bits.
  if (!(number >= -0x1p63 && number < 0x1p63)) return {{}, kTooLarge};
  return {static_cast<std::int64_t>(number)};
}

Conversion IntegerFromText(std::string_view text) {
  text = Stripped(text);
  const std::string_view digits = WithoutPlus(text);
  const char* const text_end = digits.data() + digits.size();
  std::int64_t integer = 0;
  const auto [end, error] = std::from_chars(digits.data(), text_end, integer);
  if (end == text_end && error == std::errc()) return {integer};
  if (end == text_end && error == std::errc::result_out_of_range) return {{}, kTooLarge};
  const auto number = ReadFloat(text);
  return number && std::isfinite(*number) ? IntegerFromFloat(*number) : Conversion{};
}

Conversion BooleanFrom(const Value& value) {
  switch (value.kind()) {
    case Kind::kBoolean:
      return {value};
    case Kind::kInteger:
      return {value.integer() != 0};
    case Kind::kString:
      if (SameLetters(Stripped(value.string()), "true")) return {true};
      if (SameLetters(Stripped(value.string()), "false")) return {false};
      return {};
    default:
      return {{}, kWrongKind};
  }
}

Conversion IntegerFrom(const Value& value) {
  switch (value.kind()) {
    case Kind::kInteger:
      return {value};
    case Kind::kFloat:
      return IntegerFromFloat(value.real());
    case Kind::kString:
      return IntegerFromText(value.string());
    default:
      return {{}, kWrongKind};
  }
}

Conversion FloatFrom(const Value& value) {
  switch (value.kind()) {
    case Kind::kInteger:
      return {static_cast<double>(value.integer())};
    case Kind::kFloat:
      return {value};
    case Kind::kString: {
      const auto number = ReadFloat(Stripped(value.string()));
      return {number ? Value(*number) : Value()};
    }
    default:
      return {{}, kWrongKind};
  }
}

Conversion StringFrom(const Value& value) {
  switch (value.kind()) {
    case Kind::kBoolean:
    case Kind::kInteger:
    case Kind::kFloat:
    case Kind::kString:
    case Kind::kDate:
    case Kind::kPartialDate:
    case Kind::kInterval:
      return {ToText(value, false)};
    default:
      return {{}, kWrongKind};
  }
}

// The names of types in the order in which a union of them lists them; without a list's element type.
constexpr std::array<std::pair<Kind, std::string_view>, 12> kTypeNames = {{
    {Kind::kBoolean, "BOOLEAN"},
    {Kind::kString, "STRING"},
    {Kind::kInteger, "INTEGER"},
    {Kind::kFloat, "FLOAT"},
    {Kind::kDate, "DATE"},
    {Kind::kPartialDate, "PARTIAL DATE"},
    {Kind::kInterval, "INTERVAL"},
    {Kind::kNode, "NODE"},
    {Kind::kRelationship, "RELATIONSHIP"},
    {Kind::kMap, "MAP"},
    {Kind::kList, "LIST"},
    {Kind::kPath, "PATH"},
}};

std::size_t RankOf(Kind kind) {
  return static_cast<std::size_t>(std::ranges::find(kTypeNames, kind, &std::pair<Kind, std::string_view>::first) -
                                  kTypeNames.begin());
}

std::string TypeOf(const Value& value, bool nullable);

// What stands between LIST's angle brackets: "INTEGER NOT NULL | FLOAT NOT NULL"; a null makes all of them nullable.
std::string ElementTypes(const List& list) {
  const bool nullable = std::ranges::any_of(list, &Value::is_null);
  std::set<std::pair<std::size_t, std::string>> types;
  for (const Value& element : list) {
    if (!element.is_null()) types.emplace(RankOf(element.kind()), TypeOf(element, nullable));
  }
  if (types.empty()) return nullable ? "NULL" : "NOTHING";
  std::string all;
  for (const auto& [rank, type] : types) all += (all.empty() ? "" : " | ") + type;
  return all;
}

std::string TypeOf(const Value& value, bool nullable) {
  std::string type(kTypeNames[RankOf(value.kind())].second);
  if (value.kind() == Kind::kList) type += "<" + ElementTypes(value.list()) + ">";
  return nullable ? type : type + " NOT NULL";
}

}  // namespace

Value Coalesce(Arguments arguments) {
  const auto found = std::ranges::find_if_not(arguments, &Value::is_null);
  return found == arguments.end() ? Value() : *found;
}

Value ToBoolean(Arguments arguments) {
  return OrRaise(BooleanFrom(arguments[0]), "toBoolean", "a String, Integer or Boolean", arguments[0]);
}
Value ToInteger(Arguments arguments) {
  return OrRaise(IntegerFrom(arguments[0]), "toInteger", "a String or a number", arguments[0]);
}
Value ToFloat(Arguments arguments) {
  return OrRaise(FloatFrom(arguments[0]), "toFloat", "a String or a number", arguments[0]);
}
Value ToString(Arguments arguments) {
  return OrRaise(StringFrom(arguments[0]), "toString", "a number, String, Boolean or time", arguments[0]);
}

Value ToBooleanOrNull(Arguments arguments) { return BooleanFrom(arguments[0]).value; }
Value ToIntegerOrNull(Arguments arguments) { return IntegerFrom(arguments[0]).value; }
Value ToFloatOrNull(Arguments arguments) { return FloatFrom(arguments[0]).value; }
Value ToStringOrNull(Arguments arguments) { return StringFrom(arguments[0]).value; }

Value ValueType(Arguments arguments) {
  return arguments[0].is_null() ? Value("NULL") : Value(TypeOf(arguments[0], false));
}

}  // namespace plenum::execution::functions
