// Separated values, in the dialect of RFC 4180. The buffer always holds the whole record at hand: one that is cut off
// at its end is read on and scanned again, which happens once a buffer.
#include "engine/interchange/csv_reader.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "engine/value/utf8.h"

namespace plenum {
namespace {

constexpr std::size_t kBufferBytes = std::size_t{256} << 10;  // an import has all its files open
constexpr char kQuote = '"';

std::string Reason(int error_number) { return std::generic_category().message(error_number); }

Error FileError(ErrorType type, std::string message) { return {.type = type, .message = std::move(message)}; }

}  // namespace

CsvReader::CsvReader(std::string path, char delimiter, std::size_t record_bytes_max, std::FILE* file)
    : path_(std::move(path)), delimiter_(delimiter), record_bytes_max_(record_bytes_max), file_(file) {}

Result<CsvReader> CsvReader::Open(const std::string& path, char delimiter, std::size_t record_bytes_max) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    const ErrorType type = errno == ENOENT ? ErrorType::kNotFound : ErrorType::kIoError;
    return FileError(type, fmt::format("{}: cannot be opened: {}", path, Reason(errno)));
  }
  std::setvbuf(file, nullptr, _IONBF, 0);  // the buffer is ours
  CsvReader reader(path, delimiter, record_bytes_max, file);
  reader.buffer_.resize(kBufferBytes);
  if (Status filled = reader.Fill(); !filled.ok()) return std::move(filled).error();
  if (Status checked = reader.CheckByteOrderMark(); !checked.ok()) return std::move(checked).error();
  return reader;
}

CsvReader CsvReader::OverRecords(std::string path, char delimiter, std::vector<char> records, std::uint64_t line,
                                 std::uint64_t lines) {
  CsvReader reader(std::move(path), delimiter, kRecordBytesMax, nullptr);
  reader.buffer_ = std::move(records);
  reader.end_ = reader.buffer_.size();
  reader.next_line_ = line;
  reader.lines_ = lines;
  reader.at_end_of_file_ = true;
  reader.is_utf8_ = !FindInvalidUtf8({reader.buffer_.data(), reader.end_});
  return reader;
}

std::string CsvReader::place() const { return fmt::format("{}:{}", path_, line_); }

Status CsvReader::CheckByteOrderMark() {
  const std::string_view text(buffer_.data(), end_);
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return FileError(ErrorType::kUsageError, fmt::format("{}: is UTF-16: expected UTF-8; convert it first", path_));
  }
  if (text.starts_with("\xEF\xBB\xBF")) record_end_ = 3;
  return {};
}

// Reads on, after what is there of the record at hand.
Status CsvReader::Fill() {
  std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
  end_ -= begin_;
  begin_ = 0;
  if (end_ == buffer_.size()) {
    if (end_ >= record_bytes_max_) {
      return FileError(ErrorType::kUsageError, fmt::format("{}: a record of more than {} MB: is a quote never closed?",
                                                           place(), record_bytes_max_ >> 20));
    }
    buffer_.resize(buffer_.size() * 2);
  }
  const std::size_t read = std::fread(buffer_.data() + end_, 1, buffer_.size() - end_, file_.get());
  if (read < buffer_.size() - end_) {
    if (std::ferror(file_.get()) != 0) {
      return FileError(ErrorType::kIoError, fmt::format("{}: cannot be read: {}", path_, Reason(errno)));
    }
    at_end_of_file_ = true;
  }
  end_ += read;
  return {};
}

Result<CsvReader::Outcome> CsvReader::Next() {
  while (true) {
    begin_ = record_end_;
    line_ = next_line_;
    Extent extent = ScanRecord();
    while (extent == Extent::kCutOff && !at_end_of_file_) {
      if (Status filled = Fill(); !filled.ok()) return std::move(filled).error();
      extent = ScanRecord();
    }
    if (begin_ == end_) return Outcome::kEnd;
    if (extent == Extent::kCutOff) {
      return FileError(ErrorType::kUsageError, fmt::format("{}: a quote in this record is never closed", place()));
    }
    const std::size_t breaks = has_quotes_
                                   ? std::count(buffer_.begin() + static_cast<std::ptrdiff_t>(begin_),
                                                buffer_.begin() + static_cast<std::ptrdiff_t>(record_end_), '\n')
                                   : 1;
    next_line_ += breaks;
    if (extent == Extent::kMalformed || !IsEmptyLine()) return Finish(extent);
  }
}

bool CsvReader::IsEmptyLine() const { return fields_.size() == 1 && fields_[0].text.empty() && !fields_[0].quoted; }

