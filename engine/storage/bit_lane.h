// A lane: many small numbers, each in the same few bits (specified in column.h).
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "engine/storage/byte_code.h"

namespace plenum::storage {

// The bits that numbers up to `greatest` take in a lane.
unsigned LaneWidth(std::uint64_t greatest);

unsigned LaneWidthOf(std::span<const std::uint64_t> numbers);  // of all of them

// How many bytes AppendLane writes.
std::size_t LaneBytes(std::size_t count, unsigned width);

// Each number fits into `width` bits, one that LaneWidth gave.
void AppendLane(std::string& out, std::span<const std::uint64_t> numbers, unsigned width);

// Reads as many numbers as there is room for. The reader fails when they are not there.
void ReadLane(ByteReader& reader, std::span<std::uint64_t> numbers);

}  // namespace plenum::storage
