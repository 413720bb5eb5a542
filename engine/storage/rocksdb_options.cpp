// See rocksdb_options.h: one column family, few threads, nothing written that nobody reads.
#include "engine/storage/rocksdb_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/merge_operator.h>
#include <rocksdb/options.h>
#include <rocksdb/slice_transform.h>
#include <rocksdb/table.h>

#include <cstdarg>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/fold.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::storage {
namespace {

// What RocksDB would write into its LOG file; errors come back as a Status anyhow.
class SilentLog final : public rocksdb::Logger {
 public:
  using rocksdb::Logger::Logv;
  void Logv(const char*, std::va_list) override {}
};

// A thin caller of the fold. What cannot be folded is an error to RocksDB too: the read fails with Corruption, and a
// compaction stops before it has replaced anything.
class FoldOperator final : public rocksdb::MergeOperator {
 public:
  explicit FoldOperator(FoldFunction fold) : fold_(fold) {}

  const char* Name() const override { return "plenum.Fold"; }

  bool FullMergeV2(const MergeOperationInput& in, MergeOperationOutput* out) const override {
    std::vector<std::string_view> operands;
    operands.reserve(in.operand_list.size());
    for (const rocksdb::Slice& operand : in.operand_list) operands.push_back(operand.ToStringView());
    std::optional<std::string_view> base;
    if (in.existing_value != nullptr) base = in.existing_value->ToStringView();
    std::optional<std::string> folded = fold_(in.key.ToStringView(), base, operands);
    if (!folded) return false;
    out->new_value = std::move(*folded);
    return true;
  }

  // Operands laid end to end are an operand.
  bool PartialMergeMulti(const rocksdb::Slice&, const std::deque<rocksdb::Slice>& operands, std::string* joined,
                         rocksdb::Logger*) const override {
    joined->clear();
    for (const rocksdb::Slice& operand : operands) joined->append(operand.data(), operand.size());
    return true;
  }

 private:
  const FoldFunction fold_;
};

// The keys that commits write again and again: counters and blocks. For each the memtable remembers where it was
// written last (250 bytes a key), so that the next write finds its place without a search.
class RewrittenKeys final : public rocksdb::SliceTransform {
 public:
  const char* Name() const override { return "plenum.RewrittenKeys"; }
  rocksdb::Slice Transform(const rocksdb::Slice& key) const override { return key; }
  bool InDomain(const rocksdb::Slice& key) const override {
    if (key.empty()) return false;
    switch (static_cast<KeyKind>(key[0])) {
      case KeyKind::kMeta:
      case KeyKind::kCounter:
      case KeyKind::kNext:
      case KeyKind::kLabelSet:
      case KeyKind::kColumn:
      case KeyKind::kRowMap:
      case KeyKind::kSegment:
      case KeyKind::kChunk:
        return true;
      default:
        return false;
    }
  }
};

}  // namespace

rocksdb::Options MakeRocksOptions(const StoreOptions& options, rocksdb::Env* memory) {
  rocksdb::BlockBasedTableOptions table;
  table.block_cache = rocksdb::NewLRUCache(options.cache_bytes, 2);
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10));
  table.format_version = 5;
  rocksdb::Options rocks;
  rocks.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  rocks.write_buffer_size = options.write_buffer_bytes;
  // One transaction writes at a time.
  rocks.allow_concurrent_memtable_write = false;
  rocks.memtable_insert_with_hint_prefix_extractor = std::make_shared<RewrittenKeys>();
  rocks.merge_operator = std::make_shared<FoldOperator>(options.fold);
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

// As long as we do not remove them ourselves: RocksDB looks every ten minutes only, and counts by the largest.
void KeepPastJournals(rocksdb::Options& options) {
  constexpr std::uint64_t kForeverSeconds = std::uint64_t{1} << 40;
  options.WAL_ttl_seconds = kForeverSeconds;
}

Status ToStatus(const rocksdb::Status& status, std::string_view path) {
  if (status.ok()) return {};
  const std::string database = "the database '" + std::string(path) + "'";
  if (status.IsIOError())
    return RuntimeError(ErrorType::kIoError, "cannot read or write " + database + ": " + status.ToString());
  return RuntimeError(ErrorType::kCorruption, database + " is damaged: " + status.ToString() + "; restore a copy");
}

}  // namespace plenum::storage
