// Sorts more records than memory holds: each an unsigned key and what goes with it. Records with equal keys stay in the
// order in which they were added.
//
// Records belong to partitions, which are sorted each by itself. What memory does not hold is written, sorted, as a run
// to a file without a name, and merged when it is read.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/page_allocator.h"
#include "engine/storage/spill_file.h"
#include "plenum/status.h"

namespace plenum::storage {

struct SortRecord {
  std::uint64_t key = 0;
  std::uint64_t payload = 0;  // a number, or where bytes are
};

// In ascending order of keys, stable. `scratch` is space to work in.
void SortByKey(PageVector<SortRecord>& records, PageVector<SortRecord>& scratch);

class RecordSorter {
 public:
  enum class Payload : std::uint8_t { kNumber, kBytes };

  // `directory`: where runs may be written. `memory_bytes_max`: of records and bytes, with what sorting takes.
  RecordSorter(Payload payload, std::string directory, std::uint64_t memory_bytes_max)
      : payload_(payload), directory_(std::move(directory)), memory_bytes_max_(memory_bytes_max) {}

  // Records of several partitions together, made apart from the sorter (by another thread, say). The payloads of a
  // sorter of bytes lie in `bytes`: `payload` is 0, or one more than the offset of u32 length (of this machine), bytes.
  struct Batch {
    struct Entry {
      std::uint16_t partition = 0;
      SortRecord record;
    };
    std::vector<Entry> entries;
    std::string bytes;

    // Begins the payload of the entry that is added next; returns its `payload`. EndPayload sets the length.
    std::uint64_t BeginPayload();
    void EndPayload(std::uint64_t payload);
  };
  Status Add(Batch batch);
  // Of a sorter of numbers.
  Status Add(std::uint16_t partition, SortRecord record);

  std::uint64_t size() const { return size_; }
  std::uint64_t CountOf(std::uint16_t partition) const;
  std::vector<std::uint16_t> Partitions() const;  // ascending
  bool spilled() const { return file_.has_value(); }
  // Of records and bytes, with what sorting takes: twice the records.
  static constexpr std::uint64_t kRecordBytes = 2 * sizeof(SortRecord);
  std::uint64_t memory_bytes() const { return kRecordBytes * in_memory_ + text_bytes_; }

  std::uint64_t merge_bytes_max() const { return memory_bytes_max_ / 4; }  // for reading what has spilled

  // After the last Add. When something has spilled, the rest does too, and all memory is free.
  Status EndAdding();

  // All records of a partition, ascending, some at a time; payloads are numbers, or pointers for BytesOf, valid within
  // the call. Takes the partition's memory away: once a partition. Partitions may be read by several threads at once.
  using Visit = std::function<Status(std::span<const SortRecord>)>;
  Status Read(std::uint16_t partition, const Visit& visit);
  static std::string_view BytesOf(const SortRecord& record);

 private:
  struct Section {  // of a run: the records of one partition
    std::uint64_t begin = 0;
    std::uint64_t end = 0;
  };
  using Run = std::map<std::uint16_t, Section>;  // by partition
  // In pieces, so that memory does not double when it grows.
  class Records {
   public:
    void Add(const SortRecord& record) {
      if (pieces_.empty() || pieces_.back().size() == pieces_.back().capacity()) AddPiece();
      pieces_.back().push_back(record);
      ++size_;
    }
    bool empty() const { return size_ == 0; }
    // All of them in one piece; none are left.
    PageVector<SortRecord> Take();

   private:
    void AddPiece();
    std::vector<PageVector<SortRecord>> pieces_;
    std::size_t size_ = 0;
  };
  struct Partition {
    Records records;
    std::uint64_t count = 0;  // with those that have been spilled
  };
  class RunCursor;

  Status Spill();
  Status WriteSection(PageVector<SortRecord> records);
  Status Merge(std::uint16_t partition, const Visit& visit) const;

  Payload payload_;
  std::string directory_;
  std::uint64_t memory_bytes_max_;
  std::uint64_t size_ = 0;
  std::uint64_t in_memory_ = 0;  // records
  std::uint64_t text_bytes_ = 0;
  std::map<std::uint16_t, Partition> partitions_;
  std::vector<PageVector<char>> texts_;  // that payloads point into
  std::optional<SpillFile> file_;
  std::vector<Run> runs_;
};

}  // namespace plenum::storage
