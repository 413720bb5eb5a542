// That a check finds nothing wrong with a graph, whatever was done to it.
#pragma once

#include <gtest/gtest.h>

#include "engine/graph/check.h"
#include "tests/graph/open_graph.h"

namespace plenum::graph {

inline void ExpectNoProblems(storage::Store& store) {
  const CheckReport report = Must(Check(store));
  for (const std::string& problem : report.problems) ADD_FAILURE() << problem;
}

}  // namespace plenum::graph
