// What a Value knows of itself: its kind's name and how deep it is nested.
#include "plenum/value.h"

#include <algorithm>

namespace plenum {

Value::Value(List list) {
  std::uint32_t nesting = 0;
  for (const Value& element : list) nesting = std::max(nesting, element.nesting());
  state_ = std::make_shared<const Nested<List>>(Nested<List>{std::move(list), nesting + 1});
}

Value::Value(Map map) {
  std::uint32_t nesting = 0;
  for (const auto& [key, value] : map) nesting = std::max(nesting, value.nesting());
  state_ = std::make_shared<const Nested<Map>>(Nested<Map>{std::move(map), nesting + 1});
}

std::uint32_t Value::nesting() const {
  if (kind() == Kind::kList) return std::get<std::shared_ptr<const Nested<List>>>(state_)->nesting;
  if (kind() == Kind::kMap) return std::get<std::shared_ptr<const Nested<Map>>>(state_)->nesting;
  return 0;
}

bool Value::is_shared() const {
  return std::visit(
      [](const auto& content) {
        if constexpr (requires { content.use_count(); }) {
          return content.use_count() > 1;
        } else {
          return false;
        }
      },
      state_);
}

std::string_view KindName(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::kNull:
      return "Null";
    case Value::Kind::kBoolean:
      return "Boolean";
    case Value::Kind::kInteger:
      return "Integer";
    case Value::Kind::kFloat:
      return "Float";
    case Value::Kind::kString:
      return "String";
    case Value::Kind::kList:
      return "List";
    case Value::Kind::kMap:
      return "Map";
    case Value::Kind::kNode:
      return "Node";
    case Value::Kind::kRelationship:
      return "Relationship";
    case Value::Kind::kPath:
      return "Path";
    case Value::Kind::kDate:
      return "Date";
    case Value::Kind::kPartialDate:
      return "PartialDate";
    case Value::Kind::kInterval:
      return "Interval";
  }
  return "Value";
}

}  // namespace plenum
