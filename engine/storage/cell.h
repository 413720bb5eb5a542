// A cell: the value that one element has of one property, as columns of mixed types, row maps and operands hold it.
//
//   cell          = 0x00 null | 0x0A long-string | value        value as in key_layout.h
//   long-string   : a string of more than 1024 bytes; its text is kept under a key of its own
//
// Null stands in operands alone, where it means that the property is removed.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "engine/storage/byte_code.h"
#include "plenum/value.h"

namespace plenum::storage {

inline constexpr std::size_t kLongStringBytes = 1024;  // a string of more has its text kept elsewhere
inline constexpr std::uint8_t kNullCell = 0x00;
inline constexpr std::uint8_t kLongStringCell = 0x0A;

inline bool IsLongString(std::string_view text) { return text.size() > kLongStringBytes; }
bool IsLongString(const Value& value);

// Any storable value, or null. Of a long string the mark alone is written: the text is the caller's to keep.
void AppendCell(std::string& out, const Value& value);

// The same bytes without a Value, for bulk loading.
void AppendBooleanCell(std::string& out, bool boolean);
void AppendIntegerCell(std::string& out, std::int64_t integer);
void AppendFloatCell(std::string& out, double real);
void AppendDateCell(std::string& out, Date date);
void AppendIntervalCell(std::string& out, const Interval& interval);
void AppendTextCell(std::string& out, std::string_view text);
void AppendLongStringCell(std::string& out);

// Reads one cell and gives its bytes; damaged ones make the reader fail. ValueOfCell reads what TakeCell let pass: null
// for a null and for a long string.
std::string_view TakeCell(ByteReader& reader);
Value ValueOfCell(std::string_view cell);
// Absent when it is no interval. Makes no Value.
std::optional<Interval> IntervalOfCell(std::string_view cell);
inline bool IsLongCell(std::string_view cell) { return static_cast<std::uint8_t>(cell.front()) == kLongStringCell; }
inline bool IsNullCell(std::string_view cell) { return static_cast<std::uint8_t>(cell.front()) == kNullCell; }

}  // namespace plenum::storage
