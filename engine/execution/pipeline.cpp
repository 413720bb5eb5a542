// Building and running the stages of a query.
#include "engine/execution/pipeline.h"

#include <fmt/format.h>

#include <set>
#include <utility>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/value_order.h"

namespace plenum::execution {
namespace {

// The end of a pipeline: hands the columns of RETURN to the sink.
class SinkStage : public Stage {
 public:
  SinkStage(const std::vector<plan::Slot>& columns, const RowSink& sink) : columns_(columns), sink_(sink) {}

  bool Push(Row& row) override {
    std::vector<Value> values;
    values.reserve(columns_.size());
    for (const plan::Slot slot : columns_) values.push_back(row[slot]);
    return sink_(values);
  }

 private:
  const std::vector<plan::Slot>& columns_;
  const RowSink& sink_;
};

class UnwindStage : public Stage {
 public:
  UnwindStage(QueryContext& context, const plan::Unwind& unwind, Stage& next)
      : unwind_(unwind), evaluator_(context), next_(next) {}

  bool Push(Row& row) override {
    const Value list = evaluator_.Evaluate(unwind_.list, row);
    if (list.is_null()) return true;
    if (list.kind() != Value::Kind::kList) {
      AtSpan(unwind_.list.span, [&] {
        Raise(ErrorType::kTypeError, "InvalidArgumentType",
              fmt::format("UNWIND goes over a list, not {}", ToText(list)));
      });
    }
    for (const Value& element : list.list()) {
      evaluator_.context().Poll();
      row[unwind_.slot] = element;
      if (!next_.Push(row)) return false;
    }
    return true;
  }

 private:
  const plan::Unwind& unwind_;
  Evaluator evaluator_;
  Stage& next_;
};

bool RunPart(QueryContext& context, const plan::SingleQuery& part, Row& row, const RowSink& sink) {
  bool wanted = true;
  const RowSink noting = [&](std::vector<Value>& columns) { return wanted = sink(columns); };
  std::vector<std::unique_ptr<Stage>> stages;
  stages.push_back(std::make_unique<SinkStage>(part.result, noting));
  for (auto clause = part.clauses.rbegin(); clause != part.clauses.rend(); ++clause) {
    Stage& next = *stages.back();
    stages.push_back(std::visit([&](const auto& node) { return MakeStage(context, node, next); }, clause->node));
  }
  const Row began = row;
  const Row* outer = std::exchange(context.outer_row, &began);
  stages.back()->Push(row);
  for (auto stage = stages.rbegin(); stage != stages.rend(); ++stage) (*stage)->Finish();
  context.outer_row = outer;
  return wanted;
}

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Unwind& unwind, Stage& next) {
  return std::make_unique<UnwindStage>(context, unwind, next);
}

void RunQuery(QueryContext& context, const plan::Query& query, Row& row, const RowSink& sink) {
  const bool distinct = !query.union_all.empty() && !query.union_all.front();
  std::set<List, ListOrder> seen;
  const RowSink fresh = [&](std::vector<Value>& columns) {
    context.Charge(columns, "UNION");
    return !seen.insert(columns).second || sink(columns);
  };
  for (const plan::SingleQuery& part : query.parts) {
    if (!RunPart(context, part, row, distinct ? fresh : sink)) return;
  }
}

}  // namespace plenum::execution
