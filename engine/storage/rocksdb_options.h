// How RocksDB is set up for an embedded database, and how its errors become ours. For the sources that name RocksDB.
#pragma once

#include <string_view>

#include "engine/storage/rocksdb_store.h"
#include "plenum/status.h"

namespace rocksdb {
class Env;
class Status;
struct Options;
}  // namespace rocksdb

namespace plenum::storage {

// `memory` keeps the files, or null for the disk.
rocksdb::Options MakeRocksOptions(const StoreOptions& options, rocksdb::Env* memory);

// Journals that are no longer needed are put aside (rocksdb_change_log.h) instead of deleted. Of a directory alone.
void KeepPastJournals(rocksdb::Options& options);

// `path` is the database's, for the message.
Status ToStatus(const rocksdb::Status& status, std::string_view path);

}  // namespace plenum::storage
