// The bytes of every kind of key, as format 3 has them: a change here makes databases unreadable.
#include "engine/storage/key_layout.h"

#include <gtest/gtest.h>

#include <cmath>

#include "engine/storage/byte_code.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

constexpr NodeId kNode{0x01020304};
constexpr NodeId kOther{0x0A0B0C0D};
constexpr RelationshipId kRelationship{std::uint64_t{0x0506} << 40 | 0x0102030405};

constexpr Owner kNodes;
constexpr Owner kType{0x0506};

TEST(KeyLayout, MetaAndCounters) {
  EXPECT_EQ(Hex(CommitsKey()), "01 00");
  EXPECT_EQ(Hex(NodeCountKey()), "02 00");
  EXPECT_EQ(Hex(LabelCountKey(0x0102)), "02 01 01 02");
  EXPECT_EQ(Hex(TypeCountKey(0x0102)), "02 02 01 02");
  EXPECT_EQ(Hex(LoopCountKey(0x0102)), "02 03 01 02");
  EXPECT_EQ(Hex(ParallelCountKey(0x0102)), "02 04 01 02");
  EXPECT_EQ(Hex(NextNodeKey(kEveryNode)), "03 00 FF FF");
  EXPECT_EQ(Hex(NextRelationshipKey(0x0102)), "03 01 01 02");
  EXPECT_EQ(Hex(NextExtentKey()), "03 02");
  EXPECT_EQ(Hex(NextIndexKey()), "03 03");
}

TEST(KeyLayout, Catalog) {
  EXPECT_EQ(Hex(NameKey(Space::kLabels, 0x0102)), "10 00 01 02");
  EXPECT_EQ(Hex(NameKey(Space::kTypes, 3)), "10 01 00 03");
  EXPECT_EQ(Hex(NameKey(Space::kKeys, 3)), "10 02 00 03");
  EXPECT_EQ(NumberOfName(NameKey(Space::kKeys, 0x0102)), 0x0102);
  EXPECT_EQ(Hex(SegmentBitsKey(0x0102, 1)), "12 01 02 01");
  EXPECT_EQ(Hex(EncodeSegmentCut({12, std::nullopt})), "0C");
  EXPECT_EQ(Hex(EncodeSegmentCut({10, 12})), "0A 0C");
  EXPECT_EQ(DecodeSegmentCut("\x0A\x0C")->left_over, 12);
  EXPECT_FALSE(DecodeSegmentCut("\x11"));
  EXPECT_FALSE(DecodeSegmentCut("\x01\x02\x03"));
  EXPECT_EQ(TypeDirectionOfKey(SegmentBitsKey(0x0102, 1)).type, 0x0102);
  EXPECT_EQ(TypeDirectionOfKey(SegmentBitsKey(0x0102, 1)).direction, 1);
}

TEST(KeyLayout, Indexes) {
  const IndexDefinition definition{0x01020304, false, true, 0x0506, 0x0708, "é"};
  const std::string key = IndexDefinitionKey(definition.index);
  const std::string value = EncodeIndexDefinition(definition);
  EXPECT_EQ(Hex(key), "11 01 02 03 04");
  EXPECT_EQ(Hex(value), "01 01 05 06 07 08 C3 A9");
  EXPECT_EQ(DecodeIndexDefinition(key, value), definition);
  EXPECT_EQ(Hex(EncodeIndexDefinition({1, true, false, 2, 3})), "00 00 00 02 00 03");
  EXPECT_EQ(DecodeIndexDefinition(key, value.substr(0, 5)), std::nullopt);
  EXPECT_EQ(DecodeIndexDefinition(key, "\x02" + value.substr(1)), std::nullopt) << "a kind that there is not";
  EXPECT_EQ(Hex(IndexPrefix(2)), "60 00 00 00 02");
  EXPECT_EQ(Hex(IndexKey(2, "ab")), "60 00 00 00 02 40 61 62 00 01");
  EXPECT_EQ(Hex(IndexKey(2, "ab", kNode)), "60 00 00 00 02 40 61 62 00 01 01 02 03 04");
  EXPECT_EQ(NodeOfRangeKey(IndexKey(2, "ab", kNode)), kNode);
}

TEST(KeyLayout, Labels) {
  EXPECT_EQ(Hex(LabelSetKey(0x0102, 0x0304)), "20 01 02 03 04");
  EXPECT_EQ(RangeOfLabelSetKey(LabelSetKey(0x0102, 0x0304)), 0x0304);
  EXPECT_TRUE(LabelSetKey(kEveryNode, 1).starts_with(LabelSetPrefix(kEveryNode)));
}

