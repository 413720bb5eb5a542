// See memory_store.h. A key has its writes one after the other, each with the number of the batch it came in; a reader
// at batch n folds what was written up to n. What no snapshot can ask for any more goes at the key's next write.
#include "engine/storage/memory_store.h"

#include <algorithm>
#include <functional>
#include <iterator>
#include <map>
#include <mutex>
#include <set>
#include <shared_mutex>
#include <utility>

#include "engine/storage/byte_code.h"
#include "engine/storage/database_copy.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

using Write = WriteSet::Write;

constexpr std::size_t kChangesMax = 1000;  // commits that are known of the past

struct Version {
  std::uint64_t batch = 0;
  Write write;
};

struct Contents {
  mutable std::shared_mutex mutex;  // guards all below
  std::map<std::string, std::vector<Version>, std::less<>> keys;
  std::uint64_t batches = 0;
  std::multiset<std::uint64_t> snapshots;  // the batch that each living one reads
  FoldFunction fold = Fold;
  std::map<std::uint64_t, std::vector<std::string>> changes;  // by commit, of the latest
  std::uint64_t commit = 0;                                   // the newest
  bool bulk_written = false;                                  // since then
};

// What the key holds after batch `at`; no value where it is not there.
Result<std::optional<std::string>> ValueAt(const Contents& contents, std::string_view key,
                                           const std::vector<Version>& versions, std::uint64_t at) {
  const auto end = std::find_if(versions.begin(), versions.end(), [&](const Version& v) { return v.batch > at; });
  auto first = end;
  while (first != versions.begin()) {
    --first;
    if (first->write.base != Write::Base::kStored) break;
  }
  std::optional<std::string> base;
  if (first != end && first->write.base == Write::Base::kPut) base = first->write.value;
  std::vector<std::string_view> operands;
  for (auto version = first; version != end; ++version) {
    if (!version->write.operands.empty()) operands.push_back(version->write.operands);
  }
  if (operands.empty()) return base;
  std::optional<std::string> folded = contents.fold(key, base, operands);
  if (folded) return folded;
  return RuntimeError(ErrorType::kCorruption, "the database in memory is damaged: a value cannot be folded");
}

class MemoryCursor final : public Cursor {
 public:
  MemoryCursor(const Contents& contents, std::uint64_t at, std::string end)
      : contents_(contents), at_(at), end_(std::move(end)) {}

  void Seek(std::string_view key) override {
    const std::shared_lock lock(contents_.mutex);
    FindFrom(contents_.keys.lower_bound(key));
  }
  void Next() override {
    const std::shared_lock lock(contents_.mutex);
    FindFrom(contents_.keys.upper_bound(key_));
  }
  bool Valid() const override { return valid_; }
  std::string_view key() const override { return key_; }
  std::string_view value() const override { return value_; }
  Status status() const override { return error_ ? Status(*error_) : Status(); }

 private:
  void FindFrom(decltype(Contents::keys)::const_iterator entry) {
    valid_ = false;
    error_.reset();
    for (; entry != contents_.keys.end() && (end_.empty() || entry->first < end_); ++entry) {
      auto value = ValueAt(contents_, entry->first, entry->second, at_);
      if (!value) {
        error_ = value.error();
        return;
      }
      if (!*value) continue;
      valid_ = true;
      key_ = entry->first;
      value_ = std::move(**value);
      return;
    }
  }

  const Contents& contents_;
  const std::uint64_t at_;
  const std::string end_;  // empty: none
  bool valid_ = false;
  std::string key_;
  std::string value_;
  std::optional<Error> error_;
};

class MemorySnapshot final : public Snapshot {
 public:
  explicit MemorySnapshot(Contents& contents) : contents_(contents) {
    const std::unique_lock lock(contents_.mutex);
    at_ = contents_.batches;
    contents_.snapshots.insert(at_);
  }
  ~MemorySnapshot() override {
    const std::unique_lock lock(contents_.mutex);
    contents_.snapshots.erase(contents_.snapshots.find(at_));
  }
  MemorySnapshot(const MemorySnapshot&) = delete;
  MemorySnapshot& operator=(const MemorySnapshot&) = delete;

  Result<bool> Get(std::string_view key, std::string& value) const override {
    const std::shared_lock lock(contents_.mutex);
    const auto entry = contents_.keys.find(key);
    if (entry == contents_.keys.end()) return false;
    auto found = ValueAt(contents_, key, entry->second, at_);
    if (!found) return std::move(found).error();
    if (*found) value = std::move(**found);
    return found->has_value();
  }
  std::unique_ptr<Cursor> NewCursor(std::string_view end) const override {
    return std::make_unique<MemoryCursor>(contents_, at_, std::string(end));
  }

 private:
  Contents& contents_;
  std::uint64_t at_ = 0;
};

