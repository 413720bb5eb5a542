// EXPLAIN: a bound statement as lines of text, with the order in which its patterns would be matched on the graph as it
// is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"

namespace plenum::plan {

// One line a step, indented by nesting. `text` is what the statement was parsed from.
std::vector<std::string> Explain(const Statement& statement, std::string_view text, graph::Transaction& transaction);

}  // namespace plenum::plan
