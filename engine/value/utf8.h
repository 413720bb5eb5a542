// UTF-8 text: validity, code points, case and width.
//
// The language counts text in Unicode code points, the library keeps it in bytes: these functions go between the two.
// Except for FindInvalidUtf8, all expect valid UTF-8; on other bytes they answer something sensible, never out of
// bounds. Text is checked once, where it enters (query texts, parameters, files).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace plenum {

// The offset of the first byte that does not belong to a well-formed code point (no surrogates, no overlong forms);
// absent when all of `text` is valid UTF-8.
std::optional<std::size_t> FindInvalidUtf8(std::string_view text);

std::size_t CountCodePoints(std::string_view text);

// The byte where code point number `code_point` (from 0) begins; text.size() when there are no more than that.
std::size_t ByteOffset(std::string_view text, std::size_t code_point);

// How many code points begin before byte `byte`.
std::size_t CodePointOffset(std::string_view text, std::size_t byte);

// The length in bytes of the code point that begins at text[offset], cut at the end of the text; 1 for a stray byte.
std::size_t CodePointLength(std::string_view text, std::size_t offset);

// Unicode's simple case mapping: one code point for one, of no particular language.
std::string ToUpper(std::string_view text);
std::string ToLower(std::string_view text);

// Columns that the text takes on a terminal: 2 for a wide character (中), 0 for a combining mark, 1 for most.
std::size_t DisplayWidth(std::string_view text);

}  // namespace plenum
