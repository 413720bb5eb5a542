// How the parser says no from deep inside: thrown, and caught before the parser's door.
#pragma once

#include <string>

#include "plenum/status.h"

namespace plenum::syntax {

struct Refusal {
  Span span;
  std::string detail;  // openCypher's word for it
  std::string message;
};

inline Span MakeSpan(std::size_t begin, std::size_t end) {
  return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
}

[[noreturn]] inline void RefuseNesting(Span span, std::size_t nesting_max) {
  throw Refusal{span, "NestingTooDeep",
                "brackets, CASE and operators stand within each other more than " + std::to_string(nesting_max) +
                    " deep here; compute the inner part in a WITH first"};
}

}  // namespace plenum::syntax
