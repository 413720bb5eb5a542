// Operands laid over segments, against a map of entries that is changed one by one.
#include <gtest/gtest.h>

#include "engine/storage/segment_operand.h"
#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_segments.h"

namespace plenum::storage {
namespace {

using Numbers = RandomSegments::Numbers;
constexpr Lanes kAllLanes{.numbers = true, .validity = true};

std::optional<std::string> Fold(std::optional<std::string_view> base, const std::vector<std::string>& operands) {
  const std::vector<std::string_view> views(operands.begin(), operands.end());
  return FoldSegment(base, views);
}

TEST(SegmentOperand, Bytes) {
  std::string operand = BeginSegmentOperand(10);
  EXPECT_EQ(Hex(operand), "01 0A");
  AppendAdd(operand, {1, 300, 5, std::nullopt});
  AppendAdd(operand, {1, 2, 5, Interval{PartialDate{10, 10}, std::nullopt}});
  AppendRemove(operand, 1, 2, 3);
  AppendSetValidity(operand, 1, 2, 3, std::nullopt);
  AppendSetValidity(operand, 1, 2, 3, Interval{});
  AppendHubStub(operand, 7, std::vector<HubStub::Chunk>{{.first_target = 5, .first_number = 300, .chunk = 2}});
  AppendHubStub(operand, 7, {});
  EXPECT_EQ(Hex(operand),
            "01 0A 10 01 AC 02 05 11 01 03 14 14 01 02 05 12 01 02 03 13 01 02 03 14 00 01 02 03 "
            "15 07 01 05 AC 02 02 15 07 00");
}

TEST(SegmentFold, TheLastChangeOfAnEntryWins) {
  const Interval since{PartialDate{10, 10}, std::nullopt};
  std::string operand = BeginSegmentOperand(4);
  AppendAdd(operand, {3, 5, 1, std::nullopt});
  AppendAdd(operand, {3, 5, 1, since});  // the same: its validity
  AppendAdd(operand, {3, 5, 2, since});  // parallel to it
  AppendSetValidity(operand, 3, 5, 2, std::nullopt);
  AppendAdd(operand, {2, 2, 3, std::nullopt});  // a self-loop
  AppendAdd(operand, {2, 9, 4, std::nullopt});
  AppendRemove(operand, 2, 9, 4);
  AppendSetValidity(operand, 2, 9, 4, since);  // there no more
  AppendRemove(operand, 1, 1, 1);              // never there
  const auto bytes = Fold(std::nullopt, {operand});
  ASSERT_TRUE(bytes);
  SegmentModel expected;
  expected.entries = {{{2, 2, 3}, std::nullopt}, {{3, 5, 1}, since}, {{3, 5, 2}, std::nullopt}};
  EXPECT_EQ(Hex(*bytes), Hex(expected.Encode(4)));
  EXPECT_EQ(Fold(*bytes, {operand}), bytes);  // written twice is written once
}

TEST(SegmentFold, AHubLeavesItsListAndComesBackEmpty) {
  const std::vector<HubStub::Chunk> chunks = {{.first_target = 5, .first_number = 1, .chunk = 1}};
  const std::string base = EncodeSegment(1, std::vector<SegmentEntry>{{0, 1, 0, {}}, {1, 5, 1, {}}, {1, 6, 2, {}}});
  std::string to_hub = BeginSegmentOperand(1);
  AppendAdd(to_hub, {1, 7, 3, std::nullopt});
  AppendHubStub(to_hub, 1, chunks);
  auto bytes = Fold(base, {to_hub});
  ASSERT_TRUE(bytes);
  SegmentModel expected{.entries = {{{0, 1, 0}, std::nullopt}}, .hubs = {{1, chunks}}};
  EXPECT_EQ(Hex(*bytes), Hex(expected.Encode(1)));

  std::string back = BeginSegmentOperand(1);
  AppendHubStub(back, 1, {});
  AppendAdd(back, {1, 8, 4, std::nullopt});
  bytes = Fold(*bytes, {back});
  ASSERT_TRUE(bytes);
  expected = {.entries = {{{0, 1, 0}, std::nullopt}, {{1, 8, 4}, std::nullopt}}, .hubs = {}};
  EXPECT_EQ(Hex(*bytes), Hex(expected.Encode(1)));
}

TEST(SegmentFold, WithEverythingRemovedIsEmpty) {
  std::string operand = BeginSegmentOperand(2);
  AppendRemove(operand, 1, 5, 1);
  const auto bytes = Fold(EncodeSegment(2, std::vector<SegmentEntry>{{1, 5, 1, Interval{}}}), {operand});
  ASSERT_TRUE(bytes);
  EXPECT_EQ(Hex(*bytes), Hex(EncodeSegment(2, {}, {})));
  EXPECT_EQ(Fold(std::nullopt, {operand}), bytes);
}

// Writes random changes to `operand` and makes them to `model`.
class RandomChanges {
 public:
  RandomChanges(RandomSegments& random, unsigned log2_nodes, bool dated)
      : random_(random), log2_nodes_(log2_nodes), dated_(dated) {}

  void Apply(std::string& operand, SegmentModel& model) {
    auto [local, target, number] = AnyEntry(model);
    const std::optional<Interval> validity = dated_ ? random_.Validity() : std::nullopt;
    const auto entry = model.entries.find({local, target, number});
    switch (random_.Below(12)) {
      case 0:
        return Hub(operand, model, local);
      case 1:
      case 2:
        AppendSetValidity(operand, local, target, number, validity);
        if (entry != model.entries.end()) entry->second = validity;
        return;
      case 3:
      case 4:
      case 5:
      case 6:
        AppendRemove(operand, local, target, number);
        model.entries.erase({local, target, number});
        return;
      default:
        AppendAdd(operand, {local, target, number, validity});
        model.entries[{local, target, number}] = validity;
    }
  }

