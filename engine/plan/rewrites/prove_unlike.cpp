// Relationships of one MATCH that cannot be the same, whatever the rows are.
#include <algorithm>
#include <map>

#include "engine/plan/rewrites.h"
#include "engine/value/mutant.h"

namespace plenum::plan {
namespace {

class Prover {
 public:
  explicit Prover(graph::Transaction& transaction) : transaction_(transaction) {}

  void Visit(Pipeline& pipeline) {
    types_.clear();
    for (Step& step : pipeline.steps) {
      if (Pipeline* inner = InnerOf(step)) Prover(transaction_).Visit(*inner);
      auto* expand = std::get_if<Expand>(&step.node);
      if (expand == nullptr) continue;
      types_[expand->relationship] = expand->types;
      std::erase_if(expand->earlier, [&](const Expand::Earlier& earlier) { return CannotBe(earlier, *expand); });
    }
  }

 private:
  bool CannotBe(const Expand::Earlier& earlier, const Expand& expand) {
    std::vector<graph::TypeId> common;
    std::ranges::set_intersection(expand.types, types_.at(earlier.relationship), std::back_inserter(common));
    if (IsMutant("unlike-of-other-types") && expand.types != types_.at(earlier.relationship)) return true;
    return common.empty() ||
           (MustBeLoop(earlier, expand) && std::ranges::none_of(common, [&](graph::TypeId type) {
              return !IsMutant("unlike-without-loops") && transaction_.CountLoops(type).value_or(1) != 0;
            }));
  }

  // One goes on where the other ends: one that is both would begin where it ends.
  static bool MustBeLoop(const Expand::Earlier& earlier, const Expand& expand) {
    const bool undirected = earlier.either || expand.direction == ast::Direction::kEither;
    if (undirected && !IsMutant("unlike-undirected")) return false;
    const bool outgoing = expand.direction == ast::Direction::kOutgoing;
    const Slot start = outgoing ? expand.from : expand.to;
    const Slot end = outgoing ? expand.to : expand.from;
    return earlier.end == start || earlier.start == end || (IsMutant("unlike-star") && earlier.start == start);
  }

  graph::Transaction& transaction_;
  std::map<Slot, std::vector<graph::TypeId>> types_;  // by the relationship's slot
};

}  // namespace

void ProveUnlike(Pipeline& pipeline, graph::Transaction& transaction) { Prover(transaction).Visit(pipeline); }

}  // namespace plenum::plan
