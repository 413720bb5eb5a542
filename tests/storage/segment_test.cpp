// Segments to bytes and back; what damaged bytes do.
#include "engine/storage/segment.h"

#include <gtest/gtest.h>

#include "tests/storage/hexadecimal.h"
#include "tests/storage/random_segments.h"

namespace plenum::storage {
namespace {

using Numbers = RandomSegments::Numbers;
constexpr Lanes kAllLanes{.numbers = true, .validity = true};

Interval Days(std::int64_t from, std::int64_t until) {
  return Interval{PartialDate{from, from}, PartialDate{until, until}};
}

// --- The bytes: a change here makes databases unreadable.

TEST(SegmentBytes, Empty) { EXPECT_EQ(Hex(EncodeSegment(3, {}, {})), "01 01 03 00 00 00 00"); }

TEST(SegmentBytes, ImplicitNumbers) {
  // 4 nodes: 0 to 100 and 101 (twice), 2 to 300; numbers 7 to 10.
  const std::vector<SegmentEntry> entries = {{0, 100, 7, {}}, {0, 101, 8, {}}, {0, 101, 9, {}}, {2, 300, 10, {}}};
  EXPECT_EQ(Hex(EncodeSegment(2, entries)),
            "01 00 02 02 04 "  // version, flags, k, nodes, edges
            "05 "              // nodes 0 and 2
            "01 02 "           // degrees 3 and 1
            "64 "              // targets from 100
            "00 00 01 00 C8 "  // 100, + 1, + 0; 300
            "07");             // numbers from 7
}

TEST(SegmentBytes, ExplicitNumbers) {
  const std::vector<SegmentEntry> ascending = {{0, 1, 5, {}}, {0, 2, 7, {}}, {1, 1, 6, {}}};
  EXPECT_EQ(Hex(EncodeSegment(1, ascending)), "01 18 01 02 03 03 01 01 01 00 00 01 00 05 05 00 00 02 01");
  const std::vector<SegmentEntry> zigzag = {{0, 1, 7, {}}, {0, 2, 5, {}}, {1, 1, 6, {}}};
  EXPECT_EQ(Hex(EncodeSegment(1, zigzag)), "01 08 01 02 03 03 01 01 01 00 00 01 00 05 05 00 04 03 02");
  const std::vector<SegmentEntry> wide = {{0, 1, 5, {}}, {0, 2, (1ULL << 39) + 5, {}}};
  EXPECT_EQ(Hex(EncodeSegment(0, wide)), "01 28 00 01 02 01 01 01 01 00 00 01 0B 05 00 00 00 00 00 00 00 00 00 80");
}

TEST(SegmentBytes, NodesAsGapsWhereFewHaveAList) {
  const std::vector<SegmentEntry> entries = {{1000, 5, 0, {}}};
  EXPECT_EQ(Hex(EncodeSegment(16, entries)), "01 01 10 01 01 02 E8 03 00 05 00 00 00");
}

TEST(SegmentBytes, Hubs) {
  const HubStub hub{1, {{.first_target = 5, .first_number = 300, .chunk = 0}, {.first_target = 9, .chunk = 2}}};
  EXPECT_EQ(Hex(EncodeSegment(1, {}, std::span(&hub, 1))), "01 03 01 00 00 00 01 01 02 05 AC 02 00 09 00 02 00");
}

TEST(SegmentBytes, Validity) {
  const Interval unknown{PartialDate{10, 12}, std::nullopt};
  const std::vector<SegmentEntry> entries = {{0, 1, 0, Days(10, 20)},
                                             {0, 2, 1, {}},
                                             {0, 3, 2, unknown},
                                             {0, 4, 3, Interval{PartialDate{11, 11}, {}}},
                                             {0, 5, 4, unknown}};
  EXPECT_EQ(Hex(EncodeSegment(0, entries)),
            "01 04 00 01 05 01 01 04 01 00 00 00 01 01 01 01 00 "  // topology and numbers, as above
            "18 28 "                                               // all hold from day 12 until day 20,
            "FF FF FF FF FF FF FF FF FF 01 "                       // none is known not to hold before
            "FE FF FF FF FF FF FF FF FF 01 "                       // or after
            "15 02 04 02 "                                         // 21 bytes; two exact: at 0 and 3
            "14 00 01 02 "                                         // from 10 and 11
            "28 00 01 00 "                                         // until 20 and open
            "01 01 03 14 18 "                                      // another: [10..12, )
            "02 05 02 01 00");                                     // at 2 and 4
}

// --- Round trips.

TEST(Segment, ListsAreThereAndNothingElse) {
  const std::vector<SegmentEntry> entries = {{0, 3, 0, {}}, {0, 4, 1, {}}, {2, 2, 2, {}}};
  const auto segment = Segment::Decode(EncodeSegment(2, entries));
  ASSERT_NE(segment, nullptr);
  EXPECT_EQ(segment->node_count(), 4U);
  EXPECT_EQ(segment->edge_count(), 3U);
  EXPECT_EQ(segment->listed_nodes(), 2U);
  EXPECT_EQ(std::vector<std::uint32_t>(segment->List(0).begin(), segment->List(0).end()),
            (std::vector<std::uint32_t>{3, 4}));
  EXPECT_EQ(segment->List(1).size, 0U);
  EXPECT_EQ(segment->List(2).first, 2U);
  EXPECT_EQ(segment->List(3).size, 0U);
  EXPECT_EQ(segment->NumberAt(2), 2U);
  EXPECT_TRUE(segment->AllTimeless());
  std::vector<std::uint32_t> listed;
  segment->ForEachList([&](std::uint32_t local, ListView list) { listed.push_back(10 * local + list.size); });
  EXPECT_EQ(listed, (std::vector<std::uint32_t>{2, 21}));
}

TEST(Segment, RandomOnesComeBackAsTheyWere) {
  RandomSegments random(1);
  int with_ranks = 0, with_offsets = 0;
  for (int round = 0; round < 600; ++round) {
    const auto log2_nodes = static_cast<unsigned>(random.Below(round % 20 == 0 ? 17 : 9));
    const auto numbers = static_cast<Numbers>(random.Below(4));
    const std::size_t entries = random.Bits(static_cast<unsigned>(1 + random.Below(10)));
    const SegmentModel model = random.Any(log2_nodes, entries, numbers, random.Below(2) == 0);
    const std::string bytes = model.Encode(log2_nodes);
    const auto segment = Segment::Decode(bytes, kAllLanes);
    ASSERT_NE(segment, nullptr) << round;
    ASSERT_TRUE(Matches(*segment, model)) << round;
    ASSERT_TRUE(segment->has_numbers());
    (segment->uses_ranks() ? with_ranks : with_offsets) += 1;
    const auto topology = Segment::Decode(bytes);
    ASSERT_NE(topology, nullptr);
    ASSERT_TRUE(Matches(*topology, model)) << round;
    ASSERT_EQ(topology->validity(), nullptr);
    ASSERT_EQ(topology->validity_bounds(), segment->validity_bounds());
    ASSERT_LE(topology->bytes(), segment->bytes());
    const auto dated = Segment::Decode(bytes, Lanes{.validity = true});
    ASSERT_NE(dated, nullptr);
    ASSERT_TRUE(Matches(*dated, model)) << round;
  }
  EXPECT_GT(with_ranks, 50);
  EXPECT_GT(with_offsets, 50);
}

TEST(Segment, ColumnsAndEntriesAreTheSameBytes) {
  RandomSegments random(2);
  for (const Numbers numbers : {Numbers::kImplicit, Numbers::kNear}) {
    const SegmentModel model = random.Any(6, 200, numbers, true);
    const std::vector<SegmentEntry> entries = model.Entries();
    const std::vector<HubStub> hubs = model.Hubs();
    std::vector<std::uint32_t> locals, degrees, targets, every_degree;
    std::vector<std::uint64_t> column;
    ValidityLane validity;
    for (const SegmentEntry& entry : entries) {
      if (locals.empty() || locals.back() != entry.local) {
        locals.push_back(entry.local);
        degrees.push_back(0);
      }
      ++degrees.back();
      every_degree.resize(entry.local + 1);  // those missing at the end have none
      ++every_degree[entry.local];
      targets.push_back(entry.target);
      column.push_back(entry.number);
      validity.Append(entry.validity);
    }
    SegmentColumns columns{.locals = locals,
                           .degrees = degrees,
                           .targets = targets,
                           .numbers = column,
                           .validity = &validity,
                           .hubs = hubs};
    EXPECT_EQ(Hex(EncodeSegment(6, columns)), Hex(EncodeSegment(6, entries, hubs)));
    SegmentColumns dense = columns;
    dense.locals = {};
    dense.degrees = every_degree;
    EXPECT_EQ(Hex(EncodeSegment(6, dense)), Hex(EncodeSegment(6, entries, hubs)));
    if (numbers != Numbers::kImplicit) continue;
    columns.first_number = column.front();
    columns.numbers = {};
    EXPECT_EQ(Hex(EncodeSegment(6, columns)), Hex(EncodeSegment(6, entries, hubs)));
  }
}

TEST(Segment, MoreEdgesThanShortOffsetsCount) {
  const std::vector<std::uint32_t> locals = {1000};
  const std::vector<std::uint32_t> degrees = {70000};
  std::vector<std::uint32_t> targets;
  for (std::uint32_t i = 0; i < 70000; ++i) targets.push_back(i / 2);
  const std::string bytes =
      EncodeSegment(10, SegmentColumns{.locals = locals, .degrees = degrees, .targets = targets, .first_number = 1});
  const auto segment = Segment::Decode(bytes);
  ASSERT_NE(segment, nullptr);
  EXPECT_EQ(segment->List(1000).size, 70000U);
  EXPECT_EQ(segment->List(1001).size, 0U);
  EXPECT_EQ(segment->List(1000).targets[69999], 34999U);
  EXPECT_EQ(segment->NumberAt(69999), 70000U);
}

TEST(Segment, BoundsSayWhatHoldsWithoutTheLane) {
  const std::vector<SegmentEntry> entries = {{0, 1, 0, Days(10, 30)}, {0, 2, 1, Days(20, 40)}};
  const auto segment = Segment::Decode(EncodeSegment(0, entries));
  ASSERT_NE(segment, nullptr);
  const ValidityBounds& bounds = segment->validity_bounds();
  EXPECT_FALSE(bounds.AllHoldAt(19));
  EXPECT_TRUE(bounds.AllHoldAt(20));
  EXPECT_TRUE(bounds.AllHoldAt(29));
  EXPECT_FALSE(bounds.AllHoldAt(30));
  EXPECT_FALSE(bounds.AnyMayHoldAt(9));
  EXPECT_TRUE(bounds.AnyMayHoldAt(39));
  EXPECT_FALSE(bounds.AnyMayHoldAt(40));
  EXPECT_TRUE(Segment::Decode(EncodeSegment(0, {}, {}))->validity_bounds().AllHoldAt(0));
}

// The bounds of a lane are those of its intervals one by one.
TEST(ValidityLane, BoundsAndRunsAgreeWithTheIntervals) {
  RandomSegments random(3);
  for (int round = 0; round < 200; ++round) {
    ValidityLane lane;
    ValidityBounds bounds;
    std::vector<std::optional<Interval>> intervals;
    for (int i = random.Below(40); i >= 0; --i) {
      intervals.push_back(random.Validity());
      bounds.Include(intervals.back());
      lane.Append(intervals.back());
    }
    EXPECT_EQ(lane.Bounds(), bounds);
    ValidityLane run;
    run.AppendTimeless(1);
    const std::size_t first = random.Bits(32) % intervals.size();
    run.AppendRun(lane, first, intervals.size() - first);
    EXPECT_EQ(run.At(0), std::nullopt);
    for (std::size_t i = first; i < intervals.size(); ++i) EXPECT_EQ(run.At(i - first + 1), intervals[i]);
  }
}

TEST(Segment, AHubKnowsTheChunkOfAnEntry) {
  const HubStub hub{0, {{10, 5, 7}, {20, 5, 3}, {20, 9, 4}}};
  EXPECT_EQ(hub.ChunkOf(9, 100), 7);  // before the first
  EXPECT_EQ(hub.ChunkOf(10, 5), 7);
  EXPECT_EQ(hub.ChunkOf(20, 4), 7);
  EXPECT_EQ(hub.ChunkOf(20, 5), 3);
  EXPECT_EQ(hub.ChunkOf(20, 8), 3);
  EXPECT_EQ(hub.ChunkOf(20, 9), 4);
  EXPECT_EQ(hub.ChunkOf(0xFFFFFFFF, 0), 4);
}

TEST(Segment, BitsAimAtSixteenThousandEdges) {
  EXPECT_EQ(SegmentBits(1 << 18, 1 << 22), 10U);
  EXPECT_EQ(SegmentBits(1'000'000, 50'000), kSegmentBitsMax);
  EXPECT_EQ(SegmentBits(10, 10'000'000), 4U);
  EXPECT_EQ(SegmentBits(0, 0), 12U);
}

// --- Damage.

// Decodes bytes that lie at the very end of their memory, and asks what came of it everything. Counts what was refused.
void DecodeDamaged(const std::string& bytes, int& refused) {
  const std::vector<char> exact(bytes.begin(), bytes.end());
  const auto segment = Segment::Decode({exact.data(), exact.size()}, kAllLanes);
  if (segment == nullptr) return void(++refused);
  for (std::uint32_t local = 0; local < segment->node_count(); ++local) {
    const ListView list = segment->List(local);
    for (std::uint32_t i = 0; i < list.size; ++i) {
      ASSERT_LT(list.first + i, segment->edge_count());
      ASSERT_TRUE(i == 0 || list.targets[i] >= list.targets[i - 1]);
      ASSERT_LT(segment->NumberAt(list.first + i), 1ULL << 40);
      if (segment->validity() != nullptr && segment->validity()->IsApart(list.first + i)) {
        ASSERT_TRUE(segment->ValidityAt(list.first + i));
      }
    }
    const HubStub* hub = segment->Hub(local);
    ASSERT_TRUE(hub == nullptr || hub->local == local);
  }
  ASSERT_EQ(segment->targets().size(), segment->edge_count());
}

TEST(SegmentDamage, EveryTruncationIsRefused) {
  RandomSegments random(4);
  for (int round = 0; round < 40; ++round) {
    const auto numbers = static_cast<Numbers>(round % 4);
    const std::string bytes = random.Any(5, 60, numbers, round % 2 == 0).Encode(5);
    for (std::size_t size = 0; size < bytes.size(); ++size) {
      const std::vector<char> exact(bytes.begin(), bytes.begin() + static_cast<std::ptrdiff_t>(size));
      ASSERT_EQ(Segment::Decode({exact.data(), size}, kAllLanes), nullptr) << size << " of " << bytes.size();
      ASSERT_EQ(Segment::Decode({exact.data(), size}), nullptr) << size << " of " << bytes.size();
    }
    ASSERT_EQ(Segment::Decode(bytes + '\0'), nullptr);
  }
}

TEST(SegmentDamage, ChangedBytesNeverMisleadReading) {
  RandomSegments random(5);
  int refused = 0;
  for (int round = 0; round < 20000; ++round) {
    const auto log2_nodes = static_cast<unsigned>(round % 8);
    const auto numbers = static_cast<Numbers>(random.Below(4));
    std::string bytes = random.Any(log2_nodes, 1 + random.Bits(5), numbers, round % 2 == 0).Encode(log2_nodes);
    for (int i = random.Below(3); i >= 0; --i) {
      // Often near the front, where the counts are.
      const std::size_t end = random.Below(2) == 0 ? bytes.size() : std::min<std::size_t>(bytes.size(), 12);
      bytes[random.Bits(32) % end] = static_cast<char>(random.Below(2) == 0 ? random.Bits(8) : 0xFF);
    }
    DecodeDamaged(bytes, refused);
  }
  EXPECT_GT(refused, 10000);
  EXPECT_LT(refused, 19000);
}

TEST(SegmentDamage, CountsLargerThanTheBytesAreRefusedBeforeMemoryIsAskedFor) {
  EXPECT_EQ(Segment::Decode(std::string_view("\x01\x00\x10\x01\xFF\xFF\xFF\xFF\x0F\x00", 10)), nullptr);
  EXPECT_EQ(Segment::Decode(std::string_view("\x01\x00\x11\x00\x00\x00\x00\x00", 8)), nullptr);  // 2^17 nodes
  EXPECT_EQ(Segment::Decode(std::string_view("\x02\x00\x03\x00\x00\x00\x00\x00", 8)), nullptr);  // of another version
}

}  // namespace
}  // namespace plenum::storage
