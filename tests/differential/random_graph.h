// Small random graphs for statements to run on: described first, so that a graph can be stored, written down as
// statements, and made smaller.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "plenum/value.h"
#include "tests/differential/canonical_text.h"
#include "tests/graph/open_graph.h"

namespace plenum::tests {

// When an element is written: one commit after the other, or never committed, so that it is among the own writes of
// each transaction that reads it.
enum class Written : std::uint8_t { kFirst, kLater, kPending };

struct NodeSketch {
  std::string name;
  std::vector<std::string> labels;
  Map properties;
  std::optional<Interval> validity;
  Written written = Written::kFirst;
};
struct RelationshipSketch {
  std::string name;
  std::string type;
  std::size_t start = 0;  // places among the nodes
  std::size_t end = 0;
  Map properties;
  std::optional<Interval> validity;
  Written written = Written::kFirst;  // not before its nodes
};
struct IndexSketch {
  std::string label;
  std::string key;
  bool unique = false;
};
struct GraphSketch {
  std::vector<NodeSketch> nodes;
  std::vector<RelationshipSketch> relationships;
  std::vector<IndexSketch> indexes;
  std::size_t deleted = 0;  // nodes that the first commit makes, before all others, and the second deletes
};

// Up to 12 nodes, sparse to dense: with self-loops, parallel relationships and isolated nodes; with all kinds of
// properties, or none; timeless, or valid for a while.
GraphSketch RandomGraph(std::uint64_t seed);

// The same graph without `place`: a node goes with its relationships.
GraphSketch WithoutNode(GraphSketch graph, std::size_t place);

// The same graph, written in another order.
GraphSketch Shuffled(const GraphSketch& graph, std::uint64_t seed);

// Statements that make the graph, one a line, and what they cannot say: what is not committed.
std::string ToStatements(const GraphSketch& graph);

// The graph in a database of its own.
class StoredGraph {
 public:
  explicit StoredGraph(GraphSketch sketch);
  const GraphSketch& sketch() const { return sketch_; }
  const ElementNames& names() const { return names_; }

  // A transaction for one statement, which sees the whole graph; what the statement writes is undone when this is
  // destroyed. One at a time. Where some of the graph is not committed it is a transaction that has written, whether
  // the statement writes or not.
  class Visit {
   public:
    Visit(StoredGraph& graph, bool to_write);
    ~Visit();
    Visit(const Visit&) = delete;
    Visit& operator=(const Visit&) = delete;
    graph::Transaction& transaction() { return own_ ? *own_ : *pending_; }

   private:
    std::unique_ptr<graph::Transaction> own_;
    graph::Transaction* pending_;
  };

 private:
  void Write(graph::Transaction& transaction, Written which);

  const GraphSketch sketch_;
  graph::OpenGraph graph_;
  std::vector<NodeId> nodes_;
  ElementNames names_;
  std::unique_ptr<graph::Transaction> pending_;  // null where everything is committed
};

}  // namespace plenum::tests
