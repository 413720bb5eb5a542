// See record_sorter.h. A run holds, partition after partition, records of u64 key and u64 number, or u64 key, u32
// length, bytes, as this machine writes numbers: nobody else reads them.
#include "engine/storage/record_sorter.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>
#include <utility>

#include "engine/storage/merge_runs.h"

namespace plenum::storage {
namespace {

constexpr unsigned kDigitBits = 11;
constexpr std::size_t kFewRecords = 256;  // for which counting digits does not pay
constexpr std::size_t kPieceRecordsMin = 16;
constexpr std::size_t kPieceRecordsMax = std::size_t{64} << 10;
constexpr std::size_t kRecordsVisited = 4096;  // at a time, when merging
constexpr std::size_t kRunBufferBytesMax = std::size_t{1} << 20;
constexpr std::size_t kRunBufferBytesMin = std::size_t{16} << 10;

template <class Number>
void AppendRaw(std::string& out, Number number) {
  char bytes[sizeof number];
  std::memcpy(bytes, &number, sizeof number);
  out.append(bytes, sizeof bytes);
}

template <class Number>
Number ReadRaw(const char* from) {
  Number number;
  std::memcpy(&number, from, sizeof number);
  return number;
}

void ScatterByDigit(const PageVector<SortRecord>& from, PageVector<SortRecord>& to, unsigned shift) {
  constexpr std::size_t kDigits = std::size_t{1} << kDigitBits;
  std::array<std::size_t, kDigits> places{};
  for (const SortRecord& record : from) ++places[record.key >> shift & (kDigits - 1)];
  std::size_t place = 0;
  for (std::size_t& each : places) each = std::exchange(place, place + each);
  for (const SortRecord& record : from) to[places[record.key >> shift & (kDigits - 1)]++] = record;
}

}  // namespace

// From the least significant digit on; digits that are the same in all keys are left out.
void SortByKey(PageVector<SortRecord>& records, PageVector<SortRecord>& scratch) {
  const auto before = [](const SortRecord& a, const SortRecord& b) { return a.key < b.key; };
  if (std::is_sorted(records.begin(), records.end(), before)) return;
  if (records.size() < kFewRecords) {
    std::stable_sort(records.begin(), records.end(), before);
    return;
  }
  std::uint64_t differing = 0;
  for (const SortRecord& record : records) differing |= record.key ^ records.front().key;
  scratch.resize(records.size());
  while (differing != 0) {
    const auto shift = static_cast<unsigned>(std::countr_zero(differing));
    ScatterByDigit(records, scratch, shift);
    records.swap(scratch);
    differing &= ~(((std::uint64_t{1} << kDigitBits) - 1) << shift);
  }
}

std::uint64_t RecordSorter::Batch::BeginPayload() {
  const std::uint64_t payload = bytes.size() + 1;
  AppendRaw(bytes, std::uint32_t{0});
  return payload;
}

void RecordSorter::Batch::EndPayload(std::uint64_t payload) {
  const auto length = static_cast<std::uint32_t>(bytes.size() - (payload - 1) - sizeof(std::uint32_t));
  std::memcpy(bytes.data() + (payload - 1), &length, sizeof length);
}

std::string_view RecordSorter::BytesOf(const SortRecord& record) {
  if (record.payload == 0) return {};
  const char* const at = std::bit_cast<const char*>(record.payload);
  return {at + sizeof(std::uint32_t), ReadRaw<std::uint32_t>(at)};
}

void RecordSorter::Records::AddPiece() {
  const std::size_t last = pieces_.empty() ? 0 : pieces_.back().capacity();
  pieces_.emplace_back().reserve(std::clamp(2 * last, kPieceRecordsMin, kPieceRecordsMax));
}

PageVector<SortRecord> RecordSorter::Records::Take() {
  PageVector<SortRecord> records;
  records.reserve(size_);
  for (PageVector<SortRecord>& piece : pieces_) {
    records.insert(records.end(), piece.begin(), piece.end());
    piece = {};
  }
  *this = {};
  return records;
}

std::uint64_t RecordSorter::CountOf(std::uint16_t partition) const {
  const auto found = partitions_.find(partition);
  return found == partitions_.end() ? 0 : found->second.count;
}

std::vector<std::uint16_t> RecordSorter::Partitions() const {
  std::vector<std::uint16_t> partitions;
  for (const auto& [partition, records] : partitions_) partitions.push_back(partition);
  return partitions;
}

Status RecordSorter::Add(Batch batch) {
  const std::uint64_t added = kRecordBytes * batch.entries.size() + batch.bytes.size();
  if (in_memory_ > 0 && memory_bytes() + added > memory_bytes_max_) {
    if (Status status = Spill(); !status.ok()) return status;
  }
  const char* text = nullptr;
  if (!batch.bytes.empty()) {
    text_bytes_ += batch.bytes.size();
    text = texts_.emplace_back(batch.bytes.begin(), batch.bytes.end()).data();
  }
  Partition* partition = nullptr;
  std::uint32_t current = UINT32_MAX;
  for (Batch::Entry& entry : batch.entries) {
    if (entry.partition != current) {
      current = entry.partition;
      partition = &partitions_[entry.partition];
    }
    SortRecord record = entry.record;
    if (record.payload != 0) record.payload = std::bit_cast<std::uint64_t>(text + (record.payload - 1));
    partition->records.Add(record);
    ++partition->count;
  }
  size_ += batch.entries.size();
  in_memory_ += batch.entries.size();
  return {};
}

Status RecordSorter::Add(std::uint16_t partition, SortRecord record) {
  if (in_memory_ > 0 && memory_bytes() + kRecordBytes > memory_bytes_max_) {
    if (Status status = Spill(); !status.ok()) return status;
  }
  Partition& added = partitions_[partition];
  added.records.Add(record);
  ++added.count;
  ++size_;
  ++in_memory_;
  return {};
}

Status RecordSorter::EndAdding() {
  if (!spilled()) return {};
  Status status = in_memory_ > 0 ? Spill() : Status();
  if (status.ok()) status = file_->Flush();
  return status;
}

Status RecordSorter::Spill() {
  if (!file_) {
    Result<SpillFile> file = SpillFile::Create(directory_);
    if (!file) return std::move(file).error();
    file_ = *std::move(file);
  }
  Run run;
  for (auto& [number, partition] : partitions_) {
    if (partition.records.empty()) continue;
    Section section{.begin = file_->size(), .end = 0};
    if (Status status = WriteSection(partition.records.Take()); !status.ok()) return status;
    section.end = file_->size();
    run.emplace(number, section);
  }
  runs_.push_back(std::move(run));
  texts_.clear();
  text_bytes_ = 0;
  in_memory_ = 0;
  return {};
}

Status RecordSorter::WriteSection(PageVector<SortRecord> records) {
  PageVector<SortRecord> scratch;
  SortByKey(records, scratch);
  std::string bytes;
  for (const SortRecord& record : records) {
    bytes.clear();
    AppendRaw(bytes, record.key);
    if (payload_ == Payload::kNumber) {
      AppendRaw(bytes, record.payload);
    } else {
      const std::string_view payload = BytesOf(record);
      AppendRaw(bytes, static_cast<std::uint32_t>(payload.size()));
      bytes += payload;
    }
    if (Status status = file_->Append(bytes); !status.ok()) return status;
  }
  return {};
}

// Where a merge is in one run.
class RecordSorter::RunCursor {
 public:
  RunCursor(const SpillFile& file, Section section, std::size_t buffer_bytes, Payload payload)
      : reader_(file, section.begin, section.end, buffer_bytes), payload_(payload) {}

