// The writes of a transaction that is not committed: what becomes of each key, in key order, with savepoints.
//
// A key is put, erased, or merged into: then operands (fold.h) are appended to what it holds, or to what this set puts
// or erases first. Savepoints nest. Going back to one restores every key written since to what it was then: an undo log
// keeps what each change since took away, so that the cost is that of the writes taken back.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

namespace plenum::storage {

class WriteSet {
 public:
  struct Write {
    enum class Base : std::uint8_t { kStored, kErased, kPut };
    Base base = Base::kStored;  // what the key holds before the operands: what the store has, nothing, or `value`
    std::string value;          // with kPut
    std::string operands;       // laid end to end, in order; empty: none. Never empty with kStored
  };
  using Writes = std::map<std::string, Write, std::less<>>;

  void Put(std::string key, std::string value);
  void Erase(std::string key);
  void Merge(std::string key, std::string_view operand);  // not empty

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
  struct NotWritten {};
  struct OperandsBefore {
    std::size_t bytes;  // how long `operands` were
  };
  struct Undo {
    Writes::iterator entry;  // stays good: an entry goes only when the undo that added it is applied
    std::variant<NotWritten, OperandsBefore, Write> previous;
  };

  void Set(std::string key, Write write);
  static std::size_t SizeOf(const Undo& undo);
  void Remember(Undo undo);
  void Restore(Undo& undo);

  Writes writes_;
  std::vector<Undo> undo_;
  std::vector<std::size_t> savepoints_;  // the size of undo_ when each was set
  std::size_t write_bytes_ = 0;
  std::size_t undo_bytes_ = 0;
};

}  // namespace plenum::storage
