// Bulk loading: CSV files with neo4j-admin's header fields into a new database.
//
// Node files have an `name:ID(space)` column (the name may be empty; a named one is kept as a property and becomes a
// unique key of the file's first label), `:LABEL` (more labels, separated by the array delimiter), and properties
// `name:type` (string, int, long, float, double, boolean, date; `type[]` for arrays). Relationship files have
// `:START_ID(space)`, `:END_ID(space)`, optionally `:TYPE`, and properties. `:VALID_FROM`, `:VALID_UNTIL`,
// `:VALID_THROUGH` carry valid time (partial dates; both ends empty: timeless). `:CITE(Label)` cites sources: nodes of
// the import with that label (Source, if none is given), each by its property `key`, several separated by the array
// delimiter: `key`, or `key[first..end]` for a span in code points, end exclusive. `:IGNORE` skips a column. An empty
// field is an absent property, a quoted empty one ("") of type string an empty string. Fields may be quoted ("" for a
// quote) and then hold delimiters and line breaks. Files are UTF-8.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "plenum/status.h"

namespace plenum {

struct NodeFile {
  std::vector<std::string> labels;
  std::string path;
};
struct RelationshipFile {
  std::string type;
  std::string path;
};
struct ImportOptions {
  std::vector<NodeFile> nodes;
  std::vector<RelationshipFile> relationships;
  char delimiter = ',';
  char array_delimiter = ';';
  bool integer_ids = false;        // the ID column holds integers, else strings
  std::uint64_t bad_rows_max = 0;  // rows that cannot be taken are left out and reported; one more is an error
  std::string report;              // a file that gets a line for each of them, also when the import fails; "": none
  std::uint64_t memory_bytes_max = std::uint64_t{2} << 30;
  unsigned threads = 0;                            // at most this many; 0: as many as the machine has cores
  std::function<void(std::string_view)> progress;  // a line for people, now and then; may be empty
};
struct ImportReport {
  std::uint64_t nodes = 0;
  std::uint64_t relationships = 0;
  std::uint64_t bad_rows = 0;
  std::vector<std::string> problems;  // "people.csv:12: …", one a bad row, the first thousand
};

// Builds a new database at `path` (which must not exist). All or nothing: on an error nothing is left at `path`.
Result<ImportReport> Import(std::string_view path, const ImportOptions& options);

}  // namespace plenum
