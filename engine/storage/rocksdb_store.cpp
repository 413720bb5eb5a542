// The Store that RocksDB keeps, set up for an embedded database: one column family, few threads, nothing written that
// nobody reads, and guards against what this RocksDB (7.8) is known to do to a damaged database.
#include "engine/storage/rocksdb_store.h"

#include <rocksdb/cache.h>
#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>
#include <rocksdb/write_batch.h>

#include <atomic>
#include <cstdarg>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/database_directory.h"
#include "engine/storage/run_sorter.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kFileBytes = std::uint64_t{64} << 20;

// What RocksDB would write into its LOG file; errors come back as a Status anyhow.
class SilentLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, std::va_list) override {}
};

rocksdb::Slice ToSlice(std::string_view text) { return {text.data(), text.size()}; }
std::string_view ToView(const rocksdb::Slice& slice) { return {slice.data(), slice.size()}; }

Status ToStatus(const rocksdb::Status& status, std::string_view path) {
  if (status.ok()) return {};
  const std::string database = "the database '" + std::string(path) + "'";
  if (status.IsIOError())
    return RuntimeError(ErrorType::kIoError, "cannot read or write " + database + ": " + status.ToString());
  return RuntimeError(ErrorType::kCorruption, database + " is damaged: " + status.ToString() + "; restore a copy");
}

rocksdb::Options MakeOptions(const StoreOptions& options, rocksdb::Env* memory) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes, 2);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  rocksdb::Options rocks;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocks.compression = rocksdb::kLZ4Compression;
  rocks.level_compaction_dynamic_level_bytes = true;
  rocks.info_log = std::make_shared<SilentLog>();
  // A torn tail of the journal is what a crash leaves; damage before it is an error, not a silent loss.
  rocks.wal_recovery_mode = rocksdb::WALRecoveryMode::kTolerateCorruptedTailRecords;
  // Opening and closing must take milliseconds.
  rocks.avoid_flush_during_shutdown = true;
  rocks.max_background_jobs = 2;
  rocks.max_open_files = 512;
  rocks.max_file_opening_threads = 1;
  rocks.stats_dump_period_sec = 0;
  rocks.stats_persist_period_sec = 0;
  if (memory != nullptr) rocks.env = memory;
  return rocks;
}

class RocksCursor final : public Cursor {
 public:
  RocksCursor(std::unique_ptr<rocksdb::Iterator> iterator, std::string_view path)
      : iterator_(std::move(iterator)), path_(path) {}
  void Seek(std::string_view key) override { iterator_->Seek(ToSlice(key)); }
  void Next() override { iterator_->Next(); }
  bool Valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return ToView(iterator_->key()); }
  std::string_view value() const override { return ToView(iterator_->value()); }
  Status status() const override { return ToStatus(iterator_->status(), path_); }

 private:
  std::unique_ptr<rocksdb::Iterator> iterator_;
  std::string_view path_;
};

class RocksSnapshot final : public Snapshot {
 public:
  // Read-only, the whole database is one snapshot.
  RocksSnapshot(rocksdb::DB& database, bool read_only, std::string_view path) : database_(database), path_(path) {
    if (!read_only) options_.snapshot = database_.GetSnapshot();
  }
  ~RocksSnapshot() override {
    if (options_.snapshot != nullptr) database_.ReleaseSnapshot(options_.snapshot);
  }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<bool> Get(std::string_view key, std::string& value) const override {
    const rocksdb::Status status = database_.Get(options_, ToSlice(key), &value);
    if (status.ok()) return true;
    if (status.IsNotFound()) return false;
    return ToStatus(status, path_).error();
  }
  std::unique_ptr<Cursor> NewCursor() const override {
    return std::make_unique<RocksCursor>(std::unique_ptr<rocksdb::Iterator>(database_.NewIterator(options_)), path_);
  }

 private:
  rocksdb::DB& database_;
  std::string_view path_;
  rocksdb::ReadOptions options_;
};

// Sorts what memory holds into files beside the data and hands them over. Files of one run do not overlap; where there
// are several runs, a compaction at the end merges them.
class RocksBulkWriter final : public BulkWriter {
 public:
  RocksBulkWriter(rocksdb::DB& database, fs::path directory, std::string path, std::uint64_t memory_bytes_max)
      : database_(database),
        options_(database.GetOptions()),
        directory_(std::move(directory)),
        path_(std::move(path)),
        memory_bytes_max_(memory_bytes_max) {}
  ~RocksBulkWriter() override {
    // What was not handed over is of no use, and harmless where it cannot be removed.
    for (const std::string& file : files_) options_.env->DeleteFile(file).PermitUncheckedError();
    options_.env->DeleteDir(directory_.string()).PermitUncheckedError();
  }

  Status Put(std::string_view key, std::string_view value) override {
    sorter_.Add(key, value);
    return sorter_.bytes() < memory_bytes_max_ ? Status() : WriteRun();
  }

  Status Finish() override {
    if (!sorter_.empty()) {
      if (Status status = WriteRun(); !status.ok()) return status;
    }
    if (runs_ < 2) return {};
    return ToStatus(database_.CompactRange(rocksdb::CompactRangeOptions(), nullptr, nullptr), path_);
  }