  bool Valid() const { return valid_; }
  std::uint64_t key() const { return key_; }
  std::string_view bytes() const { return bytes_; }  // the number, or u32 length and bytes

  Status Next() {
    valid_ = !reader_.AtEnd();
    if (!valid_) return {};
    std::string_view head;
    if (Status status = reader_.Take(sizeof key_, head); !status.ok()) return status;
    key_ = ReadRaw<std::uint64_t>(head.data());
    if (payload_ == Payload::kNumber) return reader_.Take(sizeof(std::uint64_t), bytes_);
    if (Status status = reader_.Take(sizeof(std::uint32_t), head); !status.ok()) return status;
    const auto length = ReadRaw<std::uint32_t>(head.data());
    return reader_.Take(length, bytes_);
  }

 private:
  SpillReader reader_;
  Payload payload_;
  bool valid_ = false;
  std::uint64_t key_ = 0;
  std::string_view bytes_;
};

Status RecordSorter::Merge(std::uint16_t partition, const Visit& visit) const {
  const std::size_t buffer_bytes =
      std::clamp<std::size_t>(merge_bytes_max() / runs_.size(), kRunBufferBytesMin, kRunBufferBytesMax);
  std::vector<RunCursor> cursors;
  for (const Run& run : runs_) {
    const auto section = run.find(partition);
    if (section != run.end()) cursors.emplace_back(*file_, section->second, buffer_bytes, payload_);
  }
  for (RunCursor& cursor : cursors) {
    if (Status status = cursor.Next(); !status.ok()) return status;
  }
  PageVector<SortRecord> records;
  std::string bytes;
  const auto hand_over = [&]() -> Status {
    for (SortRecord& record : records) {  // offsets so far: `bytes` may have moved while it grew
      if (payload_ == Payload::kBytes && record.payload != 0) {
        record.payload = std::bit_cast<std::uint64_t>(bytes.data() + (record.payload - 1));
      }
    }
    Status status = visit(records);
    records.clear();
    bytes.clear();
    return status;
  };
  const auto less = [](const RunCursor& a, const RunCursor& b) { return a.key() < b.key(); };
  Status status = MergeRuns(cursors, less, [&](const RunCursor& cursor) -> Status {
    SortRecord record{.key = cursor.key(), .payload = 0};
    if (payload_ == Payload::kNumber) {
      record.payload = ReadRaw<std::uint64_t>(cursor.bytes().data());
    } else if (!cursor.bytes().empty()) {
      record.payload = bytes.size() + 1;
      AppendRaw(bytes, static_cast<std::uint32_t>(cursor.bytes().size()));
      bytes += cursor.bytes();
    }
    records.push_back(record);
    return records.size() < kRecordsVisited ? Status() : hand_over();
  });
  if (status.ok() && !records.empty()) status = hand_over();
  return status;
}

Status RecordSorter::Read(std::uint16_t partition, const Visit& visit) {
  if (spilled()) return Merge(partition, visit);
  const auto found = partitions_.find(partition);
  if (found == partitions_.end() || found->second.records.empty()) return {};
  PageVector<SortRecord> records = found->second.records.Take();
  {
    PageVector<SortRecord> scratch;
    SortByKey(records, scratch);
  }
  return visit(records);
}

}  // namespace plenum::storage
