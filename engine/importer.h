// The rows of import files (interchange) into a new graph (graph::BulkLoader), joined by the ids that the files give.
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/bulk_loader.h"
#include "engine/import_progress.h"
#include "engine/interchange/bad_rows.h"
#include "engine/interchange/external_id.h"
#include "engine/interchange/import_files.h"
#include "plenum/import.h"

namespace plenum {

class Importer {
 public:
  // `options` must live as long.
  explicit Importer(const ImportOptions& options);

  // Opens every file and checks its header, then makes the report of bad rows. Before anything else is written.
  Status OpenFiles();
  Result<ImportReport> Load(graph::BulkLoader& loader);

  unsigned threads() const { return threads_; }

 private:
  using Index = ExternalIdIndex;
  using PlainProperty = graph::BulkLoader::PlainProperty;
  // The properties of a file's rows in ascending order of their numbers: the number, and the place in the row.
  using Keys = std::vector<std::pair<graph::KeyId, std::size_t>>;

  struct NodeTable {
    const NodeFile* file;
    NodeFileReader reader;
    std::vector<graph::LabelId> labels;  // those of the file
    Keys keys;
    Index* ids = nullptr;
  };
  struct RelationshipTable {
    const RelationshipFile* file;
    RelationshipFileReader reader;
    Keys keys;
    const Index* starts = nullptr;
    const Index* ends = nullptr;
  };
  // The sources that :CITE columns may name: the nodes of a label by their property `key`.
  struct Sources {
    graph::LabelId label;
    Index nodes;
  };
  // A chunk of relationships, ready for the loader.
  struct ReadyRelationships {
    graph::RelationshipBatch batch;
    std::vector<std::string> types;  // by their numbers in the batch
    std::vector<BadRow> bad_rows;
    std::optional<Error> end;
    std::size_t bytes = 0;  // of the chunk
  };

  void SourcesFirst();
  Status OpenReport();
  Status LoadAll();
  static std::string QuotedSpace(std::string_view id_space);  // as messages show it
  Status CheckSpaces(const RelationshipFileReader& reader) const;
  Status DeclareKeys();
  Status AddSources(const TableFile& table);
  Result<Keys> InternKeys(const std::vector<std::string>& names);
  Status LoadNodes(NodeTable& table);
  Status AddNodes(NodeTable& table, const NodeRows& rows);
  Status AddNode(NodeTable& table, const NodeRows& rows, std::size_t row);
  void NoteSource(NodeId node);
  Status BeginRelationships();
  Status LoadRelationships(RelationshipTable& table);
  ReadyRelationships Prepare(const RelationshipTable& table, CsvReader chunk) const;
  void PrepareRow(const RelationshipTable& table, const RelationshipRows& rows, std::size_t row,
                  std::vector<PlainProperty>& properties, ReadyRelationships& ready) const;
  Status AddRelationships(const RelationshipTable& table, ReadyRelationships ready);
  // Of the row's citations. Absent when a source is missing, which `problem` then says.
  std::optional<std::vector<graph::Citation>> CitationsOf(const TableFile& table, const TableRows& rows,
                                                          std::size_t row, std::string& problem) const;
  Status AddBadRows(const TableFile& table, std::vector<BadRow> bad_rows);
  std::uint64_t BytesOfIds() const;
  Status CheckMemory() const;

  const ImportOptions& options_;
  unsigned threads_;
  BadRows bad_rows_;
  ImportReport report_;
  std::map<std::string, Index, std::less<>> spaces_;     // by name
  std::map<std::string, Sources, std::less<>> sources_;  // by label
  std::optional<graph::KeyId> source_key_;               // the property `key`
  std::vector<NodeTable> node_tables_;
  std::vector<RelationshipTable> relationship_tables_;
  std::optional<ImportProgress> progress_;
  graph::BulkLoader* loader_ = nullptr;

  // Of the row at hand.
  std::vector<graph::LabelId> labels_;
  std::vector<PlainProperty> properties_;
};

}  // namespace plenum
