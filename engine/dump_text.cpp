// See dump_text.h.
#include "engine/dump_text.h"

#include <fmt/format.h>

#include <cmath>
#include <utility>

#include "parser/print/names.h"
#include "plenum/json.h"

namespace plenum {
namespace {

// A statement may have a megabyte.
constexpr std::size_t kStringBytesMax = std::size_t{64} << 10;
constexpr std::size_t kBatchBytes = std::size_t{64} << 10;
constexpr std::size_t kBatchRows = 1'000;

std::string SpellFloat(double real) {
  if (std::isnan(real)) return "0.0 / 0.0";
  if (std::isinf(real)) return real > 0 ? "1.0 / 0.0" : "-1.0 / 0.0";
  return FloatToText(real);
}

// null is "no end" in a VALID.
std::string SpellWhen(const std::optional<PartialDate>& end) {
  return end ? syntax::SpellText(ToText(*end)) : "(null)";
}

// An end as it stands in a row.
std::string SpellEnd(const std::optional<PartialDate>& end) { return end ? syntax::SpellText(ToText(*end)) : "null"; }

}  // namespace

std::string AddValidity(const std::optional<Interval>& validity, std::string& row) {
  if (!validity) return {};
  row += ", f: " + SpellEnd(validity->from) + ", u: " + SpellEnd(validity->until);
  return " VALID FROM row.f UNTIL row.u";
}

std::string SpellValid(const Interval& interval) {
  if (!interval.until) return "VALID FROM " + SpellWhen(interval.from);
  if (!interval.from) return "VALID UNTIL " + SpellWhen(interval.until);
  return "VALID FROM " + SpellWhen(interval.from) + " UNTIL " + SpellWhen(interval.until);
}

std::string SpellLabels(const std::vector<std::string>& labels) {
  std::string text;
  for (const std::string& label : labels) text += ":" + syntax::SpellKey(label);
  return text;
}

// ---- Values

std::string ValueSpelling::Parameter(const Value& value) {
  ++parameter_count_;
  parameters_ += fmt::format(":param dumped{} {}\n", parameter_count_, ToJson(value));
  return fmt::format("$dumped{}", parameter_count_);
}

std::string ValueSpelling::Spell(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kBoolean:
      return value.boolean() ? "true" : "false";
    case Value::Kind::kInteger:
      return std::to_string(value.integer());
    case Value::Kind::kFloat:
      return SpellFloat(value.real());
    case Value::Kind::kString:
      return value.string().size() > kStringBytesMax ? Parameter(value) : syntax::SpellText(value.string());
    case Value::Kind::kDate:
      return "date('" + ToText(value.date()) + "')";
    case Value::Kind::kPartialDate:
      return "partialDate('" + ToText(value.partial_date()) + "')";
    case Value::Kind::kInterval:
      return Parameter(value);
    case Value::Kind::kList: {
      std::string list;
      for (const Value& item : value.list()) list += (list.empty() ? "" : ", ") + Spell(item);
      return "[" + list + "]";
    }
    default:
      return "null";  // nothing else is stored
  }
}

std::string ValueSpelling::SpellMap(const std::map<std::string, Value>& values) {
  std::string map;
  for (const auto& [name, value] : values) {
    map += (map.empty() ? "" : ", ") + syntax::SpellKey(name) + ": " + Spell(value);
  }
  return "{" + map + "}";
}

// ---- Rows

bool RowBatch::Add(const std::string& action, const std::string& with_properties, const std::string& row,
                   const std::string& properties) {
  if ((action != action_ || rows_.size() == kBatchRows || bytes_ > kBatchBytes) && !Flush()) return false;
  action_ = action;
  with_properties_ = with_properties;
  bytes_ += row.size() + properties.size();
  any_properties_ = any_properties_ || properties != "{}";
  rows_.push_back({row, properties});
  return true;
}

bool RowBatch::Flush() {
  if (rows_.empty()) return true;
  std::string text = "UNWIND [";
  for (const Row& row : rows_) {
    text += (&row == rows_.data() ? "\n  {" : ",\n  {") + row.text;
    if (any_properties_) text += ", p: " + row.properties;
    text += "}";
  }
  text += "\n] AS row " + action_ + (any_properties_ ? with_properties_ : "") + ";\n";
  rows_.clear();
  bytes_ = 0;
  any_properties_ = false;
  return write_(text);
}

}  // namespace plenum
