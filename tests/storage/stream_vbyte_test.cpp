// Numbers in and out of Stream VByte, by the shuffle and plainly.
#include "engine/storage/stream_vbyte.h"

#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "tests/storage/hexadecimal.h"

namespace plenum::storage {
namespace {

constexpr VByteLengths kBoth[] = {VByteLengths::kOneToFour, VByteLengths::kZeroToFour};

std::string Encode(const std::vector<std::uint32_t>& numbers, VByteLengths lengths) {
  std::string bytes;
  AppendStreamVByte(bytes, numbers, lengths);
  return bytes;
}

TEST(StreamVByte, Bytes) {
  EXPECT_EQ(Hex(Encode({}, VByteLengths::kOneToFour)), "");
  EXPECT_EQ(Hex(Encode({0, 0x100, 0x10000, 0x1000000, 7}, VByteLengths::kOneToFour)),
            "E4 00 00 00 01 00 00 01 00 00 00 01 07");
  EXPECT_EQ(Hex(Encode({0, 7, 0x100, 0x10000, 0}, VByteLengths::kZeroToFour)), "E4 00 07 00 01 00 00 01 00");
}

TEST(StreamVByte, EveryLengthAtItsEdges) {
  std::vector<std::uint32_t> edges;
  for (unsigned bits = 0; bits < 32; ++bits) {
    for (const std::uint32_t over : {0U, 1U, 0xFFFFFFFFU}) edges.push_back((1U << bits) + over);
  }
  edges.push_back(0xFFFFFFFF);
  for (const VByteLengths lengths : kBoth) {
    const std::string bytes = Encode(edges, lengths);
    ByteReader reader(bytes);
    std::vector<std::uint32_t> read(edges.size());
    EXPECT_TRUE(ReadStreamVByte(reader, read, lengths));
    EXPECT_EQ(read, edges);
    EXPECT_TRUE(reader.AtEnd());
  }
}

// Both ways of reading, with and without bytes after the stream that the shuffle may look at.
TEST(StreamVByte, BothWaysOfReadingAgree) {
  std::mt19937 random(1);
  for (int round = 0; round < 2000; ++round) {
    std::vector<std::uint32_t> numbers(random() % 70);
    for (std::uint32_t& number : numbers) number = static_cast<std::uint32_t>(random()) >> random() % 32;
    const VByteLengths lengths = kBoth[round % 2];
    const std::string bytes = Encode(numbers, lengths) + std::string(random() % 20, 'x');
    ByteReader reader(bytes);
    ByteReader plain_reader(bytes);
    std::vector<std::uint32_t> read(numbers.size());
    std::vector<std::uint32_t> plain(numbers.size());
    ASSERT_TRUE(ReadStreamVByte(reader, read, lengths));
    ASSERT_TRUE(ReadStreamVByteScalar(plain_reader, plain, lengths));
    ASSERT_EQ(read, numbers);
    ASSERT_EQ(plain, numbers);
    ASSERT_EQ(reader.rest(), plain_reader.rest());
    ASSERT_EQ(reader.rest().find_first_not_of('x'), std::string_view::npos);
  }
}

TEST(StreamVByte, TooShortIsRefused) {
  for (const VByteLengths lengths : kBoth) {
    const std::string bytes = Encode({1, 2, 300, 70000, 5, 600, 1 << 30, 8, 9}, lengths);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::vector<char> exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      ByteReader reader(std::string_view(exact.data(), size));
      std::vector<std::uint32_t> read(9);
      EXPECT_FALSE(ReadStreamVByte(reader, read, lengths)) << size;
      EXPECT_FALSE(reader.ok());
    }
  }
}

TEST(StreamVByte, AscendingNumbersEndBeforeTheirLimit) {
  const std::vector<std::uint32_t> numbers = {0, 1, 2, 10, 0xFFFF};
  std::string bytes;
  AppendAscending(bytes, numbers);
  EXPECT_EQ(Hex(bytes), "40 02 07 F4 FF");
  std::vector<std::uint32_t> read(5);
  ByteReader reader(bytes);
  EXPECT_TRUE(ReadAscending(reader, read, 0x10000));
  EXPECT_EQ(read, numbers);
  ByteReader again(bytes);
  EXPECT_FALSE(ReadAscending(again, read, 0xFFFF));
}

}  // namespace
}  // namespace plenum::storage
