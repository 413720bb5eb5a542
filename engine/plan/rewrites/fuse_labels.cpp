// Labels of the node at the end of an expansion: tested by the expansion, and not by a step behind it.
#include "engine/plan/rewrites.h"

namespace plenum::plan {

void FuseLabels(Pipeline& pipeline) {
  std::vector<Step>& steps = pipeline.steps;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (Pipeline* inner = InnerOf(steps[i])) FuseLabels(*inner);
    auto* expand = std::get_if<Expand>(&steps[i].node);
    if (expand == nullptr || i + 1 == steps.size()) continue;
    const auto* filter = std::get_if<FilterLabels>(&steps[i + 1].node);
    if (filter == nullptr || filter->node != expand->to || expand->to_labels != nullptr) continue;
    expand->to_labels = filter->labels;
    steps.erase(steps.begin() + static_cast<std::ptrdiff_t>(i) + 1);
  }
}

}  // namespace plenum::plan
