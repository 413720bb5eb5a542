// In which order the nodes of the patterns of some MATCH clauses are found, so that few rows are looked at on the way.
#pragma once

#include <cstddef>
#include <optional>
#include <set>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"
#include "engine/plan/match_order.h"

namespace plenum::plan {

// The patterns as one graph: a node is a variable, wherever it is written.
struct JoinGraph {
  struct Node {
    Slot slot = 0;
    bool bound = false;                        // filled before
    bool needed = false;                       // read behind
    std::vector<const NodePattern*> patterns;  // one at least
  };
  struct Edge {
    const RelationshipPattern* relationship = nullptr;
    std::size_t left = 0;  // places of nodes
    std::size_t right = 0;
    std::size_t clause = 0;  // within which no relationship is used twice
    bool walk = false;       // but for walks
  };
  std::vector<Node> nodes;
  std::vector<Edge> edges;
  std::vector<const Condition*> conditions;

  // Of the clauses' patterns; `needed` is read behind them.
  JoinGraph(const std::vector<const Pattern*>& clauses, const std::set<Slot>& needed);
  std::set<Slot> introduced;  // slots that only these patterns fill
};

// Find the node by a scan, or along an edge from a node that was found before.
struct JoinStep {
  std::size_t node = 0;
  std::optional<std::size_t> edge;
};

// Every node that is not bound, each once: the cheapest order, by dynamic programming over the sets of nodes that are
// found (Selinger et al., "Access Path Selection in a Relational Database Management System", SIGMOD 1979); step by
// step where there are many. Costs are estimated from exact counts and the statistics of the graph: the rows that are
// looked at, of which those that differ in nothing that is still to be read are one.
std::vector<JoinStep> OrderJoins(const JoinGraph& graph, graph::Transaction& transaction);

}  // namespace plenum::plan
