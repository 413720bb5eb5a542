// Rows that are equal become one, of their multiplicities' sum. As many as fit a table are looked at together, so that
// it takes little memory whatever the input: rows that come late may go out apart.
#include <algorithm>
#include <bit>

#include "engine/execution/operators/node_column.h"
#include "engine/execution/operators/operator.h"
#include "engine/value/mutant.h"

namespace plenum::execution {
namespace {

using plan::Slot;

// Rows that are nodes in every column, without nulls; others go on as they are.
class MergingNodes : public Operator {
 public:
  MergingNodes(Run& run, const plan::MergeRows& merge, OperatorPtr input)
      : run_(run), keys_(merge.keys), input_(std::move(input)), out_(run.width), vectors_(keys_.size()) {}

  const Batch* Next(std::size_t rows_max) override {
    for (;;) {
      if (shown_ < size_) return Show(rows_max);
      if (const Batch* const apart = std::exchange(apart_, nullptr)) return apart;
      if (!Fill()) return nullptr;
    }
  }

  void Restart() override {
    input_->Restart();
    apart_ = nullptr;
    Empty();
  }

 private:
  static constexpr std::size_t kRowsMax = std::size_t{1} << 16;
  static constexpr std::size_t kTableSize = kRowsMax * 4;
  static constexpr std::uint32_t kFree = ~std::uint32_t{0};

  void Empty() {
    size_ = 0;
    shown_ = 0;
    nodes_.clear();
    times_.clear();
    table_.assign(kTableSize, kFree);
  }

  // Takes batches in until there is something to show.
  bool Fill() {
    Empty();
    while (size_ < kRowsMax - kBatchRows && apart_ == nullptr) {
      const Batch* const in = input_->Next(kBatchRows);
      if (in == nullptr) return size_ != 0;
      run_.Poll();
      if (IsOfNodes(*in)) {
        for (std::size_t i = 0; i < in->count; ++i) Add(*in, in->Row(i));
      } else {
        apart_ = in;
      }
    }
    return true;
  }

  bool IsOfNodes(const Batch& in) const {
    return std::ranges::all_of(keys_, [&](Slot slot) {
      const Vector* const vector = in.vectors[slot];
      return vector != nullptr && vector->kind() == Vector::Kind::kNodes && !vector->has_nulls();
    });
  }

  void Add(const Batch& in, std::size_t row) {
    std::uint64_t hash = 0;
    for (const Slot slot : keys_) hash = (hash ^ in.vectors[slot]->nodes()[row].value) * 0x9E3779B97F4A7C15ULL;
    for (std::size_t place = hash >> 32;; ++place) {
      std::uint32_t& entry = table_[place % kTableSize];
      if (entry == kFree) {
        entry = static_cast<std::uint32_t>(size_++);
        for (const Slot slot : keys_) nodes_.push_back(in.vectors[slot]->nodes()[row]);
        times_.push_back(in.Times(row));
        return;
      }
      if (!IsAt(entry, in, row)) continue;
      times_[entry] += IsMutant("merge-forgets-rows") ? 0 : in.Times(row);
      return;
    }
  }

  bool IsAt(std::size_t entry, const Batch& in, std::size_t row) const {
    for (std::size_t k = IsMutant("merge-ignores-a-key") ? 1 : 0; k < keys_.size(); ++k) {
      if (nodes_[entry * keys_.size() + k] != in.vectors[keys_[k]]->nodes()[row]) return false;
    }
    return true;
  }

  const Batch* Show(std::size_t rows_max) {
    const std::size_t count = std::min(rows_max, size_ - shown_);
    for (std::size_t k = 0; k < keys_.size(); ++k) {
      vectors_[k].Reset(Vector::Kind::kNodes);
      for (std::size_t i = 0; i < count; ++i) vectors_[k].nodes()[i] = nodes_[(shown_ + i) * keys_.size() + k];
      out_.vectors[keys_[k]] = &vectors_[k];
    }
    out_.count = count;
    out_.times = times_.data() + shown_;
    shown_ += count;
    return &out_;
  }

  Run& run_;
  const std::vector<Slot> keys_;
  const OperatorPtr input_;
  const Batch* apart_ = nullptr;
  std::vector<NodeId> nodes_;  // row by row
  std::vector<std::uint64_t> times_;
  std::vector<std::uint32_t> table_;  // of rows
  std::size_t size_ = 0;
  std::size_t shown_ = 0;
  Batch out_;
  std::vector<Vector> vectors_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::MergeRows& merge, const std::set<Slot>&, OperatorPtr input) {
  return std::make_unique<MergingNodes>(run, merge, std::move(input));
}

}  // namespace plenum::execution
