// Label sets: their bytes, which other readers of Roaring understand, and that they agree with a plain set.
#include "engine/storage/label_set.h"

#include <gtest/gtest.h>
#include <roaring/roaring.h>

#include <array>
#include <random>
#include <set>
#include <vector>

#include "tests/storage/damage.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_values.h"

namespace plenum::storage {
namespace {

using Nodes = std::set<std::uint16_t>;

std::string Encode(const Nodes& nodes) {
  return EncodeLabelSet(std::vector<std::uint16_t>(nodes.begin(), nodes.end()));
}

// None, few, many, runs, nearly all.
Nodes RandomNodes(std::mt19937& random, int shape) {
  Nodes nodes;
  if (shape == 5) {  // whole blocks
    for (std::uint32_t node = 4096 * (random() % 8); node < 40'000; ++node)
      nodes.insert(static_cast<std::uint16_t>(node));
    return nodes;
  }
  constexpr std::uint32_t kCounts[] = {0, 5, 256, 3000, 40'000};
  for (std::uint32_t i = 0; i < kCounts[shape]; ++i) nodes.insert(static_cast<std::uint16_t>(random()));
  if (shape > 0) nodes.insert({0, 0xFFFF});
  return nodes;
}

void ExpectHolds(std::string_view bytes, const Nodes& nodes) {
  const auto set = LabelSet::Decode(bytes);
  ASSERT_NE(set, nullptr);
  EXPECT_EQ(set->count(), nodes.size());
  EXPECT_LE(set->bytes(), sizeof(LabelSet) + 8192);
  for (std::uint32_t node = 0; node < kLabelRange; ++node) {
    ASSERT_EQ(set->Has(static_cast<std::uint16_t>(node)), nodes.contains(static_cast<std::uint16_t>(node))) << node;
  }
  std::vector<std::uint16_t> visited;
  set->ForEach([&](std::uint16_t node) { visited.push_back(node); });
  EXPECT_EQ(visited, std::vector<std::uint16_t>(nodes.begin(), nodes.end()));
  std::uint32_t count = 0;
  for (std::uint32_t block = 0; block < 16; ++block) {
    std::array<std::uint64_t, 64> selection;
    selection.fill(0x5555);
    set->CopyBlock(block, selection.data());
    for (std::uint32_t slot = 0; slot < 4096; ++slot) {
      const bool has = (selection[slot / 64] >> (slot % 64) & 1) != 0;
      ASSERT_EQ(has, nodes.contains(static_cast<std::uint16_t>(block * 4096 + slot)));
    }
    count += set->CountInBlock(block);
  }
  EXPECT_EQ(count, nodes.size());
}

TEST(LabelSet, GoldenBytes) {
  EXPECT_EQ(Hex(Encode({})), "01 3A 30 00 00 00 00 00 00");
  EXPECT_EQ(Hex(Encode({1, 0x0203})), "01 3A 30 00 00 01 00 00 00 00 00 01 00 10 00 00 00 01 00 03 02");
  Nodes run;
  for (std::uint16_t node = 0; node < 4096; ++node) run.insert(node);
  EXPECT_EQ(Hex(Encode(run)), "01 3B 30 00 00 01 00 00 FF 0F 01 00 00 00 FF 0F");
  std::string operands;
  AppendLabelOn(operands, 0x0102);
  AppendLabelOff(operands, 3);
  EXPECT_EQ(Hex(operands), "01 01 01 02 01 00 00 03");
}

TEST(LabelSet, ComesBackInEveryShape) {
  std::mt19937 random(41);
  for (int round = 0; round < 24; ++round) {
    const Nodes nodes = RandomNodes(random, round % 6);
    const std::string bytes = Encode(nodes);
    ExpectHolds(bytes, nodes);
    std::array<std::uint64_t, kLabelWords> words{};
    for (const std::uint16_t node : nodes) words[node / 64] |= std::uint64_t{1} << (node % 64);
    EXPECT_EQ(EncodeLabelSetWords(words), bytes);
  }
}

TEST(LabelSet, OtherReadersOfRoaringUnderstandIt) {
  std::mt19937 random(42);
  for (int shape = 0; shape < 6; ++shape) {
    const Nodes nodes = RandomNodes(random, shape);
    const std::string bytes = Encode(nodes);
    roaring_bitmap_t* bitmap = roaring_bitmap_portable_deserialize_safe(bytes.data() + 1, bytes.size() - 1);
    ASSERT_NE(bitmap, nullptr);
    std::vector<std::uint32_t> read(roaring_bitmap_get_cardinality(bitmap));
    roaring_bitmap_to_uint32_array(bitmap, read.data());
    EXPECT_EQ(read, std::vector<std::uint32_t>(nodes.begin(), nodes.end()));
    // Nor need it have been written with runs.
    roaring_bitmap_remove_run_compression(bitmap);
    std::string plain(1 + roaring_bitmap_portable_size_in_bytes(bitmap), '\x01');
    roaring_bitmap_portable_serialize(bitmap, plain.data() + 1);
    ExpectHolds(plain, nodes);
    roaring_bitmap_free(bitmap);
  }
}

TEST(LabelSetFold, AgreesWithAModel) {
  std::mt19937 random(43);
  for (int shape = 0; shape < 6; ++shape) {
    Nodes model = RandomNodes(random, shape);
    std::optional<std::string> set;
    if (shape > 0) set = Encode(model);
    for (int round = 0; round < 5; ++round) {
      std::vector<std::string> groups(1);
      for (int i = 0; i < 300; ++i) {
        if (random() % 4 == 0) groups.emplace_back();
        const auto node = static_cast<std::uint16_t>(random() % 2 == 0 ? random() % 7 : random());
        if (random() % 2 == 0) {
          AppendLabelOn(groups.back(), node);
          model.insert(node);
        } else {
          AppendLabelOff(groups.back(), node);
          model.erase(node);
        }
      }
      const std::vector<std::string_view> operands(groups.begin(), groups.end());
      set = FoldLabelSet(set, operands);
      ASSERT_TRUE(set.has_value());
      EXPECT_EQ(*set, Encode(model));
      ExpectHolds(*set, model);
    }
  }
}

TEST(LabelSetFold, DamageIsReportedOrReadWithinItsBounds) {
  std::mt19937 random(44);
  RandomValues choice(44);
  for (int shape = 0; shape < 6; ++shape) {
    const std::string bytes = Encode(RandomNodes(random, shape));
    ForEachDamage(bytes, 1000, choice, [&](std::string_view damaged) {
      const auto set = LabelSet::Decode(damaged);
      if (damaged.size() < bytes.size()) {
        EXPECT_EQ(set, nullptr);
      }
      if (set == nullptr) return;
      std::uint32_t visited = 0;
      set->ForEach([&](std::uint16_t) { ++visited; });
      EXPECT_EQ(visited, set->count());
    });
  }
  std::string operands;
  AppendLabelOn(operands, 7);
  AppendLabelOff(operands, 8);
  for (std::size_t length = 1; length < operands.size(); ++length) {
    const std::string cut = operands.substr(0, length);
    const std::string_view some[] = {cut};
    EXPECT_EQ(FoldLabelSet(std::nullopt, some).has_value(), length == 4);
  }
  EXPECT_FALSE(FoldLabelSet("\x02", {}).has_value());
}

}  // namespace
}  // namespace plenum::storage
