// How the nodes that a pattern may begin at are found: by a unique key, by a range index, by a label, or all.
#pragma once

#include <functional>
#include <span>
#include <vector>

#include "engine/plan/match_order.h"

namespace plenum::plan {

struct NodeAccess {
  StartAt start;    // but for the place in the pattern
  double rows = 0;  // an estimate of the candidates
};

// `can_read`: whether these slots have their values before the node is found. The candidates are all nodes that may
// match, and others: what the access was chosen by is tested again.
NodeAccess ChooseAccess(const NodePattern& node, std::span<const Condition* const> conditions,
                        const std::function<bool(const std::vector<Slot>&)>& can_read, graph::Transaction& transaction);

}  // namespace plenum::plan
