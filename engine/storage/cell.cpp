// See cell.h.
#include "engine/storage/cell.h"

#include <cassert>

namespace plenum::storage {

bool IsLongString(const Value& value) {
  return value.kind() == Value::Kind::kString && IsLongString(std::string_view(value.string()));
}

void AppendCell(std::string& out, const Value& value) {
  if (value.is_null()) {
    out.push_back(static_cast<char>(kNullCell));
  } else if (IsLongString(value)) {
    AppendLongStringCell(out);
  } else {
    AppendValue(out, value);
  }
}

void AppendBooleanCell(std::string& out, bool boolean) { AppendValue(out, boolean); }
void AppendIntegerCell(std::string& out, std::int64_t integer) { AppendValue(out, integer); }
void AppendFloatCell(std::string& out, double real) { AppendValue(out, real); }
void AppendDateCell(std::string& out, Date date) { AppendValue(out, date); }
void AppendIntervalCell(std::string& out, const Interval& interval) { AppendIntervalValue(out, interval); }
void AppendTextCell(std::string& out, std::string_view text) {
  if (IsLongString(text)) return AppendLongStringCell(out);
  AppendText(out, text);
}
void AppendLongStringCell(std::string& out) { out.push_back(static_cast<char>(kLongStringCell)); }

std::string_view TakeCell(ByteReader& reader) {
  const std::string_view rest = reader.rest();
  if (!rest.empty() && (IsNullCell(rest) || IsLongCell(rest))) {
    reader.Byte();
  } else {
    reader.SkipValue();
  }
  return reader.ok() ? rest.substr(0, rest.size() - reader.rest().size()) : std::string_view();
}

Value ValueOfCell(std::string_view cell) {
  if (IsNullCell(cell) || IsLongCell(cell)) return {};
  ByteReader reader(cell);
  Value value = reader.ReadValue();
  assert(reader.ok() && reader.AtEnd());
  return value;
}

std::optional<Interval> IntervalOfCell(std::string_view cell) { return ByteReader(cell).ReadIntervalValue(); }

}  // namespace plenum::storage
