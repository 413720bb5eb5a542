// See numbered_commits.h.
#include "tests/numbered_commits.h"

#include <array>
#include <random>
#include <sstream>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/storage/rocksdb_store.h"

namespace plenum {
namespace {

constexpr int kKeys = 150;
constexpr int kHubRelationships = 8'400;  // more than one segment takes of a node
constexpr int kLongText = 1'500;          // bytes: more than a block takes

struct Opened {
  std::unique_ptr<storage::Store> store;
  std::unique_ptr<graph::Graph> graph;
};

Result<Opened> OpenGraph(const std::string& path, bool read_only) {
  auto store = storage::OpenStore(path, {.read_only = read_only});
  if (!store) return std::move(store).error();
  auto graph = graph::Graph::Open(**store);
  if (!graph) return std::move(graph).error();
  return Opened{std::move(*store), std::move(*graph)};
}

Status DeclareIndexes(const std::string& path) {
  auto opened = OpenGraph(path, false);
  if (!opened) return std::move(opened).error();
  auto transaction = opened->graph->BeginWrite();
  if (!transaction) return std::move(transaction).error();
  const auto label = (*transaction)->InternLabel("Item");
  const auto key = (*transaction)->InternKey("key");
  const auto weight = (*transaction)->InternKey("weight");
  if (!label || !key || !weight) return label.error();
  if (Status status = (*transaction)->CreateIndex(*label, *key, true); !status.ok()) return status;
  if (Status status = (*transaction)->CreateIndex(*label, *weight, false); !status.ok()) return status;
  return (*transaction)->Commit(true);
}

// ---- Writing

struct Written {
  std::string text;
  Map parameters;
};

// One of the things that happen to a graph; whatever it meets, it succeeds.
Written RandomStatement(std::mt19937& random) {
  const auto below = [&](unsigned n) { return static_cast<std::int64_t>(random() % n); };
  Map parameters{{"a", below(kKeys)}, {"b", below(kKeys)}, {"w", below(50)}, {"n", below(1'000)}};
  parameters["text"] =
      std::string(static_cast<std::size_t>(below(2) * kLongText + 5), static_cast<char>('a' + below(26)));
  const std::string number = std::to_string(below(4));
  const std::string a = "MATCH (a:Item {key: $a}) ";
  const std::string both = "MATCH (a:Item {key: $a}), (b:Item {key: $b}) ";
  const std::string cited = "MATCH (a:Item {key: $a}), (s:Source {key: 'source'}) ";
  const std::array<std::string, 16> texts{
      "MERGE (a:Item {key: $a}) SET a.weight = $w, a.text = $text, a:L" + number,
      "MERGE (a:Item {key: $a}) SET a += {weight: $w, list: [$n, $w], rare" + number + ": $n / 7.0}",
      "UNWIND range(1, 5) AS i MERGE (a:Item {key: ($a + i * 31) % 150}) SET a.weight = $w, a.flag = $w % 2 = 0",
      a + "SET a.text = $text",
      a + "SET a.weight = null, a.rare" + number + " = $text",
      a + "SET a:L" + number,
      a + "REMOVE a:L" + number,
      a + "SET a VALID FROM '2019-06' UNTIL '2021'",
      a + "REMOVE a VALID",
      both + "CREATE (a)-[:R" + number + " {n: $n} VALID FROM '2020']->(b), (a)-[:R" + number + " {text: $text}]->(b)",
      both + "CREATE (b)-[:R0 {n: $n}]->(a), (a)-[:R1]->(a)",
      a + "MATCH (a)-[r]->() DELETE r",
      a + "DETACH DELETE a",
      cited + "SET a CITE s[3..9], a.weight = $w CITE s[10..20]",
      cited + "CREATE (a)-[:R2 CITE s QUOTE 'said once']->(s) REMOVE a CITE s",
      "MATCH (a:Item {key: $a}), (h:Hub) CREATE (h)-[:SPOKE]->(a), (a)-[:SPOKE]->(h)",
  };
  return {texts[random() % texts.size()], std::move(parameters)};
}

// ---- Reading

// Writes what a transaction can read. The first error stands.
class Writing {
 public:
  explicit Writing(graph::Transaction& graph) : graph_(graph) {}

  Result<Numbered> All() {
    Sets();
    for (const NodeId node : nodes_) NodeText(node);
    for (const graph::TypeId type : graph_.Types()) Relationships(type);
    Indexes();
    if (!status_.ok()) return std::move(status_).error();
    return Numbered{commits_, std::move(out_).str()};
  }

 private:
  // The value, or the error kept and a value of no meaning.
  template <class T>
  T Take(Result<T> result) {
    if (result) return *std::move(result);
    Keep(std::move(result).error());
    return T{};
  }
  void Keep(Status status) {
    if (status_.ok()) status_ = std::move(status);
  }

  void Sets() {
    Keep(graph_.ScanNodes(std::nullopt, [&](NodeId node) { return nodes_.push_back(node), true; }));
    out_ << "nodes " << Take(graph_.CountNodes(std::nullopt)) << '\n';
    for (const graph::LabelId label : graph_.Labels()) {
      out_ << graph_.NameOf(label) << ' ' << Take(graph_.CountNodes(label)) << ':';
      Keep(graph_.ScanNodes(label, [&](NodeId node) { return out_ << ' ' << node.value, true; }));
      out_ << '\n';
    }
  }

  void NodeText(NodeId node) {
    const auto record = Take(graph_.GetNode(node));
    if (!record) {
      out_ << "no node " << node.value << '\n';
      return;
    }
    out_ << "node " << node.value;
    for (const graph::LabelId label : record->labels) out_ << ':' << graph_.NameOf(label);
    PropertiesText(node, record->properties, record->validity);
    for (const graph::Direction direction : {graph::Direction::kOutgoing, graph::Direction::kIncoming}) {
      std::vector<graph::Neighbour> neighbours;
      Keep(graph_.AppendNeighbours(node, direction, std::nullopt, neighbours));
      out_ << (direction == graph::Direction::kOutgoing ? " to" : " from");
      for (const graph::Neighbour& each : neighbours) out_ << ' ' << each.relationship.value << '/' << each.node.value;
    }
    for (const graph::Fact& fact : Take(graph_.FactsCiting(node))) {
      out_ << " for " << fact.element.index() << '/' << (fact.property ? graph_.NameOf(*fact.property) : "");
    }
    if (const auto text = Take(graph_.GetText(node))) out_ << ' ' << text->sha256 << ' ' << text->text;
    out_ << '\n';
  }

  void PropertiesText(const graph::ElementId& element, const graph::Properties& properties,
                      const std::optional<Interval>& validity) {
    if (validity) out_ << ' ' << ToText(*validity);
    CitationsText({element, std::nullopt});
    for (const auto& [key, value] : properties) {
      out_ << ' ' << graph_.NameOf(key) << '=' << ToText(value);
      CitationsText({element, key});
      if (graph_.NameOf(key) == "commit") commits_ = static_cast<int>(value.integer());
    }
  }

  void CitationsText(const graph::Fact& fact) {
    for (const graph::Citation& citation : Take(graph_.Citations(fact))) {
      out_ << " cites " << citation.source.value;
      if (citation.span) out_ << '[' << citation.span->first << ".." << citation.span->second << ']';
    }
  }

  void Relationships(graph::TypeId type) {
    out_ << graph_.NameOf(type) << ' ' << Take(graph_.CountRelationships(type)) << '\n';
    std::vector<RelationshipId> relationships;
    Keep(graph_.ScanRelationships(type, [&](RelationshipId each) { return relationships.push_back(each), true; }));
    for (const RelationshipId each : relationships) {
      const auto record = Take(graph_.GetRelationship(each));
      if (!record) {
        out_ << "no relationship " << each.value << '\n';
        continue;
      }
      out_ << each.value << ' ' << record->start.value << "->" << record->end.value;
      PropertiesText(each, record->properties, record->validity);
      out_ << '\n';
    }
  }

  void Indexes() {
    const auto label = graph_.FindLabel("Item");
    const auto key = graph_.FindKey("key");
    const auto weight = graph_.FindKey("weight");
    if (!label || !key || !weight) return;
    for (int i = 0; i < kKeys; ++i) {
      const auto node = Take(graph_.SeekKey(*label, *key, Value(i)));
      out_ << (node ? std::to_string(node->value) : "-") << ' ';
    }
    out_ << "\nby weight:";
    Keep(graph_.SeekRange(*label, *weight, {}, [&](NodeId node) { return out_ << ' ' << node.value, true; }));
    out_ << '\n';
  }

  graph::Transaction& graph_;
  std::vector<NodeId> nodes_;
  std::ostringstream out_;
  Status status_;
  int commits_ = 0;
};

}  // namespace

Status MakeNumbered(const std::string& path) {
  if (Status status = DeclareIndexes(path); !status.ok()) return status;
  Result<Database> database = Database::Open(path);
  if (!database) return std::move(database).error();
  if (Status status = database->AttachSource("source", "What was said once, and what was said of it."); !status.ok()) {
    return status;
  }
  for (const std::string text : {"CREATE (:Count {commit: 0})", "CREATE (:Hub {name: 'hub'}), (:Rim)",
                                 "MATCH (h:Hub), (r:Rim) UNWIND range(1, $many) AS i CREATE (h)-[:SPOKE]->(r)",
                                 "UNWIND range(0, 149) AS i CREATE (:Item {key: i, weight: i % 50, name: 'item'})"}) {
    auto answer = database->Query(text, {.parameters = {{"many", Value(kHubRelationships)}}});
    if (!answer) return std::move(answer).error();
  }
  return {};
}

Status CommitNumber(Database& database, int number, bool sync) {
  std::mt19937 random(static_cast<unsigned>(number));
  auto transaction = database.BeginWrite();
  if (!transaction) return std::move(transaction).error();
  for (unsigned i = 0; i <= random() % 4; ++i) {
    Written written = RandomStatement(random);
    auto answer = transaction->Query(written.text, {.parameters = std::move(written.parameters)});
    if (!answer) return std::move(answer).error();
  }
  auto answer =
      transaction->Query("MATCH (c:Count) SET c.commit = $number", {.parameters = {{"number", Value(number)}}});
  if (!answer) return std::move(answer).error();
  return transaction->Commit(sync);
}

Result<Numbered> ReadNumbered(const std::string& path, bool read_only) {
  auto opened = OpenGraph(path, read_only);
  if (!opened) return std::move(opened).error();
  return Writing(*opened->graph->BeginRead()).All();
}

Result<std::string> AnswersOf(const std::string& path, bool read_only) {
  Result<Database> database = Database::Open(path, {.create_if_missing = false, .read_only = read_only});
  if (!database) return std::move(database).error();
  std::string answers;
  for (const char* text :
       {"MATCH (n) RETURN labels(n)[0] AS label, count(*), sum(n.weight), sum(size(n.text)) ORDER BY label",
        "MATCH (a:Item)-[r]->(b:Item) RETURN type(r) AS t, count(*), sum(r.n), sum(a.key * b.key) ORDER BY t",
        "MATCH (h:Hub)-[r:SPOKE]->(n) RETURN n.key AS key, count(*) ORDER BY key",
        "UNWIND range(10, 40) AS i MATCH (a:Item {key: i}) OPTIONAL MATCH (a)-[r]-(b) RETURN a, r, b.key ORDER BY i, "
        "id(r)",
        "MATCH (n:Item) UNWIND citations(n, 'weight') AS c RETURN n.key AS key, c.first, c.quote ORDER BY key",
        "MATCH (n:L1 VALID AT '2020-03-01') RETURN n.key AS key, n.text ORDER BY key"}) {
    auto answer = database->Query(text);
    if (!answer) return std::move(answer).error();
    while (answer->Next()) {
      for (const Value& value : answer->row()) answers += ToText(value) + '|';
      answers += '\n';
    }
  }
  return answers;
}

}  // namespace plenum
