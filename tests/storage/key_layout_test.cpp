// The bytes of every kind of key, as format 1 has them: a change here makes databases unreadable.
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

TEST(KeyLayout, MetaAndCounters) {
  EXPECT_EQ(Hex(CommitsKey()), "01 00");
  EXPECT_EQ(Hex(NodeCountKey()), "02 00");
  EXPECT_EQ(Hex(LabelCountKey(0x0102)), "02 01 01 02");
  EXPECT_EQ(Hex(TypeCountKey(0x0102)), "02 02 01 02");
  EXPECT_EQ(Hex(NextNodeKey()), "03 00");
  EXPECT_EQ(Hex(NextRelationshipKey(0x0102)), "03 01 01 02");
}

TEST(KeyLayout, Catalog) {
  EXPECT_EQ(Hex(NameKey(Space::kLabels, 0x0102)), "10 00 01 02");
  EXPECT_EQ(Hex(NameKey(Space::kTypes, 3)), "10 01 00 03");
  EXPECT_EQ(Hex(NameKey(Space::kKeys, 3)), "10 02 00 03");
  EXPECT_EQ(NumberOfName(NameKey(Space::kKeys, 0x0102)), 0x0102);
  EXPECT_EQ(Hex(DeclaredKeyKey(1, 2)), "11 00 01 00 02");
  EXPECT_EQ(DeclaredKeyOfKey(DeclaredKeyKey(7, 9)).label, 7);
  EXPECT_EQ(DeclaredKeyOfKey(DeclaredKeyKey(7, 9)).property, 9);
}

TEST(KeyLayout, Nodes) {
  EXPECT_EQ(Hex(NodeKey(kNode)), "20 01 02 03 04");
  EXPECT_EQ(Hex(LabelKey(5, kNode)), "21 00 05 01 02 03 04");
  EXPECT_EQ(NodeOfKey(NodeKey(kNode)), kNode);
  EXPECT_EQ(NodeOfKey(LabelKey(5, kNode)), kNode);
  EXPECT_EQ(Hex(IndexKey(1, 2, "ab")), "22 00 01 00 02 40 61 62 00 01");
}

TEST(KeyLayout, Relationships) {
  EXPECT_EQ(Hex(RelationshipKey(kRelationship)), "30 05 06 01 02 03 04 05");
  EXPECT_EQ(RelationshipOfKey(RelationshipKey(kRelationship)), kRelationship);
  const std::string key = AdjacencyKey(kNode, 1, kOther, kRelationship);
  EXPECT_EQ(Hex(key), "31 01 02 03 04 01 05 06 0A 0B 0C 0D 01 02 03 04 05");
  EXPECT_EQ(EntryOfAdjacencyKey(key).relationship, kRelationship);
  EXPECT_EQ(EntryOfAdjacencyKey(key).other, kOther);
  EXPECT_TRUE(key.starts_with(AdjacencyPrefix(kNode, 1, 0x0506)));
  EXPECT_TRUE(key.starts_with(AdjacencyPrefix(kNode, 1)));
  EXPECT_TRUE(key.starts_with(AdjacencyPrefix(kNode)));
}

TEST(KeyLayout, Citations) {
  const std::string node = FactBytes(kNode, std::nullopt);
  const std::string property = FactBytes(kRelationship, 0x0708);
  EXPECT_EQ(Hex(CitationKey(node, 9)), "40 00 01 02 03 04 00 00 00 00 09");
  EXPECT_EQ(Hex(CitationKey(property, 9)), "40 01 05 06 01 02 03 04 05 01 07 08 00 00 00 09");
  EXPECT_EQ(Hex(CitedKey(kOther, node, 9)), "41 0A 0B 0C 0D 00 01 02 03 04 00 00 00 00 09");
  EXPECT_TRUE(property.starts_with(ElementBytes(kRelationship)));
  const std::string key = CitedKey(kOther, property, 0x01020304);
  EXPECT_EQ(PlaceOfCitedKey(key).fact, property);
  EXPECT_EQ(PlaceOfCitedKey(key).sequence, 0x01020304U);
  EXPECT_EQ(NameOfFact(property).element, Element(kRelationship));
  EXPECT_EQ(NameOfFact(property).property, 0x0708);
  EXPECT_EQ(NameOfFact(node).element, Element(kNode));
  EXPECT_EQ(NameOfFact(node).property, std::nullopt);
  EXPECT_EQ(Hex(TextKey(kNode)), "50 01 02 03 04");
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
