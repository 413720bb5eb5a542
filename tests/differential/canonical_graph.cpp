// Values and graphs as texts.
#include "tests/differential/canonical_graph.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cmath>
#include <map>

#include "tests/must.h"

namespace plenum::tests {
namespace {

using Relationships = std::map<RelationshipId, std::shared_ptr<const graph::RelationshipRecord>>;

std::vector<NodeId> NodesOf(graph::Transaction& transaction) {
  std::vector<NodeId> nodes;
  Must(transaction.ScanNodes(std::nullopt, [&](NodeId node) {
    nodes.push_back(node);
    return true;
  }));
  return nodes;
}

std::vector<RelationshipId> RelationshipsOf(graph::Transaction& transaction) {
  std::vector<RelationshipId> relationships;
  for (TypeId type : transaction.Types()) {
    Must(transaction.ScanRelationships(type, [&](RelationshipId each) {
      relationships.push_back(each);
      return true;
    }));
  }
  return relationships;
}

class TextWriter {
 public:
  TextWriter(const ElementNames& names, LeftOpen open) : names_(names), open_(open) {}

  std::string Text(const Value& value) const {
    switch (value.kind()) {
      case Value::Kind::kFloat:
        return FloatText(value.real());
      case Value::Kind::kList:
        return ListText(value.list());
      case Value::Kind::kMap:
        return MapText(value.map());
      case Value::Kind::kNode:
        return NodeText(value.node());
      case Value::Kind::kRelationship:
        return RelationshipText(value.relationship());
      case Value::Kind::kPath:
        return PathText(value.path());
      default:  // the kind is told by the text, but for dates
        return value.kind() == Value::Kind::kDate ? "date " + ToText(value) : ToText(value);
    }
  }

  std::string MapText(const Map& map) const {
    std::string text;
    for (const auto& [key, value] : map) text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, Text(value));
    return "{" + text + "}";
  }

 private:
  std::string FloatText(double value) const {
    const bool whole = std::floor(value) == value && std::fabs(value) < 1e15;
    return open_.number_kind && whole ? fmt::format("{}", static_cast<std::int64_t>(value)) : FloatToText(value);
  }

  std::string ListText(const List& list) const {
    std::vector<std::string> texts;
    for (const Value& element : list) texts.push_back(Text(element));
    if (open_.list_order) std::ranges::sort(texts);
    return fmt::format("[{}]", fmt::join(texts, ", "));
  }

  std::string NodeText(const Node& node) const {
    return fmt::format("({} :{} {})", names_.NameOf(node.id), fmt::join(node.labels, ":"), MapText(node.properties));
  }

  std::string RelationshipText(const Relationship& each) const {
    return fmt::format("[{} {} {} {} {}]", names_.NameOf(each.id), names_.NameOf(each.start), each.type,
                       names_.NameOf(each.end), MapText(each.properties));
  }

  std::string PathText(const Path& path) const {
    std::string text = "<" + NodeText(path.nodes.front());
    for (std::size_t i = 0; i < path.relationships.size(); ++i) {
      text += RelationshipText(path.relationships[i]) + NodeText(path.nodes[i + 1]);
    }
    return text + ">";
  }

  const ElementNames& names_;
  const LeftOpen open_;
};

// What an element has, but for what is around it.
class Details {
 public:
  Details(graph::Transaction& transaction, const ElementNames& names, LeftOpen open)
      : transaction_(transaction), writer_(names, open) {}

  template <class Record>
  std::string Of(const Record& record) const {
    Map properties;
    for (const auto& [key, value] : record.properties) properties.emplace(transaction_.NameOf(key), value);
    return writer_.MapText(properties) + (record.validity ? " " + ToText(*record.validity) : "");
  }

  std::string OfNode(NodeId node) const {
    const auto record = Must(transaction_.GetNode(node));
    std::string labels;
    for (LabelId label : record->labels) labels += ":" + transaction_.NameOf(label);
    return labels + " " + Of(*record);
  }

 private:
  graph::Transaction& transaction_;
  const TextWriter writer_;
};

using Colours = std::map<NodeId, std::string>;

// Each new node's colour, with those of its neighbours.
Colours Refined(const Colours& colours, const Relationships& relationships,
                const std::map<RelationshipId, std::string>& texts, const ElementNames& names) {
  std::map<NodeId, std::vector<std::string>> around;
  for (const auto& [id, record] : relationships) {
    around[record->start].push_back("->" + texts.at(id) + colours.at(record->end));
    around[record->end].push_back("<-" + texts.at(id) + colours.at(record->start));
  }
  Colours refined = colours;
  for (auto& [node, colour] : refined) {
    if (names.Has(node)) continue;
    std::ranges::sort(around[node]);
    const std::string with_neighbours = fmt::format("{} {}", colour, fmt::join(around[node], " "));
    colour = fmt::format("new{:x}", std::hash<std::string>()(with_neighbours));
  }
  return refined;
}

}  // namespace

std::string CanonicalText(const Value& value, const ElementNames& names, LeftOpen open) {
  return TextWriter(names, open).Text(value);
}

std::vector<std::string> CanonicalGraph(graph::Transaction& transaction, const ElementNames& names, LeftOpen open) {
  static constexpr int kRounds = 4;
  const Details details(transaction, names, open);
  Colours colours;
  std::map<NodeId, std::string> nodes;
  for (NodeId node : NodesOf(transaction)) {
    nodes[node] = names.NameOf(node) + details.OfNode(node);
    colours[node] = names.Has(node) ? names.NameOf(node) : nodes[node];
  }
  Relationships relationships;
  std::map<RelationshipId, std::string> texts;
  for (RelationshipId id : RelationshipsOf(transaction)) {
    relationships[id] = Must(transaction.GetRelationship(id));
    texts[id] = fmt::format("[{} {} {}]", names.NameOf(id), transaction.NameOf(relationships[id]->type),
                            details.Of(*relationships[id]));
  }
  for (int round = 0; round < kRounds; ++round) colours = Refined(colours, relationships, texts, names);
  std::vector<std::string> lines;
  for (const auto& [node, text] : nodes) lines.push_back(fmt::format("({} {})", colours.at(node), text));
  for (const auto& [id, record] : relationships) {
    lines.push_back(fmt::format("({}){}({})", colours.at(record->start), texts.at(id), colours.at(record->end)));
  }
  std::ranges::sort(lines);
  return lines;
}

}  // namespace plenum::tests
