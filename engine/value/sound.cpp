// The look through lists and maps for texts; how deep they are nested, the value itself knows.
#include "engine/value/sound.h"

#include <algorithm>

#include "engine/value/utf8.h"

namespace plenum {
namespace {

bool HasBadText(const Value& value) {
  switch (value.kind()) {
    case Value::Kind::kString:
      return FindInvalidUtf8(value.string()).has_value();
    case Value::Kind::kList:
      return std::ranges::any_of(value.list(), HasBadText);
    case Value::Kind::kMap:
      return std::ranges::any_of(
          value.map(), [](const auto& entry) { return FindInvalidUtf8(entry.first) || HasBadText(entry.second); });
    default:
      return false;
  }
}

}  // namespace

std::optional<ValueFault> FaultOf(const Value& value) {
  if (value.nesting() > kValueNestingMax) {
    return ValueFault{"NestingTooDeep",
                      "has lists and maps that are nested deeper than " + std::to_string(kValueNestingMax)};
  }
  if (HasBadText(value)) return ValueFault{"InvalidUnicodeCharacter", "is not UTF-8"};
  return std::nullopt;
}

}  // namespace plenum
