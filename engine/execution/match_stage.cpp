// MATCH and OPTIONAL MATCH.
#include "engine/execution/matcher.h"
#include "engine/execution/pipeline.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

class MatchStage : public Stage {
 public:
  MatchStage(QueryContext& context, const plan::Match& match, Stage& next)
      : match_(match), matcher_(context, match.pattern), next_(next) {}

  bool Push(Row& row) override {
    bool any = false;
    const bool wanted = matcher_.Match(row, [&] {
      any = true;
      return next_.Push(row);
    });
    if (any || !match_.optional || IsMutant("optional-drops-row")) return wanted;
    for (const plan::Slot slot : match_.pattern.introduced) row[slot] = Value();
    return next_.Push(row);
  }

 private:
  const plan::Match& match_;
  Matcher matcher_;
  Stage& next_;
};

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Match& match, Stage& next) {
  return std::make_unique<MatchStage>(context, match, next);
}

}  // namespace plenum::execution