TEST(KeyLayout, Properties) {
  EXPECT_EQ(Hex(ColumnKey(kNodes, 0x0102, 0x03040506)), "30 00 01 02 03 04 05 06");
  EXPECT_EQ(Hex(ColumnKey(kType, 0x0102, 0x03040506)), "30 01 05 06 01 02 03 04 05 06");
  EXPECT_EQ(Hex(RowMapKey(kNodes, 0x03040506)), "31 00 03 04 05 06");
  EXPECT_EQ(Hex(RowMapKey(kType, 0x03040506)), "31 01 05 06 03 04 05 06");
  EXPECT_EQ(Hex(LongTextKey(kType, 0x0102, 0x0304050607)), "32 01 05 06 01 02 03 04 05 06 07");
  EXPECT_TRUE(ColumnKey(kType, 0x0102, 1).starts_with(ColumnPrefix(kType, 0x0102)));
  EXPECT_TRUE(RowMapKey(kType, 1).starts_with(RowMapPrefix(kType)));
  const ColumnName name = NameOfColumn(ColumnKey(kType, kStartProperty, 0x03040506));
  EXPECT_EQ(name.owner, kType);
  EXPECT_EQ(name.property, kStartProperty);
  EXPECT_EQ(name.block, 0x03040506U);
  EXPECT_EQ(NameOfColumn(ColumnKey(kNodes, 1, 2)).owner, kNodes);
  EXPECT_EQ(LastU32(RowMapKey(kNodes, 0x03040506)), 0x03040506U);
}

TEST(KeyLayout, Adjacency) {
  EXPECT_EQ(Hex(SegmentKey(0x0102, 1, 12, 0x03040506)), "40 01 02 8C 03 04 05 06");
  EXPECT_EQ(Hex(ChunkKey(0x0102, 1, 0x03040506, 0x0708)), "41 01 02 01 03 04 05 06 07 08");
  EXPECT_TRUE(SegmentKey(1, 1, 4, 2).starts_with(SegmentPrefix(1, 1, 4)));
  EXPECT_TRUE(ChunkKey(1, 1, 2, 3).starts_with(ChunkPrefix(1, 1)));
  const SegmentName name = NameOfSegment(ChunkKey(0x0102, 1, 0x03040506, 0x0708));
  EXPECT_EQ(name.type, 0x0102);
  EXPECT_EQ(name.direction, 1);
  EXPECT_EQ(name.number, 0x03040506U);
  EXPECT_EQ(name.chunk, 0x0708);
  EXPECT_EQ(NameOfSegment(SegmentKey(1, 0, 4, 2)).number, 2U);
  EXPECT_EQ(NameOfSegment(SegmentKey(1, 1, 16, 2)).bits, 16);
  EXPECT_EQ(NameOfSegment(SegmentKey(1, 1, 16, 2)).direction, 1);
}

TEST(KeyLayout, Citations) {
  const std::string node = FactBytes(kNode, std::nullopt);
  const std::string property = FactBytes(kRelationship, 0x0708);
  EXPECT_EQ(Hex(CitationKey(node, 9)), "50 00 01 02 03 04 00 00 00 00 09");
  EXPECT_EQ(Hex(CitationKey(property, 9)), "50 01 05 06 01 02 03 04 05 01 07 08 00 00 00 09");
  EXPECT_EQ(Hex(CitedKey(kOther, node, 9)), "51 0A 0B 0C 0D 00 01 02 03 04 00 00 00 00 09");
  EXPECT_TRUE(property.starts_with(ElementBytes(kRelationship)));
  const std::string key = CitedKey(kOther, property, 0x01020304);
  EXPECT_EQ(PlaceOfCitedKey(key).fact, property);
  EXPECT_EQ(PlaceOfCitedKey(key).sequence, 0x01020304U);
  EXPECT_EQ(NameOfFact(property).element, Element(kRelationship));
  EXPECT_EQ(NameOfFact(property).property, 0x0708);
  EXPECT_EQ(NameOfFact(node).element, Element(kNode));
  EXPECT_EQ(NameOfFact(node).property, std::nullopt);
  EXPECT_EQ(Hex(TextKey(kNode)), "52 01 02 03 04");
}

std::string Ordered(const Value& value) {
  std::string bytes;
  AppendOrdered(bytes, value);
  return bytes;
}

