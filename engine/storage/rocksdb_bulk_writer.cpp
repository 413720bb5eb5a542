// See rocksdb_bulk_writer.h. The sorting writer sorts what memory holds into runs, one file each, and merges the runs
// at the end: every key is written to its final file once, and the final files do not overlap, so that nothing is left
// to compact.
#include "engine/storage/rocksdb_bulk_writer.h"

#include <rocksdb/db.h>
#include <rocksdb/env.h>
#include <rocksdb/sst_file_reader.h>
#include <rocksdb/sst_file_writer.h>
#include <rocksdb/table.h>

#include <algorithm>
#include <optional>
#include <utility>
#include <vector>

#include "engine/storage/rocksdb_change_log.h"
#include "engine/storage/rocksdb_options.h"
#include "engine/storage/run_sorter.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

constexpr std::uint64_t kFileBytesMax = std::uint64_t{64} << 20;
constexpr std::uint64_t kFileKeysMax = std::uint64_t{1} << 20;  // a writer keeps eight bytes of each for the filter
constexpr std::uint64_t kReadAheadBytesMax = std::uint64_t{1} << 20;

// Files, each in ascending order of its keys; removed at the end unless they were handed over.
class FileSeries {
 public:
  // A file ends where EndFile says so, or, if they are `bounded`, before it gets too large.
  FileSeries(const BulkTarget& target, rocksdb::Options options, bool bounded)
      : target_(target), options_(std::move(options)), bounded_(bounded) {}
  ~FileSeries() {
    // What was not handed over is of no use, and harmless where it cannot be removed.
    writer_.reset();
    for (const std::string& file : files_) options_.env->DeleteFile(file).PermitUncheckedError();
    options_.env->DeleteDir(target_.directory.string()).PermitUncheckedError();
  }
  FileSeries(const FileSeries&) = delete;
  FileSeries& operator=(const FileSeries&) = delete;

  const std::vector<std::string>& files() const { return files_; }

  rocksdb::Status Put(std::string_view key, std::string_view value) {
    rocksdb::Status status;
    if (writer_ && bounded_ && IsLarge()) status = EndFile();
    if (status.ok() && !writer_) status = BeginFile();
    ++keys_;
    return status.ok() ? writer_->Put(key, value) : status;
  }

  rocksdb::Status EndFile() {
    if (!writer_) return {};
    rocksdb::Status status = writer_->Finish();
    writer_.reset();
    return status;
  }

  // Flushed first: a file handed over while older writes wait in memory could be ordered wrongly among them.
  rocksdb::Status HandOver() {
    rocksdb::Status status = EndFile();
    if (!status.ok() || files_.empty()) return status;
    if (target_.journal) status = MarkBulkWrite(target_.database);
    if (status.ok()) status = target_.database.Flush(rocksdb::FlushOptions());
    rocksdb::IngestExternalFileOptions ingest;
    ingest.move_files = true;
    ingest.write_global_seqno = false;
    if (status.ok()) status = target_.database.IngestExternalFile(files_, ingest);
    return status;
  }

 private:
  bool IsLarge() { return writer_->FileSize() >= kFileBytesMax || keys_ >= kFileKeysMax; }

  rocksdb::Status BeginFile() {
    rocksdb::Status status = options_.env->CreateDirIfMissing(target_.directory.string());
    if (!status.ok()) return status;
    writer_.emplace(rocksdb::EnvOptions(), options_);
    keys_ = 0;
    files_.push_back((target_.directory / ("run" + std::to_string(target_.file_count++))).string());
    return writer_->Open(files_.back());
  }

  const BulkTarget& target_;
  const rocksdb::Options options_;
  const bool bounded_;
  std::optional<rocksdb::SstFileWriter> writer_;
  std::uint64_t keys_ = 0;  // in the file at hand
  std::vector<std::string> files_;
};

Status HandOver(const BulkTarget& target, FileSeries& files) {
  Status status = ToStatus(files.HandOver(), target.path);
  return status.ok() ? target.handed_over() : std::move(status);
}

// Runs are read once: no filter is made for them.
rocksdb::Options RunOptions(rocksdb::Options options) {
  options.table_factory.reset(rocksdb::NewBlockBasedTableFactory());
  return options;
}

