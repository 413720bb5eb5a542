// A pipeline's operators, one behind the other.
#include "engine/execution/evaluation_error.h"
#include "engine/execution/operators/operator.h"

namespace plenum::execution {

void Run::CheckRead() const {
  if (!reader.status().ok()) throw EvaluationError{reader.status().error()};
}

OperatorPtr MakePipeline(Run& run, const plan::Pipeline& pipeline, OperatorPtr input) {
  for (const plan::Step& step : pipeline.steps) {
    input =
        std::visit([&](const auto& node) { return MakeOperator(run, node, step.live, std::move(input)); }, step.node);
  }
  return input;
}

}  // namespace plenum::execution
