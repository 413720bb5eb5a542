// Which slots are read behind each step of a plan, found from the last step to the first.
#include <algorithm>

#include "engine/plan/rewrites.h"
#include "engine/plan/walk.h"

namespace plenum::plan {
namespace {

using Slots = std::set<Slot>;

struct Use {
  Slots reads;
  Slots fills;

  void Read(const Expression* expression) {
    if (expression != nullptr) AddSlotsRead(*expression, reads);
  }
  void Read(const std::optional<Expression>& expression) {
    if (expression) AddSlotsRead(*expression, reads);
  }
};

void AddUse(const ScanNodes& scan, Use& use) {
  const bool bound = scan.access.access == StartAt::Access::kBound;
  (bound ? use.reads : use.fills).insert(scan.node);
  use.Read(scan.access.equal);
  use.Read(scan.access.least);
  use.Read(scan.access.greatest);
}

void AddUse(const Expand& expand, Use& use) {
  use.reads.insert(expand.from);
  (expand.into ? use.reads : use.fills).insert(expand.to);
  use.fills.insert(expand.relationship);
  for (const Expand::Earlier& earlier : expand.earlier) {
    if (earlier.by_ends) {
      use.reads.insert({earlier.start, earlier.end});
    } else {
      use.reads.insert(earlier.relationship);
    }
  }
}

void AddUse(const FilterLabels& filter, Use& use) { use.reads.insert(filter.node); }
void AddUse(const FilterProperties& filter, Use& use) {
  use.reads.insert(filter.element);
  use.Read(filter.properties);
}
void AddUse(const FilterValid& filter, Use& use) {
  use.reads.insert(filter.element);
  use.Read(filter.filter->when);
  use.Read(filter.filter->until);
}
void AddUse(const Filter& filter, Use& use) {
  for (const Expression* condition : filter.conditions) use.Read(condition);
}
void AddUse(const MergeRows& merge, Use& use) { use.reads.insert(merge.keys.begin(), merge.keys.end()); }
void AddUse(const Optional& optional, Use& use) {
  use.fills.insert(optional.introduced.begin(), optional.introduced.end());
}
void AddUse(const Exists&, Use&) {}
void AddUse(const UnwindList& unwind, Use& use) {
  use.Read(&unwind.unwind->list);
  use.fills.insert(unwind.unwind->slot);
}
void AddUse(const Compute& compute, Use& use) {
  for (const ProjectionItem* item : compute.items) {
    use.Read(&item->expression);
    use.fills.insert(item->slot);
  }
}
void AddUse(const Group& group, Use& use) {
  for (const ProjectionItem& item : group.project->items) {
    if (item.aggregates) continue;
    use.Read(&item.expression);
    use.fills.insert(item.slot);
  }
  for (const AggregateCall& call : group.project->aggregates) {
    for (const Expression& argument : call.arguments) use.Read(&argument);
    use.fills.insert(call.slot);
  }
}
void AddUse(const Distinct& distinct, Use& use) { use.reads.insert(distinct.columns.begin(), distinct.columns.end()); }
void AddUse(const Sort& sort, Use& use) {
  for (const SortItem& item : *sort.items) use.Read(&item.expression);
}
void AddUse(const SkipAndLimit& limit, Use& use) {
  use.Read(limit.skip);
  use.Read(limit.limit);
}

}  // namespace

// Answers what is read before the first step, or by it.
Slots ComputeLive(Pipeline& pipeline, const Slots& read_behind) {
  Slots live = read_behind;
  for (auto step = pipeline.steps.rbegin(); step != pipeline.steps.rend(); ++step) {
    step->live = live;
    Use use;
    std::visit([&](const auto& node) { AddUse(node, use); }, step->node);
    if (const auto* optional = std::get_if<Optional>(&step->node)) {
      Slots inner = live;
      inner.insert(optional->ordinal);
      use.reads.merge(ComputeLive(*optional->inner, inner));
      use.reads.erase(optional->ordinal);
    }
    if (const auto* exists = std::get_if<Exists>(&step->node)) {
      use.reads.merge(ComputeLive(*exists->inner, {exists->ordinal}));
      use.reads.erase(exists->ordinal);
    }
    std::erase_if(live, [&](Slot slot) { return use.fills.contains(slot); });
    live.merge(use.reads);
  }
  return live;
}

}  // namespace plenum::plan
