// UTF-8 by simdjson (validity, at memory speed) and utf8proc (Unicode's tables).
#include "engine/value/utf8.h"

#include <simdjson.h>
#include <utf8proc.h>

#include <algorithm>

namespace plenum {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

// The code point that begins at text[offset] and its length; a negative code point for bytes that are none.
struct Decoded {
  utf8proc_int32_t code_point = -1;
  std::size_t length = 1;
};
Decoded DecodeAt(std::string_view text, std::size_t offset) {
  Decoded decoded;
  const auto length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()) + offset,
                                       static_cast<utf8proc_ssize_t>(text.size() - offset), &decoded.code_point);
  if (length > 0) decoded.length = static_cast<std::size_t>(length);
  return decoded;
}

std::string MapCase(std::string_view text, utf8proc_int32_t (*map)(utf8proc_int32_t)) {
  std::string mapped;
  mapped.reserve(text.size());
  for (std::size_t offset = 0; offset < text.size();) {
    const Decoded decoded = DecodeAt(text, offset);
    if (decoded.code_point < 0) {
      mapped += text[offset];
    } else {
      utf8proc_uint8_t bytes[4];
      const auto length = utf8proc_encode_char(map(decoded.code_point), bytes);
      mapped.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
    }
    offset += decoded.length;
  }
  return mapped;
}

}  // namespace

std::optional<std::size_t> FindInvalidUtf8(std::string_view text) {
  if (simdjson::validate_utf8(text)) return std::nullopt;
  for (std::size_t offset = 0; offset < text.size();) {
    const Decoded decoded = DecodeAt(text, offset);
    if (decoded.code_point < 0) return offset;
    offset += decoded.length;
  }
  return std::nullopt;
}

std::size_t CountCodePoints(std::string_view text) {
  return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, IsContinuation));
}

std::size_t ByteOffset(std::string_view text, std::size_t code_point) {
  std::size_t offset = 0;
  for (; offset < text.size() && code_point > 0; --code_point) offset += CodePointLength(text, offset);
  return offset;
}

std::size_t CodePointOffset(std::string_view text, std::size_t byte) { return CountCodePoints(text.substr(0, byte)); }

std::size_t CodePointLength(std::string_view text, std::size_t offset) {
  std::size_t end = offset + 1;
  while (end < text.size() && IsContinuation(text[end])) ++end;
  return end - offset;
}

std::string ToUpper(std::string_view text) { return MapCase(text, utf8proc_toupper); }
std::string ToLower(std::string_view text) { return MapCase(text, utf8proc_tolower); }

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t offset = 0; offset < text.size();) {
    const Decoded decoded = DecodeAt(text, offset);
    width += decoded.code_point < 0 ? 1 : static_cast<std::size_t>(utf8proc_charwidth(decoded.code_point));
    offset += decoded.length;
  }
  return width;
}

}  // namespace plenum
