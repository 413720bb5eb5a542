// A statement is bound once, and what came of it is given to both executors.
#include "tests/differential/trial.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/statement.h"

namespace plenum::tests {

namespace {

bool IsZero(const Value& value) {
  return value.is_null() || (value.kind() == Value::Kind::kInteger && value.integer() == 0);
}

Ending EndingOf(const Observation& observation) {
  if (observation.gave_up) return Ending::kGaveUp;
  if (!observation.error.empty()) return Ending::kError;
  if (observation.rows.empty()) return Ending::kNoRows;
  const bool zero = observation.rows.size() == 1 && std::ranges::all_of(observation.rows.front(), IsZero);
  return zero ? Ending::kZero : Ending::kRows;
}

}  // namespace

Outcome Try(const Executors& executors, StoredGraph& graph, const GeneratedQuery& query) {
  const Result<plan::Statement> statement = Prepare(query.text, {.parameters = query.parameters}, {});
  if (!statement) {
    const Error& error = statement.error();
    return {.error = fmt::format("{} {}", ErrorTypeName(error.type), error.detail), .difference = ""};
  }
  const Observation first = Observe(executors.first, graph, *statement, query);
  const Observation second = Observe(executors.second, graph, *statement, query);
  Outcome outcome{.error = first.error, .difference = Difference(first, second, query)};
  outcome.ending = second.gave_up ? Ending::kGaveUp : EndingOf(first);
  return outcome;
}

}  // namespace plenum::tests
