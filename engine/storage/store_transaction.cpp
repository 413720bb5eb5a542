// See store_transaction.h. A scan walks the snapshot's cursor and the sorted writes side by side; where both have a
// key, the write wins. Cursors are kept for the next scan: each nested scan takes one of its own.
#include "engine/storage/store_transaction.h"

#include <cassert>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

// Whether the key has a value after a write that does not merge into it.
bool IsThere(const WriteSet::Write& write) {
  assert(write.operands.empty() && "a merged key is not read before its commit");
  return write.base == WriteSet::Write::Base::kPut;
}

// The end of the keys with the same first byte, which are of one kind; none where the range has others.
std::string BoundOf(const KeyRange& range) {
  if (range.begin.empty() || range.begin.front() == '\xFF') return {};
  std::string bound = PrefixRange(std::string_view(range.begin).substr(0, 1)).end;
  return range.end <= bound ? bound : std::string();
}

}  // namespace

StoreTransaction::StoreTransaction(Store& store, std::shared_ptr<const Snapshot> snapshot)
    : store_(store), snapshot_(std::move(snapshot)) {}

void StoreTransaction::Renew(std::shared_ptr<const Snapshot> snapshot) {
  idle_cursors_.clear();
  snapshot_ = std::move(snapshot);
}

Result<bool> StoreTransaction::Get(std::string_view key, std::string& value) const {
  if (const auto* write = writes_.Find(key)) {
    if (IsThere(*write)) value = write->value;
    return IsThere(*write);
  }
  return snapshot_->Get(key, value);
}

Result<std::uint64_t> StoreTransaction::GetNumber(std::string_view key) const {
  std::string bytes;
  const Result<bool> found = Get(key, bytes);
  if (!found) return found.error();
  if (!*found) return std::uint64_t{0};
  if (bytes.size() == 8) return ReadBigEndian(bytes);
  return RuntimeError(ErrorType::kCorruption, "the stored bytes of a counter are damaged; restore a copy");
}

Status StoreTransaction::Scan(const KeyRange& range, const Visitor& visit) {
  std::string bound = BoundOf(range);
  std::vector<std::unique_ptr<Cursor>>& idle = idle_cursors_[bound];
  std::unique_ptr<Cursor> cursor;
  if (idle.empty()) {
    cursor = snapshot_->NewCursor(bound);
  } else {
    cursor = std::move(idle.back());
    idle.pop_back();
  }
  cursor->Seek(range.begin);
  Status status = writes_.empty() ? ScanSnapshot(*cursor, range.end, visit) : ScanMerged(*cursor, range, visit);
  idle_cursors_[bound].push_back(std::move(cursor));
  return status;
}

Status StoreTransaction::ScanSnapshot(Cursor& cursor, std::string_view end, const Visitor& visit) const {
  for (; cursor.Valid() && cursor.key() < end; cursor.Next()) {
    if (!visit(cursor.key(), cursor.value())) return {};
  }
  return cursor.status();
}

Status StoreTransaction::ScanMerged(Cursor& cursor, const KeyRange& range, const Visitor& visit) const {
  auto write = writes_.writes().lower_bound(range.begin);
  const auto writes_end = writes_.writes().lower_bound(range.end);
  while (true) {
    const bool stored = cursor.Valid() && cursor.key() < range.end;
    if (write == writes_end) return stored ? ScanSnapshot(cursor, range.end, visit) : cursor.status();
    if (stored && cursor.key() < write->first) {
      if (!visit(cursor.key(), cursor.value())) return {};
      cursor.Next();
      continue;
    }
    if (!cursor.Valid()) {  // at its end, or broken: then nothing more may be shown
      if (Status status = cursor.status(); !status.ok()) return status;
    }
    if (stored && cursor.key() == write->first) cursor.Next();
    if (IsThere(write->second) && !visit(write->first, write->second.value)) return {};
    ++write;
  }
}

Status StoreTransaction::Commit(bool sync) {
  Status status = writes_.empty() ? Status() : store_.Apply(writes_, sync);
  writes_.Clear();
  return status;
}

}  // namespace plenum::storage