 private:
  Status WriteRun() {
    sorter_.Sort();
    if (Status status = ToStatus(WriteFiles(), path_); !status.ok()) return status;
    sorter_.Clear();
    ++runs_;
    rocksdb::IngestExternalFileOptions ingest;
    ingest.move_files = true;
    ingest.snapshot_consistency = false;
    Status status = ToStatus(database_.IngestExternalFile(files_, ingest), path_);
    if (status.ok()) files_.clear();
    return status;
  }

  rocksdb::Status WriteFiles() {
    rocksdb::Status status = options_.env->CreateDirIfMissing(directory_.string());
    std::optional<rocksdb::SstFileWriter> writer;
    sorter_.ForEach([&](std::string_view key, std::string_view value) {
      if (status.ok() && writer && writer->FileSize() >= kFileBytes) {
        status = writer->Finish();
        writer.reset();
      }
      if (status.ok() && !writer) {
        writer.emplace(rocksdb::EnvOptions(), options_);
        files_.push_back((directory_ / ("run" + std::to_string(file_count_++))).string());
        status = writer->Open(files_.back());
      }
      if (status.ok()) status = writer->Put(ToSlice(key), ToSlice(value));
      return status.ok();
    });
    return status.ok() && writer ? writer->Finish() : status;
  }

  rocksdb::DB& database_;
  const rocksdb::Options options_;
  const fs::path directory_;
  const std::string path_;
  const std::uint64_t memory_bytes_max_;
  RunSorter sorter_;
  std::vector<std::string> files_;  // written, not handed over yet
  unsigned runs_ = 0;
  unsigned file_count_ = 0;
};

class RocksStore final : public Store {
 public:
  RocksStore(std::string path, const StoreOptions& options)
      : path_(std::move(path)),
        read_only_(options.read_only),
        memory_(path_ == ":memory:" ? rocksdb::NewMemEnv(rocksdb::Env::Default()) : nullptr),
        options_(MakeOptions(options, memory_.get())) {}

  Status OpenInMemory() {
    options_.create_if_missing = true;
    return OpenData("/memory");
  }

  Status OpenDirectory(DatabaseDirectory directory) {
    directory_.emplace(std::move(directory));
    if (!read_only_) RemoveEmptyJournals();
    options_.create_if_missing = directory_->fresh();
    options_.error_if_exists = directory_->fresh();
    if (Status status = OpenData(directory_->data().string()); !status.ok()) return status;
    if (directory_->fresh()) return directory_->MarkComplete();
    return CheckFirstBlocks();
  }

  bool read_only() const override { return read_only_; }

  std::shared_ptr<const Snapshot> TakeSnapshot() override {
    return std::make_shared<RocksSnapshot>(*database_, read_only_, path_);
  }

  Status Apply(const WriteSet& writes, bool sync) override {
    if (read_only_) return RuntimeError(ErrorType::kUsageError, "the database '" + path_ + "' is open read-only");
    if (failed_) {
      return RuntimeError(ErrorType::kIoError, "an earlier write to the database '" + path_ +
                                                   "' failed; close it and open it again before writing more");
    }
    rocksdb::WriteBatch batch(writes.bytes());
    for (const auto& [key, write] : writes.writes()) {
      const rocksdb::Status added = write ? batch.Put(key, *write) : batch.Delete(key);
      if (!added.ok()) return ToStatus(added, path_);
    }
    rocksdb::WriteOptions options;
    options.sync = sync && memory_ == nullptr;
    options.disableWAL = memory_ != nullptr;
    Status status = ToStatus(database_->Write(options, &batch), path_);
    if (!status.ok()) failed_ = true;
    return status;
  }

  Result<std::unique_ptr<BulkWriter>> BeginBulk(std::uint64_t memory_bytes_max) override {
    if (read_only_) return RuntimeError(ErrorType::kUsageError, "the database '" + path_ + "' is open read-only");
    const fs::path runs = directory_ ? directory_->path() / "runs" : fs::path("/runs");
    return std::unique_ptr<BulkWriter>(std::make_unique<RocksBulkWriter>(*database_, runs, path_, memory_bytes_max));
  }

 private:
  Status OpenData(const std::string& data) {
    rocksdb::DB* database = nullptr;
    const rocksdb::Status status = read_only_ && memory_ == nullptr
                                       ? rocksdb::DB::OpenForReadOnly(options_, data, &database)
                                       : rocksdb::DB::Open(options_, data, &database);
    database_.reset(database);
    return ToStatus(status, path_);
  }

  // Each open begins a journal; RocksDB leaves those behind that nothing was written to.
  void RemoveEmptyJournals() const {
    std::error_code failed;
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
      rocksdb::SstFileReader reader(options_);
      rocksdb::Status status = reader.Open(file.db_path + file.name);
      if (status.ok()) {
        const std::unique_ptr<rocksdb::Iterator> first(reader.NewIterator(rocksdb::ReadOptions()));
        first->SeekToFirst();
        status = first->status();
      }
      if (status.ok()) continue;
      return RuntimeError(ErrorType::kCorruption, "the database '" + path_ + "' is damaged: its file '" + file.db_path +
                                                      file.name + "' cannot be read (" + status.ToString() +
                                                      "); restore a copy");
    }
    return {};
  }

  // In the order of their making: the database goes before what it uses.
  const std::string path_;
  const bool read_only_;
  const std::unique_ptr<rocksdb::Env> memory_;
  std::optional<DatabaseDirectory> directory_;
  rocksdb::Options options_;
  std::unique_ptr<rocksdb::DB> database_;
  std::atomic<bool> failed_ = false;
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
