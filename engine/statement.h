// What happens to every statement, whichever door it came in by: it is prepared from its text, and run in a
// transaction.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"
#include "engine/plan/procedures.h"
#include "plenum/plenum.h"

namespace plenum {

// Parses and binds. Errors: those of the text, and parameters that are no sound values.
Result<plan::Statement> Prepare(std::string_view text, const QueryOptions& options, const plan::Procedures& procedures);

// Until when a query may run, waiting for its turn included.
using Deadline = std::optional<std::chrono::steady_clock::time_point>;
Deadline DeadlineOf(const QueryOptions& options);

// Runs a query in `transaction`, or explains it. `text` is what it was prepared from; `open` are
// its database's own.
Result<QueryResult> Run(const plan::Statement& statement, std::string_view text, graph::Transaction& transaction,
                        const QueryOptions& options, Deadline deadline, const OpenOptions& open);

// How long to wait for the writer before: no longer than the query may take.
std::uint32_t WriteWait(Deadline deadline);

// Whether running it needs a write transaction.
bool Writes(const plan::Statement& statement);

}  // namespace plenum
