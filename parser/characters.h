// The alphabet of the language: UTF-8 code points, blanks, comments, and the letters that names are made of.
//
// Names follow Unicode's identifiers closely enough for a query language: every letter of every script may stand in
// one, no punctuation, symbol, blank or emoji may. Other names are written between backticks.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace plenum::syntax {

struct CodePoint {
  char32_t value = 0;
  std::size_t bytes = 0;  // 0: the end of the text, or bytes that are not UTF-8
};
CodePoint DecodeAt(std::string_view text, std::size_t at);

void AppendUtf8(char32_t code_point, std::string& out);

// The bytes of the blank, the letter that may begin a name, or the character that may continue one; 0 when there is
// none at `at`.
std::size_t BlankBytes(std::string_view text, std::size_t at);
std::size_t NameStartBytes(std::string_view text, std::size_t at);
std::size_t NamePartBytes(std::string_view text, std::size_t at);

// The first offset at or after `at` that is neither blank nor comment. A comment that never ends reaches to the end.
std::size_t SkipBlanks(std::string_view text, std::size_t at);

// The offset past the unquoted name that begins at `at`; `at` itself when none does.
std::size_t NameEnd(std::string_view text, std::size_t at);

// The offset past the quoted text whose opening quote (', " or `) stands at `at`; npos when it is never closed.
std::size_t QuotedEnd(std::string_view text, std::size_t at);

bool IsDigit(char c);
bool EqualsIgnoringCase(std::string_view a, std::string_view b);  // ASCII letters only

}  // namespace plenum::syntax
