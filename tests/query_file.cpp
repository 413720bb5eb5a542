// Reads the Markdown subset that query_file.h describes, line by line; everything else in the file is prose.
#include "tests/query_file.h"

#include <algorithm>
#include <cstddef>
#include <optional>
#include <utility>

#include "plenum/value.h"

namespace plenum::tests {
namespace {

constexpr std::string_view kFence = "```";
constexpr std::string_view kError = "Error:";

std::string_view Trimmed(std::string_view text) {
  const auto first = text.find_first_not_of(" \t\r");
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(" \t\r") - first + 1);
}

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const auto end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

// "| a | b |" → {"a", "b"}; absent when the line is no row of a table.
std::optional<std::vector<std::string>> CellsOf(std::string_view line) {
  line = Trimmed(line);
  if (line.size() < 2 || line.front() != '|' || line.back() != '|') return std::nullopt;
  std::vector<std::string> cells;
  std::string cell;
  for (std::size_t i = 1; i < line.size(); ++i) {
    if (line[i] == '\\' && i + 1 < line.size() && line[i + 1] == '|') {
      cell += line[++i];
    } else if (line[i] == '|') {
      cells.emplace_back(Trimmed(cell));
      cell.clear();
    } else {
      cell += line[i];
    }
  }
  return cells;
}

Error ProblemAt(std::size_t line, const std::string& message) {
  return Error{
      ErrorType::kUsageError, {}, "line " + std::to_string(line) + ": " + message, Phase::kRuntime, std::nullopt};
}

class Reader {
 public:
  explicit Reader(std::string_view markdown) : lines_(LinesOf(markdown)) {}

  Result<std::vector<QueryCase>> Read() {
    std::vector<QueryCase> cases;
    for (; next_ < lines_.size(); ++next_) {
      const auto line = Trimmed(lines_[next_]);
      if (line.starts_with("## ")) question_ = Trimmed(line.substr(3));
      if (line == "```json") parameters_ = ReadBlock();
      if (line != "```plenum" && line != "```plenum setup") continue;
      auto query_case = ReadCase();
      if (!query_case) return query_case.error();
      cases.push_back(std::move(*query_case));
    }
    return cases;
  }

 private:
  // From the opening fence to the table's last row; leaves next_ there.
  Result<QueryCase> ReadCase() {
    const auto fence_line = next_ + 1;
    if (question_.empty()) return ProblemAt(fence_line, "a query block under no '## ' heading; give it its question");
    QueryCase query_case{.question = std::string(question_),
                         .line = fence_line + 1,
                         .setup = Trimmed(lines_[next_]).ends_with("setup"),
                         .query = {},
                         .parameters = std::exchange(parameters_, {}),
                         .answer = {},
                         .error = {}};
    query_case.query = ReadBlock();
    if (next_ == lines_.size()) return ProblemAt(fence_line, "a query block that is not closed by ```");
    if (query_case.setup || SkipsTo("No rows.")) return query_case;
    if (SkipsTo(kError)) {
      query_case.error = Trimmed(Trimmed(lines_[next_]).substr(kError.size()));
      return query_case;
    }
    auto answer = ReadTable();
    if (!answer) return answer.error();
    query_case.answer = std::move(*answer);
    return query_case;
  }

  // The lines behind the opening fence; leaves next_ at the closing one, or at the end where there is none.
  std::string ReadBlock() {
    std::string block;
    for (++next_; next_ < lines_.size() && Trimmed(lines_[next_]) != kFence; ++next_) {
      block += lines_[next_];
      block += '\n';
    }
    return block;
  }

  // Whether the next line that is not blank begins like this: then that is the current line.
  bool SkipsTo(std::string_view beginning) {
    auto line = next_ + 1;
    while (line < lines_.size() && Trimmed(lines_[line]).empty()) ++line;
    if (line == lines_.size() || !Trimmed(lines_[line]).starts_with(beginning)) return false;
    next_ = line;
    return true;
  }

  Result<AnswerTable> ReadTable() {
    const auto fence_line = next_ + 1;
    ++next_;
    while (next_ < lines_.size() && Trimmed(lines_[next_]).empty()) ++next_;
    auto header = next_ + 1 < lines_.size() ? CellsOf(lines_[next_]) : std::nullopt;
    if (!header || !lines_[next_ + 1].starts_with("|--")) {
      return ProblemAt(fence_line, "the query block is not followed by a table of its answer");
    }
    AnswerTable table{.columns = std::move(*header), .rows = {}};
    for (next_ += 2; next_ < lines_.size(); ++next_) {
      auto row = CellsOf(lines_[next_]);
      if (!row) break;
      if (row->size() != table.columns.size()) {
        return ProblemAt(next_ + 1, "a row of " + std::to_string(row->size()) + " cells under a header of " +
                                        std::to_string(table.columns.size()));
      }
      table.rows.push_back(std::move(*row));
    }
    --next_;  // the line that ended the table may be a heading
    return table;
  }

  std::vector<std::string_view> lines_;
  std::size_t next_ = 0;
  std::string_view question_;
  std::string parameters_;  // of the next query
};

std::string MarkdownRow(const std::vector<std::string>& cells) {
  std::string row = "|";
  for (const auto& cell : cells) {
    row += ' ';
    for (const char c : cell) row += c == '|' ? "\\|" : std::string(1, c);
    row += " |";
  }
  return row + '\n';
}

}  // namespace

Result<std::vector<QueryCase>> ReadQueryCases(std::string_view markdown) { return Reader(markdown).Read(); }

AnswerTable TableOf(QueryResult& result) {
  AnswerTable table{.columns = result.columns(), .rows = {}};
  while (result.Next()) {
    auto& cells = table.rows.emplace_back();
    for (const auto& value : result.row()) cells.push_back(ToText(value, /*quote_strings=*/false));
  }
  return table;
}

std::string ToMarkdown(const AnswerTable& table) {
  std::string text = MarkdownRow(table.columns) + "|";
  for (std::size_t i = 0; i < table.columns.size(); ++i) text += "---|";
  text += '\n';
  for (const auto& row : table.rows) text += MarkdownRow(row);
  return text;
}

}  // namespace plenum::tests
