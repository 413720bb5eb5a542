// See rocksdb_change_log.h. What RocksDB calls a sequence is the number of a single write: it finds the journal that
// has one, and reads on from there. In which journal a commit is, the first commit of each tells.
#include "engine/storage/rocksdb_change_log.h"

#include <rocksdb/db.h>
#include <rocksdb/listener.h>
#include <rocksdb/transaction_log.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::string_view kOtherWrites = "o";
constexpr std::string_view kBulkWrite = "b";
constexpr std::size_t kPastJournalsMax = 64;  // each open of the database may leave one, however short

// A part of a batch that was applied as one.
struct LoggedWrites {
  std::uint64_t commit = 0;  // 0: none
  bool bulk = false;
  std::vector<std::string_view> keys;  // in the batch
};

// What one batch of the journal says. A commit begins with its number, whose key is the least of all.
class Parts final : public rocksdb::WriteBatch::Handler {
 public:
  explicit Parts(std::size_t writes) : writes_(writes) {}

  std::vector<LoggedWrites> Take() { return std::move(parts_); }

  rocksdb::Status PutCF(std::uint32_t, const rocksdb::Slice& key, const rocksdb::Slice& value) override {
    if (key == commits_key_) parts_.push_back({.commit = ReadBigEndian(value.ToStringView())});
    return Add(key);
  }
  rocksdb::Status MergeCF(std::uint32_t, const rocksdb::Slice& key, const rocksdb::Slice&) override { return Add(key); }
  rocksdb::Status DeleteCF(std::uint32_t, const rocksdb::Slice& key) override { return Add(key); }
  void LogData(const rocksdb::Slice& mark) override { parts_.push_back({.bulk = mark == kBulkWrite}); }

 private:
  // What is put or erased and then merged into comes twice.
  rocksdb::Status Add(const rocksdb::Slice& key) {
    if (parts_.empty()) parts_.emplace_back();
    std::vector<std::string_view>& keys = parts_.back().keys;
    if (keys.empty()) keys.reserve(writes_);
    if (keys.empty() || keys.back() != key.ToStringView()) keys.push_back(key.ToStringView());
    return {};
  }

  const std::size_t writes_;
  const std::string commits_key_ = CommitsKey();
  std::vector<LoggedWrites> parts_;
};

// Reads batch after batch, from the one with the write `first`. RocksDB goes no further than to the journals that there
// are now, nor over a number that a bulk write took: what was known at the beginning lies before both.
class JournalReader {
 public:
  JournalReader(rocksdb::DB& database, rocksdb::SequenceNumber first) {
    if (!database.GetUpdatesSince(first, &journals_).ok()) journals_.reset();
  }

  // Its keys live until it is called again. Absent at the end, and where the journals cannot be read.
  std::optional<std::vector<LoggedWrites>> Next() {
    if (!journals_ || !journals_->Valid()) return std::nullopt;
    batch_ = journals_->GetBatch();
    journals_->Next();
    Parts parts(batch_.writeBatchPtr->Count());
    if (!batch_.writeBatchPtr->Iterate(&parts).ok()) return std::nullopt;
    return parts.Take();
  }

 private:
  std::unique_ptr<rocksdb::TransactionLogIterator> journals_;
  rocksdb::BatchResult batch_;
};

std::optional<std::uint64_t> FirstCommit(rocksdb::DB& database, rocksdb::SequenceNumber from) {
  JournalReader reader(database, from);
  while (const auto parts = reader.Next()) {
    for (const LoggedWrites& part : *parts) {
      if (part.commit != 0) return part.commit;
    }
  }
  return std::nullopt;
}

// Where the newest journal begins that has the commit, or what comes before it. Before the first commit there is
// nothing but the beginning.
std::optional<rocksdb::SequenceNumber> JournalWith(rocksdb::DB& database, std::uint64_t commit) {
  rocksdb::VectorLogPtr journals;
  if (!database.GetSortedWalFiles(journals).ok() || journals.empty()) return std::nullopt;
  if (commit == 0) {
    const rocksdb::SequenceNumber first = journals.front()->StartSequence();
    return first == 1 ? std::optional<rocksdb::SequenceNumber>(0) : std::nullopt;
  }
  for (auto journal = journals.rbegin(); journal != journals.rend(); ++journal) {
    const auto first = FirstCommit(database, (*journal)->StartSequence());
    if (first && *first <= commit) return (*journal)->StartSequence();
  }
  return std::nullopt;
}

class JournalRemover final : public rocksdb::EventListener {
 public:
  JournalRemover(fs::path data, std::uint64_t bytes_max) : data_(std::move(data)), bytes_max_(bytes_max) {}
  void OnFlushCompleted(rocksdb::DB*, const rocksdb::FlushJobInfo&) override { RemovePastJournals(data_, bytes_max_); }

 private:
  const fs::path data_;
  const std::uint64_t bytes_max_;
};

}  // namespace

bool VisitChanges(rocksdb::DB& database, std::uint64_t commit, std::uint64_t newest,
                  const Store::ChangeVisitor& visit) {
  const auto begin = JournalWith(database, commit);
  if (!begin) return false;
  JournalReader reader(database, *begin);
  bool found = commit == 0;
  std::uint64_t last = commit;
  while (const auto parts = reader.Next()) {
    for (const LoggedWrites& part : *parts) {
      if (found && part.bulk) return false;
      if (part.commit == 0) continue;
      if (!found) {
        if (part.commit > commit) return false;
        found = part.commit == commit;
        continue;
      }
      if (part.commit != last + 1) return false;
      if (!visit(part.commit, part.keys)) return true;
      last = part.commit;
      if (last == newest) return true;
    }
  }
  return false;
}

rocksdb::Status MarkOtherWrites(rocksdb::WriteBatch& batch) { return batch.PutLogData(kOtherWrites); }

rocksdb::Status MarkBulkWrite(rocksdb::DB& database) {
  rocksdb::WriteBatch mark;
  rocksdb::Status status = mark.PutLogData(kBulkWrite);
  rocksdb::WriteOptions options;
  options.sync = true;
  return status.ok() ? database.Write(options, &mark) : status;
}

// A journal that is gone is one that nobody can follow any more: what cannot be removed now, the next flush tries
// again.
void RemovePastJournals(const fs::path& data, std::uint64_t bytes_max) {
  std::error_code failed;
  std::vector<std::pair<fs::path, std::uintmax_t>> journals;
  for (fs::directory_iterator file(data / "archive", failed), end; !failed && file != end; file.increment(failed)) {
    std::error_code gone;
    const std::uintmax_t bytes = file->file_size(gone);
    if (!gone) journals.emplace_back(file->path(), bytes);
  }
  std::sort(journals.rbegin(), journals.rend());  // the newest first, by their numbers
  std::uint64_t bytes = 0;
  std::size_t count = 0;
  for (const auto& [journal, size] : journals) {
    bytes += size;
    if (size > 0 && ++count <= kPastJournalsMax && bytes <= bytes_max) continue;
    std::error_code ignored;
    fs::remove(journal, ignored);
  }
}

std::shared_ptr<rocksdb::EventListener> MakeJournalRemover(fs::path data, std::uint64_t bytes_max) {
  return std::make_shared<JournalRemover>(std::move(data), bytes_max);
}

}  // namespace plenum::storage
