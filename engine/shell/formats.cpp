// Each format is three pieces of text: what stands before the rows, a row, what stands after. Rows are written as they
// come; only a table waits for all of them, to know its widths.
#include "engine/shell/formats.h"

#include <algorithm>

#include "engine/shell/terminal_text.h"
#include "plenum/json.h"

namespace plenum::shell {
namespace {

using Columns = std::vector<std::string>;
using Row = std::vector<Value>;

void AppendCsvField(std::string_view text, bool quote_empty, std::string& out) {
  bool quoted = text.empty() ? quote_empty : text.find_first_of(",\"\r\n") != std::string_view::npos;
  if (quoted) out += '"';
  for (char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  if (quoted) out += '"';
}

std::string CsvText(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kNull:
      return {};
    case Value::Kind::kList:
    case Value::Kind::kMap:
    case Value::Kind::kNode:
    case Value::Kind::kRelationship:
    case Value::Kind::kPath:
      return ToJson(value);
    default:
      return ToText(value, false);
  }
}

void AppendCsvHeader(const Columns& columns, std::string& out) {
  for (std::size_t i = 0; i < columns.size(); ++i) {
    if (i > 0) out += ',';
    AppendCsvField(columns[i], true, out);
  }
  out += "\r\n";
}

void AppendCsvRow(const Row& row, std::string& out) {
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    AppendCsvField(CsvText(row[i]), !row[i].is_null(), out);
  }
  out += "\r\n";
}

void AppendJsonObject(const Columns& columns, const Row& row, std::string& out) {
  out += '{';
  for (std::size_t i = 0; i < row.size(); ++i) {
    if (i > 0) out += ',';
    AppendJsonString(columns[i], out);
    out += ':';
    AppendJson(row[i], out);
  }
  out += '}';
}

// A cell of a markdown table is one line in which '|' ends it.
void AppendMarkdownCell(std::string_view text, std::string& out) {
  out += ' ';
  std::size_t begin = 0;
  for (std::size_t at = 0; at <= text.size(); ++at) {
    if (at < text.size() && text[at] != '\n' && text[at] != '|') continue;
    out += Printable(text.substr(begin, at - begin));
    if (at < text.size()) out += text[at] == '|' ? "\\|" : "<br>";
    begin = at + 1;
  }
  out += " |";
}

void AppendMarkdownHeader(const Columns& columns, std::string& out) {
  out += '|';
  for (const std::string& name : columns) AppendMarkdownCell(name, out);
  out += "\n|";
  for (std::size_t i = 0; i < columns.size(); ++i) out += " --- |";
  out += '\n';
}

void AppendMarkdownRow(const Row& row, std::string& out) {
  out += '|';
  for (const Value& value : row) AppendMarkdownCell(ToText(value, false), out);
  out += '\n';
}

void AppendHeader(Format format, const Columns& columns, std::string& out) {
  if (format == Format::kCsv) AppendCsvHeader(columns, out);
  if (format == Format::kJson) out += '[';
  if (format == Format::kMarkdown) AppendMarkdownHeader(columns, out);
}

void AppendRow(Format format, const Columns& columns, const Row& row, bool first, std::string& out) {
  switch (format) {
    case Format::kTable:
      break;  // drawn at the end
    case Format::kCsv:
      AppendCsvRow(row, out);
      break;
    case Format::kJson:
      out += first ? "\n" : ",\n";
      AppendJsonObject(columns, row, out);
      break;
    case Format::kJsonl:
      AppendJsonObject(columns, row, out);
      out += '\n';
      break;
    case Format::kMarkdown:
      AppendMarkdownRow(row, out);
      break;
  }
}

RowCount WriteTable(QueryResult& answer, TableFit fit, const std::atomic<bool>& stop, Output& out) {
  constexpr std::size_t kPieceBytes = std::size_t{64}
                                      << 10;  // long tables are written in pieces, to be stopped between
  Table table(answer.columns(), fit);
  while (!stop && answer.Next()) table.AddRow(answer.row());
  std::string text = table.Render();
  for (std::size_t at = 0; at < text.size() && !stop; at += kPieceBytes) {
    out.Write(std::string_view(text).substr(at, kPieceBytes));
  }
  return {table.rows(), table.rows_hidden()};
}

}  // namespace

const std::vector<std::string_view>& FormatNames() {
  static const std::vector<std::string_view> names = {"table", "csv", "json", "jsonl", "markdown"};
  return names;
}

std::optional<Format> FormatNamed(std::string_view name) {
  const std::vector<std::string_view>& names = FormatNames();
  auto found = std::find(names.begin(), names.end(), name);
  if (found == names.end()) return std::nullopt;
  return static_cast<Format>(found - names.begin());
}

std::string_view NameOf(Format format) { return FormatNames()[static_cast<std::size_t>(format)]; }

RowCount WriteAnswer(QueryResult& answer, Format format, TableFit fit, const std::atomic<bool>& stop, Output& out) {
  if (answer.columns().empty()) return {};
  if (format == Format::kTable) return WriteTable(answer, fit, stop, out);
  std::string text;
  AppendHeader(format, answer.columns(), text);
  std::uint64_t rows = 0;
  while (!stop && out.error() == 0 && answer.Next()) {
    AppendRow(format, answer.columns(), answer.row(), rows == 0, text);
    ++rows;
    out.Write(text);
    text.clear();
  }
  if (format == Format::kJson) text += rows == 0 ? "]\n" : "\n]\n";
  out.Write(text);
  return {rows, 0};
}

}  // namespace plenum::shell
