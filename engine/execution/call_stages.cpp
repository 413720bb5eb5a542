// CALL: a procedure, or a query in braces, run once for each row.
//
// What gives columns streams, row by row. What is called for what it does, or writes, gathers its input first.
#include <algorithm>

#include "engine/execution/gathering_stage.h"
#include "engine/execution/graph_writer.h"
#include "engine/execution/procedure_call.h"

namespace plenum::execution {
namespace {

// CALL name(…) YIELD …: the row once for each row of the procedure's answer.
class ProcedureStage : public Stage {
 public:
  ProcedureStage(QueryContext& context, const plan::CallProcedure& call, Stage& next)
      : call_(call), evaluator_(context), next_(next) {}

  bool Push(Row& row) override {
    return CallProcedure(evaluator_, call_, row, [&](const List& answer) { return PushJoined(answer, row); });
  }

 private:
  bool PushJoined(const List& answer, Row& row) {
    evaluator_.context().Poll();
    for (const plan::YieldedColumn& column : call_.yields) row[column.slot] = answer[column.output];
    return !evaluator_.Holds(call_.where, row) || next_.Push(row);
  }

  const plan::CallProcedure& call_;
  Evaluator evaluator_;
  Stage& next_;
};

// CALL name(…) without columns: for what it does, once a row.
class EffectStage : public GatheringStage {
 public:
  EffectStage(QueryContext& context, const plan::CallProcedure& call, Stage& next)
      : GatheringStage(context, "a CALL", next), call_(call), evaluator_(context) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    CallProcedure(evaluator_, call_, row, [&](const List&) {
      evaluator_.context().Poll();
      return true;
    });
    if (evaluator_.Holds(call_.where, row)) results.push_back(std::move(row));
  }

  const plan::CallProcedure& call_;
  Evaluator evaluator_;
};

// Runs the query of a CALL { } for `row`; `each` is called with its columns in the row, and answers whether it wants
// more. True when it wanted all of them. Memory that the query took is free again, but what `each` took is not.
template <class Each>
bool RunSubquery(QueryContext& context, const plan::CallSubquery& call, Row& row, Each each) {
  bool wanted = true;
  std::uint64_t kept = context.memory_bytes;
  RunQuery(context, *call.query, row, [&](std::vector<Value>& columns) {
    for (std::size_t i = 0; i < call.columns.size(); ++i) row[call.columns[i]] = std::move(columns[i]);
    const std::uint64_t before = context.memory_bytes;
    wanted = each();
    kept += context.memory_bytes - before;
    return wanted;
  });
  context.memory_bytes = kept;
  return wanted;
}

class SubqueryStage : public Stage {
 public:
  SubqueryStage(QueryContext& context, const plan::CallSubquery& call, Stage& next)
      : context_(context), call_(call), next_(next) {}

  bool Push(Row& row) override {
    return RunSubquery(context_, call_, row, [&] { return next_.Push(row); });
  }

 private:
  QueryContext& context_;
  const plan::CallSubquery& call_;
  Stage& next_;
};

// A node that cannot be deleted yet, for it has relationships, may lose them in the runs for later rows.
class GatheringSubqueryStage : public GatheringStage {
 public:
  GatheringSubqueryStage(QueryContext& context, const plan::CallSubquery& call, Stage& next)
      : GatheringStage(context, "CALL { }", next), call_(call), writer_(context) {}

 private:
  void Apply(Row& row, std::vector<Row>& results) override {
    const LateDeletes late(context_, writer_);
    const bool unit = call_.columns.empty();
    RunSubquery(context_, call_, row, [&] {
      if (unit) return true;
      context_.Charge(row, clause_);
      results.push_back(row);
      return true;
    });
    if (unit) results.push_back(std::move(row));
  }
  void FinishApplying() override { writer_.FinishDelete(); }

  const plan::CallSubquery& call_;
  GraphWriter writer_;
};

}  // namespace

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::CallProcedure& call, Stage& next) {
  if (call.yields.empty()) return std::make_unique<EffectStage>(context, call, next);
  return std::make_unique<ProcedureStage>(context, call, next);
}

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::CallSubquery& call, Stage& next) {
  if (call.acts || call.columns.empty()) return std::make_unique<GatheringSubqueryStage>(context, call, next);
  return std::make_unique<SubqueryStage>(context, call, next);
}

}  // namespace plenum::execution
