// A statement is bound once, and what came of it is given to both executors.
#include "tests/differential/trial.h"

#include <fmt/format.h>

#include "engine/statement.h"

namespace plenum::tests {

Outcome Try(const Executors& executors, StoredGraph& graph, const GeneratedQuery& query) {
  const Result<plan::Statement> statement = Prepare(query.text, {.parameters = query.parameters}, {});
  if (!statement) {
    const Error& error = statement.error();
    return {.error = fmt::format("{} {}", ErrorTypeName(error.type), error.detail), .difference = ""};
  }
  const Observation first = Observe(executors.first, graph, *statement, query);
  const Observation second = Observe(executors.second, graph, *statement, query);
  Outcome outcome{.error = first.error, .difference = Difference(first, second, query)};
  if (first.gave_up || second.gave_up) {
    outcome.ending = Ending::kGaveUp;
  } else if (first.error.empty()) {
    outcome.ending = first.rows.empty() ? Ending::kNoRows : Ending::kRows;
  }
  return outcome;
}

}  // namespace plenum::tests
