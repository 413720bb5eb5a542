// See sorted_properties.h.
#include "engine/graph/sorted_properties.h"

#include <algorithm>
#include <cmath>
#include <string>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

const Value& PropertyOf(const Properties& properties, KeyId key) {
  static const Value null;
  const auto found = std::lower_bound(properties.begin(), properties.end(), key,
                                      [](const auto& property, KeyId wanted) { return property.first < wanted; });
  return found == properties.end() || found->first != key ? null : found->second;
}

void SetInSorted(Properties& properties, KeyId key, const Value& value) {
  const auto place = std::lower_bound(properties.begin(), properties.end(), key,
                                      [](const auto& property, KeyId wanted) { return property.first < wanted; });
  const bool there = place != properties.end() && place->first == key;
  if (value.is_null()) {
    if (there) properties.erase(place);
  } else if (there) {
    place->second = value;
  } else {
    properties.emplace(place, key, value);
  }
}

Status CheckStorable(const Value& value, std::string_view name) {
  if (value.is_null() || storage::IsStorable(value)) return {};
  const std::string what = value.kind() == Value::Kind::kList
                               ? "a list that holds something other than booleans, numbers, strings and dates"
                               : "a value of type " + std::string(KindName(value.kind()));
  return storage::RuntimeError(ErrorType::kTypeError, "InvalidPropertyType",
                               "the property '" + std::string(name) + "' cannot hold " + what +
                                   "; expected a boolean, number, string, date, partial date or interval, or a list "
                                   "of those");
}

bool IsIndexed(const Value& value, bool unique) {
  if (!storage::IsStorable(value) || (value.kind() == Value::Kind::kFloat && std::isnan(value.real()))) return false;
  return !unique || value.kind() != Value::Kind::kList || Equal(value, value) == true;
}

}  // namespace plenum::graph
