// What an executor makes of a statement, taken down, and in what two of them differ.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "engine/execution/execute.h"
#include "tests/differential/query_generator.h"
#include "tests/differential/random_graph.h"

namespace plenum::tests {

using Executor =
    std::function<Result<QueryResult>(const plan::Statement&, graph::Transaction&, const execution::ExecuteOptions&)>;

struct Observation {
  std::string error;  // type and detail; empty where there is an answer
  // It ran into the deadline or the memory limit: what it would have answered is not known.
  bool gave_up = false;
  std::vector<std::string> columns;
  std::vector<std::vector<Value>> rows;
  std::vector<std::string> row_texts;  // canonical, of rows
  QueryStatistics statistics;
  std::vector<std::string> graph;  // afterwards, canonical; of a statement that writes
};

// Runs the statement in a transaction of its own, which is rolled back.
Observation Observe(const Executor& executor, StoredGraph& graph, const plan::Statement& statement,
                    const GeneratedQuery& query);

// How the second answer differs from the first, for a person; empty when it does not, or one of the two gave up.
std::string Difference(const Observation& first, const Observation& second, const GeneratedQuery& query);

}  // namespace plenum::tests
