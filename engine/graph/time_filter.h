// Which relationships hold on a day: one by one, and all those of a segment at once.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>

#include "engine/storage/segment.h"
#include "plenum/value.h"

namespace plenum::graph {

struct TimeFilter {
  static constexpr std::int64_t kFarthestDay = std::int64_t{1} << 62;  // beyond stand marks of what has no bound
  TimeFilter(std::int64_t at, bool for_certain);

  std::int64_t day;
  bool certainly;

  bool Passes(const std::optional<Interval>& validity) const;

  // What the bounds of a segment tell.
  enum class Verdict : std::uint8_t { kAll, kNone, kSome };  // hold on the day
  Verdict OnAll(const storage::Segment& segment) const;

  // A bit for each entry of the lane, set where it holds, and a word more, so that two next to each other may be read
  // from any place in it.
  std::unique_ptr<std::uint64_t[]> Holding(const storage::ValidityLane& lane) const;
};

}  // namespace plenum::graph
