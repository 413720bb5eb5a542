// A file without a name, for what does not fit into memory while it is sorted: whoever is killed leaves nothing behind.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum::storage {

class SpillFile {
 public:
  // On the file system of `directory`, which must exist. IoError otherwise.
  static Result<SpillFile> Create(const std::string& directory);
  SpillFile(SpillFile&& other) noexcept;
  SpillFile& operator=(SpillFile&& other) noexcept;
  ~SpillFile();

  // Gathered before it is written; Flush comes between writing and reading.
  Status Append(std::string_view bytes);
  Status Flush();
  std::uint64_t size() const { return written_ + gathered_.size(); }

  // All of them, or IoError. Any number of threads at once.
  Status ReadAt(std::uint64_t offset, char* to, std::size_t count) const;

 private:
  SpillFile(int file, std::string directory) : file_(file), directory_(std::move(directory)) {}

  int file_ = -1;
  std::string directory_;
  std::uint64_t written_ = 0;
  std::string gathered_;
};

// The bytes of a stretch of a file, one after the other.
class SpillReader {
 public:
  SpillReader(const SpillFile& file, std::uint64_t begin, std::uint64_t end, std::size_t buffer_bytes)
      : file_(&file), next_(begin), end_(end), buffer_bytes_(buffer_bytes) {}

  bool AtEnd() const { return taken_ == buffer_.size() && next_ == end_; }
  // Sets `bytes` to the next `count`, valid until the next call. They must be there.
  Status Take(std::size_t count, std::string_view& bytes);

 private:
  const SpillFile* file_;
  std::uint64_t next_;
  std::uint64_t end_;
  std::size_t buffer_bytes_;
  std::vector<char> buffer_;
  std::size_t taken_ = 0;
};

}  // namespace plenum::storage
