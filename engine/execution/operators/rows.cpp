// See rows.h.
#include "engine/execution/operators/rows.h"

#include "engine/value/mutant.h"

namespace plenum::execution {

void KeptRows::Clear() {
  values_.clear();
  times_.clear();
}

void KeptRows::Add(const Batch& batch, std::size_t row, std::uint64_t times) {
  Row kept;
  kept.reserve(slots_.size());
  for (const plan::Slot slot : slots_) {
    const Vector* const vector = batch.vectors[slot];
    kept.push_back(vector != nullptr ? vector->ValueAt(row, run_.query.transaction) : Value());
  }
  run_.query.Charge(kept, clause_);
  for (Value& value : kept) values_.push_back(std::move(value));
  times_.push_back(IsMutant("sort-forgets-times") ? 1 : times);
}

const Batch* KeptRows::Show(const std::vector<std::uint32_t>& order, std::size_t first, std::size_t count) {
  for (std::size_t s = 0; s < slots_.size(); ++s) {
    vectors_[s].Reset(Vector::Kind::kValues);
    Value* const values = vectors_[s].values();
    for (std::size_t i = 0; i < count; ++i) values[i] = At(order[first + i], s);
    out_.vectors[slots_[s]] = &vectors_[s];
  }
  for (std::size_t i = 0; i < count; ++i) shown_times_[i] = times_[order[first + i]];
  out_.times = shown_times_;
  out_.count = count;
  return &out_;
}

}  // namespace plenum::execution
