// Running a logical plan.
#pragma once

#include "engine/execution/execute.h"
#include "engine/plan/logical_plan.h"

namespace plenum::execution {

// As Execute, by operators over batches.
Result<QueryResult> ExecutePlan(const plan::Plan& plan, graph::Transaction& transaction, const ExecuteOptions& options);

}  // namespace plenum::execution
