// See csv_chunks.h.
#include "engine/interchange/csv_chunks.h"

#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string_view>
#include <system_error>

namespace plenum {
namespace {

constexpr char kQuote = '"';
constexpr std::size_t kNone = SIZE_MAX;

Error FileError(ErrorType type, std::string message) { return {.type = type, .message = std::move(message)}; }

// Where `wanted` is first in text[begin, …), or kNone.
std::size_t Find(const std::vector<char>& text, std::size_t begin, char wanted) {
  if (begin >= text.size()) return kNone;
  const void* const found = std::memchr(text.data() + begin, wanted, text.size() - begin);
  return found == nullptr ? kNone : static_cast<std::size_t>(static_cast<const char*>(found) - text.data());
}

// Behind the last line break in text[begin, end), or kNone.
std::size_t BehindLastBreak(const std::vector<char>& text, std::size_t begin, std::size_t end) {
  if (begin >= end) return kNone;
  const std::size_t found = std::string_view(text.data() + begin, end - begin).rfind('\n');
  return found == std::string_view::npos ? kNone : begin + found + 1;
}

}  // namespace

Result<CsvChunks> CsvChunks::Open(const std::string& path, char delimiter, std::size_t chunk_bytes) {
  std::FILE* const file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    const ErrorType type = errno == ENOENT ? ErrorType::kNotFound : ErrorType::kIoError;
    return FileError(type, fmt::format("{}: cannot be opened: {}", path, std::generic_category().message(errno)));
  }
  std::setvbuf(file, nullptr, _IONBF, 0);  // the buffer is ours
  CsvChunks chunks(path, delimiter, chunk_bytes, file);
  std::error_code unknown;
  chunks.file_bytes_ = std::filesystem::file_size(path, unknown);
  if (unknown) chunks.file_bytes_ = 0;
  if (Status marked = chunks.TakeByteOrderMark(); !marked.ok()) return std::move(marked).error();
  return chunks;
}

Status CsvChunks::Read(std::size_t wanted) {
  const std::size_t begin = buffer_.size();
  buffer_.resize(begin + wanted);
  const std::size_t read = std::fread(buffer_.data() + begin, 1, wanted, file_.get());
  buffer_.resize(begin + read);
  at_end_ = read < wanted;
  if (!at_end_ || std::ferror(file_.get()) == 0) return {};
  return FileError(ErrorType::kIoError,
                   fmt::format("{}: cannot be read: {}", path_, std::generic_category().message(errno)));
}

Status CsvChunks::TakeByteOrderMark() {
  constexpr std::string_view kUtf8Mark = "\xEF\xBB\xBF";
  if (Status read = Read(kUtf8Mark.size()); !read.ok()) return read;
  const std::string_view text(buffer_.data(), buffer_.size());
  if (text.starts_with("\xFF\xFE") || text.starts_with("\xFE\xFF")) {
    return FileError(ErrorType::kUsageError, fmt::format("{}: is UTF-16: expected UTF-8; convert it first", path_));
  }
  if (text == kUtf8Mark) buffer_.clear();
  return {};
}

// Behind the closing quote of a field, or kNone where it may lie behind the buffer.
std::size_t CsvChunks::EndOfQuoted(std::size_t opening) {
  std::size_t closing = opening + 1;
  while (true) {
    closing = Find(buffer_, closing, kQuote);
    if (closing == kNone || closing + 1 == buffer_.size()) return kNone;
    if (buffer_[closing + 1] != kQuote) return closing + 1;
    closing += 2;
  }
}

// Where the last record ends that the buffer holds wholly; 0 where it holds none.
std::size_t CsvChunks::EndOfRecords() {
  std::size_t end = 0;
  std::size_t begin = 0;  // behind the last quoted field
  while (true) {
    const std::size_t quote = Find(buffer_, begin, kQuote);
    const std::size_t plain_end = quote == kNone ? buffer_.size() : quote;
    if (const std::size_t break_end = BehindLastBreak(buffer_, begin, plain_end); break_end != kNone) end = break_end;
    if (quote == kNone) return end;
    const bool opens = quote == 0 || quote == end || buffer_[quote - 1] == delimiter_;
    if (!opens) {
      begin = quote + 1;
      continue;
    }
    begin = EndOfQuoted(quote);
    if (begin == kNone) return end;
    if (buffer_[begin] == '\r' && begin + 1 == buffer_.size()) return end;
    const bool ends_line = buffer_[begin] == '\n' || (buffer_[begin] == '\r' && buffer_[begin + 1] == '\n');
    if (ends_line || buffer_[begin] == delimiter_) continue;
    begin = Find(buffer_, begin, '\n');  // malformed: the record ends with the line, whatever quotes there are
    if (begin == kNone) return end;
  }
}

Result<std::optional<CsvReader>> CsvChunks::Next() {
  std::size_t wanted = chunk_bytes_ > buffer_.size() ? chunk_bytes_ - buffer_.size() : chunk_bytes_;
  std::size_t end = 0;
  while (!at_end_) {
    if (Status read = Read(wanted); !read.ok()) return std::move(read).error();
    end = EndOfRecords();
    if (end != 0) break;
    wanted = buffer_.size();
    if (buffer_.size() < CsvReader::kRecordBytesMax) continue;
    return FileError(ErrorType::kUsageError, fmt::format("{}:{}: a record of more than {} MB: is a quote never closed?",
                                                         path_, line_, CsvReader::kRecordBytesMax >> 20));
  }
  if (at_end_) end = buffer_.size();
  if (end == 0) return std::optional<CsvReader>();
  std::vector<char> rest(buffer_.begin() + static_cast<std::ptrdiff_t>(end), buffer_.end());
  rest.reserve(chunk_bytes_);
  buffer_.resize(end);
  const std::uint64_t line = line_;
  const auto lines = static_cast<std::uint64_t>(std::count(buffer_.begin(), buffer_.end(), '\n'));
  line_ += lines;
  return std::optional(CsvReader::OverRecords(path_, delimiter_, std::exchange(buffer_, std::move(rest)), line, lines));
}

}  // namespace plenum
