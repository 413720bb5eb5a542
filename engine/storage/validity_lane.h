// When the relationships of a segment hold, one after the other in the segment's order: timeless, an interval between
// two days, or one of a table of other intervals, whose ends are not known to the day.
//
// Built by appending, for the encoder; never changed once decoded. At 8 bytes a relationship plus the table, it lends
// its two arrays of days to kernels that test many relationships against one day. Bytes: `validity` in segment.h.
#pragma once

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/byte_code.h"
#include "plenum/value.h"

namespace plenum::storage {

// What is known of all relationships of a segment together, so that a test of each may be spared. Days since
// 1970-01-01; the least and greatest int64 stand for no bound.
struct ValidityBounds {
  static constexpr std::int64_t kNever = std::numeric_limits<std::int64_t>::max();
  static constexpr std::int64_t kAlways = std::numeric_limits<std::int64_t>::min();

  // Every relationship holds, for certain, on each day of [all_from, all_until).
  std::int64_t all_from = kAlways;
  std::int64_t all_until = kNever;
  // None can hold on a day outside [any_from, any_until). Of no relationships: (kNever, kAlways), no day at all.
  std::int64_t any_from = kNever;
  std::int64_t any_until = kAlways;

  void Include(const std::optional<Interval>& validity);
  bool AllHoldAt(std::int64_t day) const { return all_from <= day && day < all_until; }
  bool AnyMayHoldAt(std::int64_t day) const { return any_from <= day && day < any_until; }
  bool operator==(const ValidityBounds&) const = default;
};

class ValidityLane {
 public:
  // Days that stand for none: the arrays compare rightly with every day between them.
  static constexpr std::int32_t kOpenFrom = std::numeric_limits<std::int32_t>::min();
  static constexpr std::int32_t kOpenUntil = std::numeric_limits<std::int32_t>::max();
  static constexpr std::int32_t kApart = std::numeric_limits<std::int32_t>::min();  // of until_days

  void Append(const std::optional<Interval>& validity);
  void AppendTimeless(std::size_t count);
  void AppendRun(const ValidityLane& other, std::size_t first, std::size_t count);
  void Reserve(std::size_t count);

  std::size_t size() const { return from_.size(); }
  bool AllTimeless() const;
  std::optional<Interval> At(std::size_t position) const;
  bool IsTimeless(std::size_t position) const { return from_[position] == kOpenFrom && until_[position] == kOpenUntil; }

  // A relationship holds on a day iff from <= day < until; timeless and open ends are kOpenFrom and kOpenUntil. Where
  // IsApart the day of `from` is no day but a place in apart(), and the comparison is false on every day: what may hold
  // of the few intervals there is found out once, then looked up.
  std::span<const std::int32_t> from_days() const { return from_; }
  std::span<const std::int32_t> until_days() const { return until_; }
  bool IsApart(std::size_t position) const { return until_[position] == kApart; }
  std::span<const Interval> apart() const { return apart_; }  // once decoded, no two are equal

  ValidityBounds Bounds() const;
  std::size_t bytes() const;  // of memory, beyond this object's own

  // The bounds are apart from the rest so that they can be read alone.
  void AppendTo(std::string& out) const;
  static std::optional<ValidityLane> Decode(std::string_view bytes, std::uint32_t count);  // nothing: damaged
  static void AppendBounds(std::string& out, const ValidityBounds& bounds);

 private:
  void AppendApart(const Interval& interval);
  void AppendExactTo(std::string& out) const;
  void AppendApartTo(std::string& out) const;
  bool ReadExact(ByteReader& bytes);
  bool ReadApart(ByteReader& bytes);

  std::vector<std::int32_t> from_;
  std::vector<std::int32_t> until_;
  std::vector<Interval> apart_;
};

}  // namespace plenum::storage
