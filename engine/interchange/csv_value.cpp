// Fields to values. Blanks around numbers, booleans and dates are forgiven, in strings they are kept.
#include "engine/interchange/csv_value.h"

#include <fmt/format.h>

#include <charconv>

#include "engine/value/utf8.h"

namespace plenum {
namespace {

constexpr std::size_t kShownCharactersMax = 40;

std::string_view Trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t") - begin + 1);
}

Error Wrong(const Column& column, std::string message) {
  return {.type = ErrorType::kArgumentError, .message = fmt::format("column '{}': {}", column.name, message)};
}

Error NotA(const Column& column, std::string_view text, std::string_view expected) {
  const std::size_t shown = ByteOffset(text, kShownCharactersMax);
  const std::string_view ellipsis = shown < text.size() ? "…" : "";
  return Wrong(column, fmt::format("'{}{}' is no {}", text.substr(0, shown), ellipsis, expected));
}

Result<Value> IntegerIn(const Column& column, std::string_view text) {
  const std::optional<std::int64_t> integer = IntegerOf(text);
  if (integer) return Value(*integer);
  const std::string_view digits = text.substr(text.starts_with('-') ? 1 : 0);
  const bool too_large = !digits.empty() && digits.find_first_not_of("0123456789") == std::string_view::npos;
  return NotA(column, text, too_large ? "integer of 64 bits" : "integer");
}

Result<Value> FloatIn(const Column& column, std::string_view text) {
  double real = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), real);
  if (error != std::errc() || end != text.data() + text.size()) return NotA(column, text, "number");
  return Value(real);
}

Result<Value> BooleanIn(const Column& column, std::string_view text) {
  const std::string lower = text.size() <= 5 ? ToLower(text) : std::string();
  if (lower == "true") return Value(true);
  if (lower == "false") return Value(false);
  return NotA(column, text, "boolean: expected true or false");
}

Result<Value> DateIn(const Column& column, std::string_view text) {
  const Result<Date> date = ParseDate(text);
  if (!date) return Wrong(column, date.error().message);
  return Value(*date);
}

Result<Value> SingleValue(const Column& column, std::string_view text) {
  switch (column.type) {
    case ColumnType::kString:
      return Value(text);
    case ColumnType::kInteger:
      return IntegerIn(column, Trim(text));
    case ColumnType::kFloat:
      return FloatIn(column, Trim(text));
    case ColumnType::kBoolean:
      return BooleanIn(column, Trim(text));
    case ColumnType::kDate:
      return DateIn(column, Trim(text));
  }
  return Value();
}

Result<Value> ArrayValue(const Column& column, std::string_view text, char array_delimiter) {
  List list;
  while (true) {
    const std::size_t end = text.find(array_delimiter);
    Result<Value> element = SingleValue(column, text.substr(0, end));
    if (!element) return element;
    list.push_back(*std::move(element));
    if (end == std::string_view::npos) return Value(std::move(list));
    text.remove_prefix(end + 1);
  }
}

}  // namespace

std::optional<std::int64_t> IntegerOf(std::string_view text) {
  std::int64_t integer = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), integer);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return integer;
}

bool PlainValueOfField(const Column& column, const CsvField& field, PlainValue& value) {
  if (column.is_array) return false;
  const char* const begin = field.text.data();
  const char* const end = begin + field.text.size();
  if (column.type == ColumnType::kString) {
    if (begin != end || field.quoted) value = field.text;
    return true;
  }
  if (begin == end) return true;
  if (column.type == ColumnType::kInteger) {
    std::int64_t integer = 0;
    const auto [behind, error] = std::from_chars(begin, end, integer);
    value = integer;
    return error == std::errc() && behind == end;
  }
  if (column.type == ColumnType::kFloat) {
    double real = 0;
    const auto [behind, error] = std::from_chars(begin, end, real);
    value = real;
    return error == std::errc() && behind == end;
  }
  if (column.type == ColumnType::kDate) {
    const Result<Date> date = ParseDate(field.text);
    if (date) value = *date;
    return date.has_value();
  }
  return false;
}

Result<Value> ValueOfField(const Column& column, const CsvField& field, char array_delimiter) {
  const bool is_string = column.type == ColumnType::kString && !column.is_array;
  const std::string_view text = is_string ? field.text : Trim(field.text);
  if (text.empty() && !(is_string && field.quoted)) return Value();
  return column.is_array ? ArrayValue(column, text, array_delimiter) : SingleValue(column, text);
}

}  // namespace plenum
