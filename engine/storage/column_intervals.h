// Intervals as four days each, so that a column of them is lanes of numbers: whether one holds on a day is whether two
// of its days are on the right sides of it.
#pragma once

#include <array>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>

#include "engine/storage/byte_code.h"
#include "plenum/value.h"

namespace plenum::storage {

// A day without bounds is one of these; a day that is really so far away keeps its interval out of this form.
inline constexpr std::int64_t kEver = std::numeric_limits<std::int64_t>::min();
inline constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();

struct IntervalEnds {
  std::int64_t certain_from = kEver;     // the latest day that it may begin on; kEver only when it has no beginning
  std::int64_t possible_from = kEver;    // the earliest
  std::int64_t certain_until = kNever;   // the earliest day that it may end on; kNever only when it has no end
  std::int64_t possible_until = kNever;  // the latest
};

// Absent when a day is too far away, or the interval is empty whichever days are meant.
std::optional<IntervalEnds> EndsOf(const Interval& interval);
Interval IntervalOf(const IntervalEnds& ends);

// The body of a column of intervals, as column.h specifies it.
void AppendIntervals(std::string& out, std::span<const IntervalEnds> intervals);

// What the lanes of such a body are made of. The first finite day is the number 1.
struct IntervalFrame {
  std::int64_t least = 0;
  std::uint64_t range = 0;  // of the finite days
  bool froms_differ = false;
  bool untils_differ = false;

  std::uint64_t top() const { return range + 2; }  // the number of kNever; that of kEver is 0
};
IntervalFrame ReadIntervalFrame(ByteReader& reader);
// One lane, from its bytes: the numbers are 0 … top().
void ReadIntervalLane(ByteReader& reader, const IntervalFrame& frame, std::span<std::uint64_t> numbers);

}  // namespace plenum::storage
