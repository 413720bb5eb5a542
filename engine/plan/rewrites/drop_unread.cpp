// What nothing reads is not filled.
#include <algorithm>

#include "engine/plan/rewrites.h"

namespace plenum::plan {

void DropUnread(Pipeline& pipeline) {
  for (Step& step : pipeline.steps) {
    if (Pipeline* inner = InnerOf(step)) DropUnread(*inner);
    auto* expand = std::get_if<Expand>(&step.node);
    if (expand == nullptr) continue;
    const bool by_id = std::ranges::any_of(expand->earlier, [](const auto& earlier) { return !earlier.by_ends; });
    expand->fills_relationship = step.live.contains(expand->relationship);
    // What is told by its id is looked at one by one.
    expand->fills_to = !expand->into && (step.live.contains(expand->to) || expand->fills_relationship || by_id);
    const bool counts = !expand->fills_to && !expand->fills_relationship && !by_id;
    expand->counting = counts ? Expand::Counting::kTimes : Expand::Counting::kNot;
  }
}

}  // namespace plenum::plan
