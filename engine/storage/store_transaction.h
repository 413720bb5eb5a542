// A transaction on a Store: reads of one snapshot with its own writes laid over it, and their commit.
//
// Belongs to one thread at a time. A scan may nest other reads, but its visitor must not write. Two transactions that
// write at once would overwrite each other: who may write is decided above (graph's write queue).
//
// What is put or erased here is read back; what is merged is not, until it is committed: who merges knows what it has
// changed, and no fold is paid for at each read. Reading a key that this transaction merged is a fault of the caller's.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/store.h"
#include "engine/storage/write_set.h"
#include "plenum/status.h"

namespace plenum::storage {

class StoreTransaction {
 public:
  StoreTransaction(Store& store, std::shared_ptr<const Snapshot> snapshot);

  // Sets `value` and returns true, or returns false where there is no such key.
  Result<bool> Get(std::string_view key, std::string& value) const;
  // A u64 of key_layout.h; 0 where there is no such key.
  Result<std::uint64_t> GetNumber(std::string_view key) const;
  // Every key of the range, ascending, until `visit` returns false. The views live until it returns.
  using Visitor = std::function<bool(std::string_view key, std::string_view value)>;
  Status Scan(const KeyRange& range, const Visitor& visit);

  // Reads a later snapshot from now on. Not within a scan.
  void Renew(std::shared_ptr<const Snapshot> snapshot);

  void Put(std::string key, std::string value) { writes_.Put(std::move(key), std::move(value)); }
  void Erase(std::string key) { writes_.Erase(std::move(key)); }
  void Merge(std::string key, std::string_view operand) { writes_.Merge(std::move(key), operand); }
  const WriteSet& writes() const { return writes_; }

  void SetSavepoint() { writes_.SetSavepoint(); }
  void RollbackToSavepoint() { writes_.RollbackToSavepoint(); }
  void ReleaseSavepoint() { writes_.ReleaseSavepoint(); }

  // Applies the writes; afterwards there are none, also when it failed.
  Status Commit(bool sync);
  void Rollback() { writes_.Clear(); }

 private:
  Status ScanSnapshot(Cursor& cursor, std::string_view end, const Visitor& visit) const;
  Status ScanMerged(Cursor& cursor, const KeyRange& range, const Visitor& visit) const;

  Store& store_;
  std::shared_ptr<const Snapshot> snapshot_;
  WriteSet writes_;
  // By their bound, which keeps them off erased keys of other kinds. Making one costs more than most scans.
  std::map<std::string, std::vector<std::unique_ptr<Cursor>>> idle_cursors_;
};

}  // namespace plenum::storage
