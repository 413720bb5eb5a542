// How an algorithm over a graph runs: on how many threads, in how much memory, and who may stop it.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "plenum/status.h"

namespace plenum {

struct RunOptions {
  // At most so many threads work, the calling one among them. 1: the calling thread alone. Where more would not pay,
  // would not fit into the memory, or cannot be started, fewer are used; the answer is the same for any number.
  unsigned threads = 1;
  // Asked by the calling thread, often enough that who waits for a cancellation does not notice (every few
  // milliseconds), with how much of the work is done, from 0 to 1 and never less than before; an estimate. An error
  // ends the algorithm, which returns it. Empty: nobody asks.
  //
  // Nobody is asked while the edges of one node are read or sorted (some milliseconds a million), while arrays of a
  // number for each node are made, cleared or summed up (some milliseconds for ten million), and where an algorithm
  // says so. What is thrown here ends the algorithm too, and leaves it once no thread works any longer.
  std::function<Status(double done)> poll = {};
  // At most so many bytes beside the graph that is read, the answer included; absent: no limit. Judged before they are
  // taken, by what each algorithm says it takes, without what it says that it takes only as it goes. Where it does not
  // fit, the error is ResourceExhausted, with both figures. So it is where the system has no memory left, whatever this
  // says.
  std::optional<std::uint64_t> memory_bytes_max = std::nullopt;
};

}  // namespace plenum
