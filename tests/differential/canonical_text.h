// Values as texts that are equal where two answers of one statement count as the same.
#pragma once

#include <map>
#include <string>
#include <utility>

#include "plenum/value.h"

namespace plenum::tests {

// What the language leaves open in the answer to a statement.
struct LeftOpen {
  bool list_order = false;  // lists are in any order, as those of collect() are
  // Of values that are one in DISTINCT, in groups and to min(), such as 1 and 1.0, it may be either.
  bool number_kind = false;
};

// What the elements of a stored graph are called. Elements that a statement makes are all "new": their ids say nothing.
class ElementNames {
 public:
  void Add(NodeId node, std::string name) { nodes_[node] = std::move(name); }
  void Add(RelationshipId relationship, std::string name) { relationships_[relationship] = std::move(name); }
  std::string NameOf(NodeId node) const { return Find(nodes_, node); }
  std::string NameOf(RelationshipId relationship) const { return Find(relationships_, relationship); }
  bool Has(NodeId node) const { return nodes_.contains(node); }

 private:
  template <class Id>
  static std::string Find(const std::map<Id, std::string>& names, Id id) {
    const auto found = names.find(id);
    return found == names.end() ? "new" : found->second;
  }
  std::map<NodeId, std::string> nodes_;
  std::map<RelationshipId, std::string> relationships_;
};

std::string CanonicalText(const Value& value, const ElementNames& names, LeftOpen open);

}  // namespace plenum::tests
