// Bytes out and in: what the values of key_layout.h are written with.
//
// Writers append to a string. The ByteReader checks every length against what is left; the first thing that does not
// fit makes it fail, and everything read from then on is zero or empty: a caller asks ok() once, at the end.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "plenum/value.h"

namespace plenum::storage {

// Unsigned, most significant byte first: sorts as the number does.
void AppendBigEndian(std::string& out, std::uint64_t number, unsigned bytes);
std::string BigEndian(std::uint64_t number, unsigned bytes);
std::uint64_t ReadBigEndian(std::string_view bytes);

// Seven bits a byte, least significant first, the high bit set on all but the last.
void AppendVarint(std::string& out, std::uint64_t number);
// Small numbers of either sign short: 0, -1, 1, -2, … are written as 0, 1, 2, 3, …
void AppendSigned(std::string& out, std::int64_t number);

void AppendText(std::string& out, std::string_view text);              // as AppendValue does a string
void AppendIntervalValue(std::string& out, const Interval& interval);  // likewise
void AppendPartialDate(std::string& out, const PartialDate& date);
void AppendInterval(std::string& out, const Interval& interval);

// Whether a property may hold it: a boolean, number, string, date, partial date, interval, or a list of those.
bool IsStorable(const Value& value);
void AppendValue(std::string& out, const Value& value);  // requires IsStorable

// Two digits a byte, in lower case.
std::string Hexadecimal(std::string_view bytes);

class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool AtEnd() const { return rest_.empty(); }
  std::string_view rest() const { return rest_; }  // what is not read yet

  std::uint8_t Byte();
  std::string_view Bytes(std::uint64_t count);
  std::uint64_t BigEndian(unsigned bytes) { return ReadBigEndian(Bytes(bytes)); }
  std::uint64_t Varint();
  std::int64_t Signed();
  // A count of things of which each takes at least one byte: never more than there is left to read.
  std::uint64_t Count();
  PartialDate ReadPartialDate();
  Interval ReadInterval();
  Value ReadValue();
  std::optional<Interval> ReadIntervalValue();  // absent when another kind of value comes: nothing is read then
  void SkipValue();                             // fails where ReadValue does
  void Fail();                                  // what was read is not what the caller needs

 private:
  Value ReadScalar(std::uint8_t tag);
  void SkipScalar(std::uint8_t tag);

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace plenum::storage
