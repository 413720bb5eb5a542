// One random statement on one random graph, tried with two executors.
#pragma once

#include <cstdint>
#include <string>

#include "tests/differential/compare.h"

namespace plenum::tests {

struct Executors {
  Executor first;
  Executor second;
};

enum class Ending : std::uint8_t {
  kNoRows,
  kZero,  // one row, of nothing but 0 and null
  kRows,
  kError,
  kGaveUp
};

struct Outcome {
  Ending ending = Ending::kError;  // of the first executor
  std::string error;               // its error, or that of the statement itself
  std::string difference;          // empty: there is none
};

Outcome Try(const Executors& executors, StoredGraph& graph, const GeneratedQuery& query);

}  // namespace plenum::tests
