// The directory that a database is: who may use it, and whether it is one of ours at all.
//
//   FORMAT    text: "Plenum database", "format 3", "state complete" (or "state creating"), a line each
//   LOCK      held (flock) by the processes that have it open: one that writes, or any number that read; the text is
//             the number of the process that writes
//   STATE.0, STATE.1   what the data must be (state_file.h)
//   data/     the store's own files
//
// A directory whose FORMAT says "creating" was never finished and holds nothing; it is made anew. Every check comes
// before anything is written, so that another program's directory is never touched.
#pragma once

#include <filesystem>
#include <string>

#include "plenum/status.h"

namespace plenum::storage {

class DatabaseDirectory {
 public:
  struct Options {
    bool create_if_missing = true;
    bool read_only = false;  // writes nothing at all, works on a read-only file system
  };
  // Errors: NotFound, FormatError, DatabaseLocked (names the process), Corruption (no data where there must be some),
  // IoError.
  static Result<DatabaseDirectory> Open(const std::filesystem::path& path, const Options& options);

  DatabaseDirectory(DatabaseDirectory&& other) noexcept;
  DatabaseDirectory& operator=(DatabaseDirectory&& other) noexcept;
  ~DatabaseDirectory();  // gives the directory free

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path data() const { return path_ / "data"; }
  bool fresh() const { return fresh_; }  // it holds no database yet: make one, then MarkComplete

  Status MarkComplete();

 private:
  DatabaseDirectory(std::filesystem::path path, bool read_only) : path_(std::move(path)), read_only_(read_only) {}
  Status TakeLock();
  Status CheckMarker();

  std::filesystem::path path_;
  bool read_only_ = false;
  bool fresh_ = false;
  int lock_ = -1;  // file descriptor; -1: none
};

// Makes what was made, renamed or removed in the directory durable.
Status SyncDirectory(const std::filesystem::path& path);

// Gives a finished directory its name, durably and in one step: `to` must not exist. Both must be on one file system.
Status PublishDirectory(const std::filesystem::path& from, const std::filesystem::path& to);

}  // namespace plenum::storage
