// The door of this folder: a bound statement in, rows out.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>
#include <string_view>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"
#include "plenum/plenum.h"

namespace plenum::execution {

struct ExecuteOptions {
  const Map& parameters;
  const std::atomic<bool>* cancel = nullptr;
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::uint64_t memory_bytes_max = 0;   // 0: no limit
  unsigned threads = 1;                 // for algorithms over the whole graph
  std::string_view load_csv_directory;  // resolved (file_access.h); empty: LOAD CSV may read no files
};

// Runs `statement` in `transaction`, which must be writable when the statement writes. On an error the transaction
// holds whatever was written until then: the caller undoes it. Error places have spans only; lines and columns are the
// caller's.
Result<QueryResult> Execute(const plan::Statement& statement, graph::Transaction& transaction,
                            const ExecuteOptions& options);

}  // namespace plenum::execution
