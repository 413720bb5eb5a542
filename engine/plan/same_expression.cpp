// Sameness of bound expressions: the same kind of node, the same data in it, the same children in order.
#include "engine/plan/same_expression.h"

#include <algorithm>
#include <map>

#include "engine/plan/walk.h"

namespace plenum::plan {
namespace {

class Comparer {
 public:
  explicit Comparer(const Sameness& sameness) : sameness_(sameness) {}

  bool Same(const Expression& a, const Expression& b) {
    if (a.node.index() != b.node.index()) return false;
    const bool same = std::visit(
        [&](const auto& node) { return SameData(node, std::get<std::decay_t<decltype(node)>>(b.node), a, b); }, a.node);
    if (!same) return false;
    const std::vector<const Expression*> ours = Children(a);
    const std::vector<const Expression*> theirs = Children(b);
    return std::ranges::equal(ours, theirs, [&](const auto* x, const auto* y) { return Same(*x, *y); });
  }

 private:
  static std::vector<const Expression*> Children(const Expression& expression) {
    std::vector<const Expression*> children;
    ForEachChild(expression, [&](const Expression& child) { children.push_back(&child); });
    return children;
  }

  // The variables of list expressions: each stands for the other from here on.
  bool Pair(Slot a, Slot b) {
    locals_[a] = b;
    return true;
  }
  static bool SameKeys(const NamedExpressions& a, const NamedExpressions& b) {
    return std::ranges::equal(a, b, [](const auto& x, const auto& y) { return x.first == y.first; });
  }

  bool SameData(const Constant& a, const Constant& b, const Expression&, const Expression&) {
    return a.value.kind() == b.value.kind() && Order(a.value, b.value) == 0;
  }
  bool SameData(const ParameterRef& a, const ParameterRef& b, const Expression&, const Expression&) {
    return a.name == b.name;
  }
  bool SameData(const SlotRef& a, const SlotRef& b, const Expression&, const Expression&) {
    const auto local = locals_.find(a.slot);
    if (local != locals_.end()) return local->second == b.slot;
    return a.slot == b.slot || sameness_.same_slots(a.slot, b.slot);
  }
  bool SameData(const PropertyAccess& a, const PropertyAccess& b, const Expression&, const Expression&) {
    return a.key == b.key;
  }
  bool SameData(const Subscript&, const Subscript&, const Expression&, const Expression&) { return true; }
  bool SameData(const Slice& a, const Slice& b, const Expression&, const Expression&) {
    return a.first.has_value() == b.first.has_value() && a.end.has_value() == b.end.has_value();
  }
  bool SameData(const LabelTest& a, const LabelTest& b, const Expression&, const Expression&) {
    return sameness_.same_text(a.labels.span, b.labels.span);
  }
  bool SameData(const Unary& a, const Unary& b, const Expression&, const Expression&) { return a.op == b.op; }
  bool SameData(const Chain& a, const Chain& b, const Expression&, const Expression&) {
    return std::ranges::equal(a.rest, b.rest, {}, &Operation::op, &Operation::op);
  }
  bool SameData(const NullTest& a, const NullTest& b, const Expression&, const Expression&) {
    return a.negated == b.negated;
  }
  bool SameData(const Call& a, const Call& b, const Expression&, const Expression&) { return a.function == b.function; }
  bool SameData(const Case& a, const Case& b, const Expression&, const Expression&) {
    return a.subject.has_value() == b.subject.has_value() && a.otherwise.has_value() == b.otherwise.has_value();
  }
  bool SameData(const MakeList&, const MakeList&, const Expression&, const Expression&) { return true; }
  bool SameData(const MakeMap& a, const MakeMap& b, const Expression&, const Expression&) {
    return SameKeys(a.entries, b.entries);
  }
  bool SameData(const MapProjection& a, const MapProjection& b, const Expression&, const Expression&) {
    return a.all == b.all && SameKeys(a.entries, b.entries);
  }
  bool SameData(const ListComprehension& a, const ListComprehension& b, const Expression&, const Expression&) {
    return a.where.has_value() == b.where.has_value() && Pair(a.element, b.element);
  }
  bool SameData(const Quantifier& a, const Quantifier& b, const Expression&, const Expression&) {
    return a.kind == b.kind && Pair(a.element, b.element);
  }
  bool SameData(const Reduce& a, const Reduce& b, const Expression&, const Expression&) {
    return Pair(a.accumulator, b.accumulator) && Pair(a.element, b.element);
  }
  bool SameData(const Subquery&, const Subquery&, const Expression& a, const Expression& b) {
    return sameness_.same_text(a.span, b.span);
  }

  const Sameness& sameness_;
  std::map<Slot, Slot> locals_;
};

}  // namespace

bool SameExpression(const Expression& a, const Expression& b, const Sameness& sameness) {
  return Comparer(sameness).Same(a, b);
}

}  // namespace plenum::plan
