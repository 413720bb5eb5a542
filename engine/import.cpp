// Import: files of rows (interchange) into a new graph (graph::BulkLoader), joined by the ids that the files give.
//
// First every file is opened and its header checked, so that a mistake there costs no time. Then all nodes are loaded,
// each id remembered with the node it became, then all relationships. The database is built beside its place, in
// "<path>.importing", and gets its name when it is whole; whatever is left there by an import that was killed is
// removed by the next one.
#include "plenum/import.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <memory>
#include <utility>

#include "engine/graph/bulk_loader.h"
#include "engine/interchange/external_id.h"
#include "engine/interchange/import_files.h"
#include "engine/storage/database_directory.h"
#include "engine/storage/rocksdb_store.h"

namespace plenum {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t kRowsBetweenReports = 1'000'000;
constexpr std::uint64_t kRowsBetweenMemoryChecks = 65'536;

Error UsageError(std::string message) { return {.type = ErrorType::kUsageError, .message = std::move(message)}; }

// A failure of the graph in one row, told with the row's place.
Error AtRow(std::string_view place, Error error) {
  error.message = fmt::format("{}: {}", place, error.message);
  return error;
}

std::string Quoted(std::string_view id_space) {
  return id_space.empty() ? "the id space without a name" : fmt::format("the id space '{}'", id_space);
}

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

// ---- The import itself

class Importer {
 public:
  explicit Importer(const ImportOptions& options) : options_(options), bad_rows_(options.bad_rows_max) {}

  // Before anything is written.
  Status OpenFiles() {
    for (const NodeFile& file : options_.nodes) {
      Result<NodeFileReader> reader = NodeFileReader::Open(file, options_);
      if (!reader) return std::move(reader).error();
      spaces_.try_emplace(reader->id_space());
      node_files_.push_back({&file, *std::move(reader)});
    }
    for (const RelationshipFile& file : options_.relationships) {
      Result<RelationshipFileReader> reader = RelationshipFileReader::Open(file, options_);
      if (!reader) return std::move(reader).error();
      if (Status known = CheckSpaces(*reader); !known.ok()) return known;
      relationship_files_.push_back({&file, *std::move(reader)});
    }
    return {};
  }

  Result<ImportReport> Load(graph::BulkLoader& loader) {
    loader_ = &loader;
    Status status = DeclareKeys();
    for (auto& [file, reader] : node_files_) {
      if (status.ok()) status = LoadNodes(*file, reader);
    }
    for (auto& [file, reader] : relationship_files_) {
      if (status.ok()) status = LoadRelationships(*file, reader);
    }
    if (status.ok()) {
      Report("building the database");
      status = loader.Finish();
    }
    if (!status.ok()) return std::move(status).error();
    report_.bad_rows = bad_rows_.problems().size();
    report_.problems = bad_rows_.TakeProblems();
    return std::move(report_);
  }

 private:
  using Keys = std::vector<graph::KeyId>;
  using Index = ExternalIdIndex;

  Status CheckSpaces(const RelationshipFileReader& reader) const {
    for (const std::string& space : {reader.start_space(), reader.end_space()}) {
      if (spaces_.contains(space)) continue;
      std::string known;
      for (const auto& [name, index] : spaces_) known.append(known.empty() ? "" : ", ").append(Quoted(name));
      return UsageError(
          fmt::format("{}: header: no file of nodes has {}: expected one of {}", reader.place(), Quoted(space), known));
    }
    return {};
  }

  // A named ID column is a key of its file's first label.
  Status DeclareKeys() {
    for (const auto& [file, reader] : node_files_) {
      if (!reader.id_is_property() || file->labels.empty()) continue;
      const auto label = loader_->InternLabel(file->labels.front());
      if (!label) return label.error();
      const auto key = loader_->InternKey(reader.property_names().front());
      if (!key) return key.error();
      if (Status declared = loader_->DeclareKey(*label, *key); !declared.ok()) return declared;
    }
    return {};
  }

  Result<Keys> InternKeys(const std::vector<std::string>& names) {
    Keys keys;
    for (const std::string& name : names) {
      const auto key = loader_->InternKey(name);
      if (!key) return key.error();
      keys.push_back(*key);
    }
    return keys;
  }

  template <class Names>
  Status AddLabels(const Names& names, std::vector<graph::LabelId>& labels) {
    for (const auto& name : names) {
      const auto label = loader_->InternLabel(name);
      if (!label) return label.error();
      labels.push_back(*label);
    }
    return {};
  }

  // The values are moved out of the row.
  static graph::Properties Properties(const Keys& keys, std::vector<Value>& values) {
    graph::Properties properties;
    properties.reserve(keys.size());
    for (std::size_t i = 0; i < keys.size(); ++i) {
      if (!values[i].is_null()) properties.emplace_back(keys[i], std::move(values[i]));
    }
    return properties;
  }

