// The importer before anything is written: files are opened, their headers checked, and sources put first.
#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <set>
#include <thread>

#include "engine/importer.h"

namespace plenum {
namespace {

Error UsageError(std::string message) { return {.type = ErrorType::kUsageError, .message = std::move(message)}; }

}  // namespace

std::string Importer::QuotedSpace(std::string_view id_space) {
  return id_space.empty() ? "the id space without a name" : fmt::format("the id space '{}'", id_space);
}

Importer::Importer(const ImportOptions& options)
    : options_(options),
      threads_(options.threads != 0 ? options.threads : std::max(std::thread::hardware_concurrency(), 1u)),
      bad_rows_(options.bad_rows_max) {}

Status Importer::OpenFiles() {
  std::uint64_t bytes = 0;
  for (const NodeFile& file : options_.nodes) {
    Result<NodeFileReader> reader = NodeFileReader::Open(file, options_);
    if (!reader) return std::move(reader).error();
    bytes += reader->file_bytes();
    spaces_.try_emplace(reader->id_space());
    node_tables_.push_back({&file, *std::move(reader), {}, {}});
  }
  SourcesFirst();
  for (const RelationshipFile& file : options_.relationships) {
    Result<RelationshipFileReader> reader = RelationshipFileReader::Open(file, options_);
    if (!reader) return std::move(reader).error();
    if (Status known = CheckSpaces(*reader); !known.ok()) return known;
    bytes += reader->file_bytes();
    relationship_tables_.push_back({&file, *std::move(reader), {}});
  }
  progress_.emplace(options_.progress, bytes);
  return options_.report.empty() ? Status() : OpenReport();
}

// Sources are there before what cites them, as far as the labels of files tell; those that cite sources themselves are
// in the order in which they were given.
void Importer::SourcesFirst() {
  std::set<std::string> cited;
  for (const NodeTable& table : node_tables_) cited.merge(table.reader.CitedLabels());
  const auto rank = [&](const NodeTable& table) {
    if (table.reader.CitedLabels().empty()) return 0;
    const bool is_source =
        std::ranges::any_of(table.file->labels, [&](const auto& label) { return cited.contains(label); });
    return is_source ? 1 : 2;
  };
  std::ranges::stable_sort(node_tables_, {}, rank);
}

// Not over one of the files that are read.
Status Importer::OpenReport() {
  namespace fs = std::filesystem;
  const auto is_report = [&](const auto& file) {
    std::error_code ignored;
    return fs::equivalent(file.path, options_.report, ignored);
  };
  if (std::ranges::any_of(options_.nodes, is_report) || std::ranges::any_of(options_.relationships, is_report)) {
    return UsageError(fmt::format("{}: the report would overwrite a file that is imported", options_.report));
  }
  return bad_rows_.OpenReport(options_.report);
}

Status Importer::CheckSpaces(const RelationshipFileReader& reader) const {
  for (const std::string& space : {reader.start_space(), reader.end_space()}) {
    if (spaces_.contains(space)) continue;
    std::string known;
    for (const auto& [name, index] : spaces_) known.append(known.empty() ? "" : ", ").append(QuotedSpace(name));
    return UsageError(fmt::format("{}: header: no file of nodes has {}: expected one of {}", reader.place(),
                                  QuotedSpace(space), known));
  }
  return {};
}

}  // namespace plenum
