// Calling a procedure for one row: its arguments, checked, and the rows of its answer, checked too.
#pragma once

#include <vector>

#include "engine/execution/evaluator.h"

namespace plenum::execution {

// The rows of the answer, one value an output. Raises TypeError InvalidArgumentType for an argument that the
// declaration does not take, ProcedureError for an answer that it does not give, and the procedure's own errors.
std::vector<List> CallProcedure(Evaluator& evaluator, const plan::CallProcedure& call, Row& row);

// The language's own procedures, each with as many arguments as it declares. db.…: the names that something in the
// graph has, sorted, one a row.
std::vector<List> CallCatalogProcedure(QueryContext& context, plan::BuiltInProcedure procedure);
// graph.…: algorithms over what is committed; a UsageError in a transaction that has written.
std::vector<List> CallGraphProcedure(QueryContext& context, const plan::KnownProcedure& procedure,
                                     const List& arguments);

}  // namespace plenum::execution
