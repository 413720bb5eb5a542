// Markdown files that hold queries and what they answer, read so that a test can run them.
//
//   ## Who presided over which meeting?        the question: the heading last seen
//   ```plenum                                  the query: a fenced block marked `plenum`
//   MATCH … RETURN p.name AS person
//   ```
//   | person |                                 the answer: the table that follows, always with a header row;
//   |---|                                      no rows below it: an empty answer
//   | Zhang Ge |
//
// A block marked `json` gives the parameters of the query that follows it: an object by their names.
//
// In place of a table may stand `No rows.` (a query without columns) or what is wrong, with the place when it matters:
// `Error: SyntaxError UndefinedVariable 1:8`. A block marked `plenum setup` is run for its effect and answers nothing.
//
// A cell is a value as ToText shows it, strings bare at the top ('|' is written '\|'). Rows are compared in order.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "plenum/plenum.h"
#include "plenum/status.h"

namespace plenum::tests {

struct AnswerTable {
  std::vector<std::string> columns;
  std::vector<std::vector<std::string>> rows;
  bool operator==(const AnswerTable&) const = default;
};

struct QueryCase {
  std::string question;
  std::size_t line = 0;  // of the query's first line, from 1
  bool setup = false;
  std::string query;
  std::string parameters;  // JSON; empty: none
  AnswerTable answer;
  std::string error;  // "SyntaxError UndefinedVariable 1:8"; empty: it succeeds
};

// Reads every query block of `markdown`. A UsageError names the line when a block is not closed, stands under no
// heading, or has no table after it, and when a row has not as many cells as the header.
Result<std::vector<QueryCase>> ReadQueryCases(std::string_view markdown);

// The rows not yet read of `result`, as cells.
AnswerTable TableOf(QueryResult& result);

// The table as Markdown: what a file would have to hold for a test to pass.
std::string ToMarkdown(const AnswerTable& table);

}  // namespace plenum::tests
