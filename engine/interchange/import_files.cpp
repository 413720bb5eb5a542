// Rows of import files.
#include "engine/interchange/import_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/interchange/csv_value.h"

namespace plenum {
namespace {

constexpr std::size_t kChunkBytesMax = std::size_t{1} << 20;
constexpr std::size_t kChunkBytesMin = std::size_t{16} << 10;
constexpr std::size_t kChunksInMemory = 512;  // that a chunk should be a small part of the memory

// About one row; whoever counts it adds the place.
Error RowError(std::string message) { return {.type = ErrorType::kArgumentError, .message = std::move(message)}; }

Error FileError(std::string_view place, std::string_view message) {
  return {.type = ErrorType::kUsageError, .message = fmt::format("{}: {}", place, message)};
}

std::vector<std::string> PropertyNames(const std::vector<Column>& columns) {
  std::vector<std::string> names;
  for (const Column& column : columns) {
    if (column.role == ColumnRole::kProperty) names.push_back(column.name);
  }
  return names;
}

std::optional<std::int64_t> NextDay(std::optional<std::int64_t> day) {
  return day ? std::optional(*day + 1) : std::nullopt;
}

// Whichever days its ends are. One that ends on its first day is merely empty.
bool EndsBeforeItBegins(const Interval& validity) {
  return validity.from && validity.until && validity.from->earliest && validity.until->latest &&
         *validity.until->latest < *validity.from->earliest;
}

}  // namespace

// ---- TableFile

std::size_t TableFile::ChunkBytes(const ImportOptions& options) {
  const std::size_t files = options.nodes.size() + options.relationships.size();  // the first chunk of each is there
  const std::uint64_t share = options.memory_bytes_max / std::max(kChunksInMemory, 16 * files);
  return std::clamp(static_cast<std::size_t>(share), kChunkBytesMin, kChunkBytesMax);
}

Result<CsvChunks> TableFile::OpenChunks(const std::string& path, const ImportOptions& options) {
  return CsvChunks::Open(path, options.delimiter, ChunkBytes(options));
}

Status TableFile::ReadHeader(TableFile& table, TableKind kind) {
  auto chunk = table.chunks_.Next();
  if (!chunk) return std::move(chunk).error();
  if (!*chunk) return FileError(table.path_, "is empty: expected a header line");
  const Result<CsvReader::Outcome> header = (*chunk)->Next();
  if (!header) return header.error();
  if (*header == CsvReader::Outcome::kEnd) return FileError(table.path_, "is empty: expected a header line");
  if (*header == CsvReader::Outcome::kBadRecord) {
    return FileError((*chunk)->place(), "header: " + (*chunk)->problem());
  }
  Result<std::vector<Column>> columns = ParseHeader((*chunk)->fields(), kind, (*chunk)->place());
  if (!columns) return std::move(columns).error();
  table.columns_ = *std::move(columns);
  table.header_line_ = (*chunk)->line();
  table.first_chunk_ = *std::move(chunk);
  table.from_ = table.ColumnOf(ColumnRole::kValidFrom);
  table.until_ = table.ColumnOf(ColumnRole::kValidUntil);
  table.through_ = table.ColumnOf(ColumnRole::kValidThrough);
  for (std::size_t i = 0; i < table.columns_.size(); ++i) {
    if (table.columns_[i].role == ColumnRole::kProperty) table.property_columns_.push_back(i);
    if (table.columns_[i].role == ColumnRole::kCite) table.cite_columns_.push_back(i);
  }
  return {};
}

std::set<std::string> TableFile::CitedLabels() const {
  std::set<std::string> labels;
  for (const std::size_t column : cite_columns_) labels.insert(columns_[column].id_space);
  return labels;
}

Result<std::optional<CsvReader>> TableFile::NextChunk() {
  if (first_chunk_) return std::exchange(first_chunk_, std::nullopt);
  return chunks_.Next();
}

std::optional<std::size_t> TableFile::ColumnOf(ColumnRole role) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].role == role) return i;
  }
  return std::nullopt;
}

Status TableFile::CheckFieldCount(const CsvReader& reader) const {
  const std::size_t count = reader.fields().size();
  if (count == columns_.size()) return {};
  return RowError(fmt::format("expected {} fields, as the header has, found {}", columns_.size(), count));
}

Status TableFile::ReadProperties(TableRows& rows) const {
  for (const std::size_t column : property_columns_) {
    const CsvField& field = rows.text.fields()[column];
    PlainValue& plain = rows.values.emplace_back();
    if (PlainValueOfField(columns_[column], field, plain)) continue;
    Result<Value> value = ValueOfField(columns_[column], field, options_->array_delimiter);
    if (!value) return std::move(value).error();
    if (!value->is_null()) plain = &rows.others.emplace_back(*std::move(value));
  }
  return {};
}

