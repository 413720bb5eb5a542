// What one running query has at hand: its transaction, parameters, counters and limits.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "plenum/plenum.h"
#include "plenum/value.h"

namespace plenum::execution {

// One value a slot; as wide as the statement has slots (plan::Statement::row_width).
using Row = std::vector<Value>;

class GraphWriter;
struct KeptProjection;

struct QueryContext {
  graph::Transaction& transaction;
  const Map& parameters;
  const Row* outer_row = nullptr;  // with which the innermost running query began
  const std::atomic<bool>* cancel = nullptr;
  std::optional<std::chrono::steady_clock::time_point> deadline;
  std::uint64_t memory_bytes_max = 0;
  unsigned threads = 1;                 // for algorithms over the whole graph
  std::string_view load_csv_directory;  // resolved; empty: no files may be read

  GraphWriter* late_deletes = nullptr;                         // of the outermost FOREACH or CALL { }: see LateDeletes
  std::shared_ptr<const KeptProjection> projection = nullptr;  // the last that a procedure made: see GraphCall

  // Whether a DELETE has left the node to late_deletes: nothing finds or reads it any more.
  bool Doomed(NodeId node) const;

  QueryStatistics statistics;
  std::uint64_t memory_bytes = 0;  // of rows that are held, about

  // Raises Cancelled or Timeout when it is time to stop, and lets go of memory that others wait for. Cheap: call it for
  // each row and each hop.
  void Poll();
  Status PollStatus() const;  // whether it is time to stop, as a value; for who holds nothing back that others need

  // Counts memory that rows in `clause` take; raises ResourceExhausted when the query has more than its share.
  void Charge(std::uint64_t bytes, std::string_view clause);
  // The row itself, its texts and paths; lists and maps are shared.
  void Charge(const Row& row, std::string_view clause);
};

}  // namespace plenum::execution
