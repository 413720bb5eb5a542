// Reads a file of separated values record by record, without copying: fields are views into the reader's buffer.
//
// A field may be quoted with '"' and then holds delimiters, line breaks and, written twice, quotes. Lines end with LF
// or CR LF. A byte order mark and empty lines are skipped. Text must be UTF-8. A record that is not well formed is
// answered as such and reading goes on after it; a quote that is never closed, or a record too large for memory, ends
// it.
#pragma once

#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum {

struct CsvField {
  std::string_view text;
  bool quoted = false;  // tells "" from nothing
};

class CsvReader {
 public:
  enum class Outcome : std::uint8_t { kRecord, kBadRecord, kEnd };

  static constexpr std::size_t kRecordBytesMax = std::size_t{256} << 20;

  // A record may be about `record_bytes_max` long. NotFound or IoError when the file cannot be read.
  static Result<CsvReader> Open(const std::string& path, char delimiter,
                                std::size_t record_bytes_max = kRecordBytesMax);

  // Reads from memory what is a stretch of a file: whole records, `lines` long, the first of them on `line`. A record
  // that is cut off is answered as it is at the end of a file.
  static CsvReader OverRecords(std::string path, char delimiter, std::vector<char> records, std::uint64_t line,
                               std::uint64_t lines);

  // Goes to the next record. After kRecord fields() has it, after kBadRecord problem() says what is wrong with it. The
  // error, when reading must end, begins with the place.
  Result<Outcome> Next();

  // Valid until Next is called again.
  const std::vector<CsvField>& fields() const { return fields_; }
  const std::string& problem() const { return problem_; }

  // Where the record begins: "people.csv:12".
  std::string place() const;
  const std::string& path() const { return path_; }
  std::uint64_t line() const { return line_; }
  // Of the records that it was made over.
  std::size_t bytes() const { return end_; }
  std::uint64_t lines() const { return lines_; }

 private:
  enum class Extent : std::uint8_t { kWhole, kCutOff, kMalformed };

  CsvReader(std::string path, char delimiter, std::size_t record_bytes_max, std::FILE* file);

  Status CheckByteOrderMark();
  Status Fill();
  Extent ScanRecord();
  Extent ScanPlain(std::size_t& cursor);
  Extent ScanQuoted(std::size_t& cursor);
  Extent ScanAfterQuote(std::size_t& cursor);
  Extent ScanRestOfLine(std::size_t cursor);
  Result<Outcome> Finish(Extent extent);
  void JoinDoubledQuotes();
  bool IsEmptyLine() const;

  std::string path_;
  char delimiter_;
  std::size_t record_bytes_max_;
  struct CloseFile {
    void operator()(std::FILE* file) const { std::fclose(file); }
  };
  std::unique_ptr<std::FILE, CloseFile> file_;

  std::vector<char> buffer_;  // [begin_, end_) has been read and is not taken yet
  std::size_t begin_ = 0;     // where the record at hand begins
  std::size_t end_ = 0;
  std::size_t record_end_ = 0;  // where the next one begins
  bool at_end_of_file_ = false;
  bool is_utf8_ = false;  // all of it, as is known beforehand

  std::vector<CsvField> fields_;
  std::vector<std::size_t> doubled_;  // the fields that have doubled quotes in them
  bool has_quotes_ = false;
  std::string problem_;
  std::uint64_t line_ = 0;  // of the record at hand, from 1
  std::uint64_t next_line_ = 1;
  std::uint64_t lines_ = 0;
};

}  // namespace plenum
