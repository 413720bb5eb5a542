// What is counted of a graph, and that its bytes are those of its blocks.
#include "engine/graph/measure.h"

#include <gtest/gtest.h>

#include "engine/storage/key_layout.h"
#include "engine/storage/memory_store.h"
#include "engine/storage/segment.h"
#include "tests/graph/checked_people.h"
#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

DatabaseStatistics StatisticsOf(const Contents& contents) {
  const auto store = storage::MakeMemoryStore();
  storage::WriteSet writes;
  for (const auto& [key, value] : contents) writes.Put(key, value);
  Must(store->Apply(writes, false));
  return Must(Measure(*store));
}

TEST(Measure, CountsWhatThereIs) {
  const DatabaseStatistics statistics = StatisticsOf(HealthyPeople());
  EXPECT_EQ(statistics.nodes, 101U);
  EXPECT_EQ(statistics.relationships, 99U + 3 + 17'000);
  ASSERT_EQ(statistics.labels.size(), 2U);
  EXPECT_EQ(statistics.labels[0].label, "Person");
  EXPECT_EQ(statistics.labels[0].nodes, 100U);
  EXPECT_EQ(statistics.labels[1].nodes, 10U);

  ASSERT_EQ(statistics.types.size(), 2U);
  const TypeStatistics& hub = statistics.types[0];
  EXPECT_EQ(hub.type, "HUB");
  EXPECT_EQ(hub.outgoing.nodes, 1U);
  EXPECT_EQ(hub.outgoing.greatest_degree, 17'000U) << "of a list in chunks";
  EXPECT_EQ(hub.incoming.nodes, 100U);
  EXPECT_EQ(hub.incoming.greatest_degree, 170U);
  const TypeStatistics& knows = statistics.types[1];
  EXPECT_EQ(knows.relationships, 102U);
  EXPECT_EQ(knows.loops, 1U);
  EXPECT_EQ(knows.parallel, 2U);
  EXPECT_EQ(knows.outgoing.nodes, 99U);
  EXPECT_EQ(knows.outgoing.greatest_degree, 3U);

  const auto values_of = [&](const std::string& type, const std::string& property) -> std::uint64_t {
    for (const PropertyStatistics& each : statistics.properties) {
      if (each.type == type && each.property == property) return each.values;
    }
    return 0;
  };
  EXPECT_EQ(statistics.properties.size(), 4U);
  EXPECT_EQ(values_of("", "name"), 100U);
  EXPECT_EQ(values_of("", "rare"), 5U) << "in the row map";
  EXPECT_EQ(values_of("KNOWS", "age"), 99U);

  ASSERT_EQ(statistics.indexes.size(), 2U) << "the dropped one is none";
  EXPECT_TRUE(statistics.indexes[0].unique);
  EXPECT_EQ(statistics.indexes[0].property, "name");
  EXPECT_EQ(statistics.indexes[0].entries, 100U);
}

TEST(Measure, KindsTogetherAreTheWhole) {
  const DatabaseStatistics statistics = StatisticsOf(HealthyPeople());
  std::uint64_t keys = 0;
  std::uint64_t bytes = 0;
  std::uint64_t adjacency = 0;
  for (const StorageUse& use : statistics.storage) {
    keys += use.keys;
    bytes += use.bytes;
    if (use.kind.starts_with("adjacency")) adjacency += use.memory_bytes;
  }
  std::uint64_t stored = 0;
  std::uint64_t decoded = 0;
  for (const auto& [key, value] : HealthyPeople()) {
    stored += key.size() + value.size();
    if (key[0] == 0x40 || key[0] == 0x41) decoded += storage::Segment::Decode(value, {.numbers = true})->bytes();
  }
  EXPECT_EQ(keys, HealthyPeople().size());
  EXPECT_EQ(bytes, stored);
  EXPECT_EQ(adjacency, decoded);
  std::uint64_t with_numbers = 0;
  for (const TypeStatistics& type : statistics.types) {
    with_numbers += type.outgoing.memory_bytes_with_numbers + type.incoming.memory_bytes_with_numbers;
    EXPECT_LE(type.incoming.memory_bytes, type.incoming.memory_bytes_with_numbers);
  }
  EXPECT_EQ(with_numbers, decoded);
}

TEST(Measure, OfNothingIsNothing) {
  const DatabaseStatistics statistics = StatisticsOf({});
  EXPECT_EQ(statistics.nodes, 0U);
  EXPECT_TRUE(statistics.storage.empty());
}

TEST(Measure, DamageIsAnError) {
  Contents damaged = HealthyPeople();
  damaged[storage::SegmentKey(kKnows, kOut, 12, 0)] = "?";
  const auto store = storage::MakeMemoryStore();
  storage::WriteSet writes;
  for (const auto& [key, value] : damaged) writes.Put(key, value);
  Must(store->Apply(writes, false));
  const auto statistics = Measure(*store);
  ASSERT_FALSE(statistics);
  EXPECT_EQ(statistics.error().type, ErrorType::kCorruption);
}

}  // namespace
}  // namespace plenum::graph
