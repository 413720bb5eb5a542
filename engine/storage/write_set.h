// The writes of a transaction that is not committed: the newest write of each key, in key order, with savepoints.
//
// Savepoints nest. Going back to one restores every key written since to what it was then: an undo log keeps the
// previous write of each key changed while a savepoint is set, so that the cost is that of the writes taken back.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace plenum::storage {

class WriteSet {
 public:
  using Write = std::optional<std::string>;  // the new value; absent: the key is erased
  using Writes = std::map<std::string, Write, std::less<>>;

  void Put(std::string key, std::string value) { Set(std::move(key), std::move(value)); }
  void Erase(std::string key) { Set(std::move(key), std::nullopt); }

  // The write of `key`, or null where it was not written.
  const Write* Find(std::string_view key) const;
  const Writes& writes() const { return writes_; }
  bool empty() const { return writes_.empty(); }
  std::size_t bytes() const { return write_bytes_ + undo_bytes_; }  // about what this takes in memory

  void SetSavepoint() { savepoints_.push_back(undo_.size()); }
  // Both need a savepoint that is set. Rolling back ends it too.
  void RollbackToSavepoint();
  void ReleaseSavepoint();
  void Clear();

 private:
  struct Undo {
    Writes::iterator entry;         // stays good: an entry goes only when the undo that added it is applied
    std::optional<Write> previous;  // absent: the key had not been written
  };

  void Set(std::string key, Write write);
  void Restore(Undo& undo);

  Writes writes_;
  std::vector<Undo> undo_;
  std::vector<std::size_t> savepoints_;  // the size of undo_ when each was set
  std::size_t write_bytes_ = 0;
  std::size_t undo_bytes_ = 0;
};

}  // namespace plenum::storage
