// Keeps the note of what a database's data are (state_file.h) in step with RocksDB.
//
// A file leaves the live ones by a compaction alone. Before one begins, a note marks its files as leaving; so whatever
// moment a process is killed at, every file that the newest note lists as a table is there, and the MANIFEST is at
// least as long as it says.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "engine/storage/state_file.h"
#include "plenum/status.h"

namespace rocksdb {
class DB;
class EventListener;
}  // namespace rocksdb

namespace plenum::storage {

// May be called by any thread.
class StateKeeper {
 public:
  // `last`: the newest note, where there is one.
  StateKeeper(std::filesystem::path directory, std::filesystem::path data, std::optional<StoreState> last);

  // To be told of flushes and compactions, as one of the database's listeners. The keeper outlives the database.
  std::shared_ptr<rocksdb::EventListener> Listener();

  // Everything up to here is durable. Goes into the next note.
  void SetDurable(std::uint64_t commit, std::uint64_t sequence);
  std::uint64_t durable_sequence() const { return sequence_; }

  Status Note(rocksdb::DB& database);
  // The last note of an orderly close: nothing is written any more, all is durable, and nothing works in the
  // background.
  Status NoteClosed(rocksdb::DB& database);

  bool failed() const { return failed_; }  // a note could not be written: nothing more may be

 private:
  Status Write(rocksdb::DB& database, bool closed);
  Status TakeManifest(rocksdb::DB& database);
  static void TakeTables(rocksdb::DB& database, StoreState& state);
  Status TakeJournals();
  // Notes the first `bytes` of the file, of which `known` says the checksum of the first.
  static Status TakeGrown(const std::filesystem::path& path, std::uint64_t bytes, const StoreState::Grown& known,
                          StoreState::Grown& grown);

  const StateFile file_;
  const std::filesystem::path data_;
  std::atomic<std::uint64_t> commit_;
  std::atomic<std::uint64_t> sequence_;
  std::atomic<bool> failed_ = false;
  std::mutex mutex_;  // guards state_, and holds a compaction up until the note that is being written is
  StoreState state_;
};

}  // namespace plenum::storage
