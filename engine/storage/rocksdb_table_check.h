// Reads one of RocksDB's tables by itself, without the database that it belongs to: what is damaged in it then cannot
// be taken for another file's fault, or for the end of a scan.
#pragma once

#include <string>

#include "plenum/status.h"

namespace rocksdb {
struct Options;
}  // namespace rocksdb

namespace plenum::storage {

enum class TableCheck { kFirstBlock, kEveryBlock };

// Corruption that names `file`, and the database at `path`.
Status CheckTable(const rocksdb::Options& options, const std::string& path, const std::string& file, TableCheck check);

}  // namespace plenum::storage
