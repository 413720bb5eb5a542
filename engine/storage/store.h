// The seam between the graph and what keeps its bytes: an ordered key-value store with snapshots and atomic writes.
//
// Nothing above this header knows which store it is. A Store hands out Snapshots (the committed state at a moment) and
// applies WriteSets, each wholly or not at all. What a writing transaction needs beyond that (reading its own writes,
// savepoints) is built on top, in store_transaction.h, and is the same for every store. Keys sort as unsigned bytes.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

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
  // Sets one entry of `values` for each key; absent where there is no such key. Keys may come in any order.
  virtual Status MultiGet(std::span<const std::string_view> keys,
                          std::vector<std::optional<std::string>>& values) const;
  // Every key of each range, range after range, ascending in each, until `visit` returns false. `range` is the place in
  // `ranges`; the views live until `visit` returns.
  using RangeVisitor = std::function<bool(std::size_t range, std::string_view key, std::string_view value)>;
  virtual Status ScanMany(std::span<const KeyRange> ranges, const RangeVisitor& visit) const;
  // The cursor is at its end where the keys from `end` on begin; empty: it meets all. A bound spares it walking over
  // erased keys beyond what is looked for.
  virtual std::unique_ptr<Cursor> NewCursor(std::string_view end = {}) const = 0;
};

// Fills a store that holds nothing in the written ranges yet, without a journal. Nothing is there before Finish
// returns, and everything after; ended without it, nothing is. Several may be at work at once, on ranges of their own.
class BulkWriter {
 public:
  virtual ~BulkWriter() = default;
  virtual Status Put(std::string_view key, std::string_view value) = 0;
  virtual Status Finish() = 0;  // everything is readable and durable
};

// What an open found that followed no orderly close: every commit up to this one is there, and none after it.
struct Recovery {
  std::uint64_t commit = 0;  // the value of CommitsKey (key_layout.h)
};

class Store {
 public:
  virtual ~Store() = default;

  virtual bool read_only() const = 0;
  virtual std::optional<Recovery> recovered() const { return std::nullopt; }
  virtual std::shared_ptr<const Snapshot> TakeSnapshot() = 0;
  // Applies all of `writes` as one: visible together and, with `sync`, durable when this returns, as are all earlier
  // ones. After a failure the store refuses further writes, because what is on the disk is not known until it is opened
  // again.
  virtual Status Apply(const WriteSet& writes, bool sync) = 0;
  // Keys in any order; of equal keys the last one stays. `memory_bytes_max`: what it may gather in memory before it
  // writes.
  virtual Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t memory_bytes_max) = 0;
  // Each key must be greater than the one before it; a Put that is not is a UsageError. Written straight to files.
  virtual Result<std::unique_ptr<BulkWriter>> BeginSortedBulk() = 0;
  // Erases every key of the range, in batches of bounded size: snapshots taken meanwhile see part of it gone. Cut
  // short by a crash it has erased the first keys of the range; calling it again goes on. Durable when this returns.
  // When `stop`, which may be null, becomes true, it ends early with Cancelled.
  virtual Status DropRange(const KeyRange& range, const std::atomic<bool>* stop = nullptr);
  // What the commits wrote that came after `commit`, which is the value of CommitsKey (key_layout.h) as a reader saw
  // it: who keeps something that was read learns what to read anew, in another process too. Each commit up to the
  // newest one, ascending and without a gap, with every key that it put, merged into or erased, ascending, CommitsKey
  // among them; until `visit` returns false. The views live until it returns; it may read the store. False where the
  // store does not know one of them any more, or never had `commit`: what was visited until then is right, and the
  // reader reads all afresh. A store keeps a bounded past (StoreOptions); in memory alone, it may keep none.
  //
  // Writes that put no CommitsKey are passed over: they must be to keys that nobody reads until a commit says so, or
  // not any more (statistics, which are estimates, aside). What a bulk write brings counts as written by the next
  // commit, which then is not known. Numbers of commits that a crash lost are given out anew: who may have seen one
  // that was not durable asks recovered().
  using ChangeVisitor = std::function<bool(std::uint64_t commit, std::span<const std::string_view> keys)>;
  virtual Result<bool> ChangesSince(std::uint64_t commit, const ChangeVisitor& visit) = 0;
  // About how many bytes the range takes on the disk, for choosing between plans.
  virtual std::uint64_t ApproximateBytes(const KeyRange& range) const = 0;
  // Makes `path`, which must not exist, a database of its own that holds the state at some moment of the call. Shares
  // finished files with this one (hard links) where both are directories of one file system.
  virtual Status Checkpoint(const std::string& path) = 0;
  // Folds what was merged and gives back the room of what was erased, as far as no snapshot still reads it. Takes as
  // long as rewriting the whole; reads and writes go on meanwhile.
  virtual Status Compact() { return {}; }
  // Reads every file and compares it with the checksums that were written with it. Corruption names the first that is
  // damaged.
  virtual Status VerifyChecksums() { return {}; }
};

}  // namespace plenum::storage
