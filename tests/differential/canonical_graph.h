// A graph as a text that is the same for graphs that are the same but for the ids of new elements.
#pragma once

#include <string>
#include <vector>

#include "engine/graph/graph.h"
#include "tests/differential/canonical_text.h"

namespace plenum::tests {

// A line for each node and each relationship, sorted. Nodes that are new are told apart by what they have and by what
// is around them, after B. Weisfeiler and A. Leman, 1968: so two graphs that are not the same may have one text, where
// new nodes alike in all this are joined in another way; two that are the same never have two.
std::vector<std::string> CanonicalGraph(graph::Transaction& transaction, const ElementNames& names, LeftOpen open);

}  // namespace plenum::tests
