// See rocksdb_snapshot.h.
#include "engine/storage/rocksdb_snapshot.h"

#include <rocksdb/db.h>

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/rocksdb_options.h"

namespace plenum::storage {
namespace {

class RocksCursor final : public Cursor {
 public:
  RocksCursor(rocksdb::DB& database, rocksdb::ReadOptions options, std::string_view end, std::string_view path)
      : end_(end), end_slice_(end_), path_(path) {
    if (!end_.empty()) options.iterate_upper_bound = &end_slice_;
    iterator_.reset(database.NewIterator(options));
  }
  void Seek(std::string_view key) override { iterator_->Seek(key); }
  void Next() override { iterator_->Next(); }
  bool Valid() const override { return iterator_->Valid(); }
  std::string_view key() const override { return iterator_->key().ToStringView(); }
  std::string_view value() const override { return iterator_->value().ToStringView(); }
  Status status() const override { return ToStatus(iterator_->status(), path_); }

 private:
  const std::string end_;
  const rocksdb::Slice end_slice_;
  std::string_view path_;
  std::unique_ptr<rocksdb::Iterator> iterator_;  // refers to the bound
};

class RocksSnapshot final : public Snapshot {
 public:
  RocksSnapshot(rocksdb::DB& database, bool read_only, std::string_view path) : database_(database), path_(path) {
    if (!read_only) options_.snapshot = database_.GetSnapshot();
  }
  ~RocksSnapshot() override {
    if (options_.snapshot != nullptr) database_.ReleaseSnapshot(options_.snapshot);
  }
  RocksSnapshot(const RocksSnapshot&) = delete;
  RocksSnapshot& operator=(const RocksSnapshot&) = delete;

  Result<bool> Get(std::string_view key, std::string& value) const override {
    const rocksdb::Status status = database_.Get(options_, key, &value);
    if (status.ok()) return true;
    if (status.IsNotFound()) return false;
    return ToStatus(status, path_).error();
  }

  Status MultiGet(std::span<const std::string_view> keys,
                  std::vector<std::optional<std::string>>& values) const override {
    const std::vector<rocksdb::Slice> slices(keys.begin(), keys.end());
    std::vector<rocksdb::PinnableSlice> found(keys.size());
    std::vector<rocksdb::Status> statuses(keys.size());
    database_.MultiGet(options_, database_.DefaultColumnFamily(), slices.size(), slices.data(), found.data(),
                       statuses.data());
    values.assign(keys.size(), std::nullopt);
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (statuses[i].ok()) {
        values[i].emplace(found[i].data(), found[i].size());
      } else if (!statuses[i].IsNotFound()) {
        return ToStatus(statuses[i], path_);
      }
    }
    return {};
  }

  std::unique_ptr<Cursor> NewCursor(std::string_view end) const override {
    return std::make_unique<RocksCursor>(database_, options_, end, path_);
  }

 private:
  rocksdb::DB& database_;
  std::string_view path_;
  rocksdb::ReadOptions options_;
};

}  // namespace

std::shared_ptr<const Snapshot> TakeRocksSnapshot(rocksdb::DB& database, bool read_only, std::string_view path) {
  return std::make_shared<RocksSnapshot>(database, read_only, path);
}

}  // namespace plenum::storage
