// Changes to a logical plan that keep its answers and make it cheaper. Each has a file, and can be switched off.
#pragma once

#include "engine/graph/graph.h"
#include "engine/plan/logical_plan.h"

namespace plenum::plan {

struct Rewrites {
  bool prove_unlike = true;  // prove_unlike.cpp
  bool count_unlike = true;  // count_unlike.cpp
  bool drop_unread = true;   // drop_unread.cpp
  bool fuse_labels = true;   // fuse_labels.cpp
  bool count_inner = true;   // count_inner.cpp
  bool merge_rows = true;    // merge_rows.cpp
};

// Labels that the node at the end of an expansion must have are tested by the expansion.
void FuseLabels(Pipeline& pipeline);

// Two relationships of one MATCH that cannot be the same need not be compared: they have no type in common, or a
// relationship that is both would be a self-loop, and the types have none.
void ProveUnlike(Pipeline& pipeline, graph::Transaction& transaction);

// Relationships that nothing else reads are told from earlier ones by their ends: of those between two nodes one less
// is left for each earlier one that is between them. So their ids need not be read, and they may only be counted.
void CountUnlike(Pipeline& pipeline, const std::set<Slot>& read_behind);

// An expansion does not fill what is not read: where that is neither the relationship nor the node, it only multiplies.
void DropUnread(Pipeline& pipeline);

// OPTIONAL MATCH, or EXISTS, of one expansion that only multiplies: by one at least; or not at all.
void CountInner(Pipeline& pipeline);

// Behind a step with which a variable dies, rows that are equal in all that is left become one.
void MergeEqualRows(Pipeline& pipeline);

// Computes Step::live for all steps; `read_behind` is read behind the last (liveness.cpp). Answers what is read before
// the first step, or by it.
std::set<Slot> ComputeLive(Pipeline& pipeline, const std::set<Slot>& read_behind);

}  // namespace plenum::plan
