// Bytes as a test writes them: "0A FF".
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace plenum {

inline std::string Hex(std::string_view bytes) {
  constexpr std::string_view kDigits = "0123456789ABCDEF";
  std::string text;
  for (const char byte : bytes) {
    if (!text.empty()) text += ' ';
    text += kDigits[static_cast<std::uint8_t>(byte) >> 4];
    text += kDigits[static_cast<std::uint8_t>(byte) & 0x0F];
  }
  return text;
}

}  // namespace plenum
