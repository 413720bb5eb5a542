// Stream VByte (Lemire, Kurz and Rupp, 2018): numbers of few bytes, written and read some at a time.
//
// First come the lengths, two bits a number, four numbers a byte, the first in the low bits; then the numbers' bytes,
// least significant first. Reading has two ways that agree: by the processor's byte shuffle where it has one (SSSE3),
// and plainly.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/storage/byte_code.h"

namespace plenum::storage {

// Which lengths the two bits choose from.
enum class VByteLengths : std::uint8_t {
  kOneToFour,   // 1, 2, 3, 4: stream1
  kZeroToFour,  // 0, 1, 2, 4: stream0, where many numbers are zero
};

void AppendStreamVByte(std::string& out, std::span<const std::uint32_t> numbers, VByteLengths lengths);

// Of `count` numbers, at most so many bytes; and at least so many for their lengths.
constexpr std::size_t StreamVByteBytesMax(std::size_t count) { return (count + 3) / 4 + 4 * count; }
constexpr std::size_t StreamVByteBytesMin(std::size_t count) { return (count + 3) / 4; }

// Fills `numbers` from what comes next. False, and `bytes` has failed, when that is too short.
bool ReadStreamVByte(ByteReader& bytes, std::span<std::uint32_t> numbers, VByteLengths lengths);
// The same, plainly.
bool ReadStreamVByteScalar(ByteReader& bytes, std::span<std::uint32_t> numbers, VByteLengths lengths);

// Numbers that ascend, no two equal, as stream0 of what each exceeds the one before by, less one (the first: itself).
void AppendAscending(std::string& out, std::span<const std::uint32_t> numbers);
// False as well when a number would reach `limit`.
bool ReadAscending(ByteReader& bytes, std::span<std::uint32_t> numbers, std::uint32_t limit);

}  // namespace plenum::storage
