// Reading without a query: lists, degrees, labels and properties of snapshots, beside a model of plain maps, while
// commits change the graph under them.
#include <gtest/gtest.h>

#include <algorithm>
#include <limits>
#include <map>
#include <optional>
#include <random>
#include <set>
#include <tuple>
#include <vector>

#include "engine/storage/segment.h"
#include "plenum/graph.h"
#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

using Wanted = plenum::Direction;

struct ModelEdge {
  TypeId type;
  NodeId start;
  NodeId end;
  std::optional<Interval> validity;
};
struct Model {
  std::map<RelationshipId, ModelEdge> edges;
  std::set<NodeId> nodes;
  std::set<NodeId> labelled;
};

// The node at the other end, the relationship, its type, and whether it leaves.
using Entry = std::tuple<TypeId, bool, NodeId, RelationshipId>;

std::vector<Entry> ListIn(const Model& model, NodeId node, const AdjacencyOptions& options) {
  std::vector<Entry> list;
  for (const auto& [id, edge] : model.edges) {
    const bool of_type = options.types.empty() || std::ranges::find(options.types, edge.type) != options.types.end();
    if (!of_type) continue;
    if (options.valid_at && edge.validity) {
      const std::int64_t at = std::clamp(*options.valid_at, -(std::int64_t{1} << 62), std::int64_t{1} << 62);
      const PartialDate day{at, at};
      if (!(options.certainly ? HoldsCertainly(*edge.validity, day) : HoldsPossibly(*edge.validity, day))) continue;
    }
    const auto add = [&](NodeId other, bool outgoing) {
      if (!options.label || model.labelled.contains(other)) list.emplace_back(edge.type, outgoing, other, id);
    };
    const bool loop = edge.start == edge.end;
    if (edge.start == node && options.direction != Wanted::kIncoming) add(edge.end, true);
    if (edge.end == node && options.direction != Wanted::kOutgoing &&
        (!loop || options.direction == Wanted::kIncoming)) {
      add(edge.start, false);
    }
  }
  std::ranges::sort(list);
  return list;
}

// As the adjacency gives it; fails where chunks are not in order.
std::vector<Entry> ListOf(Adjacency& adjacency, NodeId node) {
  std::vector<Entry> list;
  std::map<std::pair<TypeId, bool>, std::pair<NodeId, RelationshipId>> last;
  adjacency.ForEachRelationshipChunk(node, [&](const RelationshipChunk& chunk) {
    for (std::size_t i = 0; i < chunk.nodes.size(); ++i) {
      const std::pair entry(chunk.nodes[i], chunk.relationships[i]);
      const auto [before, first] = last.try_emplace({chunk.type, chunk.outgoing}, entry);
      EXPECT_TRUE(first || before->second < entry);
      before->second = entry;
      list.emplace_back(chunk.type, chunk.outgoing, entry.first, entry.second);
    }
  });
  std::ranges::sort(list);
  return list;
}

std::vector<NodeId> NodesOf(const std::vector<Entry>& list) {
  std::vector<NodeId> nodes;
  for (const Entry& entry : list) nodes.push_back(std::get<NodeId>(entry));
  std::ranges::sort(nodes);
  return nodes;
}

// Everything an adjacency can be asked about its nodes.
void ExpectAgrees(GraphReader& reader, const Model& model, const AdjacencyOptions& options,
                  const std::vector<NodeId>& nodes) {
  Adjacency adjacency(reader, options);
  std::vector<std::vector<NodeId>> expanded(nodes.size());
  adjacency.Expand(nodes, [&](std::size_t i, std::span<const NodeId> others) {
    expanded[i].insert(expanded[i].end(), others.begin(), others.end());
  });
  std::map<NodeId, std::vector<NodeId>> scanned;
  adjacency.ForEachList({0}, {reader.snapshot().nodes_end()}, [&](NodeId node, std::span<const NodeId> others) {
    scanned[node].insert(scanned[node].end(), others.begin(), others.end());
  });
  std::map<NodeId, std::vector<NodeId>> among;
  for (std::uint32_t first = 0; first < reader.snapshot().nodes_end(); first += 64) {
    adjacency.ForEachListAmong({first}, ~std::uint64_t{0}, [&](NodeId node, std::span<const NodeId> others) {
      among[node].insert(among[node].end(), others.begin(), others.end());
    });
  }
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    const std::vector<Entry> expected = ListIn(model, nodes[i], options);
    const std::vector<NodeId> others = NodesOf(expected);
    if (options.relationships) {
      ASSERT_EQ(ListOf(adjacency, nodes[i]), expected);
    }
    std::vector<NodeId> listed;
    adjacency.ForEachChunk(nodes[i], [&](std::span<const NodeId> chunk) {
      EXPECT_FALSE(chunk.empty());
      listed.insert(listed.end(), chunk.begin(), chunk.end());
    });
    for (std::vector<NodeId>* each : {&listed, &expanded[i], &scanned[nodes[i]], &among[nodes[i]]}) {
      std::ranges::sort(*each);
      ASSERT_EQ(*each, others);
    }
    ASSERT_EQ(adjacency.Degree(nodes[i]), others.size());
    for (const NodeId other : {nodes[(i + 1) % nodes.size()], nodes[i], others.empty() ? nodes[i] : others.front()}) {
      const auto count = static_cast<std::uint64_t>(std::ranges::count(others, other));
      ASSERT_EQ(adjacency.CountBetween(nodes[i], other), count);
      ASSERT_EQ(adjacency.HasEdge(nodes[i], other), count != 0);
    }
    std::size_t visits = 0;
    adjacency.ForEachChunk(nodes[i], [&](std::span<const NodeId>) { return ++visits < 1; });
    ASSERT_EQ(visits, others.empty() ? 0u : 1u);
  }
  ASSERT_TRUE(reader.status().ok());
}

