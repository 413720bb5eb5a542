// Random multigraphs in a database: each one type's relationships, all over the same few nodes. So that a test compares
// on thousands of graphs without making as many databases.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "tests/graph/open_graph.h"
#include "tests/traversal/random_multigraph.h"

namespace plenum {

class MultigraphDatabase {
 public:
  static constexpr std::uint32_t kGraphsOfCommit = 50;  // so that lists are in segments, and changed since

  // The graphs of the seeds from `first` on. Every third node has the label.
  MultigraphDatabase(std::uint32_t first, std::uint32_t count) : graph_(":memory:", std::uint64_t{64} << 20) {
    auto writer = graph_.Write();
    label = Must(writer->InternLabel("Person"));
    for (std::uint32_t i = 0; i < 13; ++i) {
      nodes.push_back(Must(writer->CreateNode(i % 3 == 0 ? std::vector{label} : std::vector<LabelId>{})));
    }
    for (std::uint32_t seed = first; seed < first + count; ++seed) {
      if (seed % kGraphsOfCommit == 0) {
        Must(writer->Commit(false));
        writer = graph_.Write();
      }
      graphs.push_back(RandomMultigraph(seed));
      types.push_back(Must(writer->InternType("T" + std::to_string(seed))));
      for (Projection::Edge& edge : graphs.back().edges) {
        edge.relationship = Must(writer->CreateRelationship(types.back(), nodes[edge.from], nodes[edge.to]));
      }
    }
    Must(writer->Commit(false));
  }

  // Gives each relationship its edge's weight, or `instead`, as a property.
  KeyId SetWeights(std::optional<std::string> instead = std::nullopt) {
    auto writer = graph_.Write();
    const KeyId key = Must(writer->InternKey("weight"));
    for (const Multigraph& each : graphs) {
      for (const Projection::Edge& edge : each.edges) {
        Must(writer->SetProperty(edge.relationship, key, instead ? Value(*instead) : Value(edge.weight)));
      }
    }
    Must(writer->Commit(false));
    return key;
  }

  GraphSnapshot Snapshot() { return graph_->Snapshot(); }

  LabelId label;
  std::vector<NodeId> nodes;
  std::vector<Multigraph> graphs;  // node i is nodes[i]; relationships are the database's
  std::vector<TypeId> types;       // of each graph

 private:
  graph::OpenGraph graph_;
};

}  // namespace plenum
