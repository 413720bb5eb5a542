// An import in a directory of its own, and what is in the database then.
#pragma once

#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/storage/rocksdb_store.h"
#include "plenum/import.h"
#include "tests/interchange/written_file.h"

namespace plenum {

namespace fs = std::filesystem;

class ImportTest : public testing::Test {
 protected:
  std::string Write(std::string_view name, std::string_view content) {
    const std::string path = directory_.directory() + "/" + std::string(name);
    std::ofstream(path, std::ios::binary) << content;
    return path;
  }
  std::string database() const { return directory_.directory() + "/graph"; }

  // The problem, or "" and report_ is set.
  std::string Import(const ImportOptions& options) {
    Result<ImportReport> report = plenum::Import(database(), options);
    if (!report) return directory_.WithoutDirectory(report.error().message);
    report_ = *std::move(report);
    return "";
  }

  // Nothing is left of an import that failed.
  bool NothingIsThere() const { return !fs::exists(database()) && !fs::exists(database() + ".importing"); }

  // All relationships as "ann-KNOWS{since: 1999}->bob [2019, …)", nodes by their property `name`, sorted.
  std::vector<std::string> Relationships() {
    std::vector<std::string> lines;
    auto store = storage::OpenStore(database(), {.create_if_missing = false});
    EXPECT_TRUE(store.has_value());
    auto graph = graph::Graph::Open(**store);
    auto transaction = (*graph)->BeginRead();
    for (const graph::TypeId type : transaction->Types()) {
      const Status scanned = transaction->ScanRelationships(type, [&](RelationshipId id) {
        const auto record = *transaction->GetRelationship(id);
        lines.push_back(NameOf(*transaction, record->start) + "-" + transaction->NameOf(type) +
                        ToText(PropertiesOf(*transaction, record->properties)) + "->" +
                        NameOf(*transaction, record->end) +
                        (record->validity ? " " + ToText(*record->validity) : std::string()));
        return true;
      });
      EXPECT_TRUE(scanned.ok());
    }
    std::ranges::sort(lines);
    return lines;
  }

  // All nodes as ":Person{name: 'ann'}", in the order of their ids.
  std::vector<std::string> Nodes() {
    std::vector<std::string> lines;
    auto store = storage::OpenStore(database(), {.create_if_missing = false});
    auto graph = graph::Graph::Open(**store);
    auto transaction = (*graph)->BeginRead();
    const Status scanned = transaction->ScanNodes(std::nullopt, [&](NodeId id) {
      const auto record = *transaction->GetNode(id);
      std::string line;
      for (const graph::LabelId label : record->labels) line += ":" + transaction->NameOf(label);
      line += ToText(PropertiesOf(*transaction, record->properties));
      if (record->validity) line += " " + ToText(*record->validity);
      lines.push_back(line);
      return true;
    });
    EXPECT_TRUE(scanned.ok());
    return lines;
  }

  static Value PropertiesOf(graph::Transaction& transaction, const graph::Properties& properties) {
    Map map;
    for (const auto& [key, value] : properties) map.emplace(transaction.NameOf(key), value);
    return map;
  }
  static std::string NameOf(graph::Transaction& transaction, NodeId node) {
    const auto record = *transaction.GetNode(node);
    return ToText(graph::PropertyOf(record->properties, *transaction.FindKey("name")), false);
  }

  WrittenFile directory_{"", "unused"};
  ImportReport report_;
};

}  // namespace plenum