Result<CsvReader::Outcome> CsvReader::Finish(Extent extent) {
  if (extent == Extent::kMalformed) return Outcome::kBadRecord;
  const std::string_view record(buffer_.data() + begin_, record_end_ - begin_);
  if (const auto invalid = is_utf8_ ? std::nullopt : FindInvalidUtf8(record)) {
    const auto byte = static_cast<unsigned char>(buffer_[begin_ + *invalid]);
    problem_ = fmt::format("byte {} of the record (0x{:02X}) is not UTF-8", *invalid, byte);
    return Outcome::kBadRecord;
  }
  JoinDoubledQuotes();
  return Outcome::kRecord;
}

// A scan is cut off when the buffer ends before the record does. At the end of the file, that ends the last record too,
// unless a quote is open.
CsvReader::Extent CsvReader::ScanRecord() {
  fields_.clear();
  doubled_.clear();
  has_quotes_ = false;
  std::size_t cursor = begin_;
  while (true) {
    const bool quoted = cursor < end_ && buffer_[cursor] == kQuote;
    const Extent extent = quoted ? ScanQuoted(cursor) : ScanPlain(cursor);
    if (extent != Extent::kWhole) return extent;
    if (cursor == end_ || buffer_[cursor] != delimiter_) break;
    ++cursor;
  }
  record_end_ = std::min(cursor + 1, end_);
  return Extent::kWhole;
}

CsvReader::Extent CsvReader::ScanPlain(std::size_t& cursor) {
  const char* const begin = buffer_.data() + cursor;
  const char* const end = buffer_.data() + end_;
  const char* at = begin;
  while (at != end && *at != delimiter_ && *at != '\n') ++at;
  if (at == end && !at_end_of_file_) return Extent::kCutOff;
  cursor = static_cast<std::size_t>(at - buffer_.data());
  const bool ends_line = at == end || *at == '\n';
  if (ends_line && at != begin && at[-1] == '\r') --at;
  fields_.push_back({.text = {begin, static_cast<std::size_t>(at - begin)}, .quoted = false});
  return Extent::kWhole;
}

CsvReader::Extent CsvReader::ScanQuoted(std::size_t& cursor) {
  has_quotes_ = true;
  const std::size_t begin = cursor + 1;
  std::size_t closing = begin;
  bool doubled = false;
  while (true) {
    const void* const found = std::memchr(buffer_.data() + closing, kQuote, end_ - closing);
    if (found == nullptr) return Extent::kCutOff;
    closing = static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data());
    if (closing + 1 == end_ && !at_end_of_file_) return Extent::kCutOff;
    if (closing + 1 == end_ || buffer_[closing + 1] != kQuote) break;
    doubled = true;
    closing += 2;
  }
  if (doubled) doubled_.push_back(fields_.size());
  fields_.push_back({.text = {buffer_.data() + begin, closing - begin}, .quoted = true});
  cursor = closing + 1;
  return ScanAfterQuote(cursor);
}

CsvReader::Extent CsvReader::ScanAfterQuote(std::size_t& cursor) {
  if (cursor < end_ && buffer_[cursor] == '\r') {
    if (cursor + 1 == end_ && !at_end_of_file_) return Extent::kCutOff;
    if (cursor + 1 == end_ || buffer_[cursor + 1] == '\n') ++cursor;
  }
  if (cursor == end_ || buffer_[cursor] == delimiter_ || buffer_[cursor] == '\n') return Extent::kWhole;
  problem_ = fmt::format("field {} goes on after its closing quote: a quote inside a quoted field is written twice",
                         fields_.size());
  return ScanRestOfLine(cursor);
}

// A malformed record ends with its line: whether a later quote opens or closes cannot be known.
CsvReader::Extent CsvReader::ScanRestOfLine(std::size_t cursor) {
  const void* const found = std::memchr(buffer_.data() + cursor, '\n', end_ - cursor);
  if (found == nullptr && !at_end_of_file_) return Extent::kCutOff;
  record_end_ =
      found == nullptr ? end_ : static_cast<std::size_t>(static_cast<const char*>(found) - buffer_.data()) + 1;
  return Extent::kMalformed;
}

void CsvReader::JoinDoubledQuotes() {
  for (const std::size_t field : doubled_) {
    char* const begin = buffer_.data() + (fields_[field].text.data() - buffer_.data());
    char* const end = begin + fields_[field].text.size();
    char* to = begin;
    for (const char* from = begin; from != end; ++from) {
      *to++ = *from;
      if (*from == kQuote) ++from;
    }
    fields_[field].text = {begin, static_cast<std::size_t>(to - begin)};
  }
}

}  // namespace plenum
