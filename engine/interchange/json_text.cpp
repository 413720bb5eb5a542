// JSON's strings and numbers (RFC 8259, sections 6 and 7), strictly.
#include "engine/interchange/json_text.h"

#include <fmt/format.h>

#include <charconv>

namespace plenum::json {
namespace {

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

void AppendUtf8(std::uint32_t code_point, std::string& out) {
  const auto continuation = [&](unsigned shift) { out += static_cast<char>(0x80 | ((code_point >> shift) & 0x3F)); };
  if (code_point < 0x80) {
    out += static_cast<char>(code_point);
  } else if (code_point < 0x800) {
    out += static_cast<char>(0xC0 | (code_point >> 6));
    continuation(0);
  } else if (code_point < 0x10000) {
    out += static_cast<char>(0xE0 | (code_point >> 12));
    continuation(6);
    continuation(0);
  } else {
    out += static_cast<char>(0xF0 | (code_point >> 18));
    continuation(12);
    continuation(6);
    continuation(0);
  }
}

// The four hexadecimal digits of "\uXXXX" at text[position], if that is what stands there.
std::optional<std::uint32_t> UnicodeEscapeAt(std::string_view text, std::size_t position) {
  if (!text.substr(position).starts_with("\\u") || text.size() - position < 6) return std::nullopt;
  std::uint32_t unit = 0;
  const char* const first = text.data() + position + 2;
  const auto [end, error] = std::from_chars(first, first + 4, unit, 16);
  if (error != std::errc() || end != first + 4) return std::nullopt;
  return unit;
}

// "\uXXXX", or two of them that make one code point beyond U+FFFF.
std::optional<Problem> ReadUnicodeEscape(std::string_view text, std::size_t& position, std::string& out) {
  const std::size_t begin = position;
  const std::optional<std::uint32_t> unit = UnicodeEscapeAt(text, position);
  if (!unit) return Problem{begin, "expected four hexadecimal digits after '\\u'"};
  position += 6;
  if (*unit < 0xD800 || *unit > 0xDFFF) {
    AppendUtf8(*unit, out);
    return std::nullopt;
  }
  const std::optional<std::uint32_t> low = UnicodeEscapeAt(text, position);
  if (*unit > 0xDBFF || !low || *low < 0xDC00 || *low > 0xDFFF) {
    return Problem{begin, "half of a surrogate pair: expected '\\ud800' to '\\udbff', then '\\udc00' to '\\udfff'"};
  }
  position += 6;
  AppendUtf8(0x10000 + ((*unit - 0xD800) << 10) + (*low - 0xDC00), out);
  return std::nullopt;
}

std::optional<Problem> ReadEscape(std::string_view text, std::size_t& position, std::string& out) {
  const char escaped = position + 1 < text.size() ? text[position + 1] : '\0';
  if (escaped == 'u') return ReadUnicodeEscape(text, position, out);
  constexpr std::string_view kLetters = "\"\\/bfnrt";
  constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
  const std::size_t letter = kLetters.find(escaped);
  if (letter == std::string_view::npos) {
    return Problem{position, "no such escape: expected one of \\\" \\\\ \\/ \\b \\f \\n \\r \\t \\uXXXX"};
  }
  out += kMeanings[letter];
  position += 2;
  return std::nullopt;
}

// Whether the decimal number is too large for a float rather than too small: where its first digit that is not 0
// stands, counted from the decimal point, the exponent included.
bool IsTooLarge(std::string_view number) {
  const std::size_t e = number.find_first_of("eE");
  const std::string_view digits = number.substr(0, e);
  std::int64_t exponent = 0;
  if (e != std::string_view::npos) {
    const std::size_t begin = number[e + 1] == '+' ? e + 2 : e + 1;
    const auto error = std::from_chars(number.data() + begin, number.data() + number.size(), exponent).ec;
    if (error != std::errc()) return number[e + 1] != '-';
  }
  const auto point = static_cast<std::int64_t>(std::min(digits.find('.'), digits.size()));
  const auto leading = static_cast<std::int64_t>(digits.find_first_of("123456789"));
  return exponent > leading - point;
}

std::optional<Problem> ReadInteger(std::string_view number, std::size_t begin, Value& out) {
  std::int64_t integer = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), integer).ec != std::errc()) {
    return Problem{begin, fmt::format("{:.40} does not fit a 64-bit integer", number)};
  }
  out = integer;
  return std::nullopt;
}

std::optional<Problem> ReadFloat(std::string_view number, std::size_t begin, Value& out) {
  double real = 0;
  if (std::from_chars(number.data(), number.data() + number.size(), real).ec != std::errc()) {
    if (IsTooLarge(number)) return Problem{begin, fmt::format("{:.40} does not fit a 64-bit float", number)};
    real = number.front() == '-' ? -0.0 : 0.0;
  }
  out = real;
  return std::nullopt;
}

}  // namespace

std::optional<Problem> ReadString(std::string_view text, std::size_t& position, std::string& out) {
  const std::size_t opening = position++;
  while (position < text.size()) {
    std::size_t end = position;
    while (end < text.size() && static_cast<unsigned char>(text[end]) >= 0x20 && text[end] != '"' &&
           text[end] != '\\') {
      ++end;
    }
    out.append(text, position, end - position);
    position = end;
    if (end == text.size()) break;
    if (text[end] == '"') {
      ++position;
      return std::nullopt;
    }
    if (text[end] != '\\') {
      return Problem{end, fmt::format("a control character in a string: expected '\\u{:04x}'", unsigned(text[end]))};
    }
    if (auto problem = ReadEscape(text, position, out)) return problem;
  }
  return Problem{opening, "the string that begins here has no closing '\"'"};
}

std::optional<Problem> ReadNumber(std::string_view text, std::size_t& position, Value& out) {
  const std::size_t begin = position;
  std::size_t end = position;
  const auto digits = [&] {
    const std::size_t first = end;
    while (end < text.size() && IsDigit(text[end])) ++end;
    return end > first;
  };
  const auto take = [&](std::string_view any_of) {
    const bool found = end < text.size() && any_of.find(text[end]) != std::string_view::npos;
    if (found) ++end;
    return found;
  };
  take("-");
  if (!take("0") && !digits()) return Problem{end, "expected a digit"};
  if (end < text.size() && IsDigit(text[end])) return Problem{begin, "a number must not begin with 0"};
  const bool has_fraction = take(".");
  if (has_fraction && !digits()) return Problem{end, "expected a digit after '.'"};
  const bool has_exponent = take("eE");
  if (has_exponent) take("+-");
  if (has_exponent && !digits()) return Problem{end, "expected a digit in the exponent"};
  position = end;
  const std::string_view number = text.substr(begin, end - begin);
  return has_fraction || has_exponent ? ReadFloat(number, begin, out) : ReadInteger(number, begin, out);
}

}  // namespace plenum::json
