// Values as texts that are equal where two answers of one statement count as the same.
#pragma once

#include <set>
#include <string>

#include "engine/graph/graph.h"
#include "plenum/value.h"

namespace plenum::tests {

// What the language leaves open in the answer to a statement.
struct LeftOpen {
  bool list_order = false;  // lists are in any order, as those of collect() are
  // Of values that are one in DISTINCT, in groups and to min(), such as 1 and 1.0, it may be either.
  bool number_kind = false;
};

// The elements that a transaction sees when it is asked first. Elements that a statement makes have ids that say
// nothing: other runs give others.
class ElementsBefore {
 public:
  explicit ElementsBefore(graph::Transaction& transaction);
  std::string NameOf(NodeId node) const;  // "#3", or "new"
  std::string NameOf(RelationshipId relationship) const;
  bool Has(NodeId node) const { return nodes_.contains(node); }

 private:
  std::set<NodeId> nodes_;
  std::set<RelationshipId> relationships_;
};

std::string CanonicalText(const Value& value, const ElementsBefore& before, LeftOpen open);

}  // namespace plenum::tests
