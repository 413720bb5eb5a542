// See storable.h.
#include "engine/graph/storable.h"

#include <string>

#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

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

}  // namespace plenum::graph
