// See time_filter.h.
#include "engine/graph/time_filter.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <vector>

namespace plenum::graph {
namespace {

constexpr std::size_t kWord = 64;

// Of eight bytes that are 0 or 1, the lowest bits side by side.
std::uint64_t LowestBits(const std::uint8_t* bytes) {
  std::uint64_t word;
  std::memcpy(&word, bytes, sizeof word);
  return word * 0x0102040810204080 >> 56;
}

// One comparison after the other without a branch, so that the compiler makes several of them at a time.
std::uint64_t HoldingWord(const std::int32_t* from_days, const std::int32_t* until_days, std::size_t count,
                          std::int32_t day) {
  std::array<std::uint8_t, kWord> holds{};
  for (std::size_t i = 0; i < count; ++i) {
    holds[i] = static_cast<std::uint8_t>(from_days[i] <= day) & static_cast<std::uint8_t>(day < until_days[i]);
  }
  std::uint64_t word = 0;
  for (std::size_t i = 0; i < kWord; i += 8) word |= LowestBits(holds.data() + i) << i;
  return word;
}

}  // namespace

TimeFilter::TimeFilter(std::int64_t at, bool for_certain)
    : day(std::clamp(at, -kFarthestDay, kFarthestDay)), certainly(for_certain) {}

bool TimeFilter::Passes(const std::optional<Interval>& validity) const {
  if (!validity) return true;
  const PartialDate when{day, day};
  return certainly ? HoldsCertainly(*validity, when) : HoldsPossibly(*validity, when);
}

TimeFilter::Verdict TimeFilter::OnAll(const storage::Segment& segment) const {
  if (segment.validity_bounds().AllHoldAt(day)) return Verdict::kAll;
  return segment.validity_bounds().AnyMayHoldAt(day) ? Verdict::kSome : Verdict::kNone;
}

std::unique_ptr<std::uint64_t[]> TimeFilter::Holding(const storage::ValidityLane& lane) const {
  using storage::ValidityLane;
  // Days that the lane's arrays hold lie between those that stand for none.
  const auto within = static_cast<std::int32_t>(
      std::clamp<std::int64_t>(day, std::int64_t{ValidityLane::kOpenFrom} + 1, ValidityLane::kOpenUntil - 1));
  const std::size_t words = (lane.size() + kWord - 1) / kWord;
  auto holding = std::make_unique<std::uint64_t[]>(words + 1);
  for (std::size_t word = 0; word < words; ++word) {
    const std::size_t first = word * kWord;
    holding[word] = HoldingWord(lane.from_days().data() + first, lane.until_days().data() + first,
                                std::min(kWord, lane.size() - first), within);
  }
  if (lane.apart().empty()) return holding;
  std::vector<bool> passes;
  for (const Interval& interval : lane.apart()) passes.push_back(Passes(interval));
  for (std::size_t i = 0; i < lane.size(); ++i) {
    if (!lane.IsApart(i) || !passes[static_cast<std::size_t>(lane.from_days()[i])]) continue;
    holding[i / kWord] |= std::uint64_t{1} << i % kWord;
  }
  return holding;
}

}  // namespace plenum::graph
