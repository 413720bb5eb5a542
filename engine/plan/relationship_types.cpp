// See relationship_types.h.
#include "engine/plan/relationship_types.h"

#include <algorithm>

namespace plenum::plan {
namespace {

bool Allows(const ast::LabelExpression& types, std::string_view name) {
  const auto allows = [&](const ast::LabelExpression& operand) { return Allows(operand, name); };
  if (const auto* one = std::get_if<ast::Name>(&types.node)) return one->text == name;
  if (const auto* negation = std::get_if<ast::LabelNot>(&types.node)) return !allows(*negation->operand);
  if (const auto* all = std::get_if<ast::LabelAll>(&types.node)) return std::ranges::all_of(all->operands, allows);
  if (const auto* some = std::get_if<ast::LabelAny>(&types.node)) return std::ranges::any_of(some->operands, allows);
  return true;  // any
}

}  // namespace

std::vector<graph::TypeId> TypesOf(const ast::LabelExpression* types, const graph::Transaction& transaction) {
  std::vector<graph::TypeId> allowed = transaction.Types();
  if (types == nullptr) return allowed;
  std::erase_if(allowed, [&](graph::TypeId type) { return !Allows(*types, transaction.NameOf(type)); });
  return allowed;
}

}  // namespace plenum::plan
