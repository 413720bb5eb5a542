// A column: the values of one property for a block of 4096 elements, decoded. What a slot is: the element's identity
// modulo 4096. Bytes of a column:
//
//   column        = 0x01 u8:form varint:count zone presence body   0x01: version; count: of slots with a value
//   form          = 0x01 integers, frame | 0x02 integers, deltas | 0x03 dates, frame | 0x04 dates, deltas
//                 | 0x05 floats | 0x06 booleans | 0x07 dictionary | 0x08 strings | 0x09 mixed | 0x0A intervals
//   zone          = signed:least varint:range                      integers, dates: greatest - least
//                 | u8:flags [ u64:least u64:greatest ]            floats: 1 numbers are there, 2 NaN is
//                 | u8:flags [ varint:length bytes varint:length bytes ]   strings: 1 bounds are there, 2 exact ones
//                 | (empty)                                        booleans, mixed, intervals
//   presence      = 0x00 varint:first                              slots first … first + count - 1
//                 | 0x01 512 bytes                                 bit s of the whole: slot s
//                 | 0x02 count × varint:gap                        slots ascending, each - (last + 1)
//   body          = lane                                           frame: value - least
//                 | varint:first signed:step lane                  deltas: first - least; then count - 1 differences
//                                                                  of neighbours - step
//                 | count × 8 bytes                                floats: IEEE 754 bits
//                 | lane                                           booleans: 0 false, 1 true
//                 | longs varint:n lane:lengths bytes lane:codes   dictionary: n texts, ascending
//                 | longs lane:lengths bytes                       strings; a long one has length 0
//                 | count × cell                                   mixed; cells as in cell.h
//                 | signed:least varint:range u8:flags ends ends   intervals: from, until; least and range of days
//   ends          = lane [ lane ]                                  from: latest, and earliest if flags & 1; until:
//                                                                  earliest, and latest if flags & 2. Otherwise both
//                                                                  are the same days. 0 ever, 1 never, else
//                                                                  2 + day - least; unbounded days, and ends that are
//                                                                  not there, as in column_intervals.h
//   longs         = varint:n n × varint:gap                        slots whose texts are kept elsewhere
//   lane          = u8:width bits                                  as many numbers as are known to come, in `width`
//                                                                  bits each: 0 … 56 or 64
//
// Bits, and the bytes of floats, begin with the least significant. A difference wraps around at 2^64.
//
// A Column is immutable; any number of threads may read it. Filters narrow a selection: 64 words, a bit a slot, of
// which they clear the bits of slots that do not match, or have no value, or a long string (see longs()).
#pragma once

#include <array>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/cell.h"
#include "engine/storage/column_intervals.h"
#include "plenum/value.h"

namespace plenum::storage {

inline constexpr std::uint32_t kBlockSlots = 4096;
inline constexpr std::uint32_t kBlockWords = kBlockSlots / 64;  // of a selection

class ColumnLoader;

enum class ColumnKind : std::uint8_t {
  kIntegers,
  kDates,
  kFloats,
  kBooleans,
  kDictionary,
  kStrings,
  kMixed,
  kIntervals
};

// What is known of a column without decoding it. For integers, dates and floats `least` and `greatest` are values that
// are there (NaN aside); for strings they bound the values and, when `exact`, are there. Null: nothing is known (mixed
// types, booleans, NaN alone, long strings among the strings).
struct ColumnZone {
  ColumnKind kind = ColumnKind::kMixed;
  std::uint32_t count = 0;  // slots with a value
  bool exact = false;
  bool has_nan = false;
  Value least;
  Value greatest;
};
std::optional<ColumnZone> ZoneOf(std::string_view bytes);  // absent: the bytes are damaged

class Column {
 public:
  // Null when the bytes are damaged. The column keeps no reference to them.
  static std::unique_ptr<const Column> Decode(std::string_view bytes);

  const ColumnZone& zone() const { return zone_; }
  ColumnKind kind() const { return zone_.kind; }
  std::uint32_t count() const { return zone_.count; }
  std::size_t bytes() const { return sizeof(Column) + memory_bytes_; }  // of memory

  // Every slot below is < kBlockSlots.
  bool Has(std::uint32_t slot) const { return (present_[slot / 64] >> (slot % 64) & 1) != 0; }
  // Whether it is a string whose text is kept elsewhere.
  bool IsLong(std::uint32_t slot) const { return (longs_[slot / 64] >> (slot % 64) & 1) != 0; }
  Value ValueAt(std::uint32_t slot) const;  // null when there is none, or IsLong

  // As selections.
  const std::uint64_t* present() const { return present_; }
  const std::uint64_t* longs() const { return longs_; }

