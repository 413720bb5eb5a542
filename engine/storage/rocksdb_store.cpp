// The Store that RocksDB keeps, with guards against what this RocksDB (7.8) is known to do to a damaged database.
#include "engine/storage/rocksdb_store.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/database_copy.h"
#include "engine/storage/database_directory.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/open_guards.h"
#include "engine/storage/rocksdb_bulk_writer.h"
#include "engine/storage/rocksdb_change_log.h"
#include "engine/storage/rocksdb_options.h"
#include "engine/storage/rocksdb_snapshot.h"
#include "engine/storage/rocksdb_state_keeper.h"
#include "engine/storage/rocksdb_table_check.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/state_file.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr const char* kBulkFolder = "runs";

class RocksStore final : public Store {
 public:
  RocksStore(std::string path, const StoreOptions& options)
      : path_(std::move(path)),
        read_only_(options.read_only),
        memory_(path_ == ":memory:" ? rocksdb::NewMemEnv(rocksdb::Env::Default()) : nullptr),
        past_journal_bytes_(options.past_journal_bytes),
        options_(MakeRocksOptions(options, memory_.get())) {}

  Status OpenInMemory() {
    options_.create_if_missing = true;
    return OpenData("/memory", false);
  }

  Status OpenDirectory(DatabaseDirectory directory) {
    directory_.emplace(std::move(directory));
    options_.create_if_missing = directory_->fresh();
    options_.error_if_exists = directory_->fresh();
    return directory_->fresh() ? Begin() : OpenNoted();
  }

  // Makes the data that were put into a fresh directory a database.
  Status AdoptDirectory(DatabaseDirectory directory) {
    directory_.emplace(std::move(directory));
    return Begin();
  }

  ~RocksStore() override {
    if (noted_ && !failed()) (void)Close();  // what then is missing, the next open says
  }

  bool read_only() const override { return read_only_; }
  std::optional<Recovery> recovered() const override { return recovered_; }

  std::shared_ptr<const Snapshot> TakeSnapshot() override { return TakeRocksSnapshot(*database_, read_only_, path_); }

