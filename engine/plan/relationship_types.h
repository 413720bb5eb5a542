// Which relationship types a pattern allows.
#pragma once

#include <vector>

#include "engine/graph/graph.h"
#include "parser/ast.h"

namespace plenum::plan {

// Of all types that there ever were, those that satisfy `types`; all, where it is null. Ascending.
std::vector<graph::TypeId> TypesOf(const ast::LabelExpression* types, const graph::Transaction& transaction);

}  // namespace plenum::plan
