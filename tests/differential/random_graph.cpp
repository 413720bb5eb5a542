// Random graphs: values are few, so that conditions and joins often find something.
#include "tests/differential/random_graph.h"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <utility>

#include "tests/differential/choices.h"
#include "tests/differential/literal_text.h"
#include "tests/differential/vocabulary.h"

namespace plenum::tests {
namespace {

class RandomSketch {
 public:
  explicit RandomSketch(std::uint64_t seed) : choices_(seed) {}

  GraphSketch Make() {
    valued_ = choices_.OneOf({20u, 60u, 80u, 90u});
    timed_ = choices_.OneOf({0u, 0u, 25u, 60u});
    later_ = choices_.OneOf({0u, 0u, 30u, 60u});
    pending_ = choices_.OneOf({0u, 0u, 0u, 40u});
    GraphSketch graph;
    const std::size_t node_count = MakeNodeCount();
    for (std::size_t i = 0; i < node_count; ++i) {
      graph.nodes.push_back(MakeNode(i));
      graph.nodes.back().name = fmt::format("n{}", i);
    }
    const std::size_t relationship_count = node_count == 0        ? 0
                                           : choices_.Percent(12) ? choices_.Below(node_count)
                                                                  : choices_.Between(node_count, 2 * node_count + 6);
    while (graph.relationships.size() < relationship_count) AddRelationship(graph);
    for (std::size_t i = 0; i < graph.relationships.size(); ++i) graph.relationships[i].name = fmt::format("r{}", i);
    if (choices_.Percent(40))
      graph.indexes.push_back({std::string(choices_.OneOf(kLabels)), "k", choices_.Percent(50)});
    if (choices_.Percent(20)) graph.indexes.push_back({std::string(choices_.OneOf(kLabels)), "v", false});
    if (choices_.Percent(20)) graph.indexes.push_back({std::string(choices_.OneOf(kLabels)), "n", false});
    graph.deleted = choices_.Percent(30) ? choices_.Between(1, 3) : 0;
    return graph;
  }

 private:
  std::size_t MakeNodeCount() {
    switch (choices_.Weighted({4, 35, 40, 21})) {
      case 0:
        return choices_.Below(2);
      case 1:
        return choices_.Between(2, 4);
      case 2:
        return choices_.Between(5, 8);
      default:
        return choices_.Between(9, 12);
    }
  }

  NodeSketch MakeNode(std::size_t place) {
    NodeSketch node{
        .name = "", .labels = {}, .properties = MakeProperties(), .validity = MakeValidity(), .written = MakeTime()};
    for (std::string_view label : kLabels) {
      if (choices_.Percent(label == "A" ? 65 : label == "B" ? 45 : 25)) node.labels.emplace_back(label);
    }
    // Never the same twice, so that any label may have a constraint on it; of several kinds.
    const auto number = static_cast<int>(place);
    if (choices_.Percent(60)) {
      node.properties["k"] = choices_.OneOf<Value>({number, number, number + 0.5, fmt::format("k{}", number)});
    }
    return node;
  }

  void AddRelationship(GraphSketch& graph) {
    const std::size_t count = graph.nodes.size();
    const std::size_t start = choices_.Below(count);
    const std::size_t end = choices_.Percent(12) ? start : choices_.Below(count);
    RelationshipSketch made{.name = "",
                            .type = std::string(kTypes[choices_.Weighted({6, 4, 1})]),
                            .start = start,
                            .end = end,
                            .properties = MakeProperties(),
                            .validity = MakeValidity(),
                            .written = {}};
    made.written = std::max({MakeTime(), graph.nodes[start].written, graph.nodes[end].written});
    graph.relationships.push_back(made);
    if (!choices_.Percent(15)) return;
    if (choices_.Percent(50)) made.properties = MakeProperties();
    if (choices_.Percent(30)) std::swap(made.start, made.end);
    graph.relationships.push_back(made);
  }

  Map MakeProperties() {
    Map properties;
    for (std::string_view key : kKeys) {
      if (key != "k" && choices_.Percent(valued_)) properties.emplace(key, MakeValue(key));
    }
    return properties;
  }

