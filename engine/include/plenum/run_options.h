// How an algorithm over a graph runs: on how many threads, and who may stop it.
#pragma once

#include <functional>

#include "plenum/status.h"

namespace plenum {

struct RunOptions {
  // At most so many threads work, the calling one among them. 1: the calling thread alone. Where more would not pay,
  // fewer are used; the answer is the same for any number.
  unsigned threads = 1;
  // Asked by the calling thread, often enough that who waits for a cancellation does not notice (every few
  // milliseconds), with how much of the work is done, from 0 to 1 and never less than before; an estimate. An error
  // ends the algorithm, which returns it. Empty: nobody asks.
  std::function<Status(double done)> poll;
};

}  // namespace plenum
