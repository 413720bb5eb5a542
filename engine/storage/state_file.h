// What a database's data must be, noted beside them: the files STATE.0 and STATE.1, written by turns.
//
// The store's own record of its files may be cut short without its noticing, and what is then no longer listed is
// deleted. So each change of the list is noted here, and an open compares before it lets anything be touched
// (open_guards.h). A note is text, closed by a checksum; the newer of those that are whole stands. What follows the
// checksum is left over from a longer note.
//
//   Plenum state 1
//   note 7 open                     counts up; `open` while a process writes, `closed` after an orderly close
//   commit 12                       up to here commits are durable
//   sequence 345                    the store's own count of writes that are durable
//   manifest 5 1234 9876543210      number, bytes at least, checksum of those bytes
//   table 4 12345                   a live file and its size, any number of lines
//   leaving 6 54321                 a live file that a compaction may replace at any moment
//   journal 9 345 9876543210        the journals of a closed database, as the MANIFEST is noted
//   check 1234567890                checksum of all before this line
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum::storage {

// FNV-1a, 64 bits; goes on from the checksum of what came before.
inline constexpr std::uint64_t kEmptyChecksum = 0xCBF29CE484222325;
std::uint64_t Checksum(std::string_view bytes, std::uint64_t before = kEmptyChecksum);

struct StoreState {
  struct File {
    std::uint64_t number = 0;
    std::uint64_t bytes = 0;
    bool operator==(const File&) const = default;
  };
  // A file that only grows: it has these bytes at least, and their checksum.
  struct Grown {
    std::uint64_t number = 0;
    std::uint64_t bytes = 0;
    std::uint64_t checksum = kEmptyChecksum;
    bool operator==(const Grown&) const = default;
  };
  std::uint64_t note = 0;
  bool closed = false;
  std::uint64_t commit = 0;
  std::uint64_t sequence = 0;
  Grown manifest;
  std::vector<File> tables;
  std::vector<File> leaving;
  std::vector<Grown> journals;
  bool operator==(const StoreState&) const = default;
};

std::string StateText(const StoreState& state);
std::optional<StoreState> StateOfText(std::string_view text);

class StateFile {
 public:
  explicit StateFile(std::filesystem::path directory) : directory_(std::move(directory)) {}

  struct Found {
    StoreState state;
    std::filesystem::path damaged;  // the other one, where it is there and not whole; else empty
  };
  Result<Found> Read() const;  // Corruption where there is none that is whole
  // Over the older of the two. `durable`: a power cut later leaves this note or a later one.
  Status Write(const StoreState& state, bool durable) const;

 private:
  std::filesystem::path Slot(std::uint64_t note) const { return directory_ / (note % 2 == 0 ? "STATE.0" : "STATE.1"); }

  std::filesystem::path directory_;
};

}  // namespace plenum::storage
