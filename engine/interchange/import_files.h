// Node and relationship files as rows of typed values: what an import reads, before anything of the graph is known.
//
// A row that cannot be read is left out and reported; more of them than allowed end the import.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/interchange/csv_header.h"
#include "engine/interchange/csv_reader.h"
#include "engine/interchange/external_id.h"
#include "plenum/import.h"
#include "plenum/value.h"

namespace plenum {

// The rows that were left out so far, one message each.
class BadRows {
 public:
  explicit BadRows(std::uint64_t rows_max) : rows_max_(rows_max) {}

  // "people.csv:12: …". An error that repeats the message when it is one too many.
  Status Add(std::string_view place, std::string_view problem);

  const std::vector<std::string>& problems() const { return problems_; }
  std::vector<std::string> TakeProblems() { return std::move(problems_); }

 private:
  std::uint64_t rows_max_;
  std::vector<std::string> problems_;
};

// The part that node and relationship files share: a header, and rows with as many fields.
class TableReader {
 public:
  static Result<TableReader> Open(const std::string& path, TableKind kind, const ImportOptions& options);

  // Goes to the next row that is well formed; false at the end.
  Result<bool> Next(BadRows& bad_rows);

  const CsvField& FieldAt(std::size_t column) const { return csv_.fields()[column]; }
  std::optional<std::size_t> ColumnOf(ColumnRole role) const;
  const std::vector<Column>& columns() const { return columns_; }
  std::string place() const { return csv_.place(); }

  // Of the row at hand. Errors say what is wrong without the place.
  Status ReadProperties(std::vector<Value>& properties) const;  // one a property column, in their order
  Result<std::optional<Interval>> ReadValidity() const;         // absent when both ends are empty
  Result<ExternalId> ReadId(std::size_t column) const;

 private:
  TableReader(CsvReader csv, std::vector<Column> columns, const ImportOptions& options);
  Result<std::optional<PartialDate>> ReadPartialDate(std::optional<std::size_t> column) const;

  CsvReader csv_;
  std::vector<Column> columns_;
  std::vector<std::size_t> property_columns_;
  std::optional<std::size_t> from_, until_, through_;
  char array_delimiter_;
  bool integer_ids_;
};

struct NodeRow {
  ExternalId id;                         // text is borrowed until the next row
  std::vector<std::string_view> labels;  // of the :LABEL column, borrowed too
  std::vector<Value> properties;         // by property_names()
  std::optional<Interval> validity;
};

class NodeFileReader {
 public:
  static Result<NodeFileReader> Open(const NodeFile& file, const ImportOptions& options);

  // False at the end.
  Result<bool> Next(NodeRow& row, BadRows& bad_rows);

  // The properties of each row; a named ID column is one of them, the first.
  const std::vector<std::string>& property_names() const { return property_names_; }
  bool id_is_property() const { return id_is_property_; }
  const std::string& id_space() const { return table_.columns()[id_column_].id_space; }
  std::string place() const { return table_.place(); }

 private:
  NodeFileReader(TableReader table, const ImportOptions& options);
  Status ReadRow(NodeRow& row) const;
  void ReadLabels(NodeRow& row) const;

  TableReader table_;
  std::size_t id_column_;
  std::optional<std::size_t> label_column_;
  bool id_is_property_;
  std::vector<std::string> property_names_;
  char array_delimiter_;
};

struct RelationshipRow {
  ExternalId start, end;  // text is borrowed until the next row
  std::string_view type;  // borrowed likewise, or from the file's own type
  std::vector<Value> properties;
  std::optional<Interval> validity;
};

class RelationshipFileReader {
 public:
  static Result<RelationshipFileReader> Open(const RelationshipFile& file, const ImportOptions& options);

  Result<bool> Next(RelationshipRow& row, BadRows& bad_rows);

  const std::vector<std::string>& property_names() const { return property_names_; }
  const std::string& start_space() const { return table_.columns()[start_column_].id_space; }
  const std::string& end_space() const { return table_.columns()[end_column_].id_space; }
  std::string place() const { return table_.place(); }

 private:
  RelationshipFileReader(TableReader table, std::string file_type);
  Status ReadRow(RelationshipRow& row) const;

  TableReader table_;
  std::size_t start_column_;
  std::size_t end_column_;
  std::optional<std::size_t> type_column_;
  std::string file_type_;
  std::vector<std::string> property_names_;
};

}  // namespace plenum
