// Errors of the two lowest folders: they know no query text, so theirs are found while running and have no place.
#pragma once

#include <string>
#include <utility>

#include "plenum/status.h"

namespace plenum::storage {

// `detail` as in openCypher's list of errors, or empty.
inline Error RuntimeError(ErrorType type, std::string detail, std::string message) {
  return Error{type, std::move(detail), std::move(message), Phase::kRuntime, std::nullopt};
}
inline Error RuntimeError(ErrorType type, std::string message) { return RuntimeError(type, "", std::move(message)); }

}  // namespace plenum::storage
