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
    for (std::size_t k = FirstKey(); k < keys_.size(); ++k) {
      hash = (hash ^ in.vectors[keys_[k]]->nodes()[row].value) * 0x9E3779B97F4A7C15ULL;
    }
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

  static std::size_t FirstKey() { return IsMutant("merge-ignores-a-key") ? 1 : 0; }

  bool IsAt(std::size_t entry, const Batch& in, std::size_t row) const {
    for (std::size_t k = FirstKey(); k < keys_.size(); ++k) {
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

// Rows that are one node: a multiplicity for each node that there may be, in which all rows are added up before any
// goes on. They go on in the order of their ids, so that what is read of them next lies side by side.
class MergingOneNode : public Operator {
 public:
  MergingOneNode(Run& run, const plan::MergeRows& merge, OperatorPtr input)
      : run_(run), key_(merge.keys.front()), input_(std::move(input)), out_(run.width) {}

  const Batch* Next(std::size_t rows_max) override {
    for (;;) {
      if (const Batch* const batch = Show(rows_max)) return batch;
      if (const Batch* const apart = std::exchange(apart_, nullptr)) return apart;
      if (ended_) return nullptr;
      Add();
    }
  }

  void Restart() override {
    input_->Restart();
    apart_ = nullptr;
    ended_ = false;
    std::ranges::fill(times_, 0);
    word_ = words_.size();
    std::ranges::fill(words_, 0);
  }

 private:
  // Until the end, or a batch that is to go on apart.
  void Add() {
    if (times_.empty()) Prepare();
    word_ = 0;
    while (apart_ == nullptr) {
      const Batch* const in = input_->Next(kBatchRows);
      ended_ = in == nullptr;
      if (ended_) return;
      run_.Poll();
      const Vector& nodes = *in->vectors[key_];
      if (nodes.kind() != Vector::Kind::kNodes || nodes.has_nulls()) {
        apart_ = in;
        continue;
      }
      for (std::size_t i = 0; i < in->count; ++i) {
        const std::size_t row = in->Row(i);
        const std::uint32_t node = nodes.nodes()[row].value;
        if (IsMutant("merge-forgets-dense-rows") && times_[node] != 0) continue;
        times_[node] += in->Times(row);
        words_[node / 64] |= std::uint64_t{1} << node % 64;
      }
    }
  }

  void Prepare() {
    const std::size_t words = (std::size_t{run_.reader.snapshot().nodes_end()} + 63) / 64;
    run_.query.Charge(words * 65 * sizeof(std::uint64_t), "merging");
    times_.resize(words * 64);
    words_.resize(words);
  }

  const Batch* Show(std::size_t rows_max) {
    std::size_t rows = 0;
    nodes_.Reset(Vector::Kind::kNodes);
    for (; word_ < words_.size() && rows < rows_max; word_ += words_[word_] == 0 ? 1 : 0) {
      for (std::uint64_t& rest = words_[word_]; rest != 0 && rows < rows_max; rest &= rest - 1) {
        const auto node = static_cast<std::uint32_t>(word_ * 64 + static_cast<std::size_t>(std::countr_zero(rest)));
        nodes_.nodes()[rows] = {node};
        shown_times_[rows++] = std::exchange(times_[node], 0);
      }
    }
    if (rows == 0) return nullptr;
    out_.vectors[key_] = &nodes_;
    out_.times = shown_times_;
    out_.count = rows;
    return &out_;
  }

  Run& run_;
  const Slot key_;
  const OperatorPtr input_;
  const Batch* apart_ = nullptr;
  bool ended_ = false;
  std::vector<std::uint64_t> times_;  // by node
  std::vector<std::uint64_t> words_;  // a bit a node: it has come, and has not gone on
  std::size_t word_ = 0;
  Vector nodes_;
  std::uint64_t shown_times_[kBatchRows];
  Batch out_;
};

}  // namespace

OperatorPtr MakeOperator(Run& run, const plan::MergeRows& merge, const std::set<Slot>&, OperatorPtr input) {
  if (merge.keys.size() == 1) return std::make_unique<MergingOneNode>(run, merge, std::move(input));
  return std::make_unique<MergingNodes>(run, merge, std::move(input));
}

}  // namespace plenum::execution
