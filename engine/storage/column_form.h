// The numbers in a column's bytes, as column.h specifies them; for its encoder and its decoder.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>

namespace plenum::storage {

inline constexpr std::uint8_t kColumnVersion = 1;

enum class ColumnForm : std::uint8_t {
  kIntegersFrame = 0x01,
  kIntegersDeltas = 0x02,
  kDatesFrame = 0x03,
  kDatesDeltas = 0x04,
  kFloats = 0x05,
  kBooleans = 0x06,
  kDictionary = 0x07,
  kStrings = 0x08,
  kMixed = 0x09,
  kIntervals = 0x0A,
};

enum class Presence : std::uint8_t { kRun = 0x00, kBits = 0x01, kGaps = 0x02 };

inline constexpr std::uint8_t kZoneHasBounds = 1;  // of floats: there are numbers
inline constexpr std::uint8_t kZoneHasNan = 2;     // of floats
inline constexpr std::uint8_t kZoneIsExact = 2;    // of strings

inline constexpr std::uint8_t kFromsDiffer = 1;   // of intervals: earliest and latest have lanes of their own
inline constexpr std::uint8_t kUntilsDiffer = 2;  // of intervals

inline constexpr std::size_t kZoneTextBytes = 32;  // a longer bound is cut

template <class Number>
void AppendByte(std::string& out, Number number) {
  out.push_back(static_cast<char>(number));
}

}  // namespace plenum::storage
