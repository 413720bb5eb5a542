// Random statements over the whole language that read and write graphs, made like a grammar: one function for each
// construct, which knows the variables that may stand at its place and what they hold.
//
// What the language leaves open is not asked for, or is told in GeneratedQuery: rows are cut (LIMIT) only where they
// are ordered by all their columns; what a search may choose is asked only for what all choices have in common; what
// a clause writes does not depend on the order of its rows.
#pragma once

#include <cstdint>
#include <string>

#include "plenum/value.h"
#include "tests/differential/canonical_text.h"

namespace plenum::tests {

struct GeneratedQuery {
  std::string text;
  Map parameters;
  LeftOpen open;
  bool in_order = false;  // it ends in ORDER BY over all columns
};

// `budget` is how much it may have of clauses, steps of patterns, and operators within each other: 1 is the least.
// One seed and budget always give the same statement (in programs of one compiler).
// Where ids are open, nothing depends on them, nor on the order of elements.
inline constexpr int kBudgetMax = 8;
enum class Ids : bool { kKnown, kOpen };
GeneratedQuery GenerateQuery(std::uint64_t seed, int budget = kBudgetMax, Ids ids = Ids::kKnown);

}  // namespace plenum::tests
