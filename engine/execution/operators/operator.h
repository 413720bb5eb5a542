// Operators: each gives batches of rows, which it makes of those of the operator before it.
//
// Asking the last for its next batch is what runs a query. A function each makes one; what they are is their own. An
// operator is made once a query and belongs to its thread. All raise EvaluationError.
#pragma once

#include <memory>
#include <set>
#include <utility>

#include "engine/execution/batch.h"
#include "engine/execution/query_context.h"
#include "engine/plan/logical_plan.h"

namespace plenum::execution {

// What the operators of one running query share.
struct Run {
  Run(QueryContext& of, const GraphSnapshot& snapshot, plan::Slot slots)
      : query(of), reader(snapshot), width(slots), row(slots) {}

  // Between two batches, where nothing that was read is in use: whether to stop, and whether others need the memory.
  void Poll() {
    reader.Release();
    query.Poll();
    CheckRead();
  }
  void CheckRead() const;  // raises what the reader could not read

  QueryContext& query;
  GraphReader reader;
  plan::Slot width;
  Row row;  // for who evaluates row by row: nobody relies on what it finds there
};

class Operator {
 public:
  virtual ~Operator() = default;
  // The next rows, `rows_max` at most (1 … kBatchRows) but for their multiplicities; null at the end, never an empty
  // batch. What it shows lives until the next call.
  virtual const Batch* Next(std::size_t rows_max) = 0;
  // Begins again: what it is made of gives other rows now.
  virtual void Restart() = 0;
};

using OperatorPtr = std::unique_ptr<Operator>;

// The rows that someone else sets: where a pipeline begins. They come once.
class Source : public Operator {
 public:
  void Set(const Batch* batch) { batch_ = batch; }
  const Batch* Next(std::size_t) override { return std::exchange(batch_, nullptr); }
  void Restart() override {}

 private:
  const Batch* batch_ = nullptr;
};

// One for each step; `live` is what is read behind it.
OperatorPtr MakeOperator(Run& run, const plan::ScanNodes& scan, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Expand& expand, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::FilterLabels& filter, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::FilterProperties& filter, const std::set<plan::Slot>&,
                         OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::FilterValid& filter, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Filter& filter, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::MergeRows& merge, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Optional& optional, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Exists& exists, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::UnwindList& unwind, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Compute& compute, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Group& group, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Distinct& distinct, const std::set<plan::Slot>&, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::Sort& sort, const std::set<plan::Slot>& live, OperatorPtr input);
OperatorPtr MakeOperator(Run& run, const plan::SkipAndLimit& limit, const std::set<plan::Slot>& live,
                         OperatorPtr input);

// All steps of a pipeline, the last of which is answered.
OperatorPtr MakePipeline(Run& run, const plan::Pipeline& pipeline, OperatorPtr input);

}  // namespace plenum::execution
