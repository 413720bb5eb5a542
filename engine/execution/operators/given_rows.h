// Giving the rows of a batch to a pipeline at once, so that what comes out says which of them it came from.
#pragma once

#include "engine/execution/operators/operator.h"

namespace plenum::execution {

class GivenRows {
 public:
  GivenRows(Run& run, const plan::Pipeline& pipeline, plan::Slot ordinal) : ordinal_(ordinal), given_(run.width) {
    auto source = std::make_unique<Source>();
    source_ = source.get();
    inner_ = MakePipeline(run, pipeline, std::move(source));
  }

  // The batch must stay as it is until the pipeline has given all that it makes of it.
  void Give(const Batch& batch) {
    ordinals_.Reset(Vector::Kind::kIntegers);
    for (std::size_t i = 0; i < batch.count; ++i) ordinals_.integers()[batch.Row(i)] = static_cast<std::int64_t>(i);
    given_ = batch;
    given_.vectors[ordinal_] = &ordinals_;
    inner_->Restart();
    source_->Set(&given_);
  }
  const Batch* Next() { return inner_->Next(kBatchRows); }
  // Of a row that came out: which of the rows given it came from, counted by their places in the selection.
  std::size_t OrdinalOf(const Batch& batch, std::size_t row) const {
    return static_cast<std::size_t>(batch.vectors[ordinal_]->integers()[row]);
  }

 private:
  const plan::Slot ordinal_;
  OperatorPtr inner_;
  Source* source_ = nullptr;
  Batch given_;
  Vector ordinals_;
};

}  // namespace plenum::execution
