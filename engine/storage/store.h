// The seam between the graph and what keeps its bytes: an ordered key-value store with snapshots and atomic writes.
//
// Nothing above this header knows which store it is. A Store hands out Snapshots (the committed state at a moment) and
// applies WriteSets, each wholly or not at all. What a writing transaction needs beyond that (reading its own writes,
// savepoints) is built on top, in store_transaction.h, and is the same for every store. Keys sort as unsigned bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/storage/write_set.h"
#include "plenum/status.h"

namespace plenum::storage {

// Keys from `begin` on and before `end`.
struct KeyRange {
  std::string begin;
  std::string end;
};

// All keys that begin with `prefix`, which must hold a byte other than 0xFF.
KeyRange PrefixRange(std::string_view prefix);

// A place in the sorted keys of one snapshot. Belongs to one thread at a time.
class Cursor {
 public:
  virtual ~Cursor() = default;
  virtual void Seek(std::string_view key) = 0;  // to the first key at or after `key`
  virtual void Next() = 0;
  virtual bool Valid() const = 0;  // false at the end and on an error: ask status() which
  virtual std::string_view key() const = 0;
  virtual std::string_view value() const = 0;
  virtual Status status() const = 0;
};

// The committed state at one moment. May be shared by threads; must not outlive its Store.
class Snapshot {
 public:
  virtual ~Snapshot() = default;
  // Sets `value` and returns true, or returns false where there is no such key.
  virtual Result<bool> Get(std::string_view key, std::string& value) const = 0;
  virtual std::unique_ptr<Cursor> NewCursor() const = 0;
};

// Fills a store that holds nothing in the written ranges yet, without a journal. Keys may come in any order; of equal
// keys the last one stays. Nothing is there before Finish returns; if it fails, part of it may be there.
class BulkWriter {
 public:
  virtual ~BulkWriter() = default;
  virtual Status Put(std::string_view key, std::string_view value) = 0;
  virtual Status Finish() = 0;  // everything is readable and durable
};

class Store {
 public:
  virtual ~Store() = default;

  virtual bool read_only() const = 0;
  virtual std::shared_ptr<const Snapshot> TakeSnapshot() = 0;
  // Applies all of `writes` as one: visible together and, with `sync`, durable when this returns. After a failure the
  // store refuses further writes, because what is on the disk is not known until it is opened again.
  virtual Status Apply(const WriteSet& writes, bool sync) = 0;
  // `memory_bytes_max`: what it may gather in memory before it writes.
  virtual Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t memory_bytes_max) = 0;
};

}  // namespace plenum::storage
