// The memory that searches and algorithms take: judged before it is taken, and an error where there is none.
#pragma once

#include <cstdint>
#include <new>
#include <string_view>
#include <type_traits>

#include "plenum/run_options.h"
#include "plenum/status.h"

namespace plenum::traversal {

// ResourceExhausted where `bytes`, all that `algorithm` holds or is about to, are more than it may.
Status CheckMemory(std::string_view algorithm, const RunOptions& run, std::uint64_t bytes);

// `run` with as many of its threads as fit, one at least: each takes `per_thread` bytes, all together `shared` more.
// ResourceExhausted where not even one fits.
Result<RunOptions> WithThreadsThatFit(std::string_view algorithm, const RunOptions& run, std::uint64_t shared,
                                      std::uint64_t per_thread);

Error NoMemoryError(std::string_view algorithm);

// What work() answers with, a Status or a Result: where the system has no memory left, an error. Each algorithm does
// all of its work inside of one.
template <class Work>
std::invoke_result_t<Work> WithinMemory(std::string_view algorithm, Work work) {
  try {
    return work();
  } catch (const std::bad_alloc&) {
    return NoMemoryError(algorithm);
  }
}

}  // namespace plenum::traversal