const std::optional<Interval> kValidities[] = {
    std::nullopt,
    Interval{PartialDate{10, 10}, PartialDate{20, 20}},
    Interval{PartialDate{10, 14}, std::nullopt},
    Interval{std::nullopt, PartialDate{15, 15}},
    Interval{PartialDate{}, PartialDate{30, 30}},
    Interval{PartialDate{12, 12}, PartialDate{16, 25}},
};

// "Now and for ever", and days just outside of what 32 bits hold.
constexpr std::int64_t kFarDays[] = {std::numeric_limits<std::int64_t>::min(), std::numeric_limits<std::int64_t>::max(),
                                     std::numeric_limits<std::int32_t>::min(), std::numeric_limits<std::int32_t>::max(),
                                     std::int64_t{1} << 31};

// A graph that commits change in small steps, and its model.
class ChangingGraph {
 public:
  ChangingGraph(std::uint32_t seed, std::size_t node_count, std::uint64_t cache_bytes_max = 1 << 20)
      : graph_(":memory:", cache_bytes_max), random_(seed) {
    auto writer = graph_.Write();
    label_ = Must(writer->InternLabel("Person"));
    for (const char* name : {"KNOWS", "HOLDS", "AT"}) types_.push_back(Must(writer->InternType(name)));
    for (std::size_t i = 0; i < node_count; ++i) {
      nodes_.push_back(Must(writer->CreateNode({})));
      model_.nodes.insert(nodes_.back());
    }
    Must(writer->Commit(false));
  }

  const Model& model() const { return model_; }
  const std::vector<NodeId>& nodes() const { return nodes_; }
  const std::vector<TypeId>& types() const { return types_; }
  LabelId label() const { return label_; }
  GraphSnapshot Snapshot() { return graph_->Snapshot(); }

  void Step(std::size_t writes) {
    auto writer = graph_.Write();
    for (std::size_t i = 0; i < writes; ++i) Write(*writer);
    Must(writer->Commit(false));
  }

  AdjacencyOptions RandomOptions() {
    AdjacencyOptions options;
    for (const TypeId type : types_) {
      if (Below(3) == 0) options.types.push_back(type);
    }
    if (!options.types.empty() && Below(4) == 0) options.types.push_back(options.types.front());
    options.direction = static_cast<Wanted>(Below(3));
    options.relationships = Below(2) == 0;
    if (Below(3) == 0) options.label = label_;
    if (Below(2) == 0) options.valid_at = Below(5) == 0 ? kFarDays[Below(std::size(kFarDays))] : 5 + Below(30);
    options.certainly = Below(2) == 0;
    return options;
  }

 private:
  std::size_t Below(std::size_t end) { return random_() % end; }
  NodeId AnyNode() { return nodes_[Below(nodes_.size())]; }

  void Write(Transaction& writer) {
    const std::size_t what = Below(10);
    if (what < 5 || model_.edges.empty()) {
      const NodeId start = AnyNode();
      const NodeId end = Below(6) == 0 ? start : AnyNode();
      const TypeId type = types_[Below(types_.size())];
      const RelationshipId id = Must(writer.CreateRelationship(type, start, end));
      const auto& validity = kValidities[Below(std::size(kValidities))];
      if (validity) Must(writer.SetValidity(id, validity));
      model_.edges[id] = {type, start, end, validity};
      ids_.push_back(id);
    } else if (what < 8) {
      std::swap(ids_[Below(ids_.size())], ids_.back());
      const auto edge = model_.edges.find(ids_.back());
      if (what == 5) {
        edge->second.validity = kValidities[Below(std::size(kValidities))];
        Must(writer.SetValidity(edge->first, edge->second.validity));
      } else {
        Must(writer.DeleteRelationship(edge->first));
        model_.edges.erase(edge);
        ids_.pop_back();
      }
    } else {
      const NodeId node = AnyNode();
      if (model_.labelled.erase(node) != 0) return Must(writer.RemoveLabel(node, label_));
      model_.labelled.insert(node);
      Must(writer.AddLabel(node, label_));
    }
  }

  OpenGraph graph_;
  std::mt19937 random_;
  LabelId label_;
  std::vector<TypeId> types_;
  std::vector<NodeId> nodes_;
  Model model_;
  std::vector<RelationshipId> ids_;  // of its edges
};

