// See importer.h.
//
// All nodes are loaded first, each id remembered with the node it became, then all relationships. Chunks of files are
// read by several threads; nodes are added in the order of the files, so that they get the same ids whatever the
// number of threads; relationships are ordered anyway.
#include "engine/importer.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>

#include "engine/ordered_work.h"

namespace plenum {
namespace {

// Parts of the memory that is allowed: what the loader has for nodes, and what is left for finished blocks while
// relationships are gathered.
constexpr std::uint64_t kLoaderShare = 2;
constexpr std::uint64_t kBlocksShare = 8;
constexpr std::uint64_t kBytesOfChunk = 16;  // that a byte of a chunk takes, at most, as rows
constexpr std::uint64_t kProcessBytes = std::uint64_t{20} << 20;

constexpr std::string_view kSourceKey = "key";

// A failure of the graph in one row, told with the row's place.
Error AtRow(std::string_view path, std::uint64_t line, Error error) {
  error.message = fmt::format("{}:{}: {}", path, line, error.message);
  return error;
}

// The properties of a row that are there, by ascending keys.
void PropertiesOf(const TableRows& rows, std::size_t row, std::span<const std::pair<graph::KeyId, std::size_t>> keys,
                  std::vector<graph::BulkLoader::PlainProperty>& properties) {
  properties.clear();
  for (const auto& [key, place] : keys) {
    const PlainValue& value = rows.values[row * keys.size() + place];
    if (!IsNull(value)) properties.emplace_back(key, value);
  }
}

std::optional<Interval> ValidityOf(const TableRows& rows, std::size_t row) {
  return rows.validities.empty() ? std::nullopt : rows.validities[row];
}

}  // namespace

// A named ID column is a key of its file's first label.
Status Importer::DeclareKeys() {
  for (const NodeTable& table : node_tables_) {
    if (!table.reader.id_is_property() || table.file->labels.empty()) continue;
    const auto label = loader_->InternLabel(table.file->labels.front());
    if (!label) return label.error();
    const auto key = loader_->InternKey(table.reader.property_names().front());
    if (!key) return key.error();
    if (Status declared = loader_->DeclareKey(*label, *key); !declared.ok()) return declared;
  }
  return {};
}

Status Importer::AddSources(const TableFile& table) {
  for (const std::string& name : table.CitedLabels()) {
    const auto label = loader_->InternLabel(name);
    if (!label) return label.error();
    sources_.try_emplace(name).first->second.label = *label;
    const auto key = loader_->InternKey(kSourceKey);
    if (!key) return key.error();
    source_key_ = *key;
  }
  return {};
}

Result<Importer::Keys> Importer::InternKeys(const std::vector<std::string>& names) {
  Keys keys;
  for (const std::string& name : names) {
    const auto key = loader_->InternKey(name);
    if (!key) return key.error();
    keys.emplace_back(*key, keys.size());
  }
  std::ranges::sort(keys);
  return keys;
}

Result<ImportReport> Importer::Load(graph::BulkLoader& loader) {
  loader_ = &loader;
  Status status = LoadAll();
  Status reported = bad_rows_.CloseReport();
  if (status.ok()) status = std::move(reported);
  if (!status.ok()) return std::move(status).error();
  report_.bad_rows = bad_rows_.count();
  report_.problems = bad_rows_.TakeProblems();
  return std::move(report_);
}

Status Importer::LoadAll() {
  Status status = DeclareKeys();
  for (const NodeTable& table : node_tables_) {
    if (status.ok()) status = AddSources(table.reader);
  }
  for (const RelationshipTable& table : relationship_tables_) {
    if (status.ok()) status = AddSources(table.reader);
  }
  for (NodeTable& table : node_tables_) {
    if (status.ok()) status = LoadNodes(table);
  }
  if (status.ok()) status = BeginRelationships();
  for (RelationshipTable& table : relationship_tables_) {
    if (status.ok()) status = LoadRelationships(table);
  }
  if (!status.ok()) return status;
  spaces_.clear();
  sources_.clear();
  progress_->BeginBuilding();
  return loader_->Finish([this](std::uint64_t done, std::uint64_t all) { progress_->Build(done, all); });
}

Status Importer::AddBadRows(const TableFile& table, std::vector<BadRow> bad_rows) {
  for (const BadRow& bad : bad_rows) {
    Status added = bad_rows_.Add(fmt::format("{}:{}", table.path(), bad.line), bad.problem);
    if (!added.ok()) return added;
  }
  return {};
}

std::optional<std::vector<graph::Citation>> Importer::CitationsOf(const TableFile& table, const TableRows& rows,
                                                                  std::size_t row, std::string& problem) const {
  std::vector<graph::Citation> citations;
  auto cited = std::ranges::lower_bound(rows.citations, row, {}, &CitedSource::row);
  for (; cited != rows.citations.end() && cited->row == row; ++cited) {
    const std::string& label = table.columns()[cited->column].id_space;
    const std::optional<NodeId> source = sources_.find(label)->second.nodes.Find(cited->key);
    if (!source) {
      problem = fmt::format("no node :{} has the key {}", label, ToText(ExternalId(cited->key)));
      return std::nullopt;
    }
    const graph::Citation citation{.source = *source, .span = cited->span};
    if (std::ranges::find(citations, citation) == citations.end()) citations.push_back(citation);
  }
  return citations;
}

// ---- Nodes

Status Importer::LoadNodes(NodeTable& table) {
  for (const std::string& name : table.file->labels) {
    const auto label = loader_->InternLabel(name);
    if (!label) return label.error();
    table.labels.push_back(*label);
  }
  Result<Keys> keys = InternKeys(table.reader.property_names());
  if (!keys) return std::move(keys).error();
  table.keys = *std::move(keys);
  table.ids = &spaces_.find(table.reader.id_space())->second;
  Status status = WorkInOrder(
      threads_, [&] { return table.reader.NextChunk(); },
      [&](CsvReader chunk) { return table.reader.Read(std::move(chunk)); },
      [&](const NodeRows& rows) { return AddNodes(table, rows); });
  if (status.ok()) progress_->EndFile(table.file->path);
  return status;
}

// Rows that cannot be read and ids that are there twice are told in the order of their lines.
Status Importer::AddNodes(NodeTable& table, const NodeRows& rows) {
  std::size_t bad = 0;
  const auto add_bad_before = [&](std::uint64_t line) -> Status {
    for (; bad < rows.bad_rows.size() && rows.bad_rows[bad].line < line; ++bad) {
      if (Status added = AddBadRows(table.reader, {rows.bad_rows[bad]}); !added.ok()) return added;
    }
    return {};
  };
  for (std::size_t row = 0; row < rows.lines.size(); ++row) {
    if (bad < rows.bad_rows.size()) {
      if (Status added = add_bad_before(rows.lines[row]); !added.ok()) return added;
    }
    if (Status added = AddNode(table, rows, row); !added.ok()) return added;
  }
  if (Status added = add_bad_before(UINT64_MAX); !added.ok()) return added;
  if (rows.end) return *rows.end;
  progress_->Advance(table.file->path, rows.lines.size(), rows.text.bytes());
  return CheckMemory();
}

Status Importer::AddNode(NodeTable& table, const NodeRows& rows, std::size_t row) {
  const std::uint64_t line = rows.lines[row];
  if (table.ids->Find(rows.ids[row])) {
    return AddBadRows(table.reader, {{line, fmt::format("the id {} is there already in {}", ToText(rows.ids[row]),
                                                        QuotedSpace(table.reader.id_space()))}});
  }
  std::vector<graph::Citation> citations;
  if (!rows.citations.empty()) {
    std::string problem;
    auto found = CitationsOf(table.reader, rows, row, problem);
    if (!found) return AddBadRows(table.reader, {{line, std::move(problem)}});
    citations = *std::move(found);
  }
  labels_ = table.labels;
  if (!rows.label_ends.empty()) {
    for (std::uint32_t i = row == 0 ? 0 : rows.label_ends[row - 1]; i < rows.label_ends[row]; ++i) {
      const auto label = loader_->InternLabel(rows.labels[i]);
      if (!label) return AtRow(table.file->path, line, label.error());
      labels_.push_back(*label);
    }
  }
  PropertiesOf(rows, row, table.keys, properties_);
  const auto node = loader_->AddNode(labels_, properties_, ValidityOf(rows, row));
  if (!node) return AtRow(table.file->path, line, node.error());
  table.ids->Insert(rows.ids[row], *node);
  ++report_.nodes;
  std::uint32_t sequence = 0;
  for (const graph::Citation& citation : citations) {
    if (Status added = loader_->AddCitation(*node, sequence++, citation); !added.ok()) return added;
  }
  if (!sources_.empty()) NoteSource(*node);
  return {};
}

// The row at hand, if it is a source. Of several with one key, the first is meant.
void Importer::NoteSource(NodeId node) {
  const auto found = std::ranges::find(properties_, *source_key_, &PlainProperty::first);
  if (found == properties_.end()) return;
  const auto* const key = std::get_if<std::string_view>(&found->second);
  if (key == nullptr) return;
  for (auto& [name, sources] : sources_) {
    if (std::ranges::find(labels_, sources.label) != labels_.end()) sources.nodes.Insert(*key, node);
  }
}

std::uint64_t Importer::BytesOfIds() const {
  std::uint64_t bytes = loader_->kept_bytes();
  for (const auto& [name, index] : spaces_) bytes += index.bytes();
  for (const auto& [label, sources] : sources_) bytes += sources.nodes.bytes();
  return bytes;
}

// The ids may take half of the memory, the loader has the other half.
Status Importer::CheckMemory() const {
  const std::uint64_t bytes = BytesOfIds();
  if (bytes <= options_.memory_bytes_max / kLoaderShare) return {};
  return Error{.type = ErrorType::kResourceExhausted,
               .message = fmt::format("the ids of {} nodes take {} MB, more than half of the {} MB that the import may "
                                      "use: allow it more memory, or use integer ids that lie close together",
                                      report_.nodes, bytes >> 20, options_.memory_bytes_max >> 20)};
}

// ---- Relationships

// All that is not taken by ids, finished blocks, the chunks at hand and the process itself.
Status Importer::BeginRelationships() {
  const std::uint64_t all = options_.memory_bytes_max;
  const std::uint64_t taken =
      BytesOfIds() + all / kBlocksShare + kProcessBytes + threads_ * kBytesOfChunk * TableFile::ChunkBytes(options_);
  return loader_->BeginRelationships(std::max(all - std::min(taken, all), all / kBlocksShare));
}

Status Importer::LoadRelationships(RelationshipTable& table) {
  Result<Keys> keys = InternKeys(table.reader.property_names());
  if (!keys) return std::move(keys).error();
  table.keys = *std::move(keys);
  table.starts = &spaces_.find(table.reader.start_space())->second;
  table.ends = &spaces_.find(table.reader.end_space())->second;
  Status status = WorkInOrder(
      threads_, [&] { return table.reader.NextChunk(); },
      [&](CsvReader chunk) { return Prepare(table, std::move(chunk)); },
      [&](ReadyRelationships ready) { return AddRelationships(table, std::move(ready)); });
  if (status.ok()) progress_->EndFile(table.file->path);
  return status;
}

Importer::ReadyRelationships Importer::Prepare(const RelationshipTable& table, CsvReader chunk) const {
  RelationshipRows rows = table.reader.Read(std::move(chunk));
  ReadyRelationships ready;
  ready.bad_rows = std::move(rows.bad_rows);
  ready.end = std::move(rows.end);
  ready.bytes = rows.text.bytes();
  if (rows.types.empty()) ready.types.push_back(table.reader.file_type());
  std::vector<PlainProperty> properties;
  ready.batch.Reserve(rows.lines.size());
  for (std::size_t row = 0; row < rows.lines.size(); ++row) PrepareRow(table, rows, row, properties, ready);
  std::ranges::stable_sort(ready.bad_rows, {}, &BadRow::line);
  return ready;
}

void Importer::PrepareRow(const RelationshipTable& table, const RelationshipRows& rows, std::size_t row,
                          std::vector<PlainProperty>& properties, ReadyRelationships& ready) const {
  const std::optional<NodeId> start = table.starts->Find(rows.starts[row]);
  const std::optional<NodeId> end = table.ends->Find(rows.ends[row]);
  if (!start || !end) {
    const auto& [id, space] = start ? std::pair(rows.ends[row], table.reader.end_space())
                                    : std::pair(rows.starts[row], table.reader.start_space());
    ready.bad_rows.push_back(
        {rows.lines[row], fmt::format("no node has the id {} in {}", ToText(id), QuotedSpace(space))});
    return;
  }
  std::vector<graph::Citation> citations;
  if (!rows.citations.empty()) {
    std::string problem;
    auto found = CitationsOf(table.reader, rows, row, problem);
    if (!found) {
      ready.bad_rows.push_back({rows.lines[row], std::move(problem)});
      return;
    }
    citations = *std::move(found);
  }
  std::uint16_t type = 0;
  if (!rows.types.empty()) {
    const auto known = std::ranges::find(ready.types, rows.types[row]);
    type = static_cast<std::uint16_t>(known - ready.types.begin());
    if (known == ready.types.end()) ready.types.emplace_back(rows.types[row]);
  }
  PropertiesOf(rows, row, table.keys, properties);
  ready.batch.Add(type, *start, *end, properties, ValidityOf(rows, row), citations);
}

Status Importer::AddRelationships(const RelationshipTable& table, ReadyRelationships ready) {
  if (Status added = AddBadRows(table.reader, std::move(ready.bad_rows)); !added.ok()) return added;
  if (ready.end) return *ready.end;
  std::vector<graph::TypeId> types;
  for (const std::string& name : ready.types) {
    if (ready.batch.size() == 0) break;
    const auto type = loader_->InternType(name);
    if (!type) return type.error();
    types.push_back(*type);
  }
  report_.relationships += ready.batch.size();
  progress_->Advance(table.file->path, ready.batch.size(), ready.bytes);
  return loader_->AddRelationships(std::move(ready.batch), types);
}

}  // namespace plenum
