// What the shape of a node must satisfy beyond its grammar: checked, or completed, as soon as the node is parsed.
//
// Called by the grammar for each rule whose node has an overload here. All throw a Refusal.
#pragma once

#include "parser/ast.h"

namespace plenum::syntax {

// Completes a path so that nodes stand around its groups, and takes apart a path in plain parentheses.
void Finish(ast::PathPattern& path);

// How a query may end depends on where it stands: CALL { } with RETURN, an update or a procedure alone; EXISTS { } and
// COUNT { } with anything, COLLECT { } with RETURN.
void Finish(ast::CallSubquery& call);
void Finish(ast::Subquery& subquery);

// The same for a statement, which ends as CALL { } does. Called when all of the text is known to be good: a query that
// seems to end too early goes on with a misspelt word, more often than not.
void CheckStatement(const ast::Statement& statement);

}  // namespace plenum::syntax