class MemoryBulkWriter final : public BulkWriter {
 public:
  MemoryBulkWriter(std::function<Status(const WriteSet&)> finish, bool sorted)
      : finish_(std::move(finish)), sorted_(sorted) {}
  Status Put(std::string_view key, std::string_view value) override {
    if (sorted_ && !writes_.empty() && writes_.writes().rbegin()->first >= key) {
      return RuntimeError(ErrorType::kUsageError, "a sorted bulk write needs each key greater than the one before it");
    }
    writes_.Put(std::string(key), std::string(value));
    return {};
  }
  Status Finish() override { return finish_(writes_); }

 private:
  const std::function<Status(const WriteSet&)> finish_;
  const bool sorted_;
  WriteSet writes_;
};

class MemoryStore final : public Store {
 public:
  explicit MemoryStore(FoldFunction fold) { contents_.fold = fold; }

  bool read_only() const override { return false; }
  std::shared_ptr<const Snapshot> TakeSnapshot() override { return std::make_shared<MemorySnapshot>(contents_); }

  Status Apply(const WriteSet& writes, bool) override {
    const std::unique_lock lock(contents_.mutex);
    ++contents_.batches;
    for (const auto& [key, write] : writes.writes()) {
      auto& versions = contents_.keys[key];
      versions.push_back({contents_.batches, write});
      Forget(versions);
    }
    Log(writes);
    return {};
  }

  Result<bool> ChangesSince(std::uint64_t commit, const ChangeVisitor& visit) override {
    std::map<std::uint64_t, std::vector<std::string>> changes;
    {
      const std::shared_lock lock(contents_.mutex);
      if (commit >= contents_.commit) return commit == contents_.commit;
      if (!contents_.changes.contains(commit + 1)) return false;
      changes = contents_.changes;
    }
    for (auto change = changes.upper_bound(commit); change != changes.end(); ++change) {
      if (!visit(change->first, std::vector<std::string_view>(change->second.begin(), change->second.end()))) break;
    }
    return true;
  }

  Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t) override {
    return std::unique_ptr<BulkWriter>(MakeBulkWriter(false));
  }
  Result<std::unique_ptr<BulkWriter>> BeginSortedBulk() override {
    return std::unique_ptr<BulkWriter>(MakeBulkWriter(true));
  }

  std::uint64_t ApproximateBytes(const KeyRange& range) const override {
    const std::shared_lock lock(contents_.mutex);
    std::uint64_t bytes = 0;
    const auto end = contents_.keys.lower_bound(range.end);
    for (auto entry = contents_.keys.lower_bound(range.begin); entry != end; ++entry) {
      const Write& write = entry->second.back().write;
      bytes += entry->first.size() + write.value.size() + write.operands.size();
    }
    return bytes;
  }

  Status Checkpoint(const std::string& path) override { return CopyToDirectory(*TakeSnapshot(), path); }

 private:
  std::unique_ptr<BulkWriter> MakeBulkWriter(bool sorted) {
    const auto finish = [this](const WriteSet& writes) {
      Status status = Apply(writes, true);
      const std::unique_lock lock(contents_.mutex);
      contents_.bulk_written = true;
      return status;
    };
    return std::make_unique<MemoryBulkWriter>(finish, sorted);
  }

  // A commit that is not known, or not all of it, ends what is known of the past.
  void Log(const WriteSet& writes) {
    const Write* number = writes.Find(CommitsKey());
    if (number == nullptr || number->base != Write::Base::kPut) return;
    const std::uint64_t commit = ReadBigEndian(number->value);
    const bool unknown = std::exchange(contents_.bulk_written, false);
    if (unknown || commit != contents_.commit + 1) contents_.changes.clear();
    contents_.commit = commit;
    if (unknown) return;
    std::vector<std::string>& keys = contents_.changes[commit];
    for (const auto& [key, write] : writes.writes()) keys.push_back(key);
    if (contents_.changes.size() > kChangesMax) contents_.changes.erase(contents_.changes.begin());
  }

  // A version that starts anew hides those before it from every snapshot at or after its batch.
  void Forget(std::vector<Version>& versions) const {
    const std::uint64_t oldest = contents_.snapshots.empty() ? contents_.batches : *contents_.snapshots.begin();
    const auto starts_anew = [&](const Version& v) {
      return v.batch <= oldest && v.write.base != Write::Base::kStored;
    };
    const auto newest = std::find_if(versions.rbegin(), versions.rend(), starts_anew);
    if (newest != versions.rend()) versions.erase(versions.begin(), std::prev(newest.base()));
  }

  Contents contents_;
};

}  // namespace

std::unique_ptr<Store> MakeMemoryStore(FoldFunction fold) { return std::make_unique<MemoryStore>(fold); }

}  // namespace plenum::storage
