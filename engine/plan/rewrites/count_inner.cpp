// Pipelines within a step that are nothing but an expansion that counts: the step becomes the expansion.
#include "engine/plan/rewrites.h"
#include "engine/value/mutant.h"

namespace plenum::plan {
namespace {

// The expansion, where there is nothing before it but variables that are filled.
Expand* OnlyCounts(Pipeline& pipeline) {
  if (pipeline.steps.empty()) return nullptr;
  for (std::size_t i = 0; i + 1 < pipeline.steps.size(); ++i) {
    const auto* scan = std::get_if<ScanNodes>(&pipeline.steps[i].node);
    if (scan == nullptr || scan->access.access != StartAt::Access::kBound) return nullptr;
  }
  auto* expand = std::get_if<Expand>(&pipeline.steps.back().node);
  return expand != nullptr && expand->counting == Expand::Counting::kTimes ? expand : nullptr;
}

}  // namespace

void CountInner(Pipeline& pipeline) {
  for (Step& step : pipeline.steps) {
    Pipeline* const inner = InnerOf(step);
    if (inner == nullptr) continue;
    CountInner(*inner);
    Expand* const expand = OnlyCounts(*inner);
    if (expand == nullptr) continue;
    if (const auto* exists = std::get_if<Exists>(&step.node)) {
      expand->counting =
          exists->negated && !IsMutant("count-inner-exists") ? Expand::Counting::kNone : Expand::Counting::kSome;
    } else {
      expand->counting =
          IsMutant("count-inner-as-if-not-optional") ? Expand::Counting::kTimes : Expand::Counting::kTimesOrOnce;
    }
    Expand whole = std::move(*expand);
    step.node = std::move(whole);
  }
}

}  // namespace plenum::plan