  // Each requires its kind, Has(slot) and !IsLong(slot); views live as long as the column.
  std::int64_t NumberAt(std::uint32_t slot) const {  // integers; of dates the day
    return static_cast<std::int64_t>(base_ + LaneAt(slot));
  }
  double FloatAt(std::uint32_t slot) const;
  bool BooleanAt(std::uint32_t slot) const { return (Lane<std::uint64_t>()[slot / 64] >> (slot % 64) & 1) != 0; }
  std::string_view TextAt(std::uint32_t slot) const {  // dictionary, strings
    return StretchAt(kind() == ColumnKind::kDictionary ? CodeAt(slot) : slot);
  }
  Interval IntervalAt(std::uint32_t slot) const;
  std::string_view CellAt(std::uint32_t slot) const { return StretchAt(slot); }  // mixed; also a long string's

  // Of a dictionary. Texts ascend with their codes, so that a range of texts, or a prefix, is a range of codes.
  std::uint32_t CodeAt(std::uint32_t slot) const { return static_cast<std::uint32_t>(LaneAt(slot)); }
  std::uint32_t dictionary_size() const { return dictionary_size_; }
  std::string_view DictionaryText(std::uint32_t code) const { return StretchAt(code); }
  // The first code whose text is not less than `text`; dictionary_size() when all are.
  std::uint32_t LowerCode(std::string_view text) const;

  // Each requires its kind. Bounds are inclusive; NaN is in no range.
  void FilterRange(std::int64_t least, std::int64_t greatest, std::uint64_t* selection) const;  // integers, dates
  void FilterRange(double least, double greatest, std::uint64_t* selection) const;              // floats
  void FilterBoolean(bool wanted, std::uint64_t* selection) const;
  void FilterCodes(std::uint32_t first, std::uint32_t end, std::uint64_t* selection) const;  // dictionary; end excluded
  void FilterEqual(std::string_view text, std::uint64_t* selection) const;                   // dictionary, strings

  // Intervals: those that hold on one day of first … last whichever day is meant, or for some choice of days; as
  // HoldsCertainly and HoldsPossibly do. The column is of this kind only when each of its intervals holds on some day;
  // else intervals are mixed.
  void FilterHoldsCertainly(std::int64_t first, std::int64_t last, std::uint64_t* selection) const;
  void FilterHoldsPossibly(std::int64_t first, std::int64_t last, std::uint64_t* selection) const;

  // Numbers of slots 0 … lane_slots() - 1 (a multiple of 64), lane_width() bytes each: of integers and dates
  // value - base(), of a dictionary the codes, of floats their bits. What stands at an empty slot means nothing. Of
  // booleans a bit a slot, and the width is 0. Not of intervals, which have several.
  const void* lane() const { return lane_; }
  std::uint32_t lane_width() const { return lane_width_; }
  std::uint32_t lane_slots() const { return lane_slots_; }
  std::int64_t base() const { return static_cast<std::int64_t>(base_); }

 private:
  friend class ColumnLoader;
  Column() = default;

  void KeepPresent(std::uint64_t* selection) const;
  // Keeps the slots whose number in the lane is first … last.
  void FilterLaneRange(const void* lane, std::uint64_t first, std::uint64_t last, std::uint64_t* selection) const;
  std::uint64_t NumberOfDay(std::int64_t day) const;  // in the lanes of intervals, or of the nearest there is

  template <class T>
  const T* Lane() const {
    return static_cast<const T*>(lane_);
  }
  std::uint64_t LaneAt(std::uint32_t slot) const { return LaneAt(lane_, slot); }
  std::uint64_t LaneAt(const void* lane, std::uint32_t slot) const {
    assert(slot < lane_slots_);
    switch (lane_width_) {
      case 1:
        return static_cast<const std::uint8_t*>(lane)[slot];
      case 2:
        return static_cast<const std::uint16_t*>(lane)[slot];
      case 4:
        return static_cast<const std::uint32_t*>(lane)[slot];
      default:
        return static_cast<const std::uint64_t*>(lane)[slot];
    }
  }
  std::string_view StretchAt(std::uint32_t index) const {
    return {text_ + starts_[index], starts_[index + 1] - starts_[index]};
  }

  ColumnZone zone_;
  std::uint8_t lane_width_ = 0;
  std::uint32_t lane_slots_ = 0;
  std::uint32_t dictionary_size_ = 0;
  std::uint64_t base_ = 0;
  const std::uint64_t* present_ = nullptr;
  const std::uint64_t* longs_ = nullptr;
  const void* lane_ = nullptr;
  IntervalFrame frame_;                    // of intervals
  std::array<const void*, 4> ends_{};      // theirs: certain and possible beginnings, certain and possible ends
  const std::uint32_t* starts_ = nullptr;  // of texts or cells, and the end of the last
  const char* text_ = nullptr;
  std::unique_ptr<std::uint64_t[]> memory_;  // that all of these point into
  std::size_t memory_bytes_ = 0;
};

inline double Column::FloatAt(std::uint32_t slot) const {
  double real;
  std::memcpy(&real, Lane<std::uint64_t>() + slot, sizeof real);
  return real;
}

}  // namespace plenum::storage
