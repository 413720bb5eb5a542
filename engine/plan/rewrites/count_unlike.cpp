// Telling a relationship from earlier ones of its MATCH by their ends.
//
// Of a list, the entries that lead to one node are the relationships between the two, each once. Where k of them are
// taken by this match already, which k does not matter to who does not read the relationship: all but k are left. So
// it is enough to know, for each earlier relationship, whether it is in the list, which its ends tell: it touches the
// node, on the side that the arrow wants, and the expansion allows every type that it may have.
#include <algorithm>
#include <map>

#include "engine/plan/rewrites.h"
#include "engine/value/mutant.h"

namespace plenum::plan {
namespace {

bool InListByEnds(const Expand::Earlier& earlier, const std::vector<graph::TypeId>& types, const Expand& expand) {
  if (IsMutant("count-unlike-of-any-type")) return true;
  if (earlier.either && !IsMutant("count-unlike-of-any-direction") && expand.direction != ast::Direction::kEither)
    return false;  // its direction is not known
  return std::ranges::includes(expand.types, types);
}

using Types = std::map<Slot, const std::vector<graph::TypeId>*>;  // by the relationship's slot

Types TypesOf(const Pipeline& pipeline) {
  Types types;
  for (const Step& step : pipeline.steps) {
    const auto* expand = std::get_if<Expand>(&step.node);
    if (expand != nullptr) types[expand->relationship] = &expand->types;
  }
  return types;
}

// From the last expansion to the first: one whose id a later one compares is read.
void Visit(Pipeline& pipeline) {
  const Types types = TypesOf(pipeline);
  std::set<Slot> compared;
  for (auto step = pipeline.steps.rbegin(); step != pipeline.steps.rend(); ++step) {
    if (Pipeline* inner = InnerOf(*step)) Visit(*inner);
    auto* expand = std::get_if<Expand>(&step->node);
    if (expand == nullptr) continue;
    const bool read = step->live.contains(expand->relationship) || compared.contains(expand->relationship);
    for (Expand::Earlier& earlier : expand->earlier) {
      earlier.by_ends = (!read || IsMutant("count-unlike-what-is-read")) &&
                        InListByEnds(earlier, *types.at(earlier.relationship), *expand);
      if (!earlier.by_ends) compared.insert(earlier.relationship);
    }
  }
}

void SetByEnds(Pipeline& pipeline) {
  for (Step& step : pipeline.steps) {
    if (Pipeline* inner = InnerOf(step)) SetByEnds(*inner);
    auto* expand = std::get_if<Expand>(&step.node);
    if (expand == nullptr) continue;
    for (Expand::Earlier& earlier : expand->earlier) earlier.by_ends = true;
  }
}

}  // namespace

void CountUnlike(Pipeline& pipeline, const std::set<Slot>& read_behind) {
  SetByEnds(pipeline);  // so that only what else reads a relationship makes it live
  ComputeLive(pipeline, read_behind);
  Visit(pipeline);
}

}  // namespace plenum::plan
