// Backticks, quotes and the shortest spelling of numbers.
// Each rule here is the other side of one in tokens.cpp, literals.cpp or lookahead.cpp.
#include "parser/print/names.h"

#include <array>
#include <charconv>

#include "parser/characters.h"
#include "parser/words.h"

namespace plenum::syntax {
namespace {

bool IsPlain(std::string_view name) { return !name.empty() && NameEnd(name, 0) == name.size(); }

std::string InBackticks(std::string_view name) {
  std::string out = "`";
  for (const char c : name) out.append(c == '`' ? 2 : 1, c);
  return out + '`';
}

std::string Spell(std::string_view name, bool plain) { return plain ? std::string(name) : InBackticks(name); }

// a.b.c, of which only the first may not be reserved. The tree does not tell `a.b` from a.b, so one pair of backticks
// around all does as well.
bool IsPlainDotted(std::string_view name) {
  const std::size_t first = name.find('.');
  if (IsReservedWord(name.substr(0, first))) return false;
  for (;;) {
    const std::size_t dot = name.find('.');
    if (!IsPlain(name.substr(0, dot))) return false;
    if (dot == std::string_view::npos) return true;
    name.remove_prefix(dot + 1);
  }
}

void AppendEscaped(char c, std::string& out) {
  constexpr std::string_view kEscaped = "\\'\b\f\n\r\t";
  constexpr std::string_view kLetters = "\\'bfnrt";
  const std::size_t known = kEscaped.find(c);
  if (known != std::string_view::npos) {
    out += '\\';
    out += kLetters[known];
  } else if (static_cast<unsigned char>(c) < ' ' || c == '\x7f') {
    constexpr std::string_view kHexadecimal = "0123456789ABCDEF";
    out += "\\u00";
    out += kHexadecimal[static_cast<unsigned char>(c) >> 4];
    out += kHexadecimal[static_cast<unsigned char>(c) & 0xF];
  } else {
    out += c;
  }
}

struct ScalarSpelling {
  std::string operator()(ast::Null) const { return "null"; }
  std::string operator()(bool value) const { return value ? "true" : "false"; }
  std::string operator()(std::int64_t value) const { return std::to_string(value); }
  std::string operator()(double value) const {
    std::array<char, 32> digits;
    const auto end = std::to_chars(digits.data(), digits.data() + digits.size(), value).ptr;
    const std::string_view text(digits.data(), static_cast<std::size_t>(end - digits.data()));
    // Without a point or an exponent it would be an integer.
    const bool real = text.find_first_of(".e") != std::string_view::npos;
    return std::string(text) + (real ? "" : ".0");
  }
  std::string operator()(const std::string& value) const { return SpellText(value); }
};

}  // namespace

std::string SpellKey(std::string_view name) { return Spell(name, IsPlain(name)); }

std::string SpellVariable(std::string_view name) { return Spell(name, IsPlain(name) && !IsReservedWord(name)); }

std::string SpellPatternVariable(std::string_view name) {
  return IsOneOf(name, {"VALID", "CITE"}) ? InBackticks(name) : SpellVariable(name);
}

std::string SpellProjected(std::string_view name) {
  return IsOneOf(name, {"COUNT", "COLLECT"}) ? InBackticks(name) : SpellVariable(name);
}

std::string SpellSource(std::string_view name) {
  return IsOneOf(name, {"CALL", "FOREACH", "LOAD"}) ? InBackticks(name) : SpellVariable(name);
}

std::string SpellFunction(std::string_view name) {
  if (IsOneOf(name, {"EXISTS"})) return std::string(name);
  const bool other = IsOneOf(name, {"ANY", "NONE", "SINGLE", "REDUCE", "shortestPath", "allShortestPaths"});
  return Spell(name, !other && IsPlainDotted(name));
}

std::string SpellProcedure(std::string_view name) { return Spell(name, IsPlainDotted(name)); }

std::string SpellParameter(std::string_view name) {
  std::size_t end = 0;
  while (const std::size_t bytes = NamePartBytes(name, end)) end += bytes;
  return "$" + Spell(name, !name.empty() && end == name.size());
}

std::string SpellText(std::string_view text) {
  std::string out = "'";
  for (const char c : text) AppendEscaped(c, out);
  return out + "'";
}

std::string SpellScalar(const ast::Scalar& value) { return std::visit(ScalarSpelling{}, value); }

bool BeginsWithNameIn(std::string_view text) {
  if (text.empty()) return false;
  const std::size_t end = text[0] == '`' ? QuotedEnd(text, 0) : NameEnd(text, 0);
  return end != 0 && text.substr(end, 4) == " IN " && !IsReservedWord(text.substr(0, end));
}

}  // namespace plenum::syntax
