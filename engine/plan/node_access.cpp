// See node_access.h.
#include "engine/plan/node_access.h"

#include <cmath>
#include <optional>
#include <string>

#include "engine/plan/walk.h"

namespace plenum::plan {
namespace {

using ast::BinaryOperator;

// A property of the node that the pattern compares with a value known before: property op value.
struct Comparison {
  std::string_view key;
  BinaryOperator op = BinaryOperator::kEqual;
  const Expression* value = nullptr;
};

// What parts of the candidates are left, where nothing better is known.
constexpr double kLeftByOneBound = 0.3;
constexpr double kLeftByTwoBounds = 0.1;
constexpr double kKeyRows = 0.25;  // a key that leads nowhere costs less than anything else

std::optional<BinaryOperator> Mirrored(BinaryOperator op) {
  switch (op) {
    case BinaryOperator::kEqual:
      return BinaryOperator::kEqual;
    case BinaryOperator::kLess:
      return BinaryOperator::kGreater;
    case BinaryOperator::kLessOrEqual:
      return BinaryOperator::kGreaterOrEqual;
    case BinaryOperator::kGreater:
      return BinaryOperator::kLess;
    case BinaryOperator::kGreaterOrEqual:
      return BinaryOperator::kLessOrEqual;
    default:
      return std::nullopt;
  }
}

// The key, where `expression` is a property of the node.
const std::string* KeyOf(const Expression& expression, const NodePattern& node) {
  const auto* access = std::get_if<PropertyAccess>(&expression.node);
  const auto* ref = access ? std::get_if<SlotRef>(&access->object->node) : nullptr;
  return ref && ref->slot == node.slot ? &access->key : nullptr;
}

// {key: value}, WHERE x.key = value, WHERE low <= x.key < high.
std::vector<Comparison> ComparisonsOf(const NodePattern& node, std::span<const Condition* const> conditions,
                                      const std::function<bool(const std::vector<Slot>&)>& can_read) {
  std::vector<Comparison> comparisons;
  const auto* map = node.properties && !node.deferred ? std::get_if<MakeMap>(&node.properties->node) : nullptr;
  if (map) {
    for (const auto& [key, value] : map->entries) comparisons.push_back({key, BinaryOperator::kEqual, &value});
  }
  for (const Condition* condition : conditions) {
    const auto* chain = std::get_if<Chain>(&condition->expression.node);
    // The values must be there before the node is.
    std::vector<Slot> others = condition->reads;
    std::erase(others, node.slot);
    if (!chain || !can_read(others)) continue;
    const Expression* left = &*chain->first;
    for (const Operation& operation : chain->rest) {
      const Expression* right = &*operation.operand;
      const auto mirrored = Mirrored(operation.op);
      if (!mirrored) break;
      const std::string* left_key = KeyOf(*left, node);
      const std::string* right_key = KeyOf(*right, node);
      if (left_key && !ReadsSlot(*right, node.slot)) comparisons.push_back({*left_key, operation.op, right});
      if (right_key && !ReadsSlot(*left, node.slot)) comparisons.push_back({*right_key, *mirrored, left});
      left = right;
    }
  }
  return comparisons;
}

// Labels that the node must have: one name, or names joined by &.
std::vector<std::string> RequiredLabels(const NodePattern& node) {
  std::vector<std::string> names;
  if (!node.labels) return names;
  if (const auto* name = std::get_if<ast::Name>(&node.labels->node)) names.push_back(name->text);
  if (const auto* all = std::get_if<ast::LabelAll>(&node.labels->node)) {
    for (const ast::LabelExpression& operand : all->operands) {
      if (const auto* name = std::get_if<ast::Name>(&operand.node)) names.push_back(name->text);
    }
  }
  return names;
}

bool SeeksKey(const std::vector<Comparison>& comparisons, graph::LabelId label, const graph::Transaction& transaction,
              StartAt& start) {
  for (const Comparison& each : comparisons) {
    const auto key = transaction.FindKey(each.key);
    if (each.op != BinaryOperator::kEqual || !key || !transaction.HasKey(label, *key)) continue;
    start.access = StartAt::Access::kKey;
    start.key = each.key;
    start.equal = each.value;
    return true;
  }
  return false;
}

// The value or the bounds that the comparisons give for `key`. Of several, the first: all are tested later.
StartAt RangeOf(const std::vector<Comparison>& comparisons, std::string_view key) {
  StartAt start{.access = StartAt::Access::kRange, .key = std::string(key)};
  for (const Comparison& each : comparisons) {
    if (each.key != key) continue;
    const bool with = each.op == BinaryOperator::kLessOrEqual || each.op == BinaryOperator::kGreaterOrEqual;
    if (each.op == BinaryOperator::kEqual) {
      if (!start.equal) start.equal = each.value;
    } else if (each.op == BinaryOperator::kLess || each.op == BinaryOperator::kLessOrEqual) {
      if (start.greatest) continue;
      start.greatest = each.value;
      start.with_greatest = with;
    } else if (!start.least) {
      start.least = each.value;
      start.with_least = with;
    }
  }
  return start;
}

// How many of `count` nodes it leaves.
double RowsOf(const StartAt& range, double count) {
  if (range.equal) return std::sqrt(count);
  return count * (range.least && range.greatest ? kLeftByTwoBounds : kLeftByOneBound);
}

}  // namespace

NodeAccess ChooseAccess(const NodePattern& node, std::span<const Condition* const> conditions,
                        const std::function<bool(const std::vector<Slot>&)>& can_read,
                        graph::Transaction& transaction) {
  NodeAccess best{.rows = static_cast<double>(transaction.CountNodes(std::nullopt).value_or(0)) + 2};
  const std::vector<Comparison> comparisons = ComparisonsOf(node, conditions, can_read);
  const auto offer = [&](StartAt start, const std::string& label, double rows) {
    if (rows >= best.rows) return;
    start.label = label;
    best = {std::move(start), rows};
  };
  for (const std::string& name : RequiredLabels(node)) {
    const auto label = transaction.FindLabel(name);
    const double count = label ? static_cast<double>(transaction.CountNodes(label).value_or(0)) + 1 : 0.5;
    offer({.access = StartAt::Access::kLabel}, name, count);
    if (!label) continue;
    StartAt key_seek;
    if (SeeksKey(comparisons, *label, transaction, key_seek)) {
      offer(std::move(key_seek), name, kKeyRows);
      return best;
    }
    for (const Comparison& each : comparisons) {
      const auto key = transaction.FindKey(each.key);
      if (!key || !transaction.HasRangeIndex(*label, *key)) continue;
      StartAt range = RangeOf(comparisons, each.key);
      const double rows = RowsOf(range, count);
      offer(std::move(range), name, rows);
    }
  }
  return best;
}

}  // namespace plenum::plan
