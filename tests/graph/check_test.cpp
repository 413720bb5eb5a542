// A check finds nothing in a healthy graph, misses every key that is missing and never ends of what it reads.
#include "engine/graph/check.h"

#include <gtest/gtest.h>

#include "engine/storage/key_layout.h"
#include "tests/graph/checked_people.h"
#include "tests/storage/random_values.h"

namespace plenum::graph {
namespace {

TEST(Check, AHealthyGraphHasNoProblems) {
  const CheckReport report = CheckOf(HealthyPeople());
  EXPECT_EQ(Text(report.problems), "");
  EXPECT_EQ(report.problem_count, 0U);
  EXPECT_EQ(report.nodes, 101U);
  EXPECT_EQ(report.relationships, 99U + 3 + 17'000);
  EXPECT_EQ(report.properties, 100U + 100 + 5 + 99);
  EXPECT_EQ(report.index_entries, 200U);
  EXPECT_EQ(report.citations, 4U);
  EXPECT_EQ(report.source_texts, 1U);
  EXPECT_TRUE(CheckOf({}).ok()) << "of a store that holds nothing";
}

TEST(Check, SortsInFilesWhatMemoryDoesNotHold) {
  CheckOptions options;
  options.memory_bytes_max = 10'000;
  EXPECT_EQ(Text(CheckOf(HealthyPeople(), options).problems), "");
}

bool IsNextNode(const std::string& key) { return key[0] == 0x03 && key[1] == 0x00; }
bool IsSourceText(const std::string& key) { return key[0] == 0x52; }
// Of the index that was dropped nobody asks.
bool IsDroppedEntry(const std::string& key) { return key.starts_with(storage::IndexPrefix(2)); }
// The others of a kind are like it.
bool IsOneOfMany(const std::string& key) { return key[0] == 0x60 && key.back() % 8 != 0; }

bool IsStatistic(const std::string& key) { return key[0] == 0x04; }

// Three kinds of keys may be missing: a label's open extent (it takes another one), the text of a source (it may be
// cited without), and statistics (they are taken anew).
TEST(Check, EveryKeyIsMissed) {
  for (const auto& [key, value] : HealthyPeople()) {
    if (IsNextNode(key) || IsSourceText(key) || IsStatistic(key) || IsDroppedEntry(key) || IsOneOfMany(key)) continue;
    Contents damaged = HealthyPeople();
    damaged.erase(key);
    const CheckReport report = CheckOf(damaged);
    EXPECT_FALSE(report.ok()) << "without the key of kind " << int{key[0]} << ' ' << int{key[1]};
  }
}

TEST(Check, EveryValueThatCannotBeReadIsFound) {
  for (const auto& [key, value] : HealthyPeople()) {
    if (IsDroppedEntry(key) || IsOneOfMany(key)) continue;
    Contents damaged = HealthyPeople();
    damaged[key] = "\x7F?";
    if (key[0] == 0x10) damaged[key] = "\xFF";  // any text is a name
    EXPECT_FALSE(CheckOf(damaged).ok()) << "with the key of kind " << int{key[0]} << ' ' << int{key[1]};
  }
}

TEST(Check, DamagedBytesNeverEndIt) {
  RandomValues random(11);
  for (int i = 0; i < 200; ++i) {
    Contents damaged = HealthyPeople();
    auto at = std::next(damaged.begin(), random.Below(static_cast<int>(damaged.size())));
    if (i % 2 == 0) at = damaged.lower_bound(std::string(1, static_cast<char>(0x20 + random.Below(0x30))));
    if (at == damaged.end() || at->second.empty()) continue;
    std::string value = at->second;
    const auto place = static_cast<std::size_t>(random.Below(static_cast<int>(value.size())));
    value[place] = static_cast<char>(value[place] ^ (1 << random.Below(8)));
    if (random.Below(4) == 0) value.resize(place);
    std::string key = at->first;
    if (random.Below(4) == 0) key[static_cast<std::size_t>(random.Below(static_cast<int>(key.size())))] ^= 1;
    damaged.erase(at);
    damaged[key] = value;
    (void)CheckOf(damaged);
  }
}

}  // namespace
}  // namespace plenum::graph
