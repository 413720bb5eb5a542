// Limits of a running query.
#include "engine/execution/query_context.h"

#include <fmt/format.h>

#include "engine/execution/evaluation_error.h"

namespace plenum::execution {

void QueryContext::Poll() {
  if (cancel && cancel->load(std::memory_order_relaxed)) Raise(ErrorType::kCancelled, "", "the query was cancelled");
  if (deadline && std::chrono::steady_clock::now() > *deadline)
    Raise(ErrorType::kTimeout, "", "the query ran past its time limit");
}

void QueryContext::Charge(std::uint64_t bytes, std::string_view clause) {
  memory_bytes += bytes;
  if (memory_bytes_max == 0 || memory_bytes <= memory_bytes_max) return;
  Raise(ErrorType::kResourceExhausted, "",
        fmt::format("the rows of {} take more than the {} MB that this query may use: ask for less, or raise the limit",
                    clause, memory_bytes_max >> 20));
}

}  // namespace plenum::execution
