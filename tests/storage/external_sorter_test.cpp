// The sorters of what memory does not hold, against the library's sort.
#include "engine/storage/external_sorter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <random>
#include <thread>

#include "engine/storage/record_sorter.h"
#include "tests/storage/scratch_directory.h"

namespace plenum::storage {
namespace {

constexpr std::uint64_t kMuch = std::uint64_t{1} << 30;

std::string SomeText(std::mt19937& random) {
  std::string text(random() % 20, ' ');
  for (char& c : text) c = static_cast<char>('a' + random() % 2);
  return text;
}

TEST(ExternalSorter, StringsInTheOrderOfTheirBytesEachOnce) {
  const ScratchDirectory scratch;
  for (const std::uint64_t memory : {kMuch, std::uint64_t{100'000}, std::uint64_t{3'000}, std::uint64_t{1}}) {
    std::mt19937 random(4);
    ExternalSorter sorter(scratch.path().string(), memory);
    std::vector<std::string> expected;
    for (int i = 0; i < (memory == 1 ? 50 : 20'000); ++i) {
      expected.push_back(SomeText(random));
      ASSERT_TRUE(sorter.Add(expected.back()).ok());
      ASSERT_LE(sorter.bytes(), memory + 100);
    }
    std::ranges::sort(expected);
    std::vector<std::string> all;
    ASSERT_TRUE(sorter.Read([&](std::string_view bytes) { return all.emplace_back(bytes), Status(); }).ok());
    expected.erase(std::ranges::unique(expected).begin(), expected.end());
    EXPECT_EQ(all, expected) << memory;
  }
  EXPECT_TRUE(std::filesystem::is_empty(scratch.path())) << "its files have no names";
}

TEST(ExternalSorter, AFailureOfTheVisitorEndsIt) {
  const ScratchDirectory scratch;
  for (const std::uint64_t memory : {kMuch, std::uint64_t{100}}) {
    ExternalSorter sorter(scratch.path().string(), memory);
    for (const char* text : {"b", "c", "a"}) ASSERT_TRUE(sorter.Add(text).ok());
    std::string seen;
    const Status status = sorter.Read([&](std::string_view bytes) -> Status {
      seen += bytes;
      if (bytes != "b") return {};
      return Error{.type = ErrorType::kUsageError, .message = "enough"};
    });
    ASSERT_FALSE(status.ok());
    EXPECT_EQ(status.error().message, "enough");
    EXPECT_EQ(seen, "ab");
  }
}

TEST(ExternalSorter, ADirectoryThatIsNotThereIsAnError) {
  const ScratchDirectory scratch;
  ExternalSorter sorter(scratch / "none", 1);
  const Status status = sorter.Add("a");
  ASSERT_FALSE(status.ok());
  EXPECT_EQ(status.error().type, ErrorType::kIoError);
  EXPECT_NE(status.error().message.find("none"), std::string::npos);
}

struct Record {
  std::uint16_t partition = 0;
  std::uint64_t key = 0;
  std::string payload;
};

// Keys of every width, many of them equal.
std::vector<Record> SomeRecords(std::size_t count) {
  std::mt19937_64 random(8);
  std::vector<Record> records;
  for (std::size_t i = 0; i < count; ++i) {
    const std::uint64_t key = random() >> (8 * (random() % 8));
    records.push_back({static_cast<std::uint16_t>(random() % 3 * 100), random() % 3 == 0 ? key % 50 : key,
                       i % 3 == 0 ? std::string() : std::to_string(i)});
  }
  return records;
}

std::vector<Record> Sorted(std::vector<Record> records, std::uint16_t partition) {
  std::erase_if(records, [&](const Record& each) { return each.partition != partition; });
  std::ranges::stable_sort(records, {}, &Record::key);
  return records;
}

TEST(RecordSorter, BytesKeepTheOrderOfEqualKeys) {
  const ScratchDirectory scratch;
  const std::vector<Record> records = SomeRecords(30'000);
  for (const std::uint64_t memory : {kMuch, std::uint64_t{500'000}, std::uint64_t{20'000}}) {
    RecordSorter sorter(RecordSorter::Payload::kBytes, scratch.path().string(), memory);
    RecordSorter::Batch batch;
    for (const Record& each : records) {
      std::uint64_t payload = 0;
      if (!each.payload.empty()) {
        payload = batch.BeginPayload();
        batch.bytes += each.payload;
        batch.EndPayload(payload);
      }
      batch.entries.push_back({each.partition, {each.key, payload}});
      if (batch.entries.size() < 123) continue;
      ASSERT_TRUE(sorter.Add(std::exchange(batch, {})).ok());
    }
    ASSERT_TRUE(sorter.Add(std::move(batch)).ok());
    ASSERT_TRUE(sorter.EndAdding().ok());
    EXPECT_EQ(sorter.spilled(), memory != kMuch);
    EXPECT_EQ(sorter.size(), records.size());
    EXPECT_EQ(sorter.Partitions(), (std::vector<std::uint16_t>{0, 100, 200}));
    const auto check = [&](std::uint16_t partition) {
      const std::vector<Record> expected = Sorted(records, partition);
      EXPECT_EQ(sorter.CountOf(partition), expected.size());
      std::size_t at = 0;
      std::size_t differences = 0;
      const Status status = sorter.Read(partition, [&](std::span<const SortRecord> some) -> Status {
        for (const SortRecord& each : some) {
          const bool same = at < expected.size() && each.key == expected[at].key &&
                            RecordSorter::BytesOf(each) == expected[at].payload;
          differences += same ? 0 : 1;
          ++at;
        }
        return {};
      });
      EXPECT_TRUE(status.ok());
      EXPECT_EQ(at, expected.size());
      EXPECT_EQ(differences, 0U);
    };
    std::thread other(check, 0);
    check(100);
    other.join();
    check(200);
    check(300);
  }
}

TEST(RecordSorter, NumbersKeepTheOrderOfEqualKeys) {
  const ScratchDirectory scratch;
  const std::vector<Record> records = SomeRecords(30'000);
  for (const std::uint64_t memory : {kMuch, std::uint64_t{100'000}}) {
    RecordSorter sorter(RecordSorter::Payload::kNumber, scratch.path().string(), memory);
    for (std::size_t i = 0; i < records.size(); ++i) ASSERT_TRUE(sorter.Add(0, {records[i].key, i}).ok());
    ASSERT_TRUE(sorter.EndAdding().ok());
    std::vector<std::pair<std::uint64_t, std::uint64_t>> expected;
    for (std::size_t i = 0; i < records.size(); ++i) expected.emplace_back(records[i].key, i);
    std::ranges::sort(expected);
    std::vector<std::pair<std::uint64_t, std::uint64_t>> found;
    const Status status = sorter.Read(0, [&](std::span<const SortRecord> some) -> Status {
      for (const SortRecord& each : some) found.emplace_back(each.key, each.payload);
      return {};
    });
    ASSERT_TRUE(status.ok());
    EXPECT_TRUE(found == expected);
  }
}

TEST(RecordSorter, NothingIsNothing) {
  const ScratchDirectory scratch;
  RecordSorter sorter(RecordSorter::Payload::kBytes, scratch.path().string(), 0);
  ASSERT_TRUE(sorter.Add({}).ok());
  ASSERT_TRUE(sorter.EndAdding().ok());
  EXPECT_FALSE(sorter.spilled());
  EXPECT_TRUE(sorter
                  .Read(0,
                        [](std::span<const SortRecord>) -> Status {
                          return Error{.type = ErrorType::kUsageError, .message = "there is none"};
                        })
                  .ok());
}

}  // namespace
}  // namespace plenum::storage
