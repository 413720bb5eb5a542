// See database_copy.h. The draft beside `path` takes its name when it is whole; a draft that a crash left is replaced.
#include "engine/storage/database_copy.h"

#include <filesystem>
#include <memory>

#include "engine/storage/database_directory.h"
#include "engine/storage/rocksdb_store.h"

namespace plenum::storage {
namespace {

Status Fill(const Snapshot& snapshot, Store& copy) {
  auto writer = copy.BeginSortedBulk();
  if (!writer) return std::move(writer).error();
  const std::unique_ptr<Cursor> cursor = snapshot.NewCursor();
  for (cursor->Seek(""); cursor->Valid(); cursor->Next()) {
    if (Status status = (*writer)->Put(cursor->key(), cursor->value()); !status.ok()) return status;
  }
  if (Status status = cursor->status(); !status.ok()) return status;
  return (*writer)->Finish();
}

}  // namespace

Status CopyToDirectory(const Snapshot& snapshot, const std::string& path) {
  const std::string draft = path + ".draft";
  std::error_code ignored;
  std::filesystem::remove_all(draft, ignored);
  auto copy = OpenStore(draft);
  if (!copy) return std::move(copy).error();
  Status status = Fill(snapshot, **copy);
  copy->reset();
  if (status.ok()) status = PublishDirectory(draft, path);
  if (!status.ok()) std::filesystem::remove_all(draft, ignored);
  return status;
}

}  // namespace plenum::storage
