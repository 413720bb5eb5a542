// See inspection.h.
#include "engine/shell/inspection.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "engine/shell/table.h"
#include "engine/shell/terminal_text.h"
#include "plenum/json.h"
#include "plenum/value.h"

namespace plenum::shell {
namespace {

Value Number(std::uint64_t number) { return static_cast<std::int64_t>(number); }

// "2.31", of a whole that may be nothing.
std::string Each(std::uint64_t bytes, std::uint64_t of) {
  return of == 0 ? "" : fmt::format("{:.2f}", static_cast<double>(bytes) / static_cast<double>(of));
}

std::string Bytes(std::uint64_t bytes) {
  constexpr std::string_view kUnits[] = {"B", "KB", "MB", "GB", "TB"};
  auto amount = static_cast<double>(bytes);
  std::size_t unit = 0;
  while (amount >= 1024 && unit + 1 < std::size(kUnits)) {
    amount /= 1024;
    ++unit;
  }
  return unit == 0 ? fmt::format("{} B", bytes) : fmt::format("{:.1f} {}", amount, kUnits[unit]);
}

// One table with its title; nothing where it has no rows.
class TitledTable {
 public:
  TitledTable(std::string_view title, const std::vector<std::string>& columns, std::size_t width_max)
      : title_(title), table_(columns, {.width_max = width_max, .rows_max = 0}) {}
  void AddRow(const std::vector<Value>& row) { table_.AddRow(row); }
  std::string Render() const { return table_.rows() == 0 ? "" : fmt::format("{}\n{}", title_, table_.Render()); }

