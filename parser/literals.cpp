// Reads numbers and unescapes quoted texts.
// std::from_chars does the arithmetic; what is checked here is what may stand around the digits.
#include "parser/literals.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <cstdint>
#include <limits>

#include "parser/characters.h"
#include "parser/refusal.h"

namespace plenum::syntax {
namespace {

constexpr std::uint64_t kSmallestMagnitude = std::uint64_t{1} << 63;

std::size_t DigitsEnd(std::string_view text, std::size_t at) {
  while (at < text.size() && IsDigit(text[at])) ++at;
  return at;
}

bool IsDigitAt(std::string_view text, std::size_t at) { return at < text.size() && IsDigit(text[at]); }

[[noreturn]] void RefuseNumber(std::string_view text, std::size_t begin, std::size_t end) {
  while (const std::size_t bytes = NamePartBytes(text, end)) end += bytes;
  throw Refusal{MakeSpan(begin, end), "InvalidNumberLiteral",
                "'" + std::string(text.substr(begin, end - begin)) +
                    "' is no number: expected digits as in 12, 0x1F, 0o17, 1.5 or 1e9, and no letters after them"};
}

std::int64_t ReadInteger(std::string_view text, std::size_t begin, std::size_t digits, std::size_t end, int base) {
  std::uint64_t magnitude = 0;
  const auto [stop, error] = std::from_chars(text.data() + digits, text.data() + end, magnitude, base);
  if (error == std::errc::result_out_of_range || magnitude > kSmallestMagnitude) {
    throw Refusal{MakeSpan(begin, end), "IntegerOverflow",
                  "'" + std::string(text.substr(begin, end - begin)) +
                      "' does not fit into 64 bits: integers go from -9223372036854775808 to 9223372036854775807"};
  }
  if (error != std::errc{} || stop != text.data() + end) RefuseNumber(text, begin, end);
  return static_cast<std::int64_t>(magnitude);
}

// The end of the fraction and exponent that follow the digits which end at `at`; `at` when there are none.
std::size_t FloatEnd(std::string_view text, std::size_t at) {
  if (at < text.size() && text[at] == '.' && IsDigitAt(text, at + 1)) at = DigitsEnd(text, at + 1);
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    const bool sign = at + 1 < text.size() && (text[at + 1] == '-' || text[at + 1] == '+');
    const std::size_t digits = at + (sign ? 2 : 1);
    if (IsDigitAt(text, digits)) at = DigitsEnd(text, digits);
  }
  return at;
}

double ReadFloat(std::string_view text, std::size_t begin, std::size_t end) {
  double value = 0;
  const auto result = std::from_chars(text.data() + begin, text.data() + end, value);
  if (result.ec != std::errc::result_out_of_range) return value;
  // Out of range is said of what is too small as well; that is zero. Only a literal with a negative exponent, or one
  // that begins with 0 and has none, can be too small.
  const std::string_view spelling = text.substr(begin, end - begin);
  const std::size_t exponent = spelling.find_first_of("eE");
  const bool tiny =
      exponent == std::string_view::npos ? spelling[0] == '0' || spelling[0] == '.' : spelling[exponent + 1] == '-';
  if (tiny) return 0.0;
  throw Refusal{
      MakeSpan(begin, end), "FloatingPointOverflow",
      "'" + std::string(spelling) + "' is too large for a 64 bit floating-point number (at most about 1.8e308)"};
}

[[noreturn]] void RefuseEscape(std::size_t begin, std::size_t end, std::string_view text) {
  throw Refusal{MakeSpan(begin, end), "UnexpectedSyntax",
                "'" + std::string(text.substr(begin, end - begin)) +
                    "' is no escape: expected \\\\, \\', \\\", \\b, \\f, \\n, \\r, \\t, \\uXXXX or \\UXXXXXXXX; a "
                    "backslash itself is written \\\\"};
}

// The hexadecimal digits at `at`, `count` of them, of the escape that begins at `begin`.
char32_t ReadHex(std::string_view text, std::size_t begin, std::size_t at, std::size_t count) {
  std::uint32_t value = 0;
  const std::size_t end = std::min(at + count, text.size());
  const auto [stop, error] = std::from_chars(text.data() + at, text.data() + end, value, 16);
  if (error != std::errc{} || stop != text.data() + at + count) {
    throw Refusal{MakeSpan(begin, at), "InvalidUnicodeLiteral",
                  "expected " + std::to_string(count) + " hexadecimal digits after '" +
                      std::string(text.substr(begin, at - begin)) + "'"};
  }
  return value;
}

bool IsHighSurrogate(char32_t c) { return c >= 0xD800 && c <= 0xDBFF; }
bool IsLowSurrogate(char32_t c) { return c >= 0xDC00 && c <= 0xDFFF; }

// Reads the escape \u… or \U… at `at` and moves past it; two halves of a surrogate pair are one code point.
char32_t ReadUnicodeEscape(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  const std::size_t count = text[at + 1] == 'u' ? 4 : 8;
  char32_t value = ReadHex(text, begin, at + 2, count);
  at += 2 + count;
  if (IsHighSurrogate(value) && text.substr(at, 2) == "\\u") {
    const char32_t low = ReadHex(text, at, at + 2, 4);
    if (IsLowSurrogate(low)) {
      value = 0x10000 + ((value - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
  }
  if (IsHighSurrogate(value) || IsLowSurrogate(value) || value > 0x10FFFF) {
    throw Refusal{MakeSpan(begin, at), "InvalidUnicodeLiteral",
                  "'" + std::string(text.substr(begin, at - begin)) + "' is no character of Unicode"};
  }
  return value;
}

void ReadEscape(std::string_view text, std::size_t& at, std::string& out) {
  constexpr std::string_view kLetters = "\\'\"bfnrt`/";
  constexpr std::string_view kValues = "\\'\"\b\f\n\r\t`/";
  const char letter = text[at + 1];
  if (letter == 'u' || letter == 'U') return AppendUtf8(ReadUnicodeEscape(text, at), out);
  const std::size_t known = kLetters.find(letter);
  if (known == std::string_view::npos)
    RefuseEscape(at, at + 1 + std::max<std::size_t>(DecodeAt(text, at + 1).bytes, 1), text);
  out.push_back(kValues[known]);
  at += 2;
}

}  // namespace

bool BeginsNumber(std::string_view text, std::size_t at) {
  return IsDigitAt(text, at) || (at < text.size() && text[at] == '.' && IsDigitAt(text, at + 1));
}

ast::Scalar ReadNumber(std::string_view text, std::size_t& at) {
  const std::size_t begin = at;
  const char marker = text[at] == '0' && at + 1 < text.size() ? text[at + 1] : '\0';
  if (marker == 'x' || marker == 'X' || marker == 'o' || marker == 'O') {
    std::size_t end = at + 2;
    while (const std::size_t bytes = NamePartBytes(text, end)) end += bytes;
    at = end;
    return ReadInteger(text, begin, begin + 2, end, marker == 'x' || marker == 'X' ? 16 : 8);
  }
  const std::size_t whole = DigitsEnd(text, at);
  const std::size_t end = FloatEnd(text, whole);
  if (NameStartBytes(text, end) != 0) RefuseNumber(text, begin, end);
  at = end;
  if (end == whole) return ReadInteger(text, begin, begin, end, 10);
  return ReadFloat(text, begin, end);
}

std::string Unquote(std::string_view text, std::size_t begin, std::size_t end) {
  const char quote = text[begin];
  std::string out;
  out.reserve(end - begin);
  for (std::size_t at = begin + 1; at + 1 < end;) {
    if (text[at] == '\\' && quote != '`') {
      ReadEscape(text, at, out);
    } else if (text[at] == '`' && quote == '`') {
      out.push_back('`');
      at += 2;
    } else {
      out.push_back(text[at++]);
    }
  }
  return out;
}

}  // namespace plenum::syntax
