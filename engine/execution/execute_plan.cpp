// See execute_plan.h.
#include "engine/execution/execute_plan.h"

#include <new>
#include <set>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/evaluator.h"
#include "engine/execution/operators/operator.h"
#include "engine/execution/value_order.h"

namespace plenum::execution {
namespace {

// The answer, row by row.
class Answer {
 public:
  Answer(Run& run, bool distinct) : run_(run), distinct_(distinct) {}

  void Add(const Batch& batch, const std::vector<plan::Slot>& columns) {
    for (std::size_t i = 0; i < batch.count; ++i) {
      const std::size_t row = batch.Row(i);
      List values;
      for (const plan::Slot slot : columns) values.push_back(batch.vectors[slot]->ValueAt(row, run_.query.transaction));
      if (distinct_) {
        run_.query.Charge(values, "UNION");
        if (!seen_.insert(values).second) continue;
      }
      for (Value& value : values) value = Materialize(run_.query, value);
      const std::uint64_t times = distinct_ ? 1 : batch.Times(row);
      for (std::uint64_t copy = 0; copy < times; ++copy) {
        run_.query.Poll();
        run_.query.Charge(values, "the answer");
        rows_.push_back(values);
      }
    }
  }

  std::vector<std::vector<Value>> Take() { return std::move(rows_); }

 private:
  Run& run_;
  const bool distinct_;
  std::set<List, ListOrder> seen_;
  std::vector<std::vector<Value>> rows_;
};

std::vector<std::vector<Value>> RunParts(Run& run, const plan::Plan& plan) {
  Answer answer(run, plan.distinct);
  Batch empty(run.width);
  empty.count = 1;
  for (std::size_t i = 0; i < plan.parts.size(); ++i) {
    auto source = std::make_unique<Source>();
    source->Set(&empty);
    const OperatorPtr pipeline = MakePipeline(run, plan.parts[i], std::move(source));
    while (const Batch* const batch = pipeline->Next(kBatchRows)) answer.Add(*batch, plan.queries[i]->result);
  }
  return answer.Take();
}

}  // namespace

Result<QueryResult> ExecutePlan(const plan::Plan& plan, graph::Transaction& transaction,
                                const ExecuteOptions& options) {
  QueryContext context{.transaction = transaction,
                       .parameters = options.parameters,
                       .cancel = options.cancel,
                       .deadline = options.deadline,
                       .memory_bytes_max = options.memory_bytes_max,
                       .threads = options.threads,
                       .load_csv_directory = options.load_csv_directory};
  const graph::Transaction::ReadingScope reading(transaction);
  try {
    Run run(context, Take(transaction.Snapshot()), plan.row_width);
    std::vector<std::vector<Value>> rows = RunParts(run, plan);
    return QueryResult(plan.columns, std::move(rows), context.statistics);
  } catch (EvaluationError& error) {
    return std::move(error.error);
  } catch (const std::bad_alloc&) {
    return Error{.type = ErrorType::kResourceExhausted,
                 .detail = "",
                 .message = "there was no memory left for this query",
                 .place = {}};
  }
}

}  // namespace plenum::execution
