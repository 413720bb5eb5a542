// Node and relationship files as rows of typed values: what an import reads, before anything of the graph is known.
//
// A file is cut into chunks (csv_chunks.h) that are read into rows side by side. A row that cannot be read is left out
// and told among them.
#pragma once

#include <cstdint>
#include <deque>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/interchange/csv_chunks.h"
#include "engine/interchange/csv_header.h"
#include "engine/interchange/csv_reader.h"
#include "engine/interchange/external_id.h"
#include "engine/value/plain_value.h"
#include "plenum/import.h"
#include "plenum/value.h"

namespace plenum {

// A row that was left out of what was read, by the line it begins on.
struct BadRow {
  std::uint64_t line = 0;
  std::string problem;
};

// What a field of a :CITE column says of its row: a span of a source, or all of it.
struct CitedSource {
  std::size_t row = 0;
  std::size_t column = 0;
  std::string_view key;
  std::optional<std::pair<std::uint32_t, std::uint32_t>> span;
};

// The rows of a chunk that can be read. Texts are borrowed from `text`, which the rows own.
struct TableRows {
  explicit TableRows(CsvReader chunk) : text(std::move(chunk)) {}

  CsvReader text;
  std::vector<std::uint64_t> lines;                 // of each row
  std::vector<PlainValue> values;                   // row after row, by property_names()
  std::deque<Value> others;                         // that values point to
  std::vector<std::optional<Interval>> validities;  // of each row; empty where the file has no such columns
  std::vector<CitedSource> citations;               // ascending by row
  std::vector<BadRow> bad_rows;                     // ascending by line
  std::optional<Error> end;                         // reading cannot go on behind the last row

  // For about so many rows of so many properties.
  void Reserve(std::size_t rows, std::size_t properties);
};
struct NodeRows : TableRows {
  using TableRows::TableRows;
  std::vector<ExternalId> ids;
  std::vector<std::string_view> labels;   // of the :LABEL column, row after row
  std::vector<std::uint32_t> label_ends;  // of each row, in `labels`; empty where the file has no such column
  void Reserve(std::size_t rows, std::size_t properties);
  void DropLast();
};
struct RelationshipRows : TableRows {
  using TableRows::TableRows;
  std::vector<ExternalId> starts, ends;
  std::vector<std::string_view> types;  // empty where the file has no such column
  void Reserve(std::size_t rows, std::size_t properties);
  void DropLast();
};

// The part that node and relationship files share: the header. Any number of threads may read chunks.
class TableFile {
 public:
  const std::vector<Column>& columns() const { return columns_; }
  const std::string& path() const { return path_; }
  std::string place() const { return path_ + ":" + std::to_string(header_line_); }  // of the header
  // Of :CITE columns, the labels of the sources.
  std::set<std::string> CitedLabels() const;

  // The next chunk of rows; nothing at the end. By one thread at a time.
  Result<std::optional<CsvReader>> NextChunk();
  std::uint64_t file_bytes() const { return chunks_.file_bytes(); }
  static std::size_t ChunkBytes(const ImportOptions& options);  // about how long a chunk is

 protected:
  TableFile(std::string path, CsvChunks chunks, const ImportOptions& options)
      : path_(std::move(path)), chunks_(std::move(chunks)), options_(&options) {}
  static Status ReadHeader(TableFile& table, TableKind kind);
  static Result<CsvChunks> OpenChunks(const std::string& path, const ImportOptions& options);

  std::optional<std::size_t> ColumnOf(ColumnRole role) const;
  const ImportOptions& options() const { return *options_; }

  // `read(rows)` → Status adds what is particular to the kind of table, or nothing when it fails; Rows::DropLast takes
  // it back when the rest of the row turns out to be bad.
  template <class Rows, class Read>
  Rows ReadRows(CsvReader chunk, Read read) const;

  Result<ExternalId> ReadId(const CsvReader& reader, std::size_t column) const;

 private:
  Status ReadShared(TableRows& rows) const;
  Status ReadProperties(TableRows& rows) const;
  Status ReadCitations(TableRows& rows) const;
  Status ReadCitation(std::string_view item, CitedSource cited, TableRows& rows) const;
  Result<std::optional<Interval>> ReadValidity(const CsvReader& reader) const;
  Result<std::optional<PartialDate>> ReadPartialDate(const CsvReader& reader, std::optional<std::size_t> column) const;
  Status CheckFieldCount(const CsvReader& reader) const;

  std::string path_;
  CsvChunks chunks_;
  const ImportOptions* options_;
  std::optional<CsvReader> first_chunk_;  // behind the header
  std::uint64_t header_line_ = 1;
  std::vector<Column> columns_;
  std::vector<std::size_t> property_columns_;
  std::vector<std::size_t> cite_columns_;
  std::optional<std::size_t> from_, until_, through_;
};

class NodeFileReader : public TableFile {
 public:
  // `options` must live as long.
  static Result<NodeFileReader> Open(const NodeFile& file, const ImportOptions& options);

  NodeRows Read(CsvReader chunk) const;

  // The properties of each row; a named ID column is one of them, the first.
  const std::vector<std::string>& property_names() const { return property_names_; }
  bool id_is_property() const { return id_is_property_; }
  const std::string& id_space() const { return columns()[id_column_].id_space; }

 private:
  using TableFile::TableFile;
  void ReadLabels(NodeRows& rows) const;

  std::size_t id_column_ = 0;
  std::optional<std::size_t> label_column_;
  bool id_is_property_ = false;
  std::vector<std::string> property_names_;
};

class RelationshipFileReader : public TableFile {
 public:
  static Result<RelationshipFileReader> Open(const RelationshipFile& file, const ImportOptions& options);

  RelationshipRows Read(CsvReader chunk) const;

  const std::vector<std::string>& property_names() const { return property_names_; }
  const std::string& start_space() const { return columns()[start_column_].id_space; }
  const std::string& end_space() const { return columns()[end_column_].id_space; }
  const std::string& file_type() const { return file_type_; }

 private:
  using TableFile::TableFile;

  std::size_t start_column_ = 0;
  std::size_t end_column_ = 0;
  std::optional<std::size_t> type_column_;
  std::string file_type_;
  std::vector<std::string> property_names_;
};

}  // namespace plenum
