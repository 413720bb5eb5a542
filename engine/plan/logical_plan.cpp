// See logical_plan.h.
#include "engine/plan/logical_plan.h"

namespace plenum::plan {

Pipeline* InnerOf(Step& step) {
  if (auto* optional = std::get_if<Optional>(&step.node)) return optional->inner.get();
  if (auto* exists = std::get_if<Exists>(&step.node)) return exists->inner.get();
  return nullptr;
}

}  // namespace plenum::plan