  Status Apply(const WriteSet& writes, bool sync) override {
    if (read_only_) return ReadOnlyError();
    if (failed()) {
      return RuntimeError(ErrorType::kIoError, "an earlier write to the database '" + path_ +
                                                   "' failed; close it and open it again before writing more");
    }
    rocksdb::WriteBatch batch(writes.bytes());
    const std::uint64_t commit = CommitIn(writes);
    if (commit == 0) MarkOtherWrites(batch).PermitUncheckedError();
    for (const auto& [key, write] : writes.writes()) {
      if (Status status = ToStatus(AddTo(batch, key, write), path_); !status.ok()) return status;
    }
    rocksdb::WriteOptions options;
    options.sync = sync && memory_ == nullptr;
    options.disableWAL = memory_ != nullptr;
    // Another thread's writes may come between: of the batch itself, this is the least that its last sequence can be.
    const std::uint64_t sequence = database_->GetLatestSequenceNumber() + batch.Count();
    Status status = ToStatus(database_->Write(options, &batch), path_);
    if (!status.ok()) failed_ = true;
    if (status.ok() && options.sync) keeper_->SetDurable(commit, sequence);
    return status;
  }

  Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t memory_bytes_max) override {
    if (read_only_) return ReadOnlyError();
    return MakeSortingBulkWriter(MakeBulkTarget(), memory_bytes_max);
  }
  Result<std::unique_ptr<BulkWriter>> BeginSortedBulk() override {
    if (read_only_) return ReadOnlyError();
    return MakeSortedBulkWriter(MakeBulkTarget());
  }

  Result<bool> ChangesSince(std::uint64_t commit, const ChangeVisitor& visit) override {
    const Result<std::uint64_t> newest = ReadCommit();
    if (!newest) return newest.error();
    if (commit >= *newest) return commit == *newest;
    return VisitChanges(*database_, commit, *newest, visit);
  }

  std::uint64_t ApproximateBytes(const KeyRange& range) const override {
    const rocksdb::Range asked(range.begin, range.end);
    rocksdb::SizeApproximationOptions options;
    options.include_memtables = true;
    std::uint64_t bytes = 0;
    const rocksdb::Status status =
        database_->GetApproximateSizes(options, database_->DefaultColumnFamily(), &asked, 1, &bytes);
    return status.ok() ? bytes : 0;
  }

  Status Checkpoint(const std::string& path) override {
    if (!directory_) return CopyToDirectory(*TakeSnapshot(), path);
    const std::string draft = path + ".draft";
    std::error_code ignored;
    fs::remove_all(draft, ignored);
    Status status = WriteCheckpoint(draft);
    if (status.ok()) status = PublishDirectory(draft, path);
    if (!status.ok()) fs::remove_all(draft, ignored);
    return status;
  }

  Status Compact() override {
    if (read_only_) return RuntimeError(ErrorType::kUsageError, "the database '" + path_ + "' is open read-only");
    return ToStatus(database_->CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr), path_);
  }

  Status VerifyChecksums() override {
    rocksdb::ReadOptions options;
    options.fill_cache = false;
    return ToStatus(database_->VerifyChecksum(options), path_);
  }

 private:
  Error ReadOnlyError() const {
    return RuntimeError(ErrorType::kUsageError, "the database '" + path_ + "' is open read-only");
  }

  BulkTarget MakeBulkTarget() {
    const fs::path directory = directory_ ? directory_->path() : fs::path("/");
    return {*database_,  directory / kBulkFolder, path_,
            bulk_files_, directory_.has_value(),  [this] { return keeper_ ? keeper_->Note(*database_) : Status(); }};
  }

  // A database whose files are there and were never noted.
  Status Begin() {
    MakeKeeper(std::nullopt);
    if (Status status = OpenData(directory_->data().string(), read_only_); !status.ok()) return status;
    if (Status status = CheckFirstBlocks(); !status.ok()) return status;
    if (Status status = NoteOpened(); !status.ok()) return status;
    return directory_->MarkComplete();
  }

  Status OpenNoted() {
    auto found = StateFile(directory_->path()).Read();
    if (!found) return std::move(found).error();
    if (Status status = CheckBeforeOpen(directory_->path(), directory_->data(), *found); !status.ok()) return status;
    // An open for writing deletes what the MANIFEST does not list. One that nobody noted is first looked at by an open
    // that touches nothing.
    if (!read_only_ && UnnotedManifest(directory_->data(), found->state)) {
      if (Status status = OpenAndCompare(found->state, true); !status.ok()) return status;
    }
    if (!read_only_) RemoveLeftovers();
    MakeKeeper(found->state);
    if (Status status = OpenAndCompare(found->state, read_only_); !status.ok()) return status;
    if (Status status = CheckFirstBlocks(); !status.ok()) return status;
    if (!found->state.closed) {
      const Result<std::uint64_t> commit = ReadCommit();
      if (!commit) return commit.error();
      recovered_ = Recovery{*commit};
    }
    return read_only_ ? Status() : NoteOpened();
  }

  Status OpenAndCompare(const StoreState& noted, bool read_only) {
    const fs::path data = directory_->data();
    const std::string journals = Journals();
    const std::optional<fs::path> unnoted = UnnotedManifest(data, noted);
    database_.reset();
    if (Status status = OpenData(data.string(), read_only); !status.ok()) {
      return NamingFile(std::move(status).error(), noted, journals);
    }
    if (Status status = read_only ? CheckListed(noted, unnoted) : Status(); !status.ok()) return status;
    return CheckDurable(noted, unnoted ? journals + ", or its file '" + unnoted->string() + "'," : journals);
  }

  // What was live and in no compaction is so still, until an open for writing begins one.
  Status CheckListed(const StoreState& noted, const std::optional<fs::path>& unnoted) const {
    if (!unnoted) return {};  // it was compared with its note
    std::vector<rocksdb::LiveFileMetaData> files;
    database_->GetLiveFilesMetaData(&files);
    for (const StoreState::File& table : noted.tables) {
      const auto is_table = [&](const rocksdb::LiveFileMetaData& file) { return file.file_number == table.number; };
      if (std::any_of(files.begin(), files.end(), is_table)) continue;
      return RuntimeError(ErrorType::kCorruption, "the database '" + path_ + "' is damaged: its file '" +
                                                      unnoted->string() + "' does not list " +
                                                      DataFileName(table.number, "sst") + "; restore a copy");
    }
    return {};
  }

  // RocksDB names the file that it found damaged, but for journals; and for some tables it names the MANIFEST, which is
  // known to be whole.
  Error NamingFile(Error error, const StoreState& noted, const std::string& journals) const {
    if (error.type != ErrorType::kCorruption) return error;
    for (const StoreState::File& table : noted.tables) {
      const std::string file = (directory_->data() / DataFileName(table.number, "sst")).string();
      Status status = CheckTable(options_, path_, file, TableCheck::kEveryBlock);
      if (!status.ok()) return std::move(status).error();
    }
    const bool named = error.message.find(directory_->data().string()) != std::string::npos;
    if (!named) error.message += " (its journal " + journals + " cannot be read)";
    return error;
  }

  void MakeKeeper(std::optional<StoreState> last) {
    if (read_only_) return;
    keeper_.emplace(directory_->path(), directory_->data(), std::move(last));
    options_.listeners.push_back(keeper_->Listener());
    options_.listeners.push_back(MakeJournalRemover(directory_->data(), past_journal_bytes_));
    if (past_journal_bytes_ > 0) KeepPastJournals(options_);
  }

  Status NoteOpened() {
    Status status = keeper_->Note(*database_);
    noted_ = status.ok();
    RemovePastJournals(directory_->data(), past_journal_bytes_);
    return status;
  }

  // Writes that asked for no sync become durable now, so that an orderly close loses nothing.
  Status Close() {
    rocksdb::CancelAllBackgroundWork(database_.get(), /*wait=*/true);
    const std::uint64_t sequence = database_->GetLatestSequenceNumber();
    if (sequence > keeper_->durable_sequence()) {
      if (Status status = ToStatus(database_->SyncWAL(), path_); !status.ok()) return status;
    }
    const Result<std::uint64_t> commit = ReadCommit();
    if (!commit) return commit.error();
    keeper_->SetDurable(*commit, sequence);
    return keeper_->NoteClosed(*database_);
  }

  bool failed() const { return failed_ || (keeper_ && keeper_->failed()); }

  Result<std::uint64_t> ReadCommit() const {
    std::string value;
    const rocksdb::Status status = database_->Get(rocksdb::ReadOptions(), CommitsKey(), &value);
    if (!status.ok() && !status.IsNotFound()) return ToStatus(status, path_).error();
    return ReadBigEndian(value);
  }

  // The number of the commit that these writes are, or 0.
  static std::uint64_t CommitIn(const WriteSet& writes) {
    const WriteSet::Write* commit = writes.Find(CommitsKey());
    return commit != nullptr && commit->base == WriteSet::Write::Base::kPut ? ReadBigEndian(commit->value) : 0;
  }

  // What was durable must be there: the end of a journal can be lost without a trace in it.
  Status CheckDurable(const StoreState& noted, const std::string& journals) const {
    const Result<std::uint64_t> commit = ReadCommit();
    if (!commit) return commit.error();
    if (database_->GetLatestSequenceNumber() >= noted.sequence && *commit >= noted.commit) return {};
    return RuntimeError(ErrorType::kCorruption, "the database '" + path_ + "' is damaged: its journal " + journals +
                                                    " has lost its end: commit " + std::to_string(noted.commit) +
                                                    " was durable (write " + std::to_string(noted.sequence) +
                                                    "), and what is there ends with commit " + std::to_string(*commit) +
                                                    " (write " + std::to_string(database_->GetLatestSequenceNumber()) +
                                                    "); restore a copy");
  }

  // Those that anything was written to, or else the folder where there should be one, for messages.
  std::string Journals() const {
    std::string names;
    for (const fs::path& journal : JournalsIn(directory_->data())) {
      names += (names.empty() ? "'" : "', '") + journal.string();
    }
    return names.empty() ? "in '" + directory_->data().string() + "'" : names + "'";
  }

  // Opened once, so that it is known to open.
  Status WriteCheckpoint(const std::string& path) const {
    auto directory = DatabaseDirectory::Open(path, {});
    if (!directory) return std::move(directory).error();
    rocksdb::Checkpoint* made = nullptr;
    rocksdb::Status status = rocksdb::Checkpoint::Create(database_.get(), &made);
    const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
    if (status.ok()) status = checkpoint->CreateCheckpoint(directory->data().string());
    if (!status.ok()) return ToStatus(status, path_);
    return RocksStore(path, {}).AdoptDirectory(std::move(*directory));
  }

  static rocksdb::Status AddTo(rocksdb::WriteBatch& batch, std::string_view key, const WriteSet::Write& write) {
    rocksdb::Status status;
    if (write.base == WriteSet::Write::Base::kPut) status = batch.Put(key, write.value);
    if (write.base == WriteSet::Write::Base::kErased) status = batch.Delete(key);
    return status.ok() && !write.operands.empty() ? batch.Merge(key, write.operands) : status;
  }

  Status OpenData(const std::string& data, bool read_only) {
    rocksdb::DB* database = nullptr;
    const rocksdb::Status status = read_only && memory_ == nullptr
                                       ? rocksdb::DB::OpenForReadOnly(options_, data, &database)
                                       : rocksdb::DB::Open(options_, data, &database);
    database_.reset(database);
    return ToStatus(status, path_);
  }

  // A bulk write that was cut short leaves its files; each open begins a journal, and RocksDB leaves those behind that
  // nothing was written to.
  void RemoveLeftovers() const {
    std::error_code failed;
    fs::remove_all(directory_->path() / kBulkFolder, failed);
    for (fs::directory_iterator file(directory_->data(), failed), end; !failed && file != end; file.increment(failed)) {
      std::error_code ignored;
      if (file->path().extension() == ".log" && file->file_size(ignored) == 0) fs::remove(file->path(), ignored);
    }
  }

  // A damaged first block ends a scan early without an error, so each file is asked for its own first key. A compaction
  // may begin as soon as the database is open: until all are read, no file may go.
  Status CheckFirstBlocks() const {
    if (read_only_) return CheckFirstBlocksOfLiveFiles();
    const rocksdb::Status held = database_->DisableFileDeletions();
    Status checked = CheckFirstBlocksOfLiveFiles();
    if (held.ok()) (void)database_->EnableFileDeletions(/*force=*/false);
    return checked;
  }

  Status CheckFirstBlocksOfLiveFiles() const {
    std::vector<rocksdb::LiveFileMetaData> files;
    database_->GetLiveFilesMetaData(&files);
    for (const rocksdb::LiveFileMetaData& file : files) {
      Status status = CheckTable(options_, path_, file.db_path + file.name, TableCheck::kFirstBlock);
      if (!status.ok()) return status;
    }
    return {};
  }

  // In the order of their making: the database goes before what it uses.
  const std::string path_;
  const bool read_only_;
  const std::unique_ptr<rocksdb::Env> memory_;
  std::optional<DatabaseDirectory> directory_;
  std::optional<StateKeeper> keeper_;  // of a directory that may be written
  const std::uint64_t past_journal_bytes_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::DB> database_;
  std::optional<Recovery> recovered_;
  bool noted_ = false;  // wholly open, for writing
  std::atomic<bool> failed_ = false;
  std::atomic<std::uint64_t> bulk_files_ = 0;
};

}  // namespace

Result<std::unique_ptr<Store>> OpenStore(std::string_view path, const StoreOptions& options) {
  auto store = std::make_unique<RocksStore>(std::string(path), options);
  if (path == ":memory:") {
    if (Status status = store->OpenInMemory(); !status.ok()) return std::move(status).error();
    return std::unique_ptr<Store>(std::move(store));
  }
  auto directory = DatabaseDirectory::Open(fs::path(path), {options.create_if_missing, options.read_only});
  if (!directory) return std::move(directory).error();
  if (Status status = store->OpenDirectory(std::move(*directory)); !status.ok()) return std::move(status).error();
  return std::unique_ptr<Store>(std::move(store));
}

}  // namespace plenum::storage
