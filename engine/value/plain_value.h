// A property's value on its way into the store, as files give it: nothing is copied or allocated for a scalar.
#pragma once

#include <cstdint>
#include <string_view>
#include <variant>

#include "plenum/value.h"

namespace plenum {

// Text is borrowed, and so is a Value, which stands for everything else (lists, partial dates, intervals).
using PlainValue = std::variant<std::monostate, bool, std::int64_t, double, Date, std::string_view, const Value*>;

inline bool IsNull(const PlainValue& value) { return value.index() == 0; }

// With a copy of its text.
inline Value ToValue(const PlainValue& plain) {
  return std::visit(
      [](const auto& value) {
        using T = std::decay_t<decltype(value)>;
        if constexpr (std::is_same_v<T, std::monostate>) {
          return Value();
        } else if constexpr (std::is_same_v<T, const Value*>) {
          return *value;
        } else {
          return Value(value);
        }
      },
      plain);
}

}  // namespace plenum
