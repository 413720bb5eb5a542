// Opens a store kept by RocksDB: a database's directory, or memory. The one place that knows RocksDB is the .cpp.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "engine/storage/fold.h"
#include "engine/storage/store.h"
#include "plenum/status.h"

namespace plenum::storage {

struct StoreOptions {
  bool create_if_missing = true;
  bool read_only = false;
  std::uint64_t cache_bytes = std::uint64_t{32} << 20;         // of blocks as they are on the disk
  std::uint64_t write_buffer_bytes = std::uint64_t{64} << 20;  // commits that are in no table yet
  std::uint64_t past_journal_bytes = std::uint64_t{64} << 20;  // kept beside the data, at most, for ChangesSince
  FoldFunction fold = Fold;                                    // tests may give their own
};

// `path` is a directory (see database_directory.h), or ":memory:", which is gone with the Store. Errors: NotFound,
// FormatError, DatabaseLocked, Corruption, IoError; each one line that names the path.
Result<std::unique_ptr<Store>> OpenStore(std::string_view path, const StoreOptions& options = {});

}  // namespace plenum::storage
