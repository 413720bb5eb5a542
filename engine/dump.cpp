// A dump, part after part: nodes, texts of sources, citations of nodes, relationships, indexes. Order and numbers
// depend on names and on the order in which elements were made alone, so that a graph that was read from a dump gives
// the same dump again: nodes by their labels, then by id; relationships by type, then by number; properties by name.
//
// Statements after the one that made a node find it by a temporary key: each node has a number under one more label and
// property, with an index on them; the last statements take them away again. Memory: 8 bytes a node.
#include "engine/dump.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/dump_text.h"
#include "engine/execution/source_text.h"
#include "parser/print/names.h"
#include "plenum/json.h"

namespace plenum {
namespace {

using graph::Citation;
using graph::ElementId;
using graph::Fact;
using graph::KeyId;
using graph::LabelId;
using graph::NodeRecord;
using graph::RelationshipRecord;
using syntax::SpellKey;

constexpr std::uint32_t kNodesARemoval = 10'000;

// Each part answers false where it stops; the status says why.
class Dumper {
 public:
  Dumper(graph::Transaction& transaction, const std::function<bool(std::string_view)>& write)
      : transaction_(transaction), write_(write), rows_([this](std::string_view text) { return Write(text); }) {}

  Status Run() {
    Write("// A graph as statements. To read it into a new database: plenum DATABASE --no-sync < FILE\n");
    for (const auto part :
         {&Dumper::OrderNodes, &Dumper::ChooseKey, &Dumper::DumpNodes, &Dumper::DumpTexts, &Dumper::DumpNodeCitations,
          &Dumper::DumpRelationships, &Dumper::RemoveKey, &Dumper::DumpIndexes}) {
      if (!(this->*part)() || !rows_.Flush()) return std::move(status_);
    }
    return {};
  }

 private:
  // ---- The parts; false: stop.
  bool OrderNodes();
  bool ChooseKey();
  bool DumpNodes();
  bool DumpTexts();
  bool DumpNodeCitations();
  bool DumpRelationships();
  bool RemoveKey();
  bool DumpIndexes();

  bool DumpNode(std::uint32_t number);
  bool DumpText(std::uint32_t number);
  bool DumpCitationsOf(std::uint32_t number);
  bool DumpRelationship(RelationshipId relationship, const std::string& type, bool may_be_cited);

  // The citations of an element and its properties as a statement writes them; the sources they name, matched before.
  struct Citations {
    std::set<std::uint32_t> sources;         // numbers
    std::string of_element;                  // " CITE s1[0..5] CITE …"
    std::vector<std::string> of_properties;  // ".name = x.name CITE …", without the variable before the dot
  };
  bool ReadCitations(const ElementId& element, const graph::Properties& properties, const std::string& variable,
                     Citations& citations);
  bool AppendCitations(const Fact& fact, Citations& citations, std::string& text);
  std::string MatchSources(const Citations& citations) const;

  // ---- Small things
  bool Write(std::string_view text) {
    return write_(text) || Stop(Error{.type = ErrorType::kCancelled, .message = "the dump was stopped", .place = {}});
  }
  bool Stop(Error error) {
    if (status_.ok()) status_ = std::move(error);
    return false;
  }
  template <class T>
  bool Take(Result<T> result, T& into) {
    if (!result) return Stop(std::move(result).error());
    into = *std::move(result);
    return true;
  }
  bool Went(Status status) { return status.ok() || Stop(std::move(status).error()); }

  std::map<std::string, Value> Named(const graph::Properties& properties) const {
    std::map<std::string, Value> named;
    for (const auto& [key, value] : properties) named.emplace(transaction_.NameOf(key), value);
    return named;
  }
  std::vector<std::string> Named(const std::vector<LabelId>& labels) const {
    std::vector<std::string> named;
    for (const LabelId label : labels) named.push_back(transaction_.NameOf(label));
    std::ranges::sort(named);
    return named;
  }
  // "(n:_dump {_dump: 5})"
  std::string Found(std::string_view variable, const std::string& number) const {
    return fmt::format("({}:{} {{{}: {}}})", variable, key_, key_, number);
  }
  std::uint32_t& NumberOf(NodeId node) {
    auto& range = numbers_[node.value >> 16];
    if (!range) range = std::make_unique<std::vector<std::uint32_t>>(std::size_t{1} << 16);
    return (*range)[node.value & 0xFFFF];
  }

