// See model.h.
#include "tests/graph/model.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <iterator>

#include "tests/graph/open_graph.h"
#include "tests/neighbours_of.h"

namespace plenum::graph {
namespace {

void ExpectSameProperties(const Properties& properties, const std::map<KeyId, Value>& expected) {
  ASSERT_EQ(properties.size(), expected.size());
  auto wanted = expected.begin();
  for (const auto& [key, value] : properties) {
    ASSERT_EQ(key, wanted->first);
    ASSERT_EQ(value.kind(), wanted->second.kind());
    ASSERT_TRUE(Order(value, wanted->second) == 0) << ToText(value) << " for " << ToText(wanted->second);
    ++wanted;
  }
}

}  // namespace

ModelFact Model::FactOf(const Fact& fact) {
  const bool is_node = fact.element.index() == 0;
  const std::uint64_t number =
      is_node ? std::get<NodeId>(fact.element).value : std::get<RelationshipId>(fact.element).value;
  return {is_node ? 0 : 1, number, fact.property ? fact.property->value : -1};
}

bool Model::IsConnected(NodeId node) const {
  return std::any_of(relationships.begin(), relationships.end(),
                     [&](const auto& each) { return each.second.start == node || each.second.end == node; });
}

std::optional<NodeId> Model::Holder(LabelId label, KeyId key, const Value& value, std::optional<NodeId> except) const {
  for (const auto& [id, node] : nodes) {
    const auto property = node.properties.find(key);
    if (id == except || !node.labels.contains(label) || property == node.properties.end()) continue;
    if (Equal(property->second, value) == true) return id;
  }
  return std::nullopt;
}

void Model::EraseCitations(int kind, std::uint64_t number, int property) {
  std::erase_if(citations, [&](const auto& each) {
    const auto& [k, n, p] = each.first;
    return k == kind && n == number && (property == -1 || property == p);
  });
}

void Model::DeleteNode(NodeId node) {
  nodes.erase(node);
  EraseCitations(0, node.value, -1);
  for (auto& [fact, list] : citations) std::erase_if(list, [&](const Citation& each) { return each.source == node; });
}

void Model::DeleteRelationship(RelationshipId relationship) {
  relationships.erase(relationship);
  EraseCitations(1, relationship.value, -1);
}

void Model::ExpectSameElements(Transaction& transaction) const {
  for (const auto& [id, expected] : nodes) {
    const auto record = Must(transaction.GetNode(id));
    ASSERT_NE(record, nullptr);
    ASSERT_EQ(std::set<LabelId>(record->labels.begin(), record->labels.end()), expected.labels);
    ASSERT_TRUE(std::is_sorted(record->labels.begin(), record->labels.end()));
    ASSERT_EQ(record->validity, expected.validity);
    ASSERT_NO_FATAL_FAILURE(ExpectSameProperties(record->properties, expected.properties));
  }
  for (const auto& [id, expected] : relationships) {
    const auto record = Must(transaction.GetRelationship(id));
    ASSERT_NE(record, nullptr);
    ASSERT_EQ(record->type, expected.type);
    ASSERT_EQ(record->start, expected.start);
    ASSERT_EQ(record->end, expected.end);
    ASSERT_EQ(record->validity, expected.validity);
    ASSERT_NO_FATAL_FAILURE(ExpectSameProperties(record->properties, expected.properties));
  }
}

void Model::ExpectSameNeighbours(Transaction& transaction, NodeId node, Direction direction,
                                 std::optional<TypeId> type) const {
  std::vector<std::pair<RelationshipId, NodeId>> expected;
  for (const auto& [id, relationship] : relationships) {
    const bool outgoing = direction == Direction::kOutgoing;
    if ((outgoing ? relationship.start : relationship.end) != node) continue;
    if (type && relationship.type != *type) continue;
    expected.emplace_back(id, outgoing ? relationship.end : relationship.start);
  }
  std::vector<std::pair<RelationshipId, NodeId>> found;
  const auto list = NeighboursOf(transaction, node, direction, type);
  for (const Neighbour& each : list) found.emplace_back(each.relationship, each.node);
  std::sort(found.begin(), found.end());
  ASSERT_EQ(found, expected) << "of node " << node.value;
  const std::vector<std::pair<RelationshipId, NodeId>> all = expected;
  for (const auto& [id, other] : all) {
    expected.clear();
    std::ranges::copy_if(all, std::back_inserter(expected), [&](const auto& each) { return each.second == other; });
    found.clear();
    for (const Neighbour& each : NeighboursOf(transaction, node, direction, type, other)) {
      found.emplace_back(each.relationship, each.node);
    }
    std::sort(found.begin(), found.end());
    ASSERT_EQ(found, expected) << "from node " << node.value << " to node " << other.value;
  }
  ASSERT_TRUE(NeighboursOf(transaction, node, direction, type, NodeId{9'999'999}).empty());
}

void Model::ExpectSame(Transaction& transaction, const std::vector<LabelId>& labels, const std::vector<TypeId>& types,
                       LabelId key_label, KeyId key) const {
  ASSERT_NO_FATAL_FAILURE(ExpectSameElements(transaction));
  std::vector<std::optional<LabelId>> scans{std::nullopt};
  scans.insert(scans.end(), labels.begin(), labels.end());
  for (const auto& label : scans) {
    std::vector<NodeId> expected;
    for (const auto& [id, node] : nodes) {
      if (!label || node.labels.contains(*label)) expected.push_back(id);
    }
    std::vector<NodeId> found;
    Must(transaction.ScanNodes(label, [&](NodeId node) { return found.push_back(node), true; }));
    ASSERT_EQ(found, expected);
    ASSERT_EQ(Must(transaction.CountNodes(label)), expected.size());
  }
  for (const TypeId type : types) {
    std::vector<RelationshipId> expected;
    for (const auto& [id, relationship] : relationships) {
      if (relationship.type == type) expected.push_back(id);
    }
    std::vector<RelationshipId> found;
    Must(transaction.ScanRelationships(type, [&](RelationshipId id) { return found.push_back(id), true; }));
    ASSERT_EQ(found, expected);
    ASSERT_EQ(Must(transaction.CountRelationships(type)), expected.size());
  }
  ASSERT_EQ(Must(transaction.CountRelationships(std::nullopt)), relationships.size());
  for (const auto& [id, node] : nodes) {
    for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
      ASSERT_NO_FATAL_FAILURE(ExpectSameNeighbours(transaction, id, direction, std::nullopt));
      for (const TypeId type : types) {
        ASSERT_NO_FATAL_FAILURE(ExpectSameNeighbours(transaction, id, direction, type));
      }
    }
    const auto value = node.properties.find(key);
    if (value == node.properties.end()) continue;
    ASSERT_EQ(Must(transaction.SeekKey(key_label, key, value->second)),
              Holder(key_label, key, value->second, std::nullopt));
  }
  for (const auto& [fact, expected] : citations) {
    const auto& [kind, number, property] = fact;
    Fact asked;
    if (kind == 0) {
      asked.element = NodeId{static_cast<std::uint32_t>(number)};
    } else {
      asked.element = RelationshipId{number};
    }
    if (property >= 0) asked.property = KeyId{static_cast<std::uint16_t>(property)};
    ASSERT_EQ(Must(transaction.Citations(asked)), expected);
  }
}

}  // namespace plenum::graph
