// The executors that are compared.
#pragma once

#include "engine/execution/execute_plan.h"
#include "engine/plan/planner.h"
#include "tests/differential/compare.h"

namespace plenum::tests {

// By operators over batches, with these rewrites; where they cannot do it yet, row by row.
inline Executor Batches(const plan::Rewrites& rewrites = {}) {
  return [rewrites](const plan::Statement& statement, graph::Transaction& transaction,
                    const execution::ExecuteOptions& options) -> Result<QueryResult> {
    if (transaction.changes() == 0) {
      if (const auto plan = plan::MakePlan(statement, transaction, rewrites)) {
        return execution::ExecutePlan(*plan, transaction, options);
      }
    }
    return execution::Execute(statement, transaction, options);
  };
}

}  // namespace plenum::tests
