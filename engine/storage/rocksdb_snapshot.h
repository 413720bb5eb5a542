// The snapshots of the store that RocksDB keeps.
#pragma once

#include <memory>
#include <string_view>

#include "engine/storage/store.h"

namespace rocksdb {
class DB;
}

namespace plenum::storage {

// `path` is the database's, for messages, and outlives the snapshot. Opened read-only, the whole database is one
// snapshot.
std::shared_ptr<const Snapshot> TakeRocksSnapshot(rocksdb::DB& database, bool read_only, std::string_view path);

}  // namespace plenum::storage
