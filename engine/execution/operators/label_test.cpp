// See label_test.h.
#include "engine/execution/operators/label_test.h"

#include <algorithm>

namespace plenum::execution {

LabelTest::LabelTest(Run& run, const ast::LabelExpression& labels) : run_(run), labels_(labels) {
  if (const auto* name = std::get_if<ast::Name>(&labels.node)) {
    single_ = run.query.transaction.FindLabel(name->text);
  }
}

bool LabelTest::HoldsInNewRange(NodeId node) {
  if (ranges_.empty()) ranges_.resize(run_.reader.node_ranges());
  const std::uint32_t range = node.value >> kRangeBits;
  if (range >= ranges_.size()) return false;
  ranges_[range] = run_.reader.NodeBits(*single_, range);
  return BitOf(ranges_[range], node);
}

bool LabelTest::Holds(const ast::LabelExpression& labels, NodeId node) {
  const auto holds = [&](const ast::LabelExpression& operand) { return Holds(operand, node); };
  if (const auto* name = std::get_if<ast::Name>(&labels.node)) {
    const auto [id, added] = ids_.try_emplace(name->text);
    if (added) id->second = run_.query.transaction.FindLabel(name->text);
    return id->second && run_.reader.HasLabel(node, *id->second);
  }
  if (const auto* negation = std::get_if<ast::LabelNot>(&labels.node)) return !holds(*negation->operand);
  if (const auto* all = std::get_if<ast::LabelAll>(&labels.node)) return std::ranges::all_of(all->operands, holds);
  if (const auto* some = std::get_if<ast::LabelAny>(&labels.node)) return std::ranges::any_of(some->operands, holds);
  return !run_.reader.Labels(node).empty();
}

}  // namespace plenum::execution