Result<std::optional<PartialDate>> TableFile::ReadPartialDate(const CsvReader& reader,
                                                              std::optional<std::size_t> column) const {
  if (!column || reader.fields()[*column].text.empty()) return std::optional<PartialDate>();
  const Result<PartialDate> date = ParsePartialDate(reader.fields()[*column].text);
  if (!date) return date.error();
  return std::optional(*date);
}

Result<std::optional<Interval>> TableFile::ReadValidity(const CsvReader& reader) const {
  const auto from = ReadPartialDate(reader, from_);
  if (!from) return from.error();
  auto until = ReadPartialDate(reader, through_ ? through_ : until_);
  if (!until) return std::move(until).error();
  if (through_ && until->has_value())
    until = std::optional(PartialDate{NextDay((*until)->earliest), NextDay((*until)->latest)});
  if (!from->has_value() && !until->has_value()) return std::optional<Interval>();
  const Interval validity{*from, *until};
  if (EndsBeforeItBegins(validity)) return RowError(fmt::format("{} ends before it begins", ToText(validity)));
  return std::optional(validity);
}

// "key" or "key[first..end]".
Status TableFile::ReadCitation(std::string_view item, CitedSource cited, TableRows& rows) const {
  cited.key = item;
  const std::size_t opening = item.rfind('[');
  if (item.ends_with(']') && opening != std::string_view::npos) {
    const std::string_view span = item.substr(opening + 1, item.size() - opening - 2);
    const std::size_t dots = span.find("..");
    const std::int64_t first = IntegerOf(span.substr(0, dots)).value_or(-1);
    const std::int64_t end = dots == std::string_view::npos ? -1 : IntegerOf(span.substr(dots + 2)).value_or(-1);
    if (first < 0 || end <= first || end > UINT32_MAX) {
      return RowError(fmt::format(
          "'{}' is no citation: expected a source's key, or key[first..end] with the first character and the one "
          "behind the last",
          item));
    }
    cited.key = item.substr(0, opening);
    cited.span = {static_cast<std::uint32_t>(first), static_cast<std::uint32_t>(end)};
  }
  rows.citations.push_back(cited);
  return {};
}

Status TableFile::ReadCitations(TableRows& rows) const {
  for (const std::size_t column : cite_columns_) {
    std::string_view rest = rows.text.fields()[column].text;
    while (!rest.empty()) {
      const std::size_t end = rest.find(options_->array_delimiter);
      if (end != 0) {
        const CitedSource cited{.row = rows.lines.size(), .column = column, .key = {}, .span = {}};
        if (Status read = ReadCitation(rest.substr(0, end), cited, rows); !read.ok()) return read;
      }
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    }
  }
  return {};
}

Status TableFile::ReadShared(TableRows& rows) const {
  if (Status properties = ReadProperties(rows); !properties.ok()) return properties;
  if (!cite_columns_.empty()) {
    if (Status citations = ReadCitations(rows); !citations.ok()) return citations;
  }
  if (!from_ && !until_ && !through_) return {};
  auto validity = ReadValidity(rows.text);
  if (!validity) return std::move(validity).error();
  rows.validities.push_back(*std::move(validity));
  return {};
}

Result<ExternalId> TableFile::ReadId(const CsvReader& reader, std::size_t column) const {
  const std::string_view text = reader.fields()[column].text;
  if (text.empty()) return RowError(fmt::format("the id in column {} is empty", column + 1));
  if (!options_->integer_ids) return ExternalId(text);
  const std::optional<std::int64_t> integer = IntegerOf(text);
  if (!integer) return RowError(fmt::format("the id {} is no integer", ToText(ExternalId(text))));
  return ExternalId(*integer);
}

template <class Rows, class Read>
Rows TableFile::ReadRows(CsvReader chunk, Read read) const {
  Rows rows(std::move(chunk));
  rows.Reserve(rows.text.lines() + 1, property_columns_.size() + 1);
  while (true) {
    Result<CsvReader::Outcome> outcome = rows.text.Next();
    if (!outcome) {
      rows.end = std::move(outcome).error();
      return rows;
    }
    if (*outcome == CsvReader::Outcome::kEnd) return rows;
    if (*outcome == CsvReader::Outcome::kBadRecord) {
      rows.bad_rows.push_back({rows.text.line(), rows.text.problem()});
      continue;
    }
    const std::size_t values = rows.values.size();
    const std::size_t citations = rows.citations.size();
    Status status = CheckFieldCount(rows.text);
    if (status.ok()) status = read(rows);  // adds nothing when it fails
    const bool read_ids = status.ok();
    if (status.ok()) status = ReadShared(rows);
    if (status.ok()) {
      rows.lines.push_back(rows.text.line());
      continue;
    }
    rows.bad_rows.push_back({rows.text.line(), status.error().message});
    rows.values.resize(values);
    rows.citations.resize(citations);
    if (read_ids) rows.DropLast();
  }
}

