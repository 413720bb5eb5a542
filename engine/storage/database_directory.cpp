// See database_directory.h. The lock is flock(2), not fcntl(2): it belongs to the open file, so that a second open in
// the same process is refused too, and closing some other descriptor of the file does not give it up. Because flock
// does not tell who holds it, the writing process puts its number into the file.
#include "engine/storage/database_directory.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <optional>
#include <sstream>
#include <utility>

#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kMagic = "Plenum database\n";
constexpr std::string_view kCreating = "state creating\n";

std::string Quoted(const fs::path& path) { return "'" + path.string() + "'"; }

Error IoError(const std::string& doing, int number) {
  return RuntimeError(ErrorType::kIoError, doing + ": " + std::strerror(number));
}

Error NotWritable(const fs::path& path, int number) {
  return IoError("cannot write to the database directory " + Quoted(path) + " (to read only, open it with read_only)",
                 number);
}

std::optional<std::string> ReadWhole(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) return std::nullopt;
  std::ostringstream text;
  text << file.rdbuf();
  return std::move(text).str();
}

// Replaces the file as one step: a reader sees the old text or the new one, also after a power cut.
Status WriteWhole(const fs::path& path, std::string_view text) {
  const fs::path draft = path.string() + ".new";
  const int file = ::open(draft.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return NotWritable(path.parent_path(), errno);
  const ssize_t written = ::write(file, text.data(), text.size());
  const bool whole = written == static_cast<ssize_t>(text.size()) && ::fsync(file) == 0;
  const int failed = errno;
  ::close(file);
  if (!whole || std::rename(draft.c_str(), path.c_str()) != 0) {
    return NotWritable(path.parent_path(), whole ? errno : failed);
  }
  return SyncDirectory(path.parent_path());
}

std::string MarkerText(bool complete) {
  return std::string(kMagic) + "format " + std::to_string(kFormatVersion) + "\n" +
         std::string(complete ? "state complete\n" : kCreating);
}

// The number on the marker's second line; absent when the text is no marker of ours.
std::optional<unsigned> MarkerVersion(std::string_view text) {
  constexpr std::string_view kFormat = "format ";
  if (!text.starts_with(kMagic)) return std::nullopt;
  text.remove_prefix(kMagic.size());
  if (!text.starts_with(kFormat)) return std::nullopt;
  unsigned version = 0;
  const auto [end, failed] = std::from_chars(text.data() + kFormat.size(), text.data() + text.size(), version);
  if (failed != std::errc() || end == text.data() + text.size() || *end != '\n') return std::nullopt;
  return version;
}

Error NotADatabase(const fs::path& path) {
  if (fs::exists(path / "FORMAT")) {
    return RuntimeError(ErrorType::kFormatError, "the file " + Quoted(path / "FORMAT") +
                                                     " is not that of a Plenum database, or it is damaged; give the "
                                                     "path of a database, or restore a copy");
  }
  if (fs::exists(path / "STATE.0") || fs::exists(path / "STATE.1")) {
    return RuntimeError(ErrorType::kCorruption, "the database " + Quoted(path) + " has lost its file " +
                                                    Quoted(path / "FORMAT") + "; restore a copy");
  }
  return RuntimeError(ErrorType::kFormatError, "the directory " + Quoted(path) +
                                                   " is not empty and holds no Plenum database; give the path of a "
                                                   "database, or of a new or empty directory");
}

Status CheckVersion(const fs::path& path, std::string_view marker) {
  const std::optional<unsigned> version = MarkerVersion(marker);
  if (!version) return NotADatabase(path);
  if (*version == kFormatVersion) return {};
  return RuntimeError(ErrorType::kFormatError,
                      "the database " + Quoted(path) + " has format " + std::to_string(*version) +
                          ", as its file FORMAT says; this version of Plenum reads format " +
                          std::to_string(kFormatVersion) + "; open it with the version that wrote it");
}

// Whether the directory may become a database: nothing in it but what a creation that was cut short left behind.
Result<bool> IsEmptyDirectory(const fs::path& path) {
  std::error_code failed;
  fs::directory_iterator entry(path, failed);
  for (; !failed && entry != fs::directory_iterator(); entry.increment(failed)) {
    const fs::path name = entry->path().filename();
    if (name != "LOCK" && name != "FORMAT.new") return false;
  }
  if (failed) return IoError("cannot read the directory " + Quoted(path), failed.value());
  return true;
}

// What can be said without touching anything.
Status CheckBefore(const fs::path& path, const DatabaseDirectory::Options& options) {
  const bool may_create = options.create_if_missing && !options.read_only;
  std::error_code failed;
  const fs::file_status status = fs::status(path, failed);
  if (!fs::exists(status)) {
    if (failed && status.type() != fs::file_type::not_found)
      return IoError("cannot open " + Quoted(path), failed.value());
    if (may_create) return {};
    return RuntimeError(ErrorType::kNotFound, "there is no database at " + Quoted(path));
  }
  if (!fs::is_directory(status)) {
    return RuntimeError(ErrorType::kFormatError, Quoted(path) + " is a file; a Plenum database is a directory");
  }
  if (const auto marker = ReadWhole(path / "FORMAT")) return CheckVersion(path, *marker);
  Result<bool> empty = IsEmptyDirectory(path);
  if (!empty) return std::move(empty).error();
  if (!*empty) return NotADatabase(path);
  if (may_create) return {};
  return RuntimeError(ErrorType::kNotFound, "there is no database at " + Quoted(path) + ": the directory is empty");
}

Error Locked(const fs::path& path) {
  long process = 0;
  const std::string text = ReadWhole(path / "LOCK").value_or("");
  std::from_chars(text.data(), text.data() + text.size(), process);
  const std::string held = "the database " + Quoted(path) + " is ";
  if (process == ::getpid()) {
    return RuntimeError(ErrorType::kDatabaseLocked,
                        held + "already open in this process (" + std::to_string(process) + ")");
  }
  const bool alive = process > 0 && (::kill(static_cast<pid_t>(process), 0) == 0 || errno == EPERM);
  return RuntimeError(ErrorType::kDatabaseLocked,
                      held +
                          (alive ? "held by process " + std::to_string(process) : "held by a process that reads it") +
                          "; close it there first");
}

}  // namespace

