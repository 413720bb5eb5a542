// A stage that does its work for all rows before the first goes on: so what it does is done whatever LIMIT stands
// behind it, and what it reads is not changed by the clauses behind it.
#pragma once

#include <string_view>
#include <vector>

#include "engine/execution/pipeline.h"

namespace plenum::execution {

class GatheringStage : public Stage {
 public:
  // `clause`: what it is called when its rows take too much memory.
  GatheringStage(QueryContext& context, std::string_view clause, Stage& next)
      : context_(context), clause_(clause), next_(next) {}

  bool Push(Row& row) override {
    context_.Charge(row, clause_);
    rows_.push_back(row);
    return true;
  }

  void Finish() override {
    std::vector<Row> results;
    for (Row& row : rows_) {
      context_.Poll();
      Apply(row, results);
    }
    FinishApplying();
    for (Row& row : results) {
      if (!next_.Push(row)) return;
    }
  }

 protected:
  // Works for one row and adds the rows that go on.
  virtual void Apply(Row& row, std::vector<Row>& results) = 0;
  virtual void FinishApplying() {}

  QueryContext& context_;
  const std::string_view clause_;

 private:
  Stage& next_;
  std::vector<Row> rows_;
};

}  // namespace plenum::execution
