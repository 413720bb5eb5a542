// Rows of import files.
#include "engine/interchange/import_files.h"

#include <fmt/format.h>

#include "engine/interchange/csv_value.h"

namespace plenum {
namespace {

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

// ---- BadRows

Status BadRows::Add(std::string_view place, std::string_view problem) {
  std::string message = fmt::format("{}: {}", place, problem);
  if (problems_.size() == rows_max_) {
    if (rows_max_ > 0) message += fmt::format(" (one bad row more than the {} allowed)", rows_max_);
    return Error{.type = ErrorType::kUsageError, .message = std::move(message)};
  }
  problems_.push_back(std::move(message));
  return {};
}

// ---- TableReader

TableReader::TableReader(CsvReader csv, std::vector<Column> columns, const ImportOptions& options)
    : csv_(std::move(csv)),
      columns_(std::move(columns)),
      from_(ColumnOf(ColumnRole::kValidFrom)),
      until_(ColumnOf(ColumnRole::kValidUntil)),
      through_(ColumnOf(ColumnRole::kValidThrough)),
      array_delimiter_(options.array_delimiter),
      integer_ids_(options.integer_ids) {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].role == ColumnRole::kProperty) property_columns_.push_back(i);
  }
}

Result<TableReader> TableReader::Open(const std::string& path, TableKind kind, const ImportOptions& options) {
  Result<CsvReader> csv = CsvReader::Open(path, options.delimiter);
  if (!csv) return std::move(csv).error();
  const Result<CsvReader::Outcome> header = csv->Next();
  if (!header) return header.error();
  if (*header == CsvReader::Outcome::kEnd) return FileError(path, "is empty: expected a header line");
  if (*header == CsvReader::Outcome::kBadRecord) return FileError(csv->place(), "header: " + csv->problem());
  Result<std::vector<Column>> columns = ParseHeader(csv->fields(), kind, csv->place());
  if (!columns) return std::move(columns).error();
  return TableReader(*std::move(csv), *std::move(columns), options);
}

std::optional<std::size_t> TableReader::ColumnOf(ColumnRole role) const {
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (columns_[i].role == role) return i;
  }
  return std::nullopt;
}

Result<bool> TableReader::Next(BadRows& bad_rows) {
  while (true) {
    const Result<CsvReader::Outcome> outcome = csv_.Next();
    if (!outcome) return outcome.error();
    if (*outcome == CsvReader::Outcome::kEnd) return false;
    const std::size_t count = csv_.fields().size();
    if (*outcome == CsvReader::Outcome::kRecord && count == columns_.size()) return true;
    const std::string problem =
        *outcome == CsvReader::Outcome::kBadRecord
            ? csv_.problem()
            : fmt::format("expected {} fields, as the header has, found {}", columns_.size(), count);
    if (Status added = bad_rows.Add(place(), problem); !added.ok()) return std::move(added).error();
  }
}

Status TableReader::ReadProperties(std::vector<Value>& properties) const {
  for (const std::size_t column : property_columns_) {
    Result<Value> value = ValueOfField(columns_[column], FieldAt(column), array_delimiter_);
    if (!value) return std::move(value).error();
    properties.push_back(*std::move(value));
  }
  return {};
}

Result<std::optional<PartialDate>> TableReader::ReadPartialDate(std::optional<std::size_t> column) const {
  if (!column || FieldAt(*column).text.empty()) return std::optional<PartialDate>();
  const Result<PartialDate> date = ParsePartialDate(FieldAt(*column).text);
  if (!date) return date.error();
  return std::optional(*date);
}

Result<std::optional<Interval>> TableReader::ReadValidity() const {
  if (!from_ && !until_ && !through_) return std::optional<Interval>();
  const auto from = ReadPartialDate(from_);
  if (!from) return from.error();
  auto until = ReadPartialDate(through_ ? through_ : until_);
  if (!until) return std::move(until).error();
  if (through_ && until->has_value())
    until = std::optional(PartialDate{NextDay((*until)->earliest), NextDay((*until)->latest)});
  if (!from->has_value() && !until->has_value()) return std::optional<Interval>();
  const Interval validity{*from, *until};
  if (EndsBeforeItBegins(validity)) return RowError(fmt::format("{} ends before it begins", ToText(validity)));
  return std::optional(validity);
}

Result<ExternalId> TableReader::ReadId(std::size_t column) const {
  const std::string_view text = FieldAt(column).text;
  if (text.empty()) return RowError(fmt::format("the id in column {} is empty", column + 1));
  if (!integer_ids_) return ExternalId(text);
  const std::optional<std::int64_t> integer = IntegerOf(text);
  if (!integer) return RowError(fmt::format("the id {} is no integer", ToText(ExternalId(text))));
  return ExternalId(*integer);
}

