// From a difference that was found to a small one that a person can read.
#pragma once

#include <cstdint>
#include <string>

#include "tests/differential/trial.h"

namespace plenum::tests {

struct Finding {
  std::uint64_t graph_seed = 0;
  std::uint64_t query_seed = 0;
  GraphSketch graph;
  GeneratedQuery query;
  std::string difference;
};

// A statement of a smaller budget, and what is left of the graph when everything is taken away without which the two
// executors still differ.
Finding Shrunk(Finding finding, const Executors& executors);

// The finding for a person: how to have it again, the statements that make the graph, the query, and the difference.
std::string Report(const Finding& finding);

}  // namespace plenum::tests
