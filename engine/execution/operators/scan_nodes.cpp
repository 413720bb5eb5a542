// For each row: once with each node that may be the pattern's.
#include <algorithm>

#include "engine/execution/evaluation_error.h"
#include "engine/execution/expressions/kernel.h"
#include "engine/execution/operators/expanding_rows.h"
#include "engine/execution/operators/node_column.h"
#include "engine/execution/operators/operator.h"

namespace plenum::execution {
namespace {

using Access = plan::StartAt::Access;

// Rows whose variable holds a node: where null does, nothing matches.
class BoundNodes : public Operator {
 public:
  BoundNodes(const plan::ScanNodes& scan, Run& run, OperatorPtr input)
      : scan_(scan), input_(std::move(input)), batch_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    while (const Batch* const in = input_->Next(rows_max)) {
      const std::size_t kept = AtSpan(scan_.span, [&] { return Select(*in); });
      if (kept == 0) continue;
      batch_ = *in;
      batch_.selection = selection_;
      batch_.count = kept;
      return &batch_;
    }
    return nullptr;
  }
  void Restart() override { input_->Restart(); }

 private:
  std::size_t Select(const Batch& in) {
    const Vector& nodes = *in.vectors[scan_.node];
    std::size_t kept = 0;
    for (std::size_t i = 0; i < in.count; ++i) {
      const std::uint16_t row = in.Row(i);
      if (NodeIn(nodes, row)) selection_[kept++] = row;
    }
    return kept;
  }

  const plan::ScanNodes& scan_;
  const OperatorPtr input_;
  Batch batch_;
  std::uint16_t selection_[kBatchRows];
};

class NodeScan : public ExpandingRows {
 public:
  NodeScan(Run& run, const plan::ScanNodes& scan, const std::set<plan::Slot>& live, OperatorPtr input)
      : ExpandingRows(run, live, scan.node, std::nullopt, std::move(input)), scan_(scan), label_(FindLabel(run)) {
    if (scan.access.equal != nullptr) equal_ = MakeKernel(run, *scan.access.equal);
    if (scan.access.least != nullptr) least_ = MakeKernel(run, *scan.access.least);
    if (scan.access.greatest != nullptr) greatest_ = MakeKernel(run, *scan.access.greatest);
  }

 private:
  std::optional<LabelId> FindLabel(Run& run) const {
    return scan_.access.label.empty() ? std::nullopt : run.query.transaction.FindLabel(scan_.access.label);
  }

  void BeginBatch(const Batch& in) override {
    equals_ = equal_ ? &equal_->Compute(in) : nullptr;
    leasts_ = least_ ? &least_->Compute(in) : nullptr;
    greatests_ = greatest_ ? &greatest_->Compute(in) : nullptr;
  }

  bool ExpandRow(const Batch&, std::size_t row, bool first) override {
    const plan::StartAt& access = scan_.access;
    if (access.access != Access::kAllNodes && !label_) return false;
    if (access.access == Access::kLabel || access.access == Access::kAllNodes) return ScanRange(first);
    graph::Transaction& transaction = run_.query.transaction;
    const KeyId key = *transaction.FindKey(access.key);
    if (access.access == Access::kKey) {
      if (const auto node = Take(transaction.SeekKey(*label_, key, equals_->ValueAt(row, transaction)))) Emit(*node);
    } else {
      Take(transaction.SeekRange(*label_, key, RangeOf(row), [&](NodeId node) {
        Emit(node);
        return true;
      }));
    }
    return false;
  }

  // Some tens of thousands of nodes, and then those behind.
  bool ScanRange(bool first) {
    run_.Poll();
    if (first) range_ = 0;
    for (; range_ < run_.reader.node_ranges(); ++range_) {
      run_.reader.ReadNodesOfRange(label_, range_, found_);
      for (const NodeId node : found_) Emit(node);
      if (!found_.empty()) break;
    }
    return ++range_ < run_.reader.node_ranges();
  }

  graph::Transaction::ValueRange RangeOf(std::size_t row) const {
    const auto bound = [&](const Vector* vector) {
      return vector != nullptr ? std::optional(vector->ValueAt(row, run_.query.transaction)) : std::nullopt;
    };
    if (equals_ != nullptr) return {bound(equals_), bound(equals_)};
    return {bound(leasts_), bound(greatests_), scan_.access.with_least, scan_.access.with_greatest};
  }

  const plan::ScanNodes& scan_;
  const std::optional<LabelId> label_;
  std::unique_ptr<Kernel> equal_;
  std::unique_ptr<Kernel> least_;
  std::unique_ptr<Kernel> greatest_;
  const Vector* equals_ = nullptr;
  const Vector* leasts_ = nullptr;
  const Vector* greatests_ = nullptr;
  std::uint32_t range_ = 0;
  std::vector<NodeId> found_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::ScanNodes& scan, const std::set<plan::Slot>& live, OperatorPtr input) {
  if (scan.access.access == Access::kBound) return std::make_unique<BoundNodes>(scan, run, std::move(input));
  return std::make_unique<NodeScan>(run, scan, live, std::move(input));
}

}  // namespace plenum::execution
