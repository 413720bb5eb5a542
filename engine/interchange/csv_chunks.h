// Cuts a file of separated values into chunks of whole records, which can then be read side by side.
//
// Where a record ends depends on the quotes before it; the cutter follows these exactly as CsvReader does, and jumps
// over everything else.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "engine/interchange/csv_reader.h"
#include "plenum/status.h"

namespace plenum {

class CsvChunks {
 public:
  // NotFound or IoError when the file cannot be read; a UsageError when it is UTF-16. A chunk is about `chunk_bytes`
  // long, or as long as its only record.
  static Result<CsvChunks> Open(const std::string& path, char delimiter, std::size_t chunk_bytes);

  // The next chunk; nothing at the end. A record larger than CsvReader::kRecordBytesMax is an error.
  Result<std::optional<CsvReader>> Next();

  std::uint64_t file_bytes() const { return file_bytes_; }

 private:
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  CsvChunks(std::string path, char delimiter, std::size_t chunk_bytes, std::FILE* file)
      : path_(std::move(path)), delimiter_(delimiter), chunk_bytes_(chunk_bytes), file_(file) {}

  Status Read(std::size_t wanted);
  Status TakeByteOrderMark();
  std::size_t EndOfRecords();
  std::size_t EndOfQuoted(std::size_t opening);

  std::string path_;
  char delimiter_;
  std::size_t chunk_bytes_;
  std::unique_ptr<std::FILE, CloseFile> file_;
  std::uint64_t file_bytes_ = 0;
  std::vector<char> buffer_;  // read, and in no chunk yet
  bool at_end_ = false;
  std::uint64_t line_ = 1;  // of the next chunk
};

}  // namespace plenum