 private:
  std::string_view title_;
  Table table_;
};

Map JsonOf(const DirectionStatistics& direction) {
  return {{"nodes", Number(direction.nodes)},
          {"greatest_degree", Number(direction.greatest_degree)},
          {"disk_bytes", Number(direction.disk_bytes)},
          {"memory_bytes", Number(direction.memory_bytes)},
          {"memory_bytes_with_numbers", Number(direction.memory_bytes_with_numbers)}};
}

template <class Part, class MapOf>
Value JsonList(const std::vector<Part>& parts, MapOf map_of) {
  List list;
  for (const Part& part : parts) list.push_back(Value(map_of(part)));
  return list;
}

std::string TypeTables(const DatabaseStatistics& statistics, std::size_t width_max) {
  TitledTable counts("Relationships by type",
                     {"type", "relationships", "self-loops", "parallel", "from nodes", "most", "to nodes", "most"},
                     width_max);
  TitledTable bytes("Bytes a relationship and direction",
                    {"type", "direction", "on disk", "in memory", "… with numbers"}, width_max);
  for (const TypeStatistics& type : statistics.types) {
    counts.AddRow({type.type, Number(type.relationships), Number(type.loops), Number(type.parallel),
                   Number(type.outgoing.nodes), Number(type.outgoing.greatest_degree), Number(type.incoming.nodes),
                   Number(type.incoming.greatest_degree)});
    for (const auto& [name, direction] :
         {std::pair{"outgoing", &type.outgoing}, std::pair{"incoming", &type.incoming}}) {
      bytes.AddRow({type.type, name, Each(direction->disk_bytes, type.relationships),
                    Each(direction->memory_bytes, type.relationships),
                    Each(direction->memory_bytes_with_numbers, type.relationships)});
    }
  }
  return counts.Render() + bytes.Render();
}

std::string StorageTable(const DatabaseStatistics& statistics, std::size_t width_max) {
  TitledTable table("Bytes by kind", {"kind", "keys", "written", "on disk", "in memory"}, width_max);
  StorageUse all;
  for (const StorageUse& use : statistics.storage) {
    table.AddRow({use.kind, Number(use.keys), Bytes(use.bytes), Bytes(use.disk_bytes),
                  use.memory_bytes == 0 ? Value("") : Value(Bytes(use.memory_bytes))});
    all.keys += use.keys;
    all.bytes += use.bytes;
    all.disk_bytes += use.disk_bytes;
    all.memory_bytes += use.memory_bytes;
  }
  table.AddRow({"all", Number(all.keys), Bytes(all.bytes), Bytes(all.disk_bytes), Bytes(all.memory_bytes)});
  return table.Render();
}

}  // namespace

std::string CheckText(const CheckReport& report, double seconds) {
  std::string text;
  for (const std::string& problem : report.problems) text += Printable(problem) + '\n';
  const std::uint64_t untold = report.problem_count - report.problems.size();
  if (untold > 0) text += fmt::format("… and {} more\n", Grouped(untold));
  const std::string found = report.ok() ? "ok" : Counted(report.problem_count, "problem", "problems");
  return text + fmt::format("{}: {}, {}, {}, {}, {}, {} in {}\n", found, Counted(report.nodes, "node", "nodes"),
                            Counted(report.relationships, "relationship", "relationships"),
                            Counted(report.properties, "property", "properties"),
                            Counted(report.index_entries, "index entry", "index entries"),
                            Counted(report.citations, "citation", "citations"),
                            Counted(report.source_texts, "source text", "source texts"), DurationText(seconds));
}

std::string StatisticsText(const DatabaseStatistics& statistics, std::size_t width_max) {
  TitledTable labels("Nodes by label", {"label", "nodes"}, width_max);
  for (const LabelStatistics& label : statistics.labels) labels.AddRow({label.label, Number(label.nodes)});
  TitledTable properties("Properties", {"of", "property", "values"}, width_max);
  for (const PropertyStatistics& property : statistics.properties) {
    properties.AddRow({property.type.empty() ? "nodes" : property.type, property.property, Number(property.values)});
  }
  TitledTable indexes("Indexes", {"label", "property", "kind", "entries"}, width_max);
  for (const IndexStatistics& index : statistics.indexes) {
    indexes.AddRow({index.label, index.property, index.unique ? "unique" : "range", Number(index.entries)});
  }
  return fmt::format("{}, {}\n", Counted(statistics.nodes, "node", "nodes"),
                     Counted(statistics.relationships, "relationship", "relationships")) +
         labels.Render() + TypeTables(statistics, width_max) + properties.Render() + indexes.Render() +
         StorageTable(statistics, width_max);
}

std::string StatisticsJson(const DatabaseStatistics& statistics) {
  Map map{{"nodes", Number(statistics.nodes)}, {"relationships", Number(statistics.relationships)}};
  map["labels"] = JsonList(statistics.labels, [](const LabelStatistics& label) {
    return Map{{"label", label.label}, {"nodes", Number(label.nodes)}};
  });
  map["types"] = JsonList(statistics.types, [](const TypeStatistics& type) {
    return Map{{"type", type.type},
               {"relationships", Number(type.relationships)},
               {"loops", Number(type.loops)},
               {"parallel", Number(type.parallel)},
               {"outgoing", JsonOf(type.outgoing)},
               {"incoming", JsonOf(type.incoming)}};
  });
  map["properties"] = JsonList(statistics.properties, [](const PropertyStatistics& property) {
    return Map{{"type", property.type.empty() ? Value() : Value(property.type)},
               {"property", property.property},
               {"values", Number(property.values)}};
  });
  map["indexes"] = JsonList(statistics.indexes, [](const IndexStatistics& index) {
    return Map{{"label", index.label},
               {"property", index.property},
               {"unique", index.unique},
               {"entries", Number(index.entries)}};
  });
  map["storage"] = JsonList(statistics.storage, [](const StorageUse& use) {
    return Map{{"kind", use.kind},
               {"keys", Number(use.keys)},
               {"bytes", Number(use.bytes)},
               {"disk_bytes", Number(use.disk_bytes)},
               {"memory_bytes", Number(use.memory_bytes)}};
  });
  return ToJson(map) + '\n';
}

}  // namespace plenum::shell
