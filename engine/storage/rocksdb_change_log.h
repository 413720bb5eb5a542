// The change log of the store that RocksDB keeps (Store::ChangesSince): its journals, which have every write in order.
//
// A commit pays nothing for it. RocksDB moves a journal whose writes are all in tables into the folder `archive` of the
// data, instead of deleting it; the oldest of these past journals go when they become too many. Nothing but the change
// log reads them: a database is whole without.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>

#include "engine/storage/store.h"

namespace rocksdb {
class DB;
class EventListener;
class Status;
class WriteBatch;
}  // namespace rocksdb

namespace plenum::storage {

// Whether every commit after `commit` up to `newest` was found, or those until `visit` returned false.
bool VisitChanges(rocksdb::DB& database, std::uint64_t commit, std::uint64_t newest, const Store::ChangeVisitor& visit);

// Goes before the writes of a batch that is no commit: RocksDB may write batches of several threads as one.
rocksdb::Status MarkOtherWrites(rocksdb::WriteBatch& batch);
// Goes into the journal before files are handed over that a bulk write made; durable when it returns.
rocksdb::Status MarkBulkWrite(rocksdb::DB& database);

// Removes the oldest past journals until the rest takes at most `bytes_max`, in a bounded number of files.
void RemovePastJournals(const std::filesystem::path& data, std::uint64_t bytes_max);
// Does so after each flush.
std::shared_ptr<rocksdb::EventListener> MakeJournalRemover(std::filesystem::path data, std::uint64_t bytes_max);

}  // namespace plenum::storage
