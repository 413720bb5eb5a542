// Functions on strings. Positions and lengths count code points; texts are valid UTF-8.
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/execution/value_errors.h"
#include "engine/execution/value_functions.h"
#include "engine/value/utf8.h"

namespace plenum::execution::functions {
namespace {

// Unicode's White_Space.
constexpr std::string_view kWhiteSpace =
    "\t\n\v\f\r \u0085\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f"
    "\u205f\u3000";

// The first code point's bytes, the last one's. UTF-8 lets them be looked up in a text byte by byte.
std::string_view FirstOf(std::string_view text) { return text.substr(0, CodePointLength(text, 0)); }
std::string_view LastOf(std::string_view text) {
  std::size_t begin = text.size() - 1;
  while (begin > 0 && (static_cast<unsigned char>(text[begin]) & 0xC0) == 0x80) --begin;
  return text.substr(begin);
}

std::string_view WithoutLeading(std::string_view text, std::string_view characters) {
  while (!text.empty() && characters.find(FirstOf(text)) != characters.npos) text.remove_prefix(FirstOf(text).size());
  return text;
}
std::string_view WithoutTrailing(std::string_view text, std::string_view characters) {
  while (!text.empty() && characters.find(LastOf(text)) != characters.npos) text.remove_suffix(LastOf(text).size());
  return text;
}

std::string_view CharactersToTrim(Arguments arguments) {
  return arguments.size() > 1 ? std::string_view(arguments[1].string()) : kWhiteSpace;
}

std::uint64_t Count(const Value& argument, std::string_view function, std::string_view what) {
  if (argument.integer() >= 0) return static_cast<std::uint64_t>(argument.integer());
  RaiseOutOfRange(std::string(function) + "() takes a " + std::string(what) + " of 0 or more, not " +
                  std::to_string(argument.integer()));
}

// A replacement before, between and after all code points: what replacing the empty text means.
std::string Interspersed(std::string_view text, std::string_view replacement) {
  std::string result(replacement);
  while (!text.empty()) {
    const auto code_point = FirstOf(text);
    CheckTextSize(result.size() + code_point.size() + replacement.size());
    result.append(code_point).append(replacement);
    text.remove_prefix(code_point.size());
  }
  return result;
}

// One of split's delimiters, and where it is found next. Kept between parts, so that a delimiter which is rare is not
// looked for again and again.
struct Delimiter {
  std::string_view delimiter;
  std::size_t begin = 0;
};

// Where `delimiter` stands first in `text` from `position` on. The empty one stands between any two code points.
std::size_t FindDelimiter(std::string_view text, std::string_view delimiter, std::size_t position) {
  if (!delimiter.empty()) return text.find(delimiter, position);
  const std::size_t next = position + FirstOf(text.substr(position)).size();
  return next < text.size() ? next : text.npos;
}

// The delimiter that comes first from `position` on; its begin is npos when there is none.
Delimiter NextDelimiter(std::string_view text, std::vector<Delimiter>& delimiters, std::size_t position) {
  Delimiter first{{}, text.npos};
  for (Delimiter& candidate : delimiters) {
    if (candidate.begin < position || candidate.delimiter.empty()) {
      candidate.begin = FindDelimiter(text, candidate.delimiter, position);
    }
    if (candidate.begin < first.begin) first = candidate;
  }
  return first;
}

// The argument of split: one text, or a list of them.
std::vector<Delimiter> DelimitersIn(std::string_view text, const Value& argument) {
  if (argument.kind() == Value::Kind::kString) return {{argument.string(), FindDelimiter(text, argument.string(), 0)}};
  std::vector<Delimiter> delimiters;
  for (const Value& delimiter : argument.list()) {
    if (delimiter.kind() != Value::Kind::kString) {
      RaiseInvalidType("split() takes String delimiters, not " + Described(delimiter));
    }
    delimiters.push_back({delimiter.string(), FindDelimiter(text, delimiter.string(), 0)});
  }
  return delimiters;
}

}  // namespace

Value ToUpper(Arguments arguments) { return plenum::ToUpper(arguments[0].string()); }
Value ToLower(Arguments arguments) { return plenum::ToLower(arguments[0].string()); }

Value Trim(Arguments arguments) {
  const auto characters = CharactersToTrim(arguments);
  return WithoutTrailing(WithoutLeading(arguments[0].string(), characters), characters);
}
Value LTrim(Arguments arguments) { return WithoutLeading(arguments[0].string(), CharactersToTrim(arguments)); }
Value RTrim(Arguments arguments) { return WithoutTrailing(arguments[0].string(), CharactersToTrim(arguments)); }

Value Replace(Arguments arguments) {
  std::string_view rest = arguments[0].string();
  const std::string& part = arguments[1].string();
  const std::string& replacement = arguments[2].string();
  if (part.empty()) return Interspersed(rest, replacement);
  std::string result;
  for (std::size_t begin = rest.find(part); begin != rest.npos; begin = rest.find(part)) {
    CheckTextSize(result.size() + begin + replacement.size());
    result.append(rest.substr(0, begin)).append(replacement);
    rest.remove_prefix(begin + part.size());
  }
  return result.append(rest);
}

Value Split(Arguments arguments) {
  const std::string_view text = arguments[0].string();
  std::vector<Delimiter> delimiters = DelimitersIn(text, arguments[1]);
  List parts;
  std::size_t position = 0;
  for (;;) {
    const Delimiter next = NextDelimiter(text, delimiters, position);
    parts.emplace_back(text.substr(position, next.begin - position));
    CheckListSize(parts.size());
    if (next.begin == text.npos) return parts;
    position = next.begin + next.delimiter.size();
  }
}

Value Substring(Arguments arguments) {
  std::string_view text = arguments[0].string();
  text.remove_prefix(ByteOffset(text, Count(arguments[1], "substring", "start")));
  if (arguments.size() < 3) return text;
  return text.substr(0, ByteOffset(text, Count(arguments[2], "substring", "length")));
}

Value Left(Arguments arguments) {
  const std::string_view text = arguments[0].string();
  return text.substr(0, ByteOffset(text, Count(arguments[1], "left", "length")));
}

Value Right(Arguments arguments) {
  const std::string_view text = arguments[0].string();
  const std::uint64_t count = Count(arguments[1], "right", "length");
  const std::size_t all = CountCodePoints(text);
  return count < all ? text.substr(ByteOffset(text, all - count)) : text;
}

}  // namespace plenum::execution::functions
