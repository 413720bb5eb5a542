// What a database tells of itself: whether everything that it keeps agrees, what there is, and where its bytes are.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace plenum {

struct CheckOptions {
  std::size_t problems_max = 100;                             // told in words; all are counted
  std::uint64_t memory_bytes_max = std::uint64_t{512} << 20;  // to compare with; a bit a node comes on top
  // Where what does not fit into memory lies meanwhile, in files without a name; empty: the system's directory for
  // temporary files.
  std::string directory;
  const std::atomic<bool>* cancel = nullptr;  // set to true from any thread to stop; must outlive the call
};

// What was found. The counts are of what could be read.
struct CheckReport {
  std::vector<std::string> problems;  // each a line: what is wrong of what, and what to do
  std::uint64_t problem_count = 0;    // more than there are lines where `problems_max` cut them
  std::uint64_t nodes = 0;
  std::uint64_t relationships = 0;
  std::uint64_t properties = 0;  // of nodes and relationships together
  std::uint64_t index_entries = 0;
  std::uint64_t citations = 0;
  std::uint64_t source_texts = 0;

  bool ok() const { return problem_count == 0; }
};

// How the relationships of a type lie in one direction. Bytes are those of the lists alone, without the numbers of
// relationships in memory, which are read where a statement asks for relationships themselves.
struct DirectionStatistics {
  std::uint64_t nodes = 0;            // with at least one
  std::uint64_t greatest_degree = 0;  // of a node
  std::uint64_t disk_bytes = 0;
  std::uint64_t memory_bytes = 0;
  std::uint64_t memory_bytes_with_numbers = 0;
};
struct TypeStatistics {
  std::string type;
  std::uint64_t relationships = 0;
  std::uint64_t loops = 0;
  std::uint64_t parallel = 0;  // beyond the first of the same start and end
  DirectionStatistics outgoing;
  DirectionStatistics incoming;
};
struct LabelStatistics {
  std::string label;
  std::uint64_t nodes = 0;
};
struct PropertyStatistics {
  std::string type;  // of relationships; empty: of nodes
  std::string property;
  std::uint64_t values = 0;
};
struct IndexStatistics {
  std::string label;
  std::string property;
  bool unique = false;
  std::uint64_t entries = 0;
};
// One kind of content: "columns", "outgoing and incoming lists", …
struct StorageUse {
  std::string kind;
  std::uint64_t keys = 0;
  std::uint64_t bytes = 0;         // of keys and values, before the store compresses them
  std::uint64_t disk_bytes = 0;    // about; what a compaction will fold or drop is in it
  std::uint64_t memory_bytes = 0;  // of blocks, were all of them decoded and in memory; 0 for what is read as it is
};

struct StatisticsOptions {
  bool compact = false;                       // folds and rewrites everything first, so that bytes are those at rest
  const std::atomic<bool>* cancel = nullptr;  // as of a check
};
struct DatabaseStatistics {
  std::uint64_t nodes = 0;
  std::uint64_t relationships = 0;
  std::vector<LabelStatistics> labels;         // those that nodes have, by name
  std::vector<TypeStatistics> types;           // those that relationships have, by name
  std::vector<PropertyStatistics> properties;  // of nodes first; by type and name
  std::vector<IndexStatistics> indexes;
  std::vector<StorageUse> storage;  // kinds that there are
};

}  // namespace plenum
