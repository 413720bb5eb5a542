// Calling a procedure for one row: its arguments, checked, and the rows of its answer, checked too.
#pragma once

#include <functional>
#include <vector>

#include "engine/execution/evaluator.h"

namespace plenum::execution {

// Takes a row of an answer, one value an output; false: no more are wanted.
using AnswerVisit = std::function<bool(const List& row)>;

// Calls the procedure with what its arguments are for `row`, and `visit` for each row of its answer; false when it did
// not want all of them. Raises TypeError InvalidArgumentType for an argument that the declaration does not take,
// ProcedureError for an answer that it does not give, the procedure's own errors, and what `visit` raises.
bool CallProcedure(Evaluator& evaluator, const plan::CallProcedure& call, Row& row, const AnswerVisit& visit);

// The language's own procedures, each with as many arguments as it declares. db.…: the names that something in the
// graph has, sorted, one a row.
std::vector<List> CallCatalogProcedure(QueryContext& context, plan::BuiltInProcedure procedure);
// graph.…: algorithms and searches over what is committed, whose rows are given as they are found; a UsageError in a
// transaction that has written. `visit` must not raise anything, and is not called again after it said no.
void CallGraphProcedure(QueryContext& context, const plan::KnownProcedure& procedure, const List& arguments,
                        const AnswerVisit& visit);

}  // namespace plenum::execution
