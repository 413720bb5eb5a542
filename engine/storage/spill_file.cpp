// Unnamed files by O_TMPFILE, or by a name that is taken away at once where the file system has no such thing.
#include "engine/storage/spill_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <system_error>
#include <utility>

#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

constexpr std::size_t kGatheredBytes = std::size_t{256} << 10;

Error Failed(std::string_view what, const std::string& directory) {
  return RuntimeError(ErrorType::kIoError, "cannot " + std::string(what) + " a temporary file in '" + directory +
                                               "': " + std::generic_category().message(errno));
}

int OpenNamed(const std::string& directory) {
  std::string name = directory + "/spill-XXXXXX";
  const int file = ::mkostemp(name.data(), O_CLOEXEC);
  if (file >= 0) ::unlink(name.c_str());
  return file;
}

}  // namespace

Result<SpillFile> SpillFile::Create(const std::string& directory) {
  int file = ::open(directory.c_str(), O_TMPFILE | O_RDWR | O_CLOEXEC, 0600);
  if (file < 0) file = OpenNamed(directory);
  if (file < 0) return Failed("make", directory);
  return SpillFile(file, directory);
}

SpillFile::SpillFile(SpillFile&& other) noexcept
    : file_(std::exchange(other.file_, -1)),
      directory_(std::move(other.directory_)),
      written_(other.written_),
      gathered_(std::move(other.gathered_)) {}

SpillFile& SpillFile::operator=(SpillFile&& other) noexcept {
  std::swap(file_, other.file_);
  std::swap(directory_, other.directory_);
  std::swap(written_, other.written_);
  std::swap(gathered_, other.gathered_);
  return *this;
}

SpillFile::~SpillFile() {
  if (file_ >= 0) ::close(file_);
}

Status SpillFile::Append(std::string_view bytes) {
  gathered_ += bytes;
  return gathered_.size() < kGatheredBytes ? Status() : Flush();
}

Status SpillFile::Flush() {
  std::size_t done = 0;
  while (done < gathered_.size()) {
    const ssize_t count = ::write(file_, gathered_.data() + done, gathered_.size() - done);
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return Failed("write", directory_);
    done += static_cast<std::size_t>(count);
  }
  written_ += done;
  gathered_.clear();
  return {};
}

Status SpillFile::ReadAt(std::uint64_t offset, char* to, std::size_t count) const {
  while (count > 0) {
    const ssize_t got = ::pread(file_, to, count, static_cast<off_t>(offset));
    if (got < 0 && errno == EINTR) continue;
    if (got == 0) errno = EIO;
    if (got <= 0) return Failed("read", directory_);
    offset += static_cast<std::uint64_t>(got);
    to += got;
    count -= static_cast<std::size_t>(got);
  }
  return {};
}

Status SpillReader::Take(std::size_t count, std::string_view& bytes) {
  if (buffer_.size() - taken_ < count) {
    const std::size_t kept = buffer_.size() - taken_;
    if (kept != 0) std::memmove(buffer_.data(), buffer_.data() + taken_, kept);
    const auto wanted = std::max(buffer_bytes_, count);
    const auto read = static_cast<std::size_t>(std::min<std::uint64_t>(wanted - kept, end_ - next_));
    buffer_.resize(kept + read);
    taken_ = 0;
    if (Status status = file_->ReadAt(next_, buffer_.data() + kept, read); !status.ok()) return status;
    next_ += read;
    if (buffer_.size() < count) {
      return RuntimeError(ErrorType::kIoError, "a temporary file ends before what was written to it");
    }
  }
  bytes = {buffer_.data() + taken_, count};
  taken_ += count;
  return {};
}

}  // namespace plenum::storage
