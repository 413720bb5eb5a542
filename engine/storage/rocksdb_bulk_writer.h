// The bulk writers of the store that RocksDB keeps: sorted files written beside the data and handed over at the end.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>

#include "engine/storage/store.h"
#include "plenum/status.h"

namespace rocksdb {
class DB;
}

namespace plenum::storage {

// What the writers of one store share. It outlives them.
struct BulkTarget {
  rocksdb::DB& database;
  std::filesystem::path directory;  // of the files that are not handed over yet; made and removed as needed
  std::string path;                 // the database's, for messages
  std::atomic<std::uint64_t>& file_count;
  bool journal;                         // whether the database keeps one
  std::function<Status()> handed_over;  // called after the database has taken files
};

std::unique_ptr<BulkWriter> MakeSortingBulkWriter(BulkTarget target, std::uint64_t memory_bytes_max);
std::unique_ptr<BulkWriter> MakeSortedBulkWriter(BulkTarget target);

}  // namespace plenum::storage
