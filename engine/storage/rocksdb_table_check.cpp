// See rocksdb_table_check.h.
#include "engine/storage/rocksdb_table_check.h"

#include <rocksdb/options.h>
#include <rocksdb/sst_file_reader.h>

#include <memory>

#include "engine/storage/runtime_error.h"

namespace plenum::storage {

Status CheckTable(const rocksdb::Options& options, const std::string& path, const std::string& file, TableCheck check) {
  rocksdb::SstFileReader reader(options);
  rocksdb::Status status = reader.Open(file);
  if (status.ok() && check == TableCheck::kEveryBlock) status = reader.VerifyChecksum();
  if (status.ok()) {
    const std::unique_ptr<rocksdb::Iterator> first(reader.NewIterator(rocksdb::ReadOptions()));
    first->SeekToFirst();
    status = first->status();
  }
  if (status.ok()) return {};
  return RuntimeError(ErrorType::kCorruption, "the database '" + path + "' is damaged: its file '" + file +
                                                  "' cannot be read (" + status.ToString() + "); restore a copy");
}

}  // namespace plenum::storage
