// The graph as plain maps: what a Transaction must say, found the slow and obvious way.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "engine/graph/graph.h"

namespace plenum::graph {

struct ModelNode {
  std::set<LabelId> labels;
  std::map<KeyId, Value> properties;
  std::optional<Interval> validity;
};
struct ModelRelationship {
  TypeId type;
  NodeId start;
  NodeId end;
  std::map<KeyId, Value> properties;
  std::optional<Interval> validity;
};
// Element (0 node, 1 relationship; its number) and property (-1: none).
using ModelFact = std::tuple<int, std::uint64_t, int>;

struct Model {
  std::map<NodeId, ModelNode> nodes;
  std::map<RelationshipId, ModelRelationship> relationships;
  std::map<ModelFact, std::vector<Citation>> citations;

  static ModelFact FactOf(const Fact& fact);
  bool IsConnected(NodeId node) const;
  // The node other than `except` that has the label and the value.
  std::optional<NodeId> Holder(LabelId label, KeyId key, const Value& value, std::optional<NodeId> except) const;
  // All citations of an element; of one property where `property` is not -1.
  void EraseCitations(int kind, std::uint64_t number, int property);
  void DeleteNode(NodeId node);
  void DeleteRelationship(RelationshipId relationship);

  // Compares everything that can be read; stops the test at the first difference.
  void ExpectSame(Transaction& transaction, const std::vector<LabelId>& labels, const std::vector<TypeId>& types,
                  LabelId key_label, KeyId key) const;

 private:
  void ExpectSameElements(Transaction& transaction) const;
  void ExpectSameNeighbours(Transaction& transaction, NodeId node, Direction direction,
                            std::optional<TypeId> type) const;
};

}  // namespace plenum::graph
