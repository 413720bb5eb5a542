// See stream_vbyte.h. The shuffle reads 16 bytes wherever a group of four numbers begins, so it stops short of the end
// and leaves the rest to the plain way.
#include "engine/storage/stream_vbyte.h"

#include <array>
#include <bit>
#include <cstring>
#include <string_view>
#include <vector>

#if defined(__x86_64__)
#include <immintrin.h>
#endif

namespace plenum::storage {
namespace {

static_assert(std::endian::native == std::endian::little, "numbers are copied to and from their stored bytes");

constexpr std::uint32_t kLengths[2][4] = {{1, 2, 3, 4}, {0, 1, 2, 4}};

// For each byte of lengths, of both kinds: how many bytes its four numbers take, and where the shuffle finds each byte.
struct Tables {
  std::array<std::array<std::uint8_t, 256>, 2> bytes{};
  alignas(16) std::array<std::array<std::array<std::uint8_t, 16>, 256>, 2> shuffle{};

  constexpr Tables() {
    for (std::size_t kind = 0; kind < 2; ++kind) {
      for (std::size_t control = 0; control < 256; ++control) Fill(kind, control);
    }
  }
  constexpr void Fill(std::size_t kind, std::size_t control) {
    std::uint8_t at = 0;
    for (std::size_t i = 0; i < 4; ++i) {
      const std::uint32_t length = kLengths[kind][control >> (2 * i) & 3];
      for (std::uint32_t byte = 0; byte < 4; ++byte) {
        shuffle[kind][control][4 * i + byte] = static_cast<std::uint8_t>(byte < length ? at + byte : 0x80);
      }
      at = static_cast<std::uint8_t>(at + length);
    }
    bytes[kind][control] = at;
  }
};
constexpr Tables kTables;

// Which of the four lengths `number` needs.
std::uint32_t LengthCode(std::uint32_t number, VByteLengths lengths) {
  if (lengths == VByteLengths::kOneToFour) return (static_cast<std::uint32_t>(std::bit_width(number | 1)) - 1) / 8;
  constexpr std::uint8_t kCodes[] = {0, 1, 2, 3, 3};
  return kCodes[(std::bit_width(number) + 7) / 8];
}

// Where the lengths and the numbers of a stream are, and how far reading has come.
struct Cursor {
  const char* control;
  const char* data;
  const char* end;   // of all bytes there are, the stream's and what follows
  std::size_t read;  // numbers
};

// Takes the stream off `bytes`; false when it is longer than they are.
bool Open(ByteReader& bytes, std::size_t count, VByteLengths lengths, Cursor& cursor) {
  const std::string_view rest = bytes.rest();
  const std::string_view control = bytes.Bytes(StreamVByteBytesMin(count));
  if (!bytes.ok()) return false;
  const auto kind = static_cast<std::size_t>(lengths);
  std::size_t size = 0;
  for (std::size_t i = 0; i < count / 4; ++i) size += kTables.bytes[kind][static_cast<std::uint8_t>(control[i])];
  for (std::size_t i = count & ~std::size_t{3}; i < count; ++i) {
    size += kLengths[kind][static_cast<std::uint8_t>(control[i / 4]) >> (2 * (i % 4)) & 3];
  }
  cursor = {rest.data(), rest.data() + control.size(), rest.data() + rest.size(), 0};
  bytes.Bytes(size);
  return bytes.ok();
}

#if defined(__x86_64__)
__attribute__((target("ssse3"))) void ReadByShuffle(Cursor& cursor, std::span<std::uint32_t> numbers,
                                                    VByteLengths lengths) {
  const auto& of_group = kTables.bytes[static_cast<std::size_t>(lengths)];
  const auto& shuffle = kTables.shuffle[static_cast<std::size_t>(lengths)];
  const char* control = cursor.control;
  const char* data = cursor.data;
  std::uint32_t* out = numbers.data();
  std::size_t groups = numbers.size() / 4;
  for (; groups > 0 && cursor.end - data >= 16; --groups, out += 4) {
    const auto lengths_of_four = static_cast<std::uint8_t>(*control++);
    const __m128i bytes = _mm_loadu_si128(reinterpret_cast<const __m128i*>(data));
    const __m128i order = _mm_load_si128(reinterpret_cast<const __m128i*>(shuffle[lengths_of_four].data()));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(out), _mm_shuffle_epi8(bytes, order));
    data += of_group[lengths_of_four];
  }
  cursor.data = data;
  cursor.read = static_cast<std::size_t>(out - numbers.data());
}
#endif

void ReadPlainly(Cursor& cursor, std::span<std::uint32_t> numbers, VByteLengths lengths) {
  const auto& of_code = kLengths[static_cast<std::size_t>(lengths)];
  for (std::size_t i = cursor.read; i < numbers.size(); ++i) {
    const std::uint32_t length = of_code[static_cast<std::uint8_t>(cursor.control[i / 4]) >> (2 * (i % 4)) & 3];
    std::uint32_t number = 0;
    std::memcpy(&number, cursor.data, length);
    cursor.data += length;
    numbers[i] = number;
  }
}

}  // namespace

void AppendStreamVByte(std::string& out, std::span<const std::uint32_t> numbers, VByteLengths lengths) {
  const std::size_t before = out.size();
  const std::size_t groups = StreamVByteBytesMin(numbers.size());
  out.resize(before + StreamVByteBytesMax(numbers.size()));
  char* const control = out.data() + before;
  char* data = control + groups;
  std::memset(control, 0, groups);
  const auto& of_code = kLengths[static_cast<std::size_t>(lengths)];
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    const std::uint32_t code = LengthCode(numbers[i], lengths);
    control[i / 4] = static_cast<char>(static_cast<std::uint8_t>(control[i / 4]) | code << (2 * (i % 4)));
    // All four bytes: there is room, and the next number overwrites what is too much.
    std::memcpy(data, &numbers[i], 4);
    data += of_code[code];
  }
  out.resize(static_cast<std::size_t>(data - out.data()));
}

bool ReadStreamVByteScalar(ByteReader& bytes, std::span<std::uint32_t> numbers, VByteLengths lengths) {
  Cursor cursor{};
  if (!Open(bytes, numbers.size(), lengths, cursor)) return false;
  ReadPlainly(cursor, numbers, lengths);
  return true;
}

bool ReadStreamVByte(ByteReader& bytes, std::span<std::uint32_t> numbers, VByteLengths lengths) {
  Cursor cursor{};
  if (!Open(bytes, numbers.size(), lengths, cursor)) return false;
#if defined(__x86_64__)
  static const bool kCanShuffle = __builtin_cpu_supports("ssse3") != 0;
  if (kCanShuffle) ReadByShuffle(cursor, numbers, lengths);
#endif
  ReadPlainly(cursor, numbers, lengths);
  return true;
}

void AppendAscending(std::string& out, std::span<const std::uint32_t> numbers) {
  std::vector<std::uint32_t> gaps(numbers.size());
  std::uint32_t next = 0;
  for (std::size_t i = 0; i < numbers.size(); ++i) {
    gaps[i] = numbers[i] - next;
    next = numbers[i] + 1;
  }
  AppendStreamVByte(out, gaps, VByteLengths::kZeroToFour);
}

bool ReadAscending(ByteReader& bytes, std::span<std::uint32_t> numbers, std::uint32_t limit) {
  if (!ReadStreamVByte(bytes, numbers, VByteLengths::kZeroToFour)) return false;
  std::uint64_t next = 0;
  for (std::uint32_t& number : numbers) {
    next += number;
    number = static_cast<std::uint32_t>(next++);
  }
  return next <= limit;
}

}  // namespace plenum::storage
