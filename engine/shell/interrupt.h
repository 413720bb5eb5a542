// Ctrl-C while a query runs: the signal sets a flag that the query polls (QueryOptions::cancel).
//
// A second one, when the first has not been answered, ends the program as if it had not been caught.
#pragma once

#include <atomic>

namespace plenum::shell {

// From now on Ctrl-C (SIGINT) sets the flag.
void CatchInterrupts();

// The flag; false again after ClearInterrupt.
const std::atomic<bool>& Interrupted();
void ClearInterrupt();

}  // namespace plenum::shell
