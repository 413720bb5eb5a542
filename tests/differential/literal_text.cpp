// Dates have no literals: they are calls.
#include "tests/differential/literal_text.h"

#include <fmt/format.h>

namespace plenum::tests {

std::string LiteralText(const Value& value) {
  std::string text;
  switch (value.kind()) {
    case Value::Kind::kDate:
      return fmt::format("date('{}')", ToText(value.date()));
    case Value::Kind::kPartialDate:
      return fmt::format("partialDate('{}')", ToText(value.partial_date()));
    case Value::Kind::kList:
      for (const Value& element : value.list()) text += (text.empty() ? "" : ", ") + LiteralText(element);
      return fmt::format("[{}]", text);
    case Value::Kind::kMap:
      for (const auto& [key, of_key] : value.map()) {
        text += fmt::format("{}{}: {}", text.empty() ? "" : ", ", key, LiteralText(of_key));
      }
      return fmt::format("{{{}}}", text);
    default:
      return ToText(value);
  }
}

}  // namespace plenum::tests
