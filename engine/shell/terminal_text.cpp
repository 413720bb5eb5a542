// Measures and cleans text by walking its code points with utf8proc. Grapheme clusters are not formed: a terminal that
// draws a family emoji in two columns shows such a cell a little short, never torn.
#include "engine/shell/terminal_text.h"

#include <fmt/format.h>
#include <sys/ioctl.h>
#include <unistd.h>
#include <utf8proc.h>

#include <algorithm>

namespace plenum::shell {
namespace {

struct CodePoint {
  utf8proc_int32_t value = -1;  // negative: not UTF-8
  std::size_t bytes = 1;
};

CodePoint FirstCodePoint(std::string_view text) {
  CodePoint point;
  utf8proc_ssize_t length = utf8proc_iterate(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                             static_cast<utf8proc_ssize_t>(text.size()), &point.value);
  if (length > 0) point.bytes = static_cast<std::size_t>(length);
  return point;
}

std::size_t WidthOf(utf8proc_int32_t code_point) {
  return static_cast<std::size_t>(std::max(0, utf8proc_charwidth(code_point)));
}

bool IsControl(utf8proc_int32_t code_point) { return code_point < 0x20 || (code_point >= 0x7f && code_point < 0xa0); }

// Characters that turn the direction of what follows could make one cell's text run over its neighbours.
bool TurnsDirection(utf8proc_int32_t code_point) {
  return (code_point >= 0x202a && code_point <= 0x202e) || (code_point >= 0x2066 && code_point <= 0x2069);
}

void AppendCodePoint(utf8proc_int32_t code_point, std::string& out) {
  utf8proc_uint8_t bytes[4];
  utf8proc_ssize_t length = utf8proc_encode_char(code_point, bytes);
  out.append(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(length));
}

// What is shown in place of a character: itself, its control picture (U+2400…), or U+FFFD.
utf8proc_int32_t ShownAs(utf8proc_int32_t code_point) {
  if (code_point < 0 || TurnsDirection(code_point)) return 0xfffd;
  if (!IsControl(code_point)) return code_point;
  if (code_point < 0x20) return 0x2400 + code_point;
  return code_point == 0x7f ? 0x2421 : 0xfffd;
}

}  // namespace

std::size_t DisplayWidth(std::string_view text) {
  std::size_t width = 0;
  while (!text.empty()) {
    CodePoint point = FirstCodePoint(text);
    width += WidthOf(point.value);
    text.remove_prefix(point.bytes);
  }
  return width;
}

std::string CutToWidth(std::string_view text, std::size_t columns) {
  std::size_t width = 0;
  std::size_t kept = 0;  // bytes that leave room for the ellipsis
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = FirstCodePoint(text.substr(at));
    width += WidthOf(point.value);
    if (width > columns) return columns == 0 ? std::string() : std::string(text.substr(0, kept)) + "…";
    at += point.bytes;
    if (width + 1 <= columns) kept = at;
  }
  return std::string(text);
}

std::string Printable(std::string_view text, std::size_t columns_max) {
  std::string out;
  std::size_t width = 0;
  while (!text.empty() && (columns_max == 0 || width < columns_max)) {
    CodePoint point = FirstCodePoint(text);
    utf8proc_int32_t shown = ShownAs(point.value);
    AppendCodePoint(shown, out);
    width += WidthOf(shown);
    text.remove_prefix(point.bytes);
  }
  return out;
}

std::optional<std::size_t> FirstInvalidByte(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    CodePoint point = FirstCodePoint(text.substr(at));
    if (point.value < 0) return at;
    at += point.bytes;
  }
  return std::nullopt;
}

std::string Grouped(std::uint64_t number) {
  std::string digits = fmt::to_string(number);
  std::string text;
  for (std::size_t i = 0; i < digits.size(); ++i) {
    if (i > 0 && (digits.size() - i) % 3 == 0) text += ',';
    text += digits[i];
  }
  return text;
}

std::string Counted(std::uint64_t count, std::string_view one, std::string_view many) {
  return fmt::format("{} {}", Grouped(count), count == 1 ? one : many);
}

std::string DurationText(double seconds) {
  if (seconds < 0.01) return fmt::format("{:.2f} ms", seconds * 1e3);
  if (seconds < 1) return fmt::format("{:.1f} ms", seconds * 1e3);
  return fmt::format("{:.2f} s", seconds);
}

std::size_t TerminalWidth(int file_descriptor) {
  winsize size{};
  if (isatty(file_descriptor) == 0 || ioctl(file_descriptor, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

}  // namespace plenum::shell
