// How many nodes and relationships a pattern may match: estimates for choosing between plans.
#pragma once

#include <memory>
#include <optional>

#include "engine/graph/graph.h"
#include "engine/graph/graph_statistics.h"
#include "engine/plan/join_order.h"

namespace plenum::plan {

class Cardinality {
 public:
  explicit Cardinality(graph::Transaction& transaction);

  // Nodes with the pattern's labels, at least 1; of these, those that its conditions leave.
  double Labelled(const JoinGraph::Node& node);
  double Nodes(const JoinGraph& graph, const JoinGraph::Node& node);
  // How many relationships of the pattern a node on one side has, that lead to nodes with the other's labels.
  double Degree(const JoinGraph& graph, const JoinGraph::Edge& edge, bool from_left);

 private:
  std::optional<LabelId> RarestLabel(const JoinGraph::Node& node);
  double Count(std::optional<LabelId> label);
  double CountBetween(TypeId type, std::optional<LabelId> start, std::optional<LabelId> end);
  double PartLeft(const Condition& condition, const JoinGraph::Node& node);
  double PartWith(const JoinGraph::Node& node, std::string_view key);

  graph::Transaction& transaction_;
  std::shared_ptr<const graph::GraphStatistics> statistics_;  // null where there are none
};

}  // namespace plenum::plan