TEST(Adjacency, AgreesWithAModelWhileCommitsChangeTheGraph) {
  for (std::uint32_t seed = 0; seed < 40; ++seed) {
    ChangingGraph graph(seed, 2 + seed % 12);
    GraphReader at_first(graph.Snapshot());
    const Model model_at_first = graph.model();
    std::optional<GraphReader> kept;
    Model kept_model;
    for (int step = 0; step < 60; ++step) {
      graph.Step(1 + static_cast<std::size_t>(step) % 5);
      GraphReader reader(graph.Snapshot());
      ASSERT_NO_FATAL_FAILURE(ExpectAgrees(reader, graph.model(), graph.RandomOptions(), graph.nodes()));
      if (step % 10 == 3) {
        kept.emplace(graph.Snapshot());
        kept_model = graph.model();
      }
      if (!kept) continue;
      ASSERT_NO_FATAL_FAILURE(ExpectAgrees(*kept, kept_model, graph.RandomOptions(), graph.nodes()));
      kept->Release();
    }
    ASSERT_NO_FATAL_FAILURE(ExpectAgrees(at_first, model_at_first, graph.RandomOptions(), graph.nodes()));
  }
}

// With next to no memory for what is decoded, blocks come and go all the time.
TEST(Adjacency, AgreesWithAModelWhereNothingStaysInMemory) {
  ChangingGraph graph(7, 40, 1 << 14);
  GraphReader old(graph.Snapshot());
  const Model old_model = graph.model();
  for (int step = 0; step < 100; ++step) {
    graph.Step(20);
    GraphReader reader(graph.Snapshot());
    for (int i = 0; i < 3; ++i) {
      ASSERT_NO_FATAL_FAILURE(ExpectAgrees(reader, graph.model(), graph.RandomOptions(), graph.nodes()));
      reader.Release();
      old.Release();
    }
    ASSERT_NO_FATAL_FAILURE(ExpectAgrees(old, old_model, graph.RandomOptions(), graph.nodes()));
  }
}

TEST(Adjacency, AgreesWithAModelOnHubs) {
  ChangingGraph graph(3, 3);
  graph.Step(40 * storage::kHubDegree);
  for (int step = 0; step < 12; ++step) {
    graph.Step(3);
    GraphReader reader(graph.Snapshot());
    ASSERT_NO_FATAL_FAILURE(ExpectAgrees(reader, graph.model(), graph.RandomOptions(), graph.nodes()));
  }
}

TEST(Adjacency, OfNodesThatAreNotThereIsEmpty) {
  ChangingGraph graph(1, 4);
  graph.Step(20);
  GraphReader reader(graph.Snapshot());
  Adjacency adjacency(reader, {.relationships = true});
  for (const NodeId node : {NodeId{5}, NodeId{reader.snapshot().nodes_end()}, NodeId{0xFFFFFFFF}}) {
    EXPECT_EQ(adjacency.Degree(node), 0u);
    EXPECT_TRUE(ListOf(adjacency, node).empty());
    EXPECT_FALSE(reader.Exists(node));
    EXPECT_FALSE(reader.HasLabel(node, graph.label()));
  }
  Adjacency of_unknown_type(reader, {.types = {TypeId{77}}, .direction = Wanted::kEither});
  EXPECT_EQ(of_unknown_type.Degree(graph.nodes().front()), 0u);
  EXPECT_TRUE(reader.status().ok());
}

TEST(Adjacency, IsLeftWhereAVisitSaysSo) {
  ChangingGraph graph(5, 6);
  graph.Step(200);
  GraphReader reader(graph.Snapshot());
  Adjacency adjacency(reader, {.direction = Wanted::kEither});
  std::size_t visits = 0;
  const auto third = [&](auto&&...) { return ++visits < 3; };
  adjacency.Expand(graph.nodes(), third);
  EXPECT_EQ(visits, 3u);
  visits = 0;
  adjacency.ForEachList({0}, {0xFFFFFFFF}, third);
  EXPECT_EQ(visits, 3u);
  std::set<NodeId> visited;
  adjacency.ForEachListAmong({0}, 0b101101, [&](NodeId node, std::span<const NodeId>) {
    EXPECT_TRUE(visited.insert(node).second);  // the first piece was enough
    return false;
  });
  EXPECT_EQ(visited, (std::set<NodeId>{{0}, {2}, {3}, {5}}));
  visits = 0;
  adjacency.ForEachChunk(graph.nodes()[0], third);
  EXPECT_EQ(visits, 3u);
}

TEST(Adjacency, TellsNoRelationshipsWhereItWasNotMadeTo) {
  ChangingGraph graph(1, 4);
  graph.Step(20);
  GraphReader reader(graph.Snapshot());
  Adjacency adjacency(reader, {});
  EXPECT_TRUE(ListOf(adjacency, graph.nodes().front()).empty());
  ASSERT_FALSE(reader.status().ok());
  EXPECT_EQ(reader.status().error().detail, "RelationshipsNotAsked");
}

}  // namespace
}  // namespace plenum::graph