// ---- Nodes

NodeFileReader::NodeFileReader(TableReader table, const ImportOptions& options)
    : table_(std::move(table)),
      id_column_(*table_.ColumnOf(ColumnRole::kId)),
      label_column_(table_.ColumnOf(ColumnRole::kLabel)),
      id_is_property_(!table_.columns()[id_column_].name.empty()),
      property_names_(PropertyNames(table_.columns())),
      array_delimiter_(options.array_delimiter) {
  if (id_is_property_) property_names_.insert(property_names_.begin(), table_.columns()[id_column_].name);
}

Result<NodeFileReader> NodeFileReader::Open(const NodeFile& file, const ImportOptions& options) {
  Result<TableReader> table = TableReader::Open(file.path, TableKind::kNodes, options);
  if (!table) return std::move(table).error();
  return NodeFileReader(*std::move(table), options);
}

namespace {

// Moves to the next row that `read` can read; those before it that it cannot are bad rows. False at the end.
template <class Read>
Result<bool> NextGoodRow(TableReader& table, BadRows& bad_rows, Read read) {
  while (true) {
    const Result<bool> more = table.Next(bad_rows);
    if (!more || !*more) return more;
    const Status row = read();
    if (row.ok()) return true;
    if (Status added = bad_rows.Add(table.place(), row.error().message); !added.ok()) return std::move(added).error();
  }
}

}  // namespace

Result<bool> NodeFileReader::Next(NodeRow& row, BadRows& bad_rows) {
  return NextGoodRow(table_, bad_rows, [&] { return ReadRow(row); });
}

Status NodeFileReader::ReadRow(NodeRow& row) const {
  const Result<ExternalId> id = table_.ReadId(id_column_);
  if (!id) return id.error();
  row.id = *id;
  row.properties.clear();
  if (id_is_property_) {
    row.properties.push_back(std::visit([](auto key) { return Value(key); }, row.id));
  }
  if (Status properties = table_.ReadProperties(row.properties); !properties.ok()) return properties;
  const auto validity = table_.ReadValidity();
  if (!validity) return validity.error();
  row.validity = *validity;
  ReadLabels(row);
  return {};
}

void NodeFileReader::ReadLabels(NodeRow& row) const {
  row.labels.clear();
  if (!label_column_) return;
  std::string_view rest = table_.FieldAt(*label_column_).text;
  while (!rest.empty()) {
    const std::size_t end = rest.find(array_delimiter_);
    if (end != 0) row.labels.push_back(rest.substr(0, end));
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
  }
}

// ---- Relationships

RelationshipFileReader::RelationshipFileReader(TableReader table, std::string file_type)
    : table_(std::move(table)),
      start_column_(*table_.ColumnOf(ColumnRole::kStartId)),
      end_column_(*table_.ColumnOf(ColumnRole::kEndId)),
      type_column_(table_.ColumnOf(ColumnRole::kType)),
      file_type_(std::move(file_type)),
      property_names_(PropertyNames(table_.columns())) {}

Result<RelationshipFileReader> RelationshipFileReader::Open(const RelationshipFile& file,
                                                            const ImportOptions& options) {
  Result<TableReader> table = TableReader::Open(file.path, TableKind::kRelationships, options);
  if (!table) return std::move(table).error();
  if (file.type.empty() && !table->ColumnOf(ColumnRole::kType)) {
    return FileError(table->place(),
                     "header: the relationships have no type: give one with the file, or a column :TYPE");
  }
  return RelationshipFileReader(*std::move(table), file.type);
}

Result<bool> RelationshipFileReader::Next(RelationshipRow& row, BadRows& bad_rows) {
  return NextGoodRow(table_, bad_rows, [&] { return ReadRow(row); });
}

Status RelationshipFileReader::ReadRow(RelationshipRow& row) const {
  const Result<ExternalId> start = table_.ReadId(start_column_);
  if (!start) return start.error();
  const Result<ExternalId> end = table_.ReadId(end_column_);
  if (!end) return end.error();
  row.start = *start;
  row.end = *end;
  row.type = type_column_ ? table_.FieldAt(*type_column_).text : std::string_view();
  if (row.type.empty()) row.type = file_type_;
  if (row.type.empty()) return RowError("the relationship has no type");
  row.properties.clear();
  if (Status properties = table_.ReadProperties(row.properties); !properties.ok()) return properties;
  const auto validity = table_.ReadValidity();
  if (!validity) return validity.error();
  row.validity = *validity;
  return {};
}

}  // namespace plenum
