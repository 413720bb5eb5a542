// Ways in which bytes come back wrong from a disk.
#pragma once

#include <string>
#include <string_view>

#include "tests/storage/random_values.h"

namespace plenum {

// Calls `decode` with what is left of the bytes when they are cut at every length (at six hundred of long ones), and
// with `flips` copies of which up to three bytes are others. Each copy has memory of its own, so that a sanitizer sees
// whoever reads beyond it.
template <class Decode>
void ForEachDamage(std::string_view bytes, int flips, RandomValues& random, Decode decode) {
  const std::size_t stride = bytes.size() / 600 + 1;
  for (std::size_t length = 0; length < bytes.size(); length += stride) {
    const std::string cut(bytes.substr(0, length));
    decode(std::string_view(cut));
  }
  if (bytes.empty()) return;
  for (int i = 0; i < flips; ++i) {
    std::string flipped(bytes);
    // Most of what decides is at the front.
    const int size = static_cast<int>(flipped.size());
    for (int j = 1 + random.Below(3); j > 0; --j) {
      const int at = random.Below(2) == 0 ? random.Below(size) : random.Below(size < 24 ? size : 24);
      flipped[static_cast<std::size_t>(at)] = static_cast<char>(random.Below(256));
    }
    decode(std::string_view(flipped));
  }
}

}  // namespace plenum
