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
  RunCursor(const SpillFile& file, std::size_t buffer_bytes) : reader_(file, 0, file.size(), buffer_bytes) {}

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
  Result<SpillFile> file = SpillFile::Create(directory_);
  if (!file) return std::move(file).error();
  in_memory_.Sort();
  Status status;
  in_memory_.ForEach([&](std::string_view bytes, std::string_view) {
    const auto length = static_cast<std::uint32_t>(bytes.size());
    status = file->Append({reinterpret_cast<const char*>(&length), sizeof length});
    if (status.ok()) status = file->Append(bytes);
    return status.ok();
  });
  if (status.ok()) status = file->Flush();
  in_memory_ = {};
  runs_.push_back(*std::move(file));
  return status;
}

Status ExternalSorter::Read(const std::function<Status(std::string_view)>& visit) {
  if (runs_.empty()) {
    in_memory_.Sort();
    Status status;
    in_memory_.ForEach([&](std::string_view bytes, std::string_view) { return (status = visit(bytes)).ok(); });
    in_memory_ = {};
    return status;
  }
  if (Status status = Spill(); !status.ok()) return status;
  const std::size_t buffer_bytes =
      std::clamp<std::size_t>(memory_bytes_max_ / (2 * runs_.size()), kRunBufferBytesMin, kRunBufferBytesMax);
  std::vector<RunCursor> cursors;
  for (const SpillFile& run : runs_) cursors.emplace_back(run, buffer_bytes);
  for (RunCursor& cursor : cursors) {
    if (Status status = cursor.Next(); !status.ok()) return status;
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
