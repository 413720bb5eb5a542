// The heap of a test's program, watched: how much of it is taken at most, and what happens when there is none left.
#pragma once

#include <cstdint>

namespace plenum::tests {

// From now on: how many bytes are taken at most, more than now.
void WatchMemory();
std::uint64_t MostTaken();

// The allocation after so many more, of whatever thread, finds no memory.
void FailAllocationAfter(std::int64_t allocations);
// No allocation does. Whether one has.
bool StopFailing();

}  // namespace plenum::tests