 private:
  // Often one that is there, or nearly.
  EntryKey AnyEntry(const SegmentModel& model) {
    EntryKey key{random_.Local(log2_nodes_), random_.Target(), random_.Bits(random_.Below(8) == 0 ? 40 : 12)};
    if (model.entries.empty() || random_.Below(3) == 0) return key;
    auto near = model.entries.lower_bound(key);
    if (near == model.entries.end()) near = model.entries.begin();
    if (random_.Below(4) != 0) return near->first;
    return {std::get<0>(near->first), std::get<1>(near->first), std::get<2>(key)};
  }
  void Hub(std::string& operand, SegmentModel& model, std::uint32_t local) {
    const auto chunks = random_.Below(3) == 0 ? std::vector<HubStub::Chunk>() : random_.Chunks();
    AppendHubStub(operand, local, chunks);
    std::erase_if(model.entries, [local](const auto& entry) { return std::get<0>(entry.first) == local; });
    model.hubs.erase(local);
    if (!chunks.empty()) model.hubs[local] = chunks;
  }

  RandomSegments& random_;
  unsigned log2_nodes_;
  bool dated_;
};

// Neighbours joined at random: what partial merges do.
std::vector<std::string> JoinSome(RandomSegments& random, const std::vector<std::string>& operands) {
  std::vector<std::string> joined;
  for (const std::string& operand : operands) {
    if (joined.empty() || random.Below(2) == 0) {
      joined.push_back(operand);
    } else {
      joined.back() += operand;
    }
  }
  return joined;
}

TEST(SegmentFold, RandomChangesInRandomGroupsAreAsOneByOne) {
  RandomSegments random(1);
  for (int round = 0; round < 1500; ++round) {
    const auto log2_nodes = static_cast<unsigned>(random.Below(8));
    const bool dated = random.Below(2) == 0;
    SegmentModel model;
    std::optional<std::string> base;
    if (random.Below(4) != 0) {
      model = random.Any(log2_nodes, random.Bits(7), static_cast<Numbers>(random.Below(4)), random.Below(2) == 0);
      base = model.Encode(log2_nodes);
    }
    RandomChanges changes(random, log2_nodes, dated);
    std::vector<std::string> operands;
    for (int i = random.Below(8); i >= 0; --i) {
      operands.push_back(BeginSegmentOperand(log2_nodes));
      for (int j = random.Below(20); j > 0; --j) changes.Apply(operands.back(), model);
    }
    const std::string expected = model.Encode(log2_nodes);
    const auto at_once = Fold(base, operands);
    ASSERT_TRUE(at_once) << round;
    ASSERT_EQ(Hex(*at_once), Hex(expected)) << round;
    ASSERT_EQ(Fold(base, JoinSome(random, operands)), expected) << round;
    std::optional<std::string> stepwise = base;
    for (const std::string& operand : JoinSome(random, operands)) {
      stepwise = Fold(stepwise, {operand});
      ASSERT_TRUE(stepwise) << round;
    }
    ASSERT_EQ(*stepwise, expected) << round;
    const auto segment = Segment::Decode(*stepwise, kAllLanes);
    ASSERT_NE(segment, nullptr);
    ASSERT_TRUE(Matches(*segment, model)) << round;
  }
}

TEST(SegmentFold, DamageIsReported) {
  const std::string base = EncodeSegment(2, std::vector<SegmentEntry>{{1, 5, 1, {}}});
  std::string operand = BeginSegmentOperand(2);
  AppendAdd(operand, {1, 5, 1, std::nullopt});
  EXPECT_TRUE(Fold(base, {operand}));
  EXPECT_FALSE(Fold(base.substr(1), {operand}));
  EXPECT_FALSE(Fold(base, {operand, ""}));
  EXPECT_FALSE(Fold(base, {operand.substr(2)}));       // not begun
  EXPECT_FALSE(Fold(base, {BeginSegmentOperand(3)}));  // of another size
  EXPECT_FALSE(Fold(base, {BeginSegmentOperand(17)}));
  EXPECT_FALSE(Fold(base, {operand + '\x20'}));  // no such change
  std::string outside = BeginSegmentOperand(2);
  AppendRemove(outside, 4, 0, 0);
  EXPECT_FALSE(Fold(base, {outside}));
  outside = BeginSegmentOperand(2);
  AppendHubStub(outside, 4, {});
  EXPECT_FALSE(Fold(base, {outside}));
}

TEST(SegmentFold, DamagedOperandsNeverMislead) {
  RandomSegments random(2);
  for (int round = 0; round < 20000; ++round) {
    SegmentModel model;
    std::string operand = BeginSegmentOperand(3);
    RandomChanges changes(random, 3, true);
    for (int i = random.Below(6); i >= 0; --i) changes.Apply(operand, model);
    if (random.Below(3) == 0) operand.resize(random.Bits(32) % operand.size());
    for (int i = random.Below(3); i > 0 && !operand.empty(); --i) {
      operand[random.Bits(32) % operand.size()] = static_cast<char>(random.Bits(8));
    }
    const std::vector<char> exact(operand.begin(), operand.end());
    const std::string_view view(exact.data(), exact.size());
    const auto bytes = FoldSegment(std::nullopt, std::span(&view, 1));
    ASSERT_TRUE(!bytes || Segment::Decode(*bytes, kAllLanes) != nullptr);
  }
}

}  // namespace
}  // namespace plenum::storage