Result<DatabaseDirectory> DatabaseDirectory::Open(const fs::path& path, const Options& options) {
  if (Status status = CheckBefore(path, options); !status.ok()) return std::move(status).error();
  std::error_code failed;
  if (!options.read_only) fs::create_directory(path, failed);
  if (failed) return IoError("cannot make the directory " + Quoted(path), failed.value());
  DatabaseDirectory directory(path, options.read_only);
  if (Status status = directory.TakeLock(); !status.ok()) return std::move(status).error();
  if (Status status = directory.CheckMarker(); !status.ok()) return std::move(status).error();
  return directory;
}

Status DatabaseDirectory::TakeLock() {
  const fs::path file = path_ / "LOCK";
  lock_ = ::open(file.c_str(), (read_only_ ? O_RDONLY : O_RDWR | O_CREAT) | O_CLOEXEC, 0644);
  if (lock_ < 0 && read_only_ && errno == ENOENT) return {};  // a copy without it: nobody can hold that
  if (lock_ < 0) return read_only_ ? IoError("cannot read " + Quoted(file), errno) : NotWritable(path_, errno);
  if (::flock(lock_, (read_only_ ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0) {
    const int number = errno;
    ::close(std::exchange(lock_, -1));
    return number == EWOULDBLOCK ? Locked(path_) : IoError("cannot lock " + Quoted(file), number);
  }
  if (read_only_) return {};
  const std::string process = std::to_string(::getpid()) + "\n";
  if (::ftruncate(lock_, 0) != 0 || ::pwrite(lock_, process.data(), process.size(), 0) < 0) {
    return NotWritable(path_, errno);
  }
  return {};
}

// Under the lock the marker is read again: another process may have finished or begun a database meanwhile.
Status DatabaseDirectory::CheckMarker() {
  const auto marker = ReadWhole(path_ / "FORMAT");
  if (marker && !marker->ends_with(kCreating)) {
    if (Status status = CheckVersion(path_, *marker); !status.ok()) return status;
    if (fs::exists(data() / "CURRENT")) return {};
    return RuntimeError(ErrorType::kCorruption, "the database " + Quoted(path_) + " has lost its data: the file " +
                                                    Quoted(data() / "CURRENT") + " is missing; restore a copy");
  }
  if (read_only_) {
    return RuntimeError(ErrorType::kFormatError, "the database " + Quoted(path_) +
                                                     " was never finished: open it for writing once to make it anew");
  }
  std::error_code failed;
  for (const char* leftover : {"data", "STATE.0", "STATE.1"}) {
    if (!failed) fs::remove_all(path_ / leftover, failed);
  }
  if (failed) return NotWritable(path_, failed.value());
  fresh_ = true;
  return WriteWhole(path_ / "FORMAT", MarkerText(false));
}

Status DatabaseDirectory::MarkComplete() {
  Status status = WriteWhole(path_ / "FORMAT", MarkerText(true));
  if (status.ok()) fresh_ = false;
  return status;
}

DatabaseDirectory::DatabaseDirectory(DatabaseDirectory&& other) noexcept
    : path_(std::move(other.path_)),
      read_only_(other.read_only_),
      fresh_(other.fresh_),
      lock_(std::exchange(other.lock_, -1)) {}

DatabaseDirectory& DatabaseDirectory::operator=(DatabaseDirectory&& other) noexcept {
  std::swap(path_, other.path_);
  std::swap(read_only_, other.read_only_);
  std::swap(fresh_, other.fresh_);
  std::swap(lock_, other.lock_);
  return *this;
}

DatabaseDirectory::~DatabaseDirectory() {
  if (lock_ < 0) return;
  if (!read_only_ && ::ftruncate(lock_, 0) != 0) {
    // The number of a process that is gone is recognised as such; nothing else depends on the text.
  }
  ::close(lock_);
}

Status SyncDirectory(const fs::path& path) {
  const int directory = ::open(path.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (directory < 0) return IoError("cannot open the directory " + Quoted(path), errno);
  const int failed = ::fsync(directory) == 0 ? 0 : errno;
  ::close(directory);
  if (failed != 0) return IoError("cannot make the directory " + Quoted(path) + " durable", failed);
  return {};
}

Status PublishDirectory(const fs::path& from, const fs::path& to) {
  if (::renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) != 0) {
    return IoError("cannot rename " + Quoted(from) + " to " + Quoted(to), errno);
  }
  const fs::path parent = to.has_parent_path() ? to.parent_path() : fs::path(".");
  return SyncDirectory(parent);
}

}  // namespace plenum::storage
