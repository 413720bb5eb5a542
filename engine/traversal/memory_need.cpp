// See memory_need.h.
#include "engine/traversal/memory_need.h"

#include <algorithm>
#include <string>

namespace plenum::traversal {
namespace {

Error MemoryError(std::string message) {
  return {.type = ErrorType::kResourceExhausted, .detail = "", .message = std::move(message), .place = {}};
}

}  // namespace

Status CheckMemory(std::string_view algorithm, const RunOptions& run, std::uint64_t bytes) {
  if (!run.memory_bytes_max || bytes <= *run.memory_bytes_max) return {};
  return MemoryError(std::string(algorithm) + " needs " + std::to_string(bytes) + " bytes of memory, and may take " +
                     std::to_string(*run.memory_bytes_max) + ": raise the limit, or take less of the graph");
}

Result<RunOptions> WithThreadsThatFit(std::string_view algorithm, const RunOptions& run, std::uint64_t shared,
                                      std::uint64_t per_thread) {
  if (Status status = CheckMemory(algorithm, run, shared + per_thread); !status.ok()) return std::move(status).error();
  RunOptions fitting = run;
  if (run.memory_bytes_max && per_thread != 0) {
    const std::uint64_t fit = (*run.memory_bytes_max - shared) / per_thread;
    fitting.threads = static_cast<unsigned>(std::min<std::uint64_t>(run.threads, fit));
  }
  return fitting;
}

Error NoMemoryError(std::string_view algorithm) {
  return MemoryError("there was no memory left for " + std::string(algorithm));
}

}  // namespace plenum::traversal