  graph::Transaction& transaction_;
  const std::function<bool(std::string_view)>& write_;
  RowBatch rows_;
  Status status_;
  std::string key_;                                                               // label and property
  std::map<std::uint32_t, std::unique_ptr<std::vector<std::uint32_t>>> numbers_;  // by node
  std::vector<NodeId> nodes_;                                                     // by number
};

// By counting: first how many nodes have each set of labels, then where each set begins.
bool Dumper::OrderNodes() {
  std::map<std::vector<LabelId>, std::uint32_t> sets;
  std::vector<std::uint64_t> counts;
  Status scanned = transaction_.ScanNodes(std::nullopt, [&](NodeId node) {
    std::shared_ptr<const NodeRecord> record;
    if (!Take(transaction_.GetNode(node), record)) return false;
    const auto set = sets.try_emplace(record->labels, static_cast<std::uint32_t>(sets.size())).first->second;
    counts.resize(sets.size());
    ++counts[set];
    NumberOf(node) = set;
    nodes_.emplace_back();
    return true;
  });
  if (!Went(std::move(scanned)) || !status_.ok()) return false;
  std::map<std::vector<std::string>, std::uint32_t> by_name;
  for (const auto& [labels, set] : sets) by_name.emplace(Named(labels), set);
  std::vector<std::uint64_t> next(sets.size());
  std::uint64_t first = 0;
  for (const auto& [labels, set] : by_name) {
    next[set] = first;
    first += counts[set];
  }
  return Went(transaction_.ScanNodes(std::nullopt, [&](NodeId node) {
    std::uint32_t& number = NumberOf(node);
    number = static_cast<std::uint32_t>(next[number]++);
    nodes_[number] = node;
    return true;
  }));
}

// A name that no node has, as a label or a property.
bool Dumper::ChooseKey() {
  for (unsigned i = 0;; ++i) {
    const std::string name = i == 0 ? "_dump" : fmt::format("_dump{}", i);
    bool used = false;
    if (const auto label = transaction_.FindLabel(name)) {
      std::uint64_t labelled = 0;
      if (!Take(transaction_.CountNodes(*label), labelled)) return false;
      used = labelled > 0;
    }
    const auto property = transaction_.FindKey(name);
    for (std::size_t at = 0; property && !used && at < nodes_.size(); ++at) {
      Value value;
      if (!Take(transaction_.GetProperty(nodes_[at], *property), value)) return false;
      used = !value.is_null();
    }
    if (used) continue;
    key_ = SpellKey(name);
    return nodes_.empty() || Write(fmt::format("CREATE INDEX FOR (n:{0}) ON (n.{0});\n", key_));
  }
}

// ---- Nodes

bool Dumper::DumpNodes() {
  for (std::uint32_t number = 0; number < nodes_.size(); ++number) {
    if (!DumpNode(number)) return false;
  }
  return true;
}

bool Dumper::DumpNode(std::uint32_t number) {
  std::shared_ptr<const NodeRecord> record;
  if (!Take(transaction_.GetNode(nodes_[number]), record)) return false;
  ValueSpelling spelling;
  const std::string properties = spelling.SpellMap(Named(record->properties));
  const std::string labels = SpellLabels(Named(record->labels)) + ":" + key_;
  if (spelling.parameters().empty()) {
    std::string row = fmt::format("i: {}", number);
    const std::string valid = AddValidity(record->validity, row);
    return rows_.Add(fmt::format("CREATE (n{} {{{}: row.i}}{})", labels, key_, valid), " SET n += row.p", row,
                     properties);
  }
  if (!rows_.Flush()) return false;
  return Write(fmt::format("{}CREATE (n{} {{{}: {}}}{}) SET n += {};\n", spelling.parameters(), labels, key_, number,
                           record->validity ? " " + SpellValid(*record->validity) : "", properties));
}

// ---- Texts of sources, by a command of the shell

bool Dumper::DumpTexts() {
  for (std::uint32_t number = 0; number < nodes_.size(); ++number) {
    if (!DumpText(number)) return false;
  }
  return true;
}

// The command finds the source by its key. A node that has none, or one that another has too, gets one for that moment.
bool Dumper::DumpText(std::uint32_t number) {
  const NodeId node = nodes_[number];
  std::optional<graph::Transaction::SourceText> text;
  if (!Take(transaction_.GetText(node), text)) return false;
  if (!text) return true;
  Value key;
  if (const auto key_id = transaction_.FindKey("key"); key_id && !Take(transaction_.GetProperty(node, *key_id), key)) {
    return false;
  }
  std::optional<NodeId> found;
  if (key.kind() == Value::Kind::kString && !Take(execution::FindSource(transaction_, key.string()), found))
    return false;
  if (found == node) return Write(fmt::format(":source {} {}\n", ToJson(key), ToJson(Value(text->text))));
  const std::string moment = fmt::format("{} {}", key_, number);
  std::shared_ptr<const NodeRecord> record;
  if (!Take(transaction_.GetNode(node), record)) return false;
  const auto source = transaction_.FindLabel("Source");
  const bool labelled = source && std::ranges::binary_search(record->labels, *source);
  ValueSpelling spelling;
  const std::string before = spelling.Spell(key);
  const std::string match = fmt::format("MATCH {} SET n", Found("n", std::to_string(number)));
  return Write(fmt::format("{0}:Source, n.key = '{1}';\n:source {2} {3}\n{4}{0}.key = {5}{6};\n", match, moment,
                           ToJson(Value(moment)), ToJson(Value(text->text)), spelling.parameters(), before,
                           labelled ? "" : " REMOVE n:Source"));
}

// ---- Citations

bool Dumper::AppendCitations(const Fact& fact, Citations& citations, std::string& text) {
  std::vector<Citation> all;
  if (!Take(transaction_.Citations(fact), all)) return false;
  for (const Citation& citation : all) {
    const std::uint32_t source = NumberOf(citation.source);
    citations.sources.insert(source);
    text += fmt::format(" CITE s{}", source);
    if (citation.span) text += fmt::format("[{}..{}]", citation.span->first, citation.span->second);
  }
  return true;
}

bool Dumper::ReadCitations(const ElementId& element, const graph::Properties& properties, const std::string& variable,
                           Citations& citations) {
  if (!AppendCitations({element, std::nullopt}, citations, citations.of_element)) return false;
  std::map<std::string, KeyId> keys;
  for (const auto& [key, value] : properties) keys.emplace(transaction_.NameOf(key), key);
  for (const auto& [name, key] : keys) {
    std::string text;
    if (!AppendCitations({element, key}, citations, text)) return false;
    if (text.empty()) continue;
    citations.of_properties.push_back(fmt::format("{0}.{1} = {0}.{1}{2}", variable, SpellKey(name), text));
  }
  return true;
}

std::string Dumper::MatchSources(const Citations& citations) const {
  std::string text;
  for (const std::uint32_t source : citations.sources) {
    text += ", " + Found(fmt::format("s{}", source), std::to_string(source));
  }
  return text;
}

bool Dumper::DumpNodeCitations() {
  bool some = false;
  if (!Take(transaction_.HasCitations(std::nullopt), some)) return false;
  for (std::uint32_t number = 0; some && number < nodes_.size(); ++number) {
    if (!DumpCitationsOf(number)) return false;
  }
  return true;
}

bool Dumper::DumpCitationsOf(std::uint32_t number) {
  std::shared_ptr<const NodeRecord> record;
  if (!Take(transaction_.GetNode(nodes_[number]), record)) return false;
  Citations citations;
  if (!ReadCitations(nodes_[number], record->properties, "n", citations)) return false;
  if (citations.sources.empty()) return true;
  std::vector<std::string> items = citations.of_properties;
  if (!citations.of_element.empty()) items.insert(items.begin(), "n" + citations.of_element);
  return Write(fmt::format("MATCH {}{} SET {};\n", Found("n", std::to_string(number)), MatchSources(citations),
                           fmt::join(items, ", ")));
}

// ---- Relationships

bool Dumper::DumpRelationships() {
  std::map<std::string, graph::TypeId> types;
  for (const graph::TypeId type : transaction_.Types()) types.emplace(transaction_.NameOf(type), type);
  for (const auto& [name, type] : types) {
    bool cited = false;
    if (!Take(transaction_.HasCitations(type), cited)) return false;
    Status scanned = transaction_.ScanRelationships(
        type, [&](RelationshipId relationship) { return DumpRelationship(relationship, name, cited); });
    if (!Went(std::move(scanned)) || !status_.ok()) return false;
  }
  return true;
}

bool Dumper::DumpRelationship(RelationshipId relationship, const std::string& type, bool may_be_cited) {
  std::shared_ptr<const RelationshipRecord> record;
  if (!Take(transaction_.GetRelationship(relationship), record)) return false;
  const std::uint32_t start = NumberOf(record->start);
  const std::uint32_t end = NumberOf(record->end);
  Citations citations;
  if (may_be_cited && !ReadCitations(relationship, record->properties, "r", citations)) return false;
  ValueSpelling spelling;
  const std::string properties = spelling.SpellMap(Named(record->properties));
  if (spelling.parameters().empty() && citations.sources.empty()) {
    std::string row = fmt::format("s: {}, e: {}", start, end);
    const std::string valid = AddValidity(record->validity, row);
    return rows_.Add(fmt::format("MATCH {}, {} CREATE (a)-[r:{}{}]->(b)", Found("a", "row.s"), Found("b", "row.e"),
                                 SpellKey(type), valid),
                     " SET r += row.p", row, properties);
  }
  if (!rows_.Flush()) return false;
  std::string text = spelling.parameters();
  text += fmt::format("MATCH {}, {}{} CREATE ", Found("a", std::to_string(start)), Found("b", std::to_string(end)),
                      MatchSources(citations));
  text += fmt::format("(a)-[r:{}{}{}]->(b)", SpellKey(type),
                      record->validity ? " " + SpellValid(*record->validity) : "", citations.of_element);
  if (properties != "{}") text += " SET r += " + properties;
  if (!citations.of_properties.empty()) text += fmt::format(" SET {}", fmt::join(citations.of_properties, ", "));
  return Write(text + ";\n");
}

// ---- The end

bool Dumper::RemoveKey() {
  if (nodes_.empty()) return true;
  if (!rows_.Flush()) return false;
  for (std::uint64_t first = 0; first < nodes_.size(); first += kNodesARemoval) {
    const std::uint64_t last = std::min<std::uint64_t>(first + kNodesARemoval, nodes_.size()) - 1;
    if (!Write(fmt::format("UNWIND range({}, {}) AS i MATCH {} REMOVE n:{}, n.{};\n", first, last, Found("n", "i"),
                           key_, key_))) {
      return false;
    }
  }
  return Write(fmt::format("DROP INDEX ON :{}({});\n", key_, key_));
}

bool Dumper::DumpIndexes() {
  std::vector<std::string> statements;
  for (const graph::Transaction::Index& index : transaction_.Indexes()) {
    const std::string label = SpellKey(transaction_.NameOf(index.label));
    const std::string key = SpellKey(transaction_.NameOf(index.key));
    const std::string name = SpellKey(index.name);
    statements.push_back(
        index.unique ? fmt::format("CREATE CONSTRAINT {} FOR (n:{}) REQUIRE n.{} IS UNIQUE;\n", name, label, key)
                     : fmt::format("CREATE INDEX {} FOR (n:{}) ON (n.{});\n", name, label, key));
  }
  std::ranges::sort(statements);
  return std::ranges::all_of(statements, [this](const std::string& statement) { return Write(statement); });
}

}  // namespace

Status DumpGraph(graph::Transaction& transaction, const std::function<bool(std::string_view)>& write) {
  return Dumper(transaction, write).Run();
}

}  // namespace plenum
