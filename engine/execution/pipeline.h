// Running clauses: each is a stage that rows are pushed into, one at a time, and that pushes rows on to the next.
//
// There is one row for a whole chain of streaming stages: a stage writes its slots into it, pushes it on, and goes on
// with the next candidate when the push returns. Stages that need all their input (aggregation, sorting, every update)
// copy rows and let them go in Finish. So an update is complete before anything behind it runs, whatever LIMIT stands
// there.
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "engine/execution/evaluator.h"
#include "engine/execution/query_context.h"
#include "engine/plan/bound_query.h"

namespace plenum::execution {

class Stage {
 public:
  virtual ~Stage() = default;
  virtual bool Push(Row& row) = 0;  // false: no more rows are wanted
  virtual void Finish() {}          // no more rows come; called once, when the stage before has finished
};

// Receives the columns of a row of the answer; false: no more are wanted.
using RowSink = std::function<bool(std::vector<Value>& columns)>;

// Runs `query` once for the variables in `row` (a subquery sees those around it; others are overwritten).
void RunQuery(QueryContext& context, const plan::Query& query, Row& row, const RowSink& sink);

std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Match& match, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Unwind& unwind, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::LoadCsv& load, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Project& project, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Create& create, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Merge& merge, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Update& update, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Delete& del, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::Foreach& foreach, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::CallProcedure& call, Stage& next);
std::unique_ptr<Stage> MakeStage(QueryContext& context, const plan::CallSubquery& call, Stage& next);

}  // namespace plenum::execution
