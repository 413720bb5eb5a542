// Kinds of variables.
#include "tests/differential/scope.h"

#include <algorithm>
#include <iterator>

namespace plenum::tests {

bool IsElement(Kind kind) { return kind == Kind::kNode || kind == Kind::kRelationship; }

bool HasElements(Kind kind) { return kind <= Kind::kChosenPath; }

bool IsDetermined(Kind kind) { return kind != Kind::kChosenPath && kind != Kind::kBag; }

Kind OneOfEqual(Kind kind) {
  switch (kind) {
    case Kind::kNumber:
    case Kind::kValue:
    case Kind::kMap:
      return Kind::kSomeOf;
    default:
      return kind;
  }
}

std::vector<Variable> Scope::Of(std::initializer_list<Kind> kinds) const {
  std::vector<Variable> found;
  std::ranges::copy_if(variables_, std::back_inserter(found),
                       [&](const Variable& each) { return std::ranges::find(kinds, each.kind) != kinds.end(); });
  return found;
}

void Scope::MayBeNullFrom(std::size_t first) {
  for (std::size_t i = first; i < variables_.size(); ++i) variables_[i].may_be_null = true;
}

}  // namespace plenum::tests
