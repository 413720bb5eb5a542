// Makes the bytes of a column (specified in column.h) from values that come slot by slot.
//
// The form is chosen by what came: one type throughout gets that type's form, anything else is mixed. A builder is used
// again and again, so that bulk loading allocates little.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "engine/storage/column.h"
#include "engine/storage/column_form.h"
#include "engine/storage/column_intervals.h"
#include "plenum/value.h"

namespace plenum::storage {

class ColumnBuilder {
 public:
  // Slots are < kBlockSlots and ascend strictly from call to call. Strings of more than kLongStringBytes become marks;
  // their texts are the caller's to keep.
  void AddBoolean(std::uint32_t slot, bool boolean);
  void AddInteger(std::uint32_t slot, std::int64_t integer);
  void AddFloat(std::uint32_t slot, double real);
  void AddDate(std::uint32_t slot, Date date);
  void AddText(std::uint32_t slot, std::string_view text);
  void AddLongString(std::uint32_t slot);
  void AddInterval(std::uint32_t slot, const Interval& interval);
  void AddCell(std::uint32_t slot, std::string_view cell);  // one that TakeCell gave; a null adds nothing
  void AddValue(std::uint32_t slot, const Value& value);    // IsStorable, or null, which adds nothing

  std::uint32_t count() const { return count_; }

  // The column of what was added; the builder is empty again.
  std::string Finish();

 private:
  void Begin(std::uint32_t slot, ColumnKind kind);
  void BecomeMixed();
  std::string_view TextAt(std::size_t position) const;
  void AppendHead(std::string& out, ColumnForm form) const;
  void AppendPresence(std::string& out) const;
  void AppendNumbers(std::string& out) const;
  void AppendFloats(std::string& out) const;
  void AppendStrings(std::string& out) const;
  void AppendLongs(std::string& out) const;
  void AppendTextZone(std::string& out, std::string_view least, std::string_view greatest) const;
  struct LongString {
    std::uint32_t slot;
    std::uint32_t position;  // among what came
  };
  struct Dictionary;
  std::optional<Dictionary> MakeDictionary() const;
  void AppendDictionary(std::string& out, const Dictionary& dictionary) const;

  std::uint32_t count_ = 0;
  std::uint32_t next_slot_ = 0;
  std::optional<ColumnKind> kind_;  // strings are kStrings here; absent: nothing has come yet
  std::array<std::uint64_t, kBlockWords> present_{};
  std::vector<std::uint64_t> numbers_;  // integers, days, bits of floats, booleans
  std::string text_;                    // strings one after the other, or the cells of mixed types
  std::vector<std::uint32_t> ends_;     // of each in text_
  std::vector<LongString> longs_;
  std::vector<IntervalEnds> intervals_;
};

// values[s] is that of slot s; at most kBlockSlots, each IsStorable or null.
std::string EncodeColumn(std::span<const Value> values);

}  // namespace plenum::storage