TEST(OrderedCode, GoldenBytes) {
  EXPECT_EQ(Hex(Ordered(1)), "60 BF F0 00 00 00 00 00 00 80 00");
  EXPECT_EQ(Hex(Ordered(-1.0)), "60 40 0F FF FF FF FF FF FF 80 00");
  EXPECT_EQ(Hex(Ordered((std::int64_t{1} << 53) + 1)), "60 C3 40 00 00 00 00 00 00 80 01");
  EXPECT_EQ(Hex(Ordered(INT64_MAX)), "60 C3 E0 00 00 00 00 00 00 7F FF");
  EXPECT_EQ(Hex(Ordered(std::string("a\0b", 3))), "40 61 00 FF 62 00 01");
  EXPECT_EQ(Hex(Ordered(true)), "50 01");
  EXPECT_EQ(Hex(Ordered(Date{1})), "30 01 80 00 00 00 00 00 00 01 01 80 00 00 00 00 00 00 01");
  EXPECT_EQ(Hex(Ordered(PartialDate{std::nullopt, -1})), "30 00 01 7F FF FF FF FF FF FF FF");
  EXPECT_EQ(Hex(Ordered(Interval{PartialDate{}, std::nullopt})), "20 01 00 02 02");
  EXPECT_EQ(Hex(Ordered(List{true, false})), "10 01 50 01 01 50 00 00");
  EXPECT_EQ(Hex(Ordered(std::nan(""))), "61");
}

TEST(OrderedCode, SortsAsTheValuesDo) {
  RandomValues random(1);
  for (int i = 0; i < 200'000; ++i) {
    const Value a = random.Any();
    const Value b = random.Any();
    const int bytes = Ordered(a).compare(Ordered(b));
    const auto order = Order(a, b);
    ASSERT_EQ(bytes < 0, order < 0) << ToText(a) << " and " << ToText(b);
    ASSERT_EQ(bytes == 0, order == 0) << ToText(a) << " and " << ToText(b);
  }
}

std::string Written(const Value& value) {
  std::string bytes;
  AppendValue(bytes, value);
  return bytes;
}

TEST(ByteCode, GoldenBytes) {
  EXPECT_EQ(Hex(Written(false)), "01");
  EXPECT_EQ(Hex(Written(true)), "02");
  EXPECT_EQ(Hex(Written(-1)), "03 01");
  EXPECT_EQ(Hex(Written(300)), "03 D8 04");
  EXPECT_EQ(Hex(Written(1.5)), "04 3F F8 00 00 00 00 00 00");
  EXPECT_EQ(Hex(Written("é")), "05 02 C3 A9");
  EXPECT_EQ(Hex(Written(Date{-2})), "06 03");
  EXPECT_EQ(Hex(Written(PartialDate{1, std::nullopt})), "07 01 02");
  EXPECT_EQ(Hex(Written(Interval{PartialDate{1, 2}, PartialDate{}})), "08 03 03 02 04 00");
  EXPECT_EQ(Hex(Written(List{1, "a"})), "09 02 03 02 05 01 61");
}

TEST(ByteCode, WhatIsWrittenIsReadBack) {
  RandomValues random(2);
  for (int i = 0; i < 50'000; ++i) {
    const Value value = random.Any();
    const std::string bytes = Written(value);
    ByteReader reader(bytes);
    const Value back = reader.ReadValue();
    ASSERT_TRUE(reader.ok() && reader.AtEnd());
    ASSERT_EQ(back.kind(), value.kind());
    ASSERT_EQ(Written(back), bytes) << ToText(value);
  }
}

TEST(ByteCode, DamagedBytesFailInsteadOfReadingPastTheEnd) {
  RandomValues random(3);
  for (int i = 0; i < 50'000; ++i) {
    std::string bytes = Written(random.Any());
    bytes.resize(static_cast<std::size_t>(random.Below(static_cast<int>(bytes.size()))));
    ByteReader cut(bytes);
    cut.ReadValue();
    ASSERT_FALSE(cut.ok());
    for (char& byte : bytes) byte = static_cast<char>(random.Below(256));
    ByteReader noise(bytes);
    noise.ReadValue();  // either way is right; it must only stay within the bytes
  }
}

TEST(ByteCode, OnlySomeValuesCanBeStored) {
  EXPECT_TRUE(IsStorable(List{1, "a", Date{1}}));
  EXPECT_TRUE(IsStorable(List{}));
  EXPECT_FALSE(IsStorable(Value()));
  EXPECT_FALSE(IsStorable(Map{}));
  EXPECT_FALSE(IsStorable(List{Value()}));
  EXPECT_FALSE(IsStorable(List{List{}}));
  EXPECT_FALSE(IsStorable(Node{}));
}

}  // namespace
}  // namespace plenum::storage
