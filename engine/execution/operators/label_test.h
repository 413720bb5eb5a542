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
  bool Holds(NodeId node) {
    if (!single_) return Holds(labels_, node);
    const std::uint32_t range = node.value >> kRangeBits;
    if (range >= ranges_.size() || ranges_[range] == nullptr) return HoldsInNewRange(node);
    return BitOf(ranges_[range], node);
  }
  // What an Adjacency can test by itself: the one label that the expression is.
  std::optional<LabelId> single() const { return single_; }

 private:
  static constexpr std::uint32_t kRangeBits = 16;

  static bool BitOf(const std::uint64_t* bits, NodeId node) {
    const std::uint32_t place = node.value & ((1u << kRangeBits) - 1);
    return (bits[place / 64] >> place % 64 & 1) != 0;
  }
  bool HoldsInNewRange(NodeId node);
  bool Holds(const ast::LabelExpression& labels, NodeId node);

  Run& run_;
  const ast::LabelExpression& labels_;
  std::map<std::string, std::optional<LabelId>, std::less<>> ids_;
  std::optional<LabelId> single_;
  std::vector<const std::uint64_t*> ranges_;  // of single_: those that were asked for
};

}  // namespace plenum::execution
