// A number as a float. Private to this folder.
#pragma once

#include "plenum/value.h"

namespace plenum::execution {

// Of an integer beyond 2^53, the float next to it.
inline double Real(const Value& number) {
  return number.kind() == Value::Kind::kInteger ? static_cast<double>(number.integer()) : number.real();
}

}  // namespace plenum::execution
