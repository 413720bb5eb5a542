// See expanding_rows.h.
#include "engine/execution/operators/expanding_rows.h"

#include <algorithm>

#include "engine/value/mutant.h"

namespace plenum::execution {

ExpandingRows::ExpandingRows(Run& run, const std::set<plan::Slot>& live, plan::Slot node,
                             std::optional<plan::Slot> relationship, OperatorPtr input)
    : run_(run), input_(std::move(input)), node_(node), relationship_(relationship), out_(run.width) {
  for (const plan::Slot slot : live) {
    if (slot != node && slot != relationship) copied_.push_back(slot);
  }
  copies_.resize(copied_.size());
}

void ExpandingRows::Restart() {
  input_->Restart();
  in_ = nullptr;
  expanding_ = false;
  more_expected_ = true;
  kept_nodes_.clear();
  kept_relationships_.clear();
  kept_first_ = 0;
}

void ExpandingRows::Keep(NodeId node, const RelationshipRef& relationship) {
  kept_nodes_.push_back(node);
  if (relationship_) kept_relationships_.push_back(relationship);
}

void ExpandingRows::EmitKept() {
  while (kept_first_ < kept_nodes_.size() && rows_ < rows_max_) {
    Emit(kept_nodes_[kept_first_], relationship_ ? kept_relationships_[kept_first_] : RelationshipRef());
    ++kept_first_;
  }
  if (kept_first_ < kept_nodes_.size()) return;
  kept_nodes_.clear();
  kept_relationships_.clear();
  kept_first_ = 0;
}

// To the next row, maybe of the next batch; false at the end. Of the batch before, what went out is copied.
bool ExpandingRows::Advance() {
  if (in_ == nullptr || next_ == in_->count) {
    CopyLive();
    in_ = more_expected_ ? input_->Next(kBatchRows) : nullptr;
    more_expected_ = in_ != nullptr;
    if (in_ == nullptr) return false;
    next_ = 0;
    BeginBatch(*in_);
  }
  row_ = in_->Row(next_++);
  return true;
}

void ExpandingRows::CopyLive() {
  const std::size_t count = rows_ - copied_rows_;
  if (count == 0 || in_ == nullptr) return;
  const std::uint16_t* const parents = parents_ + copied_rows_;
  for (std::size_t i = 0; i < copied_.size(); ++i) {
    const Vector* const from = in_->vectors[copied_[i]];
    out_.vectors[copied_[i]] = from != nullptr ? &copies_[i] : nullptr;
    if (from != nullptr) copies_[i].Gather(copied_rows_, *from, parents, count);
  }
  for (std::size_t i = 0; i < count; ++i)
    times_[copied_rows_ + i] = IsMutant("expand-forgets-times") ? 1 : in_->Times(parents[i]);
  any_times_ = any_times_ || in_->times != nullptr;
  copied_rows_ = rows_;
}

const Batch* ExpandingRows::Next(std::size_t rows_max) {
  rows_ = 0;
  copied_rows_ = 0;
  rows_max_ = rows_max;
  any_times_ = false;
  nodes_.Reset(Vector::Kind::kNodes);
  relationships_.Reset(Vector::Kind::kRelationships);
  EmitKept();
  while (rows_ < rows_max_) {
    const bool first = !expanding_;
    if (first && !Advance()) break;
    expanding_ = ExpandRow(*in_, row_, first);
  }
  CopyLive();
  if (rows_ == 0) return nullptr;
  out_.vectors[node_] = &nodes_;
  if (relationship_) out_.vectors[*relationship_] = &relationships_;
  out_.count = rows_;
  out_.times = any_times_ ? times_ : nullptr;
  run_.CheckRead();
  return &out_;
}

}  // namespace plenum::execution