  Status LoadNodes(const NodeFile& file, NodeFileReader& reader) {
    std::vector<graph::LabelId> file_labels;
    if (Status added = AddLabels(file.labels, file_labels); !added.ok()) return added;
    const Result<Keys> keys = InternKeys(reader.property_names());
    if (!keys) return keys.error();
    Index& index = spaces_.find(reader.id_space())->second;
    NodeRow row;
    for (std::uint64_t rows = 1;; ++rows) {
      const Result<bool> more = reader.Next(row, bad_rows_);
      if (!more) return more.error();
      if (!*more) return {};
      if (Status added = AddNode(row, file_labels, *keys, index, reader); !added.ok()) return added;
      if (rows % kRowsBetweenMemoryChecks == 0) {
        if (Status fits = CheckMemory(); !fits.ok()) return fits;
      }
      if (rows % kRowsBetweenReports == 0) Report(fmt::format("{}: {} rows", file.path, rows));
    }
  }

  Status AddNode(NodeRow& row, const std::vector<graph::LabelId>& file_labels, const Keys& keys, Index& index,
                 const NodeFileReader& reader) {
    // The loader numbers nodes in the order they come.
    if (!index.Insert(row.id, NodeId{static_cast<std::uint32_t>(loader_->node_count())})) {
      return bad_rows_.Add(reader.place(),
                           fmt::format("the id {} is there already in {}", ToText(row.id), Quoted(reader.id_space())));
    }
    graph::NodeRecord record{
        .labels = file_labels, .properties = Properties(keys, row.properties), .validity = row.validity};
    if (Status added = AddLabels(row.labels, record.labels); !added.ok()) return added;
    const auto node = loader_->AddNode(std::move(record));
    if (!node) return AtRow(reader.place(), node.error());
    ++report_.nodes;
    return {};
  }

  Status LoadRelationships(const RelationshipFile& file, RelationshipFileReader& reader) {
    const Result<Keys> keys = InternKeys(reader.property_names());
    if (!keys) return keys.error();
    RelationshipRow row;
    for (std::uint64_t rows = 1;; ++rows) {
      const Result<bool> more = reader.Next(row, bad_rows_);
      if (!more) return more.error();
      if (!*more) return {};
      if (Status added = AddRelationship(row, *keys, reader); !added.ok()) return added;
      if (rows % kRowsBetweenReports == 0) Report(fmt::format("{}: {} rows", file.path, rows));
    }
  }

  Status AddRelationship(RelationshipRow& row, const Keys& keys, const RelationshipFileReader& reader) {
    const std::optional<NodeId> start = spaces_.find(reader.start_space())->second.Find(row.start);
    const std::optional<NodeId> end = spaces_.find(reader.end_space())->second.Find(row.end);
    if (!start || !end) {
      const auto& [id, space] =
          start ? std::pair(row.end, reader.end_space()) : std::pair(row.start, reader.start_space());
      return bad_rows_.Add(reader.place(), fmt::format("no node has the id {} in {}", ToText(id), Quoted(space)));
    }
    const auto type = loader_->InternType(row.type);
    if (!type) return AtRow(reader.place(), type.error());
    const auto added = loader_->AddRelationship({.type = *type,
                                                 .start = *start,
                                                 .end = *end,
                                                 .properties = Properties(keys, row.properties),
                                                 .validity = row.validity});
    if (!added) return AtRow(reader.place(), added.error());
    ++report_.relationships;
    return {};
  }

  // The ids may take half of the memory, the loader has the other half.
  Status CheckMemory() const {
    std::uint64_t bytes = 0;
    for (const auto& [name, index] : spaces_) bytes += index.bytes();
    if (bytes <= options_.memory_bytes_max / 2) return {};
    return Error{
        .type = ErrorType::kResourceExhausted,
        .message = fmt::format("the ids of {} nodes take {} MB, more than half of the {} MB that the import may "
                               "use: allow it more memory, or use integer ids",
                               report_.nodes, bytes >> 20, options_.memory_bytes_max >> 20)};
  }

  void Report(std::string_view line) const {
    if (options_.progress) options_.progress(line);
  }

  const ImportOptions& options_;
  BadRows bad_rows_;
  ImportReport report_;
  std::map<std::string, Index, std::less<>> spaces_;  // by name
  std::vector<std::pair<const NodeFile*, NodeFileReader>> node_files_;
  std::vector<std::pair<const RelationshipFile*, RelationshipFileReader>> relationship_files_;
  graph::BulkLoader* loader_ = nullptr;
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
    auto loader = graph::BulkLoader::Begin(database->store(), options.memory_bytes_max / 2);
    if (!loader) return std::move(loader).error();
    return importer.Load(**loader);
  }();
  if (!report) return report;
  if (Status published = database->Publish(); !published.ok()) return std::move(published).error();
  return report;
}

}  // namespace plenum
