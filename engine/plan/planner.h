// From a bound query to a logical plan.
#pragma once

#include <optional>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"
#include "engine/plan/logical_plan.h"
#include "engine/plan/rewrites.h"

namespace plenum::plan {

// The plan of a query, made better by all `rewrites`. It points into `statement`, and rests on the graph as
// `transaction` sees it. Absent where the query has a clause that no operator does yet.
std::optional<Plan> MakePlan(const Statement& statement, graph::Transaction& transaction, const Rewrites& rewrites);

}  // namespace plenum::plan
