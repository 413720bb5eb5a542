// Import from end to end. First every file is opened and its header checked, so that a mistake there costs no time;
// then the importer loads them. The database is built beside its place, in "<path>.importing", and gets its name when
// it is whole; whatever is left there by an import that was killed is removed by the next one.
#include "plenum/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <utility>

#include "engine/graph/bulk_loader.h"
#include "engine/importer.h"
#include "engine/storage/database_directory.h"
#include "engine/storage/rocksdb_store.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

Error UsageError(std::string message) { return {.type = ErrorType::kUsageError, .message = std::move(message)}; }

// ---- Checks that need no file

Status CheckOptions(const ImportOptions& options) {
  if (options.nodes.empty()) return UsageError("an import needs at least one file of nodes");
  for (const char delimiter : {options.delimiter, options.array_delimiter}) {
    if (delimiter == '"' || delimiter == '\n' || delimiter == '\r' || static_cast<unsigned char>(delimiter) >= 0x80) {
      return UsageError("a delimiter must be an ASCII character, and neither a quote nor a line break");
    }
  }
  if (options.delimiter == options.array_delimiter) {
    return UsageError(fmt::format("'{}' cannot delimit both fields and arrays", options.delimiter));
  }
  for (const NodeFile& file : options.nodes) {
    if (std::ranges::find(file.labels, "") != file.labels.end()) return UsageError(file.path + ": a label is empty");
  }
  return {};
}

Status CheckPath(const fs::path& path) {
  if (path == ":memory:") return UsageError("an import needs a directory: give the path of a new database");
  std::error_code ignored;
  if (fs::exists(fs::symlink_status(path, ignored))) {
    return UsageError(fmt::format(
        "'{}' is there already: an import makes a new database, give another path or remove it", path.string()));
  }
  return {};
}

// ---- Where the database is built

// A database that is not there yet: removed again, unless it is published.
class UnfinishedDatabase {
 public:
  static Result<UnfinishedDatabase> Create(const fs::path& path) {
    const fs::path draft = path.string() + ".importing";
    if (Status removed = RemoveLeftover(draft); !removed.ok()) return std::move(removed).error();
    auto store = storage::OpenStore(draft.string());
    if (!store) return std::move(store).error();
    return UnfinishedDatabase(path, draft, *std::move(store));
  }

  UnfinishedDatabase(UnfinishedDatabase&& other) noexcept
      : path_(std::move(other.path_)), draft_(std::exchange(other.draft_, {})), store_(std::move(other.store_)) {}
  ~UnfinishedDatabase() {
    store_.reset();
    std::error_code ignored;
    if (!draft_.empty()) fs::remove_all(draft_, ignored);
  }

  storage::Store& store() { return *store_; }
  const fs::path& directory() const { return draft_; }

  Status Publish() {
    store_.reset();
    Status published = storage::PublishDirectory(draft_, path_);
    if (published.ok()) draft_.clear();
    return published;
  }

 private:
  UnfinishedDatabase(fs::path path, fs::path draft, std::unique_ptr<storage::Store> store)
      : path_(std::move(path)), draft_(std::move(draft)), store_(std::move(store)) {}

  // Only a database of ours that nobody holds is removed; another import under way answers DatabaseLocked.
  static Status RemoveLeftover(const fs::path& draft) {
    const auto leftover = storage::DatabaseDirectory::Open(draft, {.create_if_missing = false, .read_only = false});
    if (!leftover) return leftover.error().type == ErrorType::kNotFound ? Status() : Status(leftover.error());
    std::error_code failed;
    fs::remove_all(draft, failed);
    if (!failed) return {};
    return Error{.type = ErrorType::kIoError,
                 .message = fmt::format("cannot remove '{}', which an unfinished import left: {}", draft.string(),
                                        failed.message())};
  }

  fs::path path_;
  fs::path draft_;
  std::unique_ptr<storage::Store> store_;
};

}  // namespace

Result<ImportReport> Import(std::string_view path, const ImportOptions& options) {
  while (path.size() > 1 && path.ends_with('/')) path.remove_suffix(1);
  if (Status checked = CheckOptions(options); !checked.ok()) return std::move(checked).error();
  if (Status checked = CheckPath(path); !checked.ok()) return std::move(checked).error();
  Importer importer(options);
  if (Status opened = importer.OpenFiles(); !opened.ok()) return std::move(opened).error();
  Result<UnfinishedDatabase> database = UnfinishedDatabase::Create(path);
  if (!database) return std::move(database).error();
  Result<ImportReport> report = [&]() -> Result<ImportReport> {
    auto loader = graph::BulkLoader::Begin(database->store(), {.memory_bytes_max = options.memory_bytes_max / 2,
                                                               .threads = importer.threads(),
                                                               .directory = database->directory().string()});
    if (!loader) return std::move(loader).error();
    return importer.Load(**loader);
  }();
  if (!report) return report;
  if (Status published = database->Publish(); !published.ok()) return std::move(published).error();
  return report;
}

}  // namespace plenum
