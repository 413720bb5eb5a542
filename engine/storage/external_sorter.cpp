// See external_sorter.h. A run holds strings of u32 length, bytes.
#include "engine/storage/external_sorter.h"

#include <algorithm>
#include <cstring>
#include <optional>
#include <string>
#include <utility>

#include "engine/storage/merge_runs.h"

namespace plenum::storage {
namespace {

constexpr std::size_t kRunBufferBytesMax = std::size_t{256} << 10;
constexpr std::size_t kRunBufferBytesMin = std::size_t{16} << 10;

class RunCursor {
 public:
  RunCursor(const SpillFile& file, std::uint64_t begin, std::uint64_t end, std::size_t buffer_bytes)
      : reader_(file, begin, end, buffer_bytes) {}

  bool Valid() const { return valid_; }
  std::string_view bytes() const { return bytes_; }

  Status Next() {
    valid_ = !reader_.AtEnd();
    if (!valid_) return {};
    std::string_view head;
    std::uint32_t length = 0;
    if (Status status = reader_.Take(sizeof length, head); !status.ok()) return status;
    std::memcpy(&length, head.data(), sizeof length);
    return reader_.Take(length, bytes_);
  }

 private:
  SpillReader reader_;
  bool valid_ = false;
  std::string_view bytes_;
};

}  // namespace

Status ExternalSorter::Add(std::string_view bytes) {
  in_memory_.Add(bytes, {});
  return in_memory_.bytes() < memory_bytes_max_ ? Status() : Spill();
}

Status ExternalSorter::Spill() {
  if (in_memory_.empty()) return {};
  if (!file_) {
    Result<SpillFile> file = SpillFile::Create(directory_);
    if (!file) return std::move(file).error();
    file_ = *std::move(file);
  }
  in_memory_.Sort();
  Status status;
  in_memory_.ForEach([&](std::string_view bytes, std::string_view) {
    const auto length = static_cast<std::uint32_t>(bytes.size());
    status = file_->Append({reinterpret_cast<const char*>(&length), sizeof length});
    if (status.ok()) status = file_->Append(bytes);
    return status.ok();
  });
  in_memory_.Clear();
  run_ends_.push_back(file_->size());
  return status;
}

Status ExternalSorter::Read(const std::function<Status(std::string_view)>& visit) {
  if (!file_) {
    in_memory_.Sort();
    Status status;
    in_memory_.ForEach([&](std::string_view bytes, std::string_view) { return (status = visit(bytes)).ok(); });
    in_memory_.Clear();
    return status;
  }
  Status status = Spill();
  if (status.ok()) status = file_->Flush();
  if (!status.ok()) return status;
  const std::size_t buffer_bytes =
      std::clamp<std::size_t>(memory_bytes_max_ / (2 * run_ends_.size()), kRunBufferBytesMin, kRunBufferBytesMax);
  std::vector<RunCursor> cursors;
  std::uint64_t begin = 0;
  for (const std::uint64_t end : run_ends_) {
    cursors.emplace_back(*file_, std::exchange(begin, end), end, buffer_bytes);
    if (status = cursors.back().Next(); !status.ok()) return status;
  }
  const auto less = [](const RunCursor& a, const RunCursor& b) { return a.bytes() < b.bytes(); };
  std::optional<std::string> last;
  return MergeRuns(cursors, less, [&](const RunCursor& cursor) -> Status {
    if (last == cursor.bytes()) return {};
    last = cursor.bytes();
    return visit(*last);
  });
}

}  // namespace plenum::storage