  Value MakeValue(std::string_view key) {
    switch (key.front()) {
      case 'n':
        return static_cast<int>(choices_.Below(4));
      case 'x':
        return choices_.OneOf<Value>({0, 1, 1.0, 2, 2.5, -1});
      case 's':
        return choices_.OneOf(kStrings);
      case 'b':
        return choices_.Percent(50);
      case 'd':
        if (choices_.Percent(30)) return Must(ParsePartialDate(choices_.OneOf(kPartialDays)));
        return Must(ParseDate(choices_.OneOf(kDays)));
      case 'l':
        return choices_.OneOf<Value>({List{}, List{1}, List{1, 2}, List{3, 2, 1}});
      default:
        return choices_.Percent(15) ? Value(List{1, "a"}) : MakeValue(kKeys[choices_.Below(6)]);
    }
  }

  std::optional<Interval> MakeValidity() {
    if (!choices_.Percent(timed_)) return std::nullopt;
    Interval validity;
    if (choices_.Percent(75)) {
      validity.from = Must(ParsePartialDate(choices_.OneOf({"2018-05-01", "2019", "2019-03", "../2019-06-01", ".."})));
    }
    if (!validity.from || choices_.Percent(60)) {
      validity.until = Must(ParsePartialDate(choices_.OneOf({"2020-06-15", "2021", "2021-02", "2022-01-01/..", ".."})));
    }
    return validity;
  }

  Written MakeTime() {
    if (choices_.Percent(pending_)) return Written::kPending;
    return choices_.Percent(later_) ? Written::kLater : Written::kFirst;
  }

