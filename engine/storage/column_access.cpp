// What a decoded column answers: single values, and filters over all slots. See column.h.
#include <algorithm>
#include <bit>
#include <limits>
#include <span>

#include "engine/storage/column.h"
#include "engine/storage/column_filter.h"

namespace plenum::storage {
namespace {

// Keeps the numbers first … last of a lane of T's.
template <class T>
void FilterNumbers(const void* lane, std::uint64_t first, std::uint64_t last, std::span<std::uint64_t> selection) {
  constexpr std::uint64_t kMost = std::numeric_limits<T>::max();
  if (first > kMost) return std::fill(selection.begin(), selection.end(), 0);
  const auto low = static_cast<T>(first);
  FilterLane(static_cast<const T*>(lane), low, static_cast<T>(std::min(last, kMost) - first), selection);
}

void Clear(std::uint64_t* selection) { std::fill_n(selection, kBlockWords, 0); }

}  // namespace

Value Column::ValueAt(std::uint32_t slot) const {
  if (!Has(slot) || IsLong(slot)) return {};
  switch (kind()) {
    case ColumnKind::kIntegers:
      return NumberAt(slot);
    case ColumnKind::kDates:
      return Date{NumberAt(slot)};
    case ColumnKind::kFloats:
      return FloatAt(slot);
    case ColumnKind::kBooleans:
      return BooleanAt(slot);
    case ColumnKind::kDictionary:
    case ColumnKind::kStrings:
      return TextAt(slot);
    case ColumnKind::kIntervals:
      return IntervalAt(slot);
    case ColumnKind::kMixed:
      return ValueOfCell(CellAt(slot));
  }
  return {};
}

Interval Column::IntervalAt(std::uint32_t slot) const {
  const auto day = [&](std::size_t end) {
    const std::uint64_t number = LaneAt(ends_[end], slot);
    if (number == 0) return kEver;
    return number == frame_.top() ? kNever
                                  : static_cast<std::int64_t>(static_cast<std::uint64_t>(frame_.least) + number - 1);
  };
  return IntervalOf({day(0), day(1), day(2), day(3)});
}

std::uint64_t Column::NumberOfDay(std::int64_t day) const {
  if (day < frame_.least) return 0;
  const std::uint64_t offset = static_cast<std::uint64_t>(day) - static_cast<std::uint64_t>(frame_.least);
  return std::min(offset, frame_.range) + 1;
}

void Column::FilterHoldsCertainly(std::int64_t first, std::int64_t last, std::uint64_t* selection) const {
  KeepPresent(selection);
  FilterLaneRange(ends_[0], 0, NumberOfDay(first), selection);
  FilterLaneRange(ends_[2], NumberOfDay(last) + 1, frame_.top(), selection);
}

void Column::FilterHoldsPossibly(std::int64_t first, std::int64_t last, std::uint64_t* selection) const {
  KeepPresent(selection);
  FilterLaneRange(ends_[1], 0, NumberOfDay(last), selection);
  FilterLaneRange(ends_[3], NumberOfDay(first) + 1, frame_.top(), selection);
}

std::uint32_t Column::LowerCode(std::string_view text) const {
  std::uint32_t first = 0;
  for (std::uint32_t size = dictionary_size_; size > 0;) {
    const std::uint32_t half = size / 2;
    if (DictionaryText(first + half) < text) {
      first += half + 1;
      size -= half + 1;
    } else {
      size = half;
    }
  }
  return first;
}

void Column::KeepPresent(std::uint64_t* selection) const {
  for (std::uint32_t w = 0; w < kBlockWords; ++w) selection[w] &= present_[w] & ~longs_[w];
}

void Column::FilterLaneRange(const void* lane, std::uint64_t first, std::uint64_t last,
                             std::uint64_t* selection) const {
  const std::span<std::uint64_t> words(selection, lane_slots_ / 64);
  switch (lane_width_) {
    case 1:
      return FilterNumbers<std::uint8_t>(lane, first, last, words);
    case 2:
      return FilterNumbers<std::uint16_t>(lane, first, last, words);
    case 4:
      return FilterNumbers<std::uint32_t>(lane, first, last, words);
    default:
      return FilterNumbers<std::uint64_t>(lane, first, last, words);
  }
}

void Column::FilterRange(std::int64_t least, std::int64_t greatest, std::uint64_t* selection) const {
  const std::int64_t from = std::max(least, base());
  if (from > greatest) return Clear(selection);
  KeepPresent(selection);
  FilterLaneRange(lane_, static_cast<std::uint64_t>(from) - base_, static_cast<std::uint64_t>(greatest) - base_,
                  selection);
}

void Column::FilterRange(double least, double greatest, std::uint64_t* selection) const {
  KeepPresent(selection);
  FilterFloats(Lane<double>(), least, greatest, {selection, lane_slots_ / 64});
}

void Column::FilterBoolean(bool wanted, std::uint64_t* selection) const {
  KeepPresent(selection);
  const std::uint64_t flip = wanted ? 0 : ~std::uint64_t{0};
  for (std::uint32_t w = 0; w < lane_slots_ / 64; ++w) selection[w] &= Lane<std::uint64_t>()[w] ^ flip;
}

void Column::FilterCodes(std::uint32_t first, std::uint32_t end, std::uint64_t* selection) const {
  if (first >= end) return Clear(selection);
  KeepPresent(selection);
  FilterLaneRange(lane_, first, end - 1, selection);
}

void Column::FilterEqual(std::string_view text, std::uint64_t* selection) const {
  if (kind() == ColumnKind::kDictionary) {
    const std::uint32_t code = LowerCode(text);
    const bool is_there = code < dictionary_size_ && DictionaryText(code) == text;
    return FilterCodes(code, is_there ? code + 1 : code, selection);
  }
  KeepPresent(selection);
  for (std::uint32_t w = 0; w < kBlockWords; ++w) {
    for (std::uint64_t word = selection[w]; word != 0; word &= word - 1) {
      const std::uint64_t bit = word & (~word + 1);
      const std::uint32_t slot = w * 64 + static_cast<std::uint32_t>(std::countr_zero(word));
      if (TextAt(slot) != text) selection[w] &= ~bit;
    }
  }
}

}  // namespace plenum::storage
