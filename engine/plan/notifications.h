// What is most likely a mistake in a statement that means something all the same: names that nothing in the graph has.
#pragma once

#include <string_view>
#include <vector>

#include "engine/graph/graph.h"
#include "engine/plan/bound_query.h"
#include "plenum/status.h"

namespace plenum::plan {

// Labels, relationship types and property keys that `statement` reads, that the graph's catalog does not know, and that
// the statement does not write itself; in the order of `text`, each once, at most ten. A property counts where its
// object can only be a node or a relationship: a map, a date or an interval has keys of its own. Looks into the
// catalog, never at elements.
std::vector<Notification> FindNotifications(const Statement& statement, std::string_view text,
                                            const graph::Transaction& transaction);

}  // namespace plenum::plan