  Choices choices_;
  unsigned valued_ = 0;  // of one hundred properties that could be there, so many are; likewise the others
  unsigned timed_ = 0;
  unsigned later_ = 0;
  unsigned pending_ = 0;
};

std::string ValidityText(const std::optional<Interval>& validity) {
  if (!validity) return "";
  std::string text = " VALID";
  if (validity->from) text += fmt::format(" FROM '{}'", ToText(*validity->from));
  if (validity->until) text += fmt::format(" UNTIL '{}'", ToText(*validity->until));
  return text;
}

std::string PropertiesText(const Map& properties) { return properties.empty() ? "" : " " + LiteralText(properties); }

template <class Element>
void SetDetails(graph::Transaction& transaction, const graph::ElementId& id, const Element& sketch) {
  for (const auto& [key, value] : sketch.properties) {
    Must(transaction.SetProperty(id, Must(transaction.InternKey(key)), value));
  }
  if (sketch.validity) Must(transaction.SetValidity(id, sketch.validity));
}

std::string_view WhenText(Written written) {
  if (written == Written::kFirst) return "";
  return written == Written::kLater ? "  // in a second commit" : "  // not committed";
}

}  // namespace

GraphSketch RandomGraph(std::uint64_t seed) { return RandomSketch(seed).Make(); }

GraphSketch WithoutNode(GraphSketch graph, std::size_t place) {
  graph.nodes.erase(graph.nodes.begin() + static_cast<std::ptrdiff_t>(place));
  std::erase_if(graph.relationships,
                [&](const RelationshipSketch& each) { return each.start == place || each.end == place; });
  for (RelationshipSketch& each : graph.relationships) {
    if (each.start > place) --each.start;
    if (each.end > place) --each.end;
  }
  return graph;
}

GraphSketch Shuffled(const GraphSketch& graph, std::uint64_t seed) {
  Choices choices(seed);
  GraphSketch shuffled = graph;
  std::vector<std::size_t> place_of(graph.nodes.size());  // of each node
  std::iota(place_of.begin(), place_of.end(), 0);
  for (std::size_t i = place_of.size(); i > 1; --i) std::swap(place_of[i - 1], place_of[choices.Below(i)]);
  for (std::size_t i = 0; i < place_of.size(); ++i) shuffled.nodes[place_of[i]] = graph.nodes[i];
  std::vector<RelationshipSketch>& relationships = shuffled.relationships;
  for (std::size_t i = relationships.size(); i > 1; --i)
    std::swap(relationships[i - 1], relationships[choices.Below(i)]);
  for (RelationshipSketch& each : relationships) {
    each.start = place_of[each.start];
    each.end = place_of[each.end];
  }
  return shuffled;
}

std::string ToStatements(const GraphSketch& graph) {
  std::string text;
  for (const IndexSketch& index : graph.indexes) {
    text += index.unique ? fmt::format("CREATE CONSTRAINT FOR (n:{}) REQUIRE n.{} IS UNIQUE;\n", index.label, index.key)
                         : fmt::format("CREATE INDEX FOR (n:{}) ON (n.{});\n", index.label, index.key);
  }
  if (graph.deleted != 0) text += fmt::format("// {} nodes that a second commit deletes\n", graph.deleted);
  std::string elements;
  const auto add = [&](const std::string& element, Written written) {
    elements += fmt::format("{}  {}{}\n", elements.empty() ? "  " : ", ", element, WhenText(written));
  };
  for (const NodeSketch& node : graph.nodes) {
    std::string labels;
    for (const std::string& label : node.labels) labels += ":" + label;
    add(fmt::format("({}{}{}{})", node.name, labels, PropertiesText(node.properties), ValidityText(node.validity)),
        node.written);
  }
  for (const RelationshipSketch& each : graph.relationships) {
    add(fmt::format("({})-[{}:{}{}{}]->({})", graph.nodes[each.start].name, each.name, each.type,
                    PropertiesText(each.properties), ValidityText(each.validity), graph.nodes[each.end].name),
        each.written);
  }
  return elements.empty() ? text : text + "CREATE\n" + elements + ";\n";
}

StoredGraph::StoredGraph(GraphSketch sketch) : sketch_(std::move(sketch)), graph_(":memory:") {
  nodes_.resize(sketch_.nodes.size());
  auto first = graph_.Write();
  // All names there are, so that their numbers do not depend on what a statement writes first.
  for (std::string_view label : kLabels) Must(first->InternLabel(label));
  for (std::string_view type : kTypes) Must(first->InternType(type));
  for (std::string_view key : kKeys) Must(first->InternKey(key));
  for (const IndexSketch& index : sketch_.indexes) {
    Must(first->CreateIndex(Must(first->InternLabel(index.label)), Must(first->InternKey(index.key)), index.unique));
  }
  const auto label = Must(first->InternLabel("A"));
  const auto type = Must(first->InternType("R"));
  std::vector<NodeId> deleted;
  std::vector<RelationshipId> deleted_loops;
  for (std::size_t i = 0; i < sketch_.deleted; ++i) {
    deleted.push_back(Must(first->CreateNode({label})));
    deleted_loops.push_back(Must(first->CreateRelationship(type, deleted[i], deleted[i / 2])));
  }
  Write(*first, Written::kFirst);
  Must(first->Commit(false));

  auto later = graph_.Write();
  for (RelationshipId each : deleted_loops) Must(later->DeleteRelationship(each));
  for (NodeId each : deleted) Must(later->DeleteNode(each));
  Write(*later, Written::kLater);
  Must(later->Commit(false));

  const auto is_pending = [](const auto& each) { return each.written == Written::kPending; };
  const bool has_pending =
      std::ranges::any_of(sketch_.nodes, is_pending) || std::ranges::any_of(sketch_.relationships, is_pending);
  if (!has_pending) return;
  // One transaction for all statements: another one would give other ids.
  pending_ = graph_.Write();
  Write(*pending_, Written::kPending);
}

StoredGraph::Visit::Visit(StoredGraph& graph, bool to_write) : pending_(graph.pending_.get()) {
  if (pending_) {
    pending_->SetSavepoint();
  } else {
    own_ = to_write ? graph.graph_.Write() : graph.graph_.Read();
  }
}

StoredGraph::Visit::~Visit() {
  if (pending_) pending_->RollbackToSavepoint();
}

void StoredGraph::Write(graph::Transaction& transaction, Written which) {
  for (std::size_t i = 0; i < sketch_.nodes.size(); ++i) {
    const NodeSketch& node = sketch_.nodes[i];
    if (node.written != which) continue;
    std::vector<LabelId> labels;
    for (const std::string& label : node.labels) labels.push_back(Must(transaction.InternLabel(label)));
    nodes_[i] = Must(transaction.CreateNode(labels));
    names_.Add(nodes_[i], node.name);
    SetDetails(transaction, nodes_[i], node);
  }
  for (const RelationshipSketch& each : sketch_.relationships) {
    if (each.written != which) continue;
    const TypeId type = Must(transaction.InternType(each.type));
    const RelationshipId id = Must(transaction.CreateRelationship(type, nodes_[each.start], nodes_[each.end]));
    names_.Add(id, each.name);
    SetDetails(transaction, id, each);
  }
}

}  // namespace plenum::tests
