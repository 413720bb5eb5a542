// Limits of a running query.
#include "engine/execution/query_context.h"

#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/graph_writer.h"

namespace plenum::execution {

bool QueryContext::Doomed(NodeId node) const { return late_deletes && late_deletes->Dooms(node); }

void QueryContext::Poll() {
  transaction.Release();
  if (cancel || deadline) Take(PollStatus());
}

Status QueryContext::PollStatus() const {
  const auto stop = [](ErrorType type, std::string message) {
    return Error{.type = type, .detail = "", .message = std::move(message), .place = {}};
  };
  if (cancel && cancel->load(std::memory_order_relaxed)) return stop(ErrorType::kCancelled, "the query was cancelled");
  if (deadline && std::chrono::steady_clock::now() > *deadline) {
    return stop(ErrorType::kTimeout, "the query ran past its time limit");
  }
  return {};
}

void QueryContext::Charge(const Row& row, std::string_view clause) {
  std::uint64_t bytes = row.size() * sizeof(Value) + 64;
  for (const Value& value : row) {
    if (value.kind() == Value::Kind::kString) bytes += value.string().capacity();
    if (value.kind() != Value::Kind::kPath) continue;
    const Path& path = value.path();
    bytes += path.nodes.size() * sizeof(Node) + path.relationships.size() * sizeof(Relationship);
  }
  Charge(bytes, clause);
}

void QueryContext::Charge(std::uint64_t bytes, std::string_view clause) {
  memory_bytes += bytes;
  if (memory_bytes_max == 0 || memory_bytes <= memory_bytes_max) return;
  Raise(ErrorType::kResourceExhausted, "",
        fmt::format("the rows of {} take more than the {} MB that this query may use: ask for less, or raise the limit",
                    clause, memory_bytes_max >> 20));
}

}  // namespace plenum::execution
