// Merging rows that have become equal.
//
// Behind a step with which the last reader of a variable has gone, rows may differ in nothing that is read any more.
// What comes then is done once for all of them (early aggregation: Yan and Larson 1995).
#include <algorithm>

#include "engine/plan/rewrites.h"

namespace plenum::plan {
namespace {

bool RepeatsRows(const Step& step) {
  const auto* expand = std::get_if<Expand>(&step.node);
  return (expand != nullptr && expand->counting == Expand::Counting::kNot) ||
         std::holds_alternative<Optional>(step.node) || std::holds_alternative<UnwindList>(step.node);
}

// Rows are looked at one by one before any step that needs all of them.
bool IsWorthwhile(const std::vector<Step>& steps, std::size_t from) {
  for (std::size_t i = from; i < steps.size(); ++i) {
    if (std::holds_alternative<Group>(steps[i].node) || std::holds_alternative<Compute>(steps[i].node)) return false;
    if (RepeatsRows(steps[i])) return true;
  }
  return false;
}

}  // namespace

void MergeEqualRows(Pipeline& pipeline) {
  std::vector<Step>& steps = pipeline.steps;
  bool ordered = false;
  for (std::size_t i = 0; i < steps.size(); ++i) {
    ordered = (ordered || std::holds_alternative<Sort>(steps[i].node)) && !std::holds_alternative<Group>(steps[i].node);
    const bool died = i > 0 && !std::ranges::includes(steps[i].live, steps[i - 1].live);
    if (!RepeatsRows(steps[i]) || !died || ordered || !IsWorthwhile(steps, i + 1)) continue;
    MergeRows merge{{steps[i].live.begin(), steps[i].live.end()}};
    Step step{std::move(merge), steps[i].live};
    steps.insert(steps.begin() + static_cast<std::ptrdiff_t>(i) + 1, std::move(step));
    ++i;
  }
}

}  // namespace plenum::plan
