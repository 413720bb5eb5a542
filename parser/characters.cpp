// The table of what is no letter, UTF-8, and the small steps over blanks, names and quoted texts.
// All of it works on offsets and never reads past the end, whatever the bytes are.
#include "parser/characters.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <string>

namespace plenum::syntax {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// What is no letter beyond ASCII: controls, blanks, punctuation, symbols, private use, emoji. Sorted.
constexpr Range kNoLetters[] = {
    {0x80, 0xA9},       {0xAB, 0xB4},       {0xB6, 0xB6},     {0xB8, 0xB9},     {0xBB, 0xBF},     {0xD7, 0xD7},
    {0xF7, 0xF7},       {0x2C2, 0x2C5},     {0x2D2, 0x2DF},   {0x37E, 0x37E},   {0x387, 0x387},   {0x55A, 0x55F},
    {0x589, 0x58A},     {0x5BE, 0x5BE},     {0x5C0, 0x5C0},   {0x5F3, 0x5F4},   {0x606, 0x60F},   {0x61B, 0x61F},
    {0x66A, 0x66D},     {0x6D4, 0x6D4},     {0x964, 0x965},   {0x1680, 0x1680}, {0x2000, 0x203E}, {0x2041, 0x2053},
    {0x2055, 0x2070},   {0x207A, 0x207E},   {0x208A, 0x208E}, {0x20A0, 0x20CF}, {0x2190, 0x2BFF}, {0x2E00, 0x2FFF},
    {0x3000, 0x3004},   {0x3008, 0x3020},   {0x3030, 0x3030}, {0x303D, 0x3040}, {0x30A0, 0x30A0}, {0x3200, 0x33FF},
    {0xD800, 0xF8FF},   {0xFD3E, 0xFD3F},   {0xFE00, 0xFE32}, {0xFE35, 0xFE4C}, {0xFE50, 0xFE6F}, {0xFEFF, 0xFF0F},
    {0xFF1A, 0xFF20},   {0xFF3B, 0xFF3E},   {0xFF40, 0xFF40}, {0xFF5B, 0xFF65}, {0xFFE0, 0xFFFF}, {0x1D000, 0x1D3FF},
    {0x1F000, 0x1FAFF}, {0xE0000, 0x10FFFF}};

bool IsLetterBeyondAscii(char32_t c) {
  const Range* after = std::upper_bound(std::begin(kNoLetters), std::end(kNoLetters), c,
                                        [](char32_t x, Range r) { return x < r.first; });
  return after == std::begin(kNoLetters) || c > std::prev(after)->last;
}

bool IsBlankBeyondAscii(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || (c >= 0x2000 && c <= 0x200A) || c == 0x2028 || c == 0x2029 ||
         c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }
bool IsAsciiLetter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
char Lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

}  // namespace

CodePoint DecodeAt(std::string_view text, std::size_t at) {
  if (at >= text.size()) return {};
  const auto lead = static_cast<unsigned char>(text[at]);
  if (lead < 0x80) return {lead, 1};
  const std::size_t bytes = lead >= 0xF0 && lead < 0xF5   ? 4
                            : lead >= 0xE0 && lead < 0xF0 ? 3
                            : lead >= 0xC2 && lead < 0xE0 ? 2
                                                          : 0;
  if (bytes == 0 || at + bytes > text.size()) return {};
  char32_t value = lead & (0xFFu >> (bytes + 1));
  for (std::size_t i = 1; i < bytes; ++i) {
    const auto next = static_cast<unsigned char>(text[at + i]);
    if ((next & 0xC0u) != 0x80u) return {};
    value = (value << 6) | (next & 0x3Fu);
  }
  constexpr std::array<char32_t, 5> kSmallest = {0, 0, 0x80, 0x800, 0x10000};
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (value < kSmallest[bytes] || surrogate || value > 0x10FFFF) return {};
  return {value, bytes};
}

void AppendUtf8(char32_t c, std::string& out) {
  const auto add = [&out](char32_t byte) { out.push_back(static_cast<char>(byte)); };
  if (c < 0x80) return add(c);
  if (c < 0x800) {
    add(0xC0 | (c >> 6));
  } else if (c < 0x10000) {
    add(0xE0 | (c >> 12));
    add(0x80 | ((c >> 6) & 0x3F));
  } else {
    add(0xF0 | (c >> 18));
    add(0x80 | ((c >> 12) & 0x3F));
    add(0x80 | ((c >> 6) & 0x3F));
  }
  add(0x80 | (c & 0x3F));
}

std::size_t BlankBytes(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (IsAscii(c)) return c == ' ' || (c >= '\t' && c <= '\r') || (c >= '\x1c' && c <= '\x1f') ? 1 : 0;
  const CodePoint point = DecodeAt(text, at);
  return IsBlankBeyondAscii(point.value) ? point.bytes : 0;
}

std::size_t NameStartBytes(std::string_view text, std::size_t at) {
  if (at >= text.size()) return 0;
  const char c = text[at];
  if (IsAscii(c)) return IsAsciiLetter(c) || c == '_' ? 1 : 0;
  const CodePoint point = DecodeAt(text, at);
  return point.bytes != 0 && IsLetterBeyondAscii(point.value) ? point.bytes : 0;
}

std::size_t NamePartBytes(std::string_view text, std::size_t at) {
  if (at < text.size() && IsDigit(text[at])) return 1;
  return NameStartBytes(text, at);
}

std::size_t SkipBlanks(std::string_view text, std::size_t at) {
  for (;;) {
    const std::string_view pair = text.substr(std::min(at, text.size()), 2);
    if (pair == "//") {
      at = std::min(text.find('\n', at), text.size());
    } else if (pair == "/*") {
      const std::size_t end = text.find("*/", at + 2);
      at = end == std::string_view::npos ? text.size() : end + 2;
    } else if (const std::size_t blank = BlankBytes(text, at)) {
      at += blank;
    } else {
      return at;
    }
  }
}

std::size_t NameEnd(std::string_view text, std::size_t at) {
  std::size_t bytes = NameStartBytes(text, at);
  while (bytes != 0) {
    at += bytes;
    bytes = NamePartBytes(text, at);
  }
  return at;
}

std::size_t QuotedEnd(std::string_view text, std::size_t at) {
  const char quote = text[at];
  for (std::size_t i = at + 1; i < text.size(); ++i) {
    if (text[i] == '\\' && quote != '`') {
      ++i;
    } else if (text[i] == quote) {
      const bool doubled = quote == '`' && i + 1 < text.size() && text[i + 1] == '`';
      if (!doubled) return i + 1;
      ++i;
    }
  }
  return std::string_view::npos;
}

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

bool EqualsIgnoringCase(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return Lower(x) == Lower(y); });
}

}  // namespace plenum::syntax
