// See column_intervals.h.
#include "engine/storage/column_intervals.h"

#include <algorithm>
#include <vector>

#include "engine/storage/bit_lane.h"
#include "engine/storage/column_form.h"

namespace plenum::storage {
namespace {

constexpr std::array kLanes = {&IntervalEnds::certain_from, &IntervalEnds::possible_from, &IntervalEnds::certain_until,
                               &IntervalEnds::possible_until};

bool IsFinite(std::int64_t day) { return day != kEver && day != kNever; }

// Of bytes: both that have no bound come first, so that a lane of one of them alone is narrow.
constexpr std::uint64_t kEverCode = 0;
constexpr std::uint64_t kNeverCode = 1;
constexpr std::uint64_t kLeastCode = 2;

IntervalFrame FrameOf(std::span<const IntervalEnds> intervals) {
  std::optional<std::int64_t> least;
  std::optional<std::int64_t> greatest;
  IntervalFrame frame;
  for (const IntervalEnds& ends : intervals) {
    for (const auto lane : kLanes) {
      if (!IsFinite(ends.*lane)) continue;
      if (!least || ends.*lane < *least) least = ends.*lane;
      if (!greatest || ends.*lane > *greatest) greatest = ends.*lane;
    }
    frame.froms_differ = frame.froms_differ || ends.certain_from != ends.possible_from;
    frame.untils_differ = frame.untils_differ || ends.certain_until != ends.possible_until;
  }
  frame.least = least.value_or(0);
  frame.range = static_cast<std::uint64_t>(greatest.value_or(0)) - static_cast<std::uint64_t>(frame.least);
  return frame;
}

}  // namespace

std::optional<IntervalEnds> EndsOf(const Interval& interval) {
  IntervalEnds ends;
  for (const auto& end : {interval.from, interval.until}) {
    if (end && !(IsFinite(end->earliest.value_or(0)) && IsFinite(end->latest.value_or(0)))) return std::nullopt;
  }
  if (interval.from) {
    ends.certain_from = interval.from->latest.value_or(kNever);
    ends.possible_from = interval.from->earliest.value_or(kEver);
  }
  if (interval.until) {
    ends.certain_until = interval.until->earliest.value_or(kEver);
    ends.possible_until = interval.until->latest.value_or(kNever);
  }
  if (ends.possible_from >= ends.possible_until) return std::nullopt;
  return ends;
}

Interval IntervalOf(const IntervalEnds& ends) {
  const auto bound = [](std::int64_t day) { return IsFinite(day) ? std::optional(day) : std::nullopt; };
  Interval interval;
  if (ends.certain_from != kEver) interval.from = PartialDate{bound(ends.possible_from), bound(ends.certain_from)};
  if (ends.certain_until != kNever) interval.until = PartialDate{bound(ends.certain_until), bound(ends.possible_until)};
  return interval;
}

void AppendIntervals(std::string& out, std::span<const IntervalEnds> intervals) {
  const IntervalFrame frame = FrameOf(intervals);
  AppendSigned(out, frame.least);
  AppendVarint(out, frame.range);
  AppendByte(out, (frame.froms_differ ? kFromsDiffer : 0) | (frame.untils_differ ? kUntilsDiffer : 0));
  std::vector<std::uint64_t> codes(intervals.size());
  for (const auto lane : kLanes) {
    if (lane == &IntervalEnds::possible_from && !frame.froms_differ) continue;
    if (lane == &IntervalEnds::possible_until && !frame.untils_differ) continue;
    for (std::size_t i = 0; i < codes.size(); ++i) {
      const std::int64_t day = intervals[i].*lane;
      codes[i] = day == kEver ? kEverCode
                 : day == kNever
                     ? kNeverCode
                     : kLeastCode + static_cast<std::uint64_t>(day) - static_cast<std::uint64_t>(frame.least);
    }
    AppendLane(out, codes, LaneWidthOf(codes));
  }
}

IntervalFrame ReadIntervalFrame(ByteReader& reader) {
  IntervalFrame frame;
  frame.least = reader.Signed();
  frame.range = reader.Varint();
  const std::uint8_t flags = reader.Byte();
  if (flags > (kFromsDiffer | kUntilsDiffer)) reader.Fail();
  frame.froms_differ = (flags & kFromsDiffer) != 0;
  frame.untils_differ = (flags & kUntilsDiffer) != 0;
  // The greatest day too is below kNever.
  const std::uint64_t beyond = static_cast<std::uint64_t>(kNever) - static_cast<std::uint64_t>(frame.least);
  if (frame.least == kEver || frame.range >= beyond) reader.Fail();
  return frame;
}

void ReadIntervalLane(ByteReader& reader, const IntervalFrame& frame, std::span<std::uint64_t> numbers) {
  ReadLane(reader, numbers);
  if (!reader.ok()) return;
  for (std::uint64_t& number : numbers) {
    if (number > frame.top()) return reader.Fail();
    number = number == kEverCode ? 0 : number == kNeverCode ? frame.top() : number - 1;
  }
}

}  // namespace plenum::storage
