// OPTIONAL MATCH of which nothing is read: it multiplies rows, by one at least.
#include "engine/plan/rewrites.h"
#include "engine/value/mutant.h"

namespace plenum::plan {

void CountOptional(Pipeline& pipeline) {
  for (Step& step : pipeline.steps) {
    auto* optional = std::get_if<Optional>(&step.node);
    if (optional == nullptr || optional->inner->steps.empty()) continue;
    std::vector<Step>& inner = optional->inner->steps;
    const std::size_t last = inner.size() - 1;
    auto* expand = std::get_if<Expand>(&inner[last].node);
    const auto* scan = last == 1 ? std::get_if<ScanNodes>(&inner.front().node) : nullptr;
    const bool alone = last == 0 || (scan != nullptr && scan->access.access == StartAt::Access::kBound);
    if (expand == nullptr || !alone || !expand->counts) continue;
    expand->once_at_least = !IsMutant("count-optional-as-if-not");
    Expand whole = std::move(*expand);
    step.node = std::move(whole);
  }
}

}  // namespace plenum::plan
