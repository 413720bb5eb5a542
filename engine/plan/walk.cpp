// The children of each kind of bound expression, and what is asked of them all.
#include "engine/plan/walk.h"

#include <algorithm>

namespace plenum::plan {
namespace {

using Visit = std::function<void(const Expression&)>;

void Maybe(const std::optional<Box<Expression>>& child, const Visit& visit) {
  if (child) visit(**child);
}

void Children(const Constant&, const Visit&) {}
void Children(const ParameterRef&, const Visit&) {}
void Children(const SlotRef&, const Visit&) {}
void Children(const Subquery&, const Visit&) {}
void Children(const PropertyAccess& node, const Visit& visit) { visit(*node.object); }
void Children(const LabelTest& node, const Visit& visit) { visit(*node.object); }
void Children(const Unary& node, const Visit& visit) { visit(*node.operand); }
void Children(const NullTest& node, const Visit& visit) { visit(*node.operand); }
void Children(const Subscript& node, const Visit& visit) {
  visit(*node.object);
  visit(*node.index);
}
void Children(const Slice& node, const Visit& visit) {
  visit(*node.object);
  Maybe(node.first, visit);
  Maybe(node.end, visit);
}
void Children(const Chain& node, const Visit& visit) {
  visit(*node.first);
  for (const Operation& operation : node.rest) visit(*operation.operand);
}
void Children(const Call& node, const Visit& visit) {
  for (const Expression& argument : node.arguments) visit(argument);
}
void Children(const Case& node, const Visit& visit) {
  Maybe(node.subject, visit);
  for (const CaseBranch& branch : node.branches) {
    visit(*branch.when);
    visit(*branch.then);
  }
  Maybe(node.otherwise, visit);
}
void Children(const MakeList& node, const Visit& visit) {
  for (const Expression& element : node.elements) visit(element);
}
void Children(const MakeMap& node, const Visit& visit) {
  for (const auto& [key, value] : node.entries) visit(value);
}
void Children(const MapProjection& node, const Visit& visit) {
  visit(*node.object);
  for (const auto& [key, value] : node.entries) visit(value);
}
void Children(const ListComprehension& node, const Visit& visit) {
  visit(*node.list);
  Maybe(node.where, visit);
  Maybe(node.map, visit);
}
void Children(const Quantifier& node, const Visit& visit) {
  visit(*node.list);
  Maybe(node.where, visit);
}
void Children(const Reduce& node, const Visit& visit) {
  visit(*node.initial);
  visit(*node.list);
  visit(*node.step);
}

}  // namespace

bool ReadsSlot(const Expression& expression, Slot slot) {
  if (const auto* ref = std::get_if<SlotRef>(&expression.node)) return ref->slot == slot;
  if (const auto* subquery = std::get_if<Subquery>(&expression.node)) {
    return std::ranges::find(subquery->reads, slot) != subquery->reads.end();
  }
  bool reads = false;
  ForEachChild(expression, [&](const Expression& child) { reads = reads || ReadsSlot(child, slot); });
  return reads;
}

void AddSlotsRead(const Expression& expression, std::set<Slot>& slots) {
  if (const auto* ref = std::get_if<SlotRef>(&expression.node)) slots.insert(ref->slot);
  if (const auto* subquery = std::get_if<Subquery>(&expression.node)) {
    slots.insert(subquery->reads.begin(), subquery->reads.end());
  }
  ForEachChild(expression, [&](const Expression& child) { AddSlotsRead(child, slots); });
  // No other expression has them.
  if (const auto* comprehension = std::get_if<ListComprehension>(&expression.node)) slots.erase(comprehension->element);
  if (const auto* quantifier = std::get_if<Quantifier>(&expression.node)) slots.erase(quantifier->element);
  if (const auto* reduce = std::get_if<Reduce>(&expression.node)) {
    slots.erase(reduce->element);
    slots.erase(reduce->accumulator);
  }
}

void ForEachChild(const Expression& expression, const Visit& visit) {
  std::visit([&](const auto& node) { Children(node, visit); }, expression.node);
}

}  // namespace plenum::plan
