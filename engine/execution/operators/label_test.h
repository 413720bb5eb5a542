// Whether nodes have the labels of a label expression.
#pragma once

#include <map>
#include <vector>

#include "engine/execution/operators/operator.h"

namespace plenum::execution {

// One expression, whose names are looked up once.
class LabelTest {
 public:
  LabelTest(Run& run, const ast::LabelExpression& labels);
  bool Holds(NodeId node);
  // What an Adjacency can test by itself: the one label that the expression is.
  std::optional<LabelId> single() const { return single_; }

 private:
  bool Holds(const ast::LabelExpression& labels, NodeId node);

  Run& run_;
  const ast::LabelExpression& labels_;
  std::map<std::string, std::optional<LabelId>, std::less<>> ids_;
  std::optional<LabelId> single_;
};

}  // namespace plenum::execution
