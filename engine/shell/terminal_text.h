// Text as a terminal shows it: how wide it is, how it is cut, and what must never reach the screen.
//
// Widths are in columns of a terminal: 2 for wide East Asian characters and most emoji, 0 for combining marks, 1 for
// the rest (Unicode's East Asian Width, by utf8proc; ambiguous ones count 1).
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace plenum::shell {

// How many columns `text` takes. Requires printable UTF-8.
std::size_t DisplayWidth(std::string_view text);

// `text`, or as much of its beginning as leaves room for a '…' within `columns`. Requires printable UTF-8.
std::string CutToWidth(std::string_view text, std::size_t columns);

// `text` without anything that steers a terminal: control characters as their pictures (␊ for a line break), bytes that
// are no UTF-8 as '�'. Stops once the result is `columns_max` columns wide; 0: never.
std::string Printable(std::string_view text, std::size_t columns_max = 0);

// The offset of the first byte that is not UTF-8; absent when all is.
std::optional<std::size_t> FirstInvalidByte(std::string_view text);

// 1234567 as "1,234,567".
std::string Grouped(std::uint64_t number);

// "1 row", "2,000 rows".
std::string Counted(std::uint64_t count, std::string_view one, std::string_view many);

// A duration as people read it: "0.42 ms", "12.3 ms", "4.56 s".
std::string DurationText(double seconds);

// The width of the terminal that the file descriptor is, 0 when it is none (or will not say).
std::size_t TerminalWidth(int file_descriptor);

}  // namespace plenum::shell
