// Many small random multigraphs (random_multigraph.h) side by side in one database, which would take too long to make
// for each: three types, a label on some nodes, valid times on some relationships, and a second commit that changes
// what the first wrote. No relationship leads from one to another.
#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <random>
#include <set>
#include <vector>

#include "tests/graph/open_graph.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {

struct StoredEdge {
  TypeId type;
  NodeId from;
  NodeId to;
  std::optional<Interval> validity;
  RelationshipId id;
};

// Of one of them. Ids are those of the database.
struct StoredMultigraph {
  std::vector<NodeId> nodes;
  std::vector<StoredEdge> edges;
  std::set<NodeId> labelled;
};

class StoredMultigraphs {
 public:
  explicit StoredMultigraphs(std::uint32_t count) : random_(count) {
    auto writer = graph_.Write();
    label_ = Must(writer->InternLabel("Person"));
    for (const char* name : {"A", "B", "C"}) types_.push_back(Must(writer->InternType(name)));
    for (std::uint32_t seed = 0; seed < count; ++seed) Add(*writer, RandomMultigraph(seed));
    Must(writer->Commit(false));
    writer = graph_.Write();
    for (StoredMultigraph& each : graphs_) Change(*writer, each);
    Must(writer->Commit(false));
  }

  const std::vector<StoredMultigraph>& graphs() const { return graphs_; }
  GraphSnapshot Snapshot() { return graph_->Snapshot(); }

  // Some types or all, any direction, with a label or none, on a day or none.
  AdjacencyOptions RandomOptions() {
    AdjacencyOptions options;
    for (const TypeId type : types_) {
      if (random_() % 2 == 0) options.types.push_back(type);
    }
    options.direction = static_cast<Direction>(random_() % 3);
    if (random_() % 3 == 0) options.label = label_;
    if (random_() % 3 == 0) options.valid_at = static_cast<std::int64_t>(random_() % 30);
    options.certainly = random_() % 2 == 0;
    return options;
  }
  std::uint32_t Below(std::size_t end) { return static_cast<std::uint32_t>(random_() % end); }

 private:
  void Add(graph::Transaction& writer, const Multigraph& graph) {
    StoredMultigraph stored;
    for (std::uint32_t i = 0; i < graph.node_count; ++i) {
      const bool labelled = random_() % 3 != 0;
      stored.nodes.push_back(Must(writer.CreateNode(labelled ? std::vector{label_} : std::vector<LabelId>{})));
      if (labelled) stored.labelled.insert(stored.nodes.back());
    }
    for (const Projection::Edge& edge : graph.edges) {
      AddEdge(writer, stored, stored.nodes[edge.from], stored.nodes[edge.to]);
    }
    graphs_.push_back(std::move(stored));
  }

  void AddEdge(graph::Transaction& writer, StoredMultigraph& stored, NodeId from, NodeId to) {
    StoredEdge edge{types_[Below(types_.size())], from, to, std::nullopt, {}};
    edge.id = Must(writer.CreateRelationship(edge.type, from, to));
    if (random_() % 2 == 0) {
      const auto first = static_cast<std::int64_t>(random_() % 20);
      edge.validity = Interval{PartialDate{first, first + static_cast<std::int64_t>(random_() % 3)}, std::nullopt};
      if (random_() % 2 == 0) edge.validity->until = PartialDate{first + 5, first + 8};
      Must(writer.SetValidity(edge.id, edge.validity));
    }
    stored.edges.push_back(edge);
  }

  void Change(graph::Transaction& writer, StoredMultigraph& stored) {
    if (stored.nodes.empty()) return;
    if (random_() % 3 == 0) AddEdge(writer, stored, stored.nodes.front(), stored.nodes.back());
    if (random_() % 4 != 0 || stored.edges.empty()) return;
    const auto gone = stored.edges.begin() + static_cast<std::ptrdiff_t>(Below(stored.edges.size()));
    Must(writer.DeleteRelationship(gone->id));
    stored.edges.erase(gone);
  }

  graph::OpenGraph graph_{":memory:"};
  std::mt19937 random_;
  LabelId label_;
  std::vector<TypeId> types_;
  std::vector<StoredMultigraph> graphs_;
};

}  // namespace plenum