// The runs as one sorted sequence; of equal keys that of the latest run.
class RunMerger {
 public:
  rocksdb::Status Open(const std::vector<std::string>& files, const rocksdb::Options& options,
                       std::uint64_t memory_bytes_max) {
    rocksdb::ReadOptions reading;
    reading.fill_cache = false;
    reading.readahead_size = std::min(kReadAheadBytesMax, memory_bytes_max / (files.size() + 1));
    for (const std::string& file : files) {
      Run run{std::make_unique<rocksdb::SstFileReader>(options), nullptr, runs_.size()};
      if (rocksdb::Status status = run.reader->Open(file); !status.ok()) return status;
      run.iterator.reset(run.reader->NewIterator(reading));
      run.iterator->SeekToFirst();
      if (rocksdb::Status status = run.iterator->status(); !status.ok()) return status;
      if (run.iterator->Valid()) runs_.push_back(std::move(run));
    }
    std::make_heap(runs_.begin(), runs_.end(), After);
    return {};
  }

  template <class Visit>
  rocksdb::Status ForEach(Visit visit) {
    std::optional<std::string> last;
    while (!runs_.empty()) {
      std::pop_heap(runs_.begin(), runs_.end(), After);
      rocksdb::Iterator& first = *runs_.back().iterator;
      const std::string_view key = first.key().ToStringView();
      if (last != key) {
        last = key;
        if (rocksdb::Status status = visit(key, first.value().ToStringView()); !status.ok()) return status;
      }
      first.Next();
      if (!first.status().ok()) return first.status();
      if (first.Valid()) {
        std::push_heap(runs_.begin(), runs_.end(), After);
      } else {
        runs_.pop_back();
      }
    }
    return {};
  }

 private:
  struct Run {
    std::unique_ptr<rocksdb::SstFileReader> reader;
    std::unique_ptr<rocksdb::Iterator> iterator;  // goes before its reader
    std::size_t number;
  };
  static bool After(const Run& a, const Run& b) {
    const int order = a.iterator->key().compare(b.iterator->key());
    return order != 0 ? order > 0 : a.number < b.number;
  }

  std::vector<Run> runs_;  // a heap: the next key on top
};

class SortingBulkWriter final : public BulkWriter {
 public:
  SortingBulkWriter(BulkTarget target, std::uint64_t memory_bytes_max)
      : target_(std::move(target)),
        memory_bytes_max_(memory_bytes_max),
        run_options_(RunOptions(target_.database.GetOptions())),
        runs_(target_, run_options_, false),
        files_(target_, target_.database.GetOptions(), true) {}

  Status Put(std::string_view key, std::string_view value) override {
    sorter_.Add(key, value);
    return sorter_.bytes() < memory_bytes_max_ ? Status() : ToStatus(WriteRun(runs_), target_.path);
  }

  Status Finish() override {
    rocksdb::Status status = runs_.files().empty() ? WriteRun(files_) : MergeRuns();
    if (!status.ok()) return ToStatus(status, target_.path);
    return HandOver(target_, files_);
  }

 private:
  rocksdb::Status WriteRun(FileSeries& files) {
    sorter_.Sort();
    rocksdb::Status status;
    sorter_.ForEach([&](std::string_view key, std::string_view value) {
      status = files.Put(key, value);
      return status.ok();
    });
    sorter_.Clear();
    return status.ok() ? files.EndFile() : status;
  }

  rocksdb::Status MergeRuns() {
    rocksdb::Status status = WriteRun(runs_);
    RunMerger merger;
    if (status.ok()) status = merger.Open(runs_.files(), run_options_, memory_bytes_max_);
    if (!status.ok()) return status;
    return merger.ForEach([this](std::string_view key, std::string_view value) { return files_.Put(key, value); });
  }

  const BulkTarget target_;
  const std::uint64_t memory_bytes_max_;
  const rocksdb::Options run_options_;
  RunSorter sorter_;
  FileSeries runs_;
  FileSeries files_;
};

class SortedBulkWriter final : public BulkWriter {
 public:
  explicit SortedBulkWriter(BulkTarget target)
      : target_(std::move(target)), files_(target_, target_.database.GetOptions(), true) {}

  Status Put(std::string_view key, std::string_view value) override {
    if (last_ && *last_ >= key) {
      return RuntimeError(ErrorType::kUsageError, "a sorted bulk write needs each key greater than the one before it");
    }
    last_ = key;
    return ToStatus(files_.Put(key, value), target_.path);
  }

  Status Finish() override { return HandOver(target_, files_); }

 private:
  const BulkTarget target_;
  FileSeries files_;
  std::optional<std::string> last_;
};

}  // namespace

std::unique_ptr<BulkWriter> MakeSortingBulkWriter(BulkTarget target, std::uint64_t memory_bytes_max) {
  return std::make_unique<SortingBulkWriter>(std::move(target), memory_bytes_max);
}

std::unique_ptr<BulkWriter> MakeSortedBulkWriter(BulkTarget target) {
  return std::make_unique<SortedBulkWriter>(std::move(target));
}

}  // namespace plenum::storage
