// What operators share that give each row once with each of some nodes: scans and expansions.
//
// Rows are written to the batch that goes out as they are found; what does not fit any more waits for the next. The
// slots that are read behind are copied once a batch.
#pragma once

#include <set>
#include <span>
#include <vector>

#include "engine/execution/operators/operator.h"

namespace plenum::execution {

class ExpandingRows : public Operator {
 public:
  const Batch* Next(std::size_t rows_max) final;
  void Restart() override;

 protected:
  // Fills `node`, and `relationship` where it is given; `live` is read behind.
  ExpandingRows(Run& run, const std::set<plan::Slot>& live, plan::Slot node, std::optional<plan::Slot> relationship,
                OperatorPtr input);

  // A batch has come in: its rows are expanded next.
  virtual void BeginBatch(const Batch&) {}
  // Emits some of what the row is to go out with; false: that was all of it. `first`: it is the first call for the row.
  virtual bool ExpandRow(const Batch& in, std::size_t row, bool first) = 0;

  void Emit(NodeId node) { Emit(node, {}); }
  void Emit(NodeId node, const RelationshipRef& relationship) {
    if (rows_ == rows_max_) return Keep(node, relationship);
    nodes_.nodes()[rows_] = node;
    if (relationship_) relationships_.relationships()[rows_] = relationship;
    parents_[rows_++] = static_cast<std::uint16_t>(row_);
  }

  Run& run_;

 private:
  void Keep(NodeId node, const RelationshipRef& relationship);
  void EmitKept();
  bool Advance();
  void CopyLive();

  const OperatorPtr input_;
  const plan::Slot node_;
  const std::optional<plan::Slot> relationship_;
  std::vector<plan::Slot> copied_;  // slots that are live and not filled here
  const Batch* in_ = nullptr;
  std::size_t next_ = 0;    // of the rows of in_
  std::size_t row_ = 0;     // that is being expanded
  bool expanding_ = false;  // more of row_ may come
  bool more_expected_ = true;
  std::size_t rows_ = 0;  // of the batch that goes out
  std::size_t rows_max_ = 0;
  std::size_t copied_rows_ = 0;
  std::vector<NodeId> kept_nodes_;
  std::vector<RelationshipRef> kept_relationships_;
  std::size_t kept_first_ = 0;
  std::uint16_t parents_[kBatchRows];
  std::uint64_t times_[kBatchRows];
  bool any_times_ = false;
  Vector nodes_;
  Vector relationships_;
  std::vector<Vector> copies_;
  Batch out_;
};

}  // namespace plenum::execution