// ---- Nodes

Result<NodeFileReader> NodeFileReader::Open(const NodeFile& file, const ImportOptions& options) {
  Result<CsvChunks> chunks = OpenChunks(file.path, options);
  if (!chunks) return std::move(chunks).error();
  NodeFileReader reader(file.path, *std::move(chunks), options);
  if (Status header = ReadHeader(reader, TableKind::kNodes); !header.ok()) return std::move(header).error();
  reader.id_column_ = *reader.ColumnOf(ColumnRole::kId);
  reader.label_column_ = reader.ColumnOf(ColumnRole::kLabel);
  const std::string& id_name = reader.columns()[reader.id_column_].name;
  reader.id_is_property_ = !id_name.empty();
  reader.property_names_ = PropertyNames(reader.columns());
  if (reader.id_is_property_) reader.property_names_.insert(reader.property_names_.begin(), id_name);
  return reader;
}

NodeRows NodeFileReader::Read(CsvReader chunk) const {
  return ReadRows<NodeRows>(std::move(chunk), [&](NodeRows& rows) -> Status {
    const Result<ExternalId> id = ReadId(rows.text, id_column_);
    if (!id) return id.error();
    rows.ids.push_back(*id);
    if (id_is_property_) rows.values.push_back(std::visit([](auto key) { return PlainValue(key); }, *id));
    ReadLabels(rows);
    return {};
  });
}

void NodeFileReader::ReadLabels(NodeRows& rows) const {
  if (!label_column_) return;
  std::string_view rest = rows.text.fields()[*label_column_].text;
  while (!rest.empty()) {
    const std::size_t end = rest.find(options().array_delimiter);
    if (end != 0) rows.labels.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
  rows.label_ends.push_back(static_cast<std::uint32_t>(rows.labels.size()));
}

void TableRows::Reserve(std::size_t rows, std::size_t properties) {
  lines.reserve(rows);
  values.reserve(rows * properties);
}

void NodeRows::Reserve(std::size_t rows, std::size_t properties) {
  TableRows::Reserve(rows, properties);
  ids.reserve(rows);
}

void NodeRows::DropLast() {
  ids.pop_back();
  if (label_ends.empty()) return;
  label_ends.pop_back();
  labels.resize(label_ends.empty() ? 0 : label_ends.back());
}

// ---- Relationships

Result<RelationshipFileReader> RelationshipFileReader::Open(const RelationshipFile& file,
                                                            const ImportOptions& options) {
  Result<CsvChunks> chunks = OpenChunks(file.path, options);
  if (!chunks) return std::move(chunks).error();
  RelationshipFileReader reader(file.path, *std::move(chunks), options);
  if (Status header = ReadHeader(reader, TableKind::kRelationships); !header.ok()) return std::move(header).error();
  reader.start_column_ = *reader.ColumnOf(ColumnRole::kStartId);
  reader.end_column_ = *reader.ColumnOf(ColumnRole::kEndId);
  reader.type_column_ = reader.ColumnOf(ColumnRole::kType);
  reader.file_type_ = file.type;
  reader.property_names_ = PropertyNames(reader.columns());
  if (!file.type.empty() || reader.type_column_) return reader;
  return FileError(reader.place(), "header: the relationships have no type: give one with the file, or a column :TYPE");
}

RelationshipRows RelationshipFileReader::Read(CsvReader chunk) const {
  return ReadRows<RelationshipRows>(std::move(chunk), [&](RelationshipRows& rows) -> Status {
    const Result<ExternalId> start = ReadId(rows.text, start_column_);
    if (!start) return start.error();
    const Result<ExternalId> end = ReadId(rows.text, end_column_);
    if (!end) return end.error();
    if (type_column_) {
      std::string_view type = rows.text.fields()[*type_column_].text;
      if (type.empty()) type = file_type_;
      if (type.empty()) return RowError("the relationship has no type");
      rows.types.push_back(type);
    }
    rows.starts.push_back(*start);
    rows.ends.push_back(*end);
    return {};
  });
}

void RelationshipRows::Reserve(std::size_t rows, std::size_t properties) {
  TableRows::Reserve(rows, properties);
  starts.reserve(rows);
  ends.reserve(rows);
}

void RelationshipRows::DropLast() {
  starts.pop_back();
  ends.pop_back();
  if (!types.empty()) types.pop_back();
}

}  // namespace plenum
