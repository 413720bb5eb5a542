// What must succeed in a test or a benchmark: its value, or an exception that ends it.
#pragma once

#include <stdexcept>
#include <utility>

#include "plenum/status.h"

namespace plenum {

template <class T>
T Must(Result<T> result) {
  if (!result) throw std::runtime_error(Describe(result.error()));
  return std::move(*result);
}
inline void Must(const Status& status) {
  if (!status.ok()) throw std::runtime_error(Describe(status.error()));
}

}  // namespace plenum
