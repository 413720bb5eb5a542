// The formats in which an answer is written: for people (table, markdown) and for programs (csv, json, jsonl).
//
// csv is RFC 4180's: a header line, CR LF, fields quoted where they must be; null is an empty field, an empty string is
// "", lists, maps and graph elements are JSON. json is one array of objects, jsonl one object a line; their values are
// plenum/json.h's. A statement that answers without columns writes nothing.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/shell/output.h"
#include "engine/shell/table.h"
#include "plenum/plenum.h"

namespace plenum::shell {

enum class Format : std::uint8_t { kTable, kCsv, kJson, kJsonl, kMarkdown };

// The formats' names in the order of the enumeration: "table", "csv", …
const std::vector<std::string_view>& FormatNames();
std::optional<Format> FormatNamed(std::string_view name);
std::string_view NameOf(Format format);

struct RowCount {
  std::uint64_t all = 0;
  std::uint64_t hidden = 0;  // folded out of a table
};

// Writes what is left of the answer, or as much of it as `stop` lets it; `fit` concerns tables alone.
RowCount WriteAnswer(QueryResult& answer, Format format, TableFit fit, const std::atomic<bool>& stop, Output& out);

}  // namespace plenum::shell
