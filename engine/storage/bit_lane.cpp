// See bit_lane.h. Numbers are taken from eight bytes at a time, which hold 57 bits from wherever in the first they
// begin: hence no widths between 56 and 64.
#include "engine/storage/bit_lane.h"

#include <algorithm>
#include <bit>
#include <cstring>

namespace plenum::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "lanes are read as the machine's own numbers");

constexpr unsigned kOddWidthMax = 56;

std::size_t BitBytes(std::size_t count, unsigned width) { return (count * width + 7) / 8; }

// Of a width that is a number type's own.
template <class T>
void Widen(std::string_view bytes, std::span<std::uint64_t> numbers) {
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    T number;
    std::memcpy(&number, bytes.data() + i * sizeof(T), sizeof(T));
    numbers[i] = number;
  }
}

void Unpack(std::string_view bytes, unsigned width, std::span<std::uint64_t> numbers) {
  const std::uint64_t mask = (std::uint64_t{1} << width) - 1;
  const std::size_t count = numbers.size();
  // Those that have eight bytes from their first on.
  const std::size_t whole = bytes.size() < 8 ? 0 : std::min(count, ((bytes.size() - 8) * 8 + 7) / width + 1);
  for (std::size_t i = 0; i < whole; ++i) {
    std::uint64_t eight;
    std::memcpy(&eight, bytes.data() + i * width / 8, 8);
    numbers[i] = eight >> (i * width % 8) & mask;
  }
  for (std::size_t i = whole; i < count; ++i) {
    const std::size_t first = i * width / 8;
    std::uint64_t eight = 0;
    std::memcpy(&eight, bytes.data() + first, std::min<std::size_t>(8, bytes.size() - first));
    numbers[i] = eight >> (i * width % 8) & mask;
  }
}

}  // namespace

unsigned LaneWidth(std::uint64_t greatest) {
  const auto width = static_cast<unsigned>(std::bit_width(greatest));
  return width > kOddWidthMax ? 64 : width;
}

unsigned LaneWidthOf(std::span<const std::uint64_t> numbers) {
  return LaneWidth(numbers.empty() ? 0 : *std::max_element(numbers.begin(), numbers.end()));
}

std::size_t LaneBytes(std::size_t count, unsigned width) { return 1 + BitBytes(count, width); }

void AppendLane(std::string& out, std::span<const std::uint64_t> numbers, unsigned width) {
  out.push_back(static_cast<char>(width));
  if (width == 0) return;
  const std::size_t begin = out.size();
  const std::size_t bytes = BitBytes(numbers.size(), width);
  out.resize(begin + bytes + 8);  // whole words are written
  char* next = out.data() + begin;
  std::uint64_t word = 0;
  unsigned filled = 0;
  for (const std::uint64_t number : numbers) {
    word |= number << filled;
    filled += width;
    if (filled < 64) continue;
    std::memcpy(next, &word, 8);
    next += 8;
    filled -= 64;
    word = filled == 0 ? 0 : number >> (width - filled);
  }
  std::memcpy(next, &word, 8);
  out.resize(begin + bytes);
}

void ReadLane(ByteReader& reader, std::span<std::uint64_t> numbers) {
  const unsigned width = reader.Byte();
  if (width > kOddWidthMax && width != 64) return reader.Fail();
  const std::string_view bytes = reader.Bytes(BitBytes(numbers.size(), width));
  if (!reader.ok()) return;
  switch (width) {
    case 0:
      return std::fill(numbers.begin(), numbers.end(), 0);
    case 8:
      return Widen<std::uint8_t>(bytes, numbers);
    case 16:
      return Widen<std::uint16_t>(bytes, numbers);
    case 32:
      return Widen<std::uint32_t>(bytes, numbers);
    case 64:
      return Widen<std::uint64_t>(bytes, numbers);
    default:
      return Unpack(bytes, width, numbers);
  }
}

}  // namespace plenum::storage
