// See recut_segments.h.
#include "engine/graph/recut_segments.h"

#include <chrono>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "engine/storage/byte_code.h"
#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {
namespace {

constexpr unsigned kTooLargeBits = 2;  // log2 of how many times as large as they should be segments may grow
constexpr std::size_t kBatchBytes = std::size_t{4} << 20;
constexpr std::chrono::hours kPatience{24};

Error Stopped() { return storage::RuntimeError(ErrorType::kCancelled, "the segments were not cut anew"); }

// The turn to write.
class Turn {
 public:
  Turn(WriteQueue& queue, const std::atomic<bool>& stop) : queue_(queue), has_(queue.Enter(kPatience, &stop)) {}
  ~Turn() {
    if (has_) queue_.Leave();
  }
  Turn(const Turn&) = delete;
  Turn& operator=(const Turn&) = delete;
  bool has() const { return has_; }

 private:
  WriteQueue& queue_;
  const bool has_;
};

class Recut {
 public:
  Recut(GraphCore& core, TypeId type, Direction direction, const std::atomic<bool>& stop)
      : core_(core), view_(core.View()), type_(type), direction_(direction), stop_(stop) {}

  Status Run() {
    const auto bits = view_->catalog->segment_bits.find({type_, direction_});
    if (bits == view_->catalog->segment_bits.end()) return {};
    old_bits_ = bits->second;
    const auto count =
        storage::StoreTransaction(core_.store, view_->snapshot).GetNumber(storage::TypeCountKey(type_.value));
    if (!count) return count.error();
    const std::uint64_t nodes = view_->extents << storage::kBlockBits;
    if (!AreSegmentsTooLarge(old_bits_, nodes, *count)) {  // any more: when they are again, it takes another task
      core_.recut.erase({type_, direction_});
      return {};
    }
    bits_ = static_cast<std::uint8_t>(storage::SegmentBits(nodes, *count));
    Status status = SweepLeftOverCut(core_.store, type_, direction_, stop_);
    if (status.ok()) status = PutCut({old_bits_, bits_});
    if (status.ok()) status = WriteSegments();
    if (status.ok()) status = Commit();
    return status;
  }

 private:
  std::uint8_t way() const { return static_cast<std::uint8_t>(direction_); }

  Status PutCut(const storage::SegmentCut& cut) {
    storage::WriteSet writes;
    writes.Put(storage::SegmentBitsKey(type_.value, way()), storage::EncodeSegmentCut(cut));
    return core_.store.Apply(writes, false);
  }

  Status WriteSegments() {
    const storage::KeyRange range = storage::PrefixRange(storage::SegmentPrefix(type_.value, way(), old_bits_));
    Status split;
    Status scanned = view_->snapshot->ScanMany({&range, 1}, [&](std::size_t, auto key, auto value) {
      split = stop_.load(std::memory_order_relaxed) ? Stopped() : Split(key, value);
      return split.ok();
    });
    if (!split.ok()) return split;
    return scanned.ok() ? Flush() : std::move(scanned);
  }

  Status Split(std::string_view key, std::string_view value) {
    const auto segment = storage::Segment::Decode(value, {.numbers = true, .validity = true});
    if (segment == nullptr || segment->log2_nodes() != old_bits_) {
      return storage::RuntimeError(ErrorType::kCorruption, "the stored bytes of a segment are damaged; restore a copy");
    }
    const std::uint32_t parts = 1U << (old_bits_ - bits_);
    const std::uint32_t first = storage::NameOfSegment(key).number * parts;
    for (std::uint32_t part = 0; part < parts; ++part) WritePart(*segment, part, first + part);
    return batch_.bytes() < kBatchBytes ? Status() : Flush();
  }

  void WritePart(const storage::Segment& segment, std::uint32_t part, std::uint32_t number) {
    entries_.clear();
    hubs_.clear();
    const std::uint32_t begin = part << bits_;
    for (std::uint32_t local = begin; local < begin + (1U << bits_); ++local) {
      const storage::ListView list = segment.List(local);
      for (std::uint32_t i = 0; i < list.size; ++i) {
        const std::uint32_t at = list.first + i;
        entries_.push_back({local - begin, list.targets[i], segment.NumberAt(at), segment.ValidityAt(at)});
      }
      if (const storage::HubStub* hub = segment.Hub(local)) hubs_.push_back({local - begin, hub->chunks});
    }
    if (entries_.empty() && hubs_.empty()) return;
    batch_.Put(storage::SegmentKey(type_.value, way(), bits_, number), storage::EncodeSegment(bits_, entries_, hubs_));
  }

  Status Flush() {
    Status status = batch_.empty() ? Status() : core_.store.Apply(batch_, false);
    batch_.Clear();
    return status;
  }

  // From this commit on the new segments are read.
  Status Commit() {
    const CommitNumber commit = view_->commit + 1;
    storage::WriteSet writes;
    writes.Put(storage::SegmentBitsKey(type_.value, way()), storage::EncodeSegmentCut({bits_, old_bits_}));
    writes.Put(storage::CommitsKey(), storage::BigEndian(commit, 8));
    if (Status status = core_.store.Apply(writes, false); !status.ok()) return status;
    core_.counters[storage::CommitsKey()] = commit;
    CatalogView catalog(view_->catalog);
    catalog.SetSegmentBits(type_, direction_, bits_);
    auto published =
        std::make_shared<ReadView>(ReadView{commit, core_.store.TakeSnapshot(), catalog.Merged(), view_->extents});
    core_.cache.Publish(commit).Finish([&] { core_.SetView(std::move(published)); });
    return {};
  }

  GraphCore& core_;
  const std::shared_ptr<const ReadView> view_;
  const TypeId type_;
  const Direction direction_;
  const std::atomic<bool>& stop_;
  std::uint8_t old_bits_ = 0;
  std::uint8_t bits_ = 0;
  storage::WriteSet batch_;
  // Of the part at hand.
  std::vector<storage::SegmentEntry> entries_;
  std::vector<storage::HubStub> hubs_;
};

}  // namespace

bool AreSegmentsTooLarge(std::uint8_t bits, std::uint64_t nodes, std::uint64_t relationships) {
  return relationships > 0 && storage::SegmentBits(nodes, relationships) + kTooLargeBits <= bits;
}

Status RecutSegments(GraphCore& core, TypeId type, Direction direction, const std::atomic<bool>& stop) {
  const Turn turn(core.queue, stop);
  return turn.has() ? Recut(core, type, direction, stop).Run() : Status(Stopped());
}

Status SweepLeftOverCut(storage::Store& store, TypeId type, Direction direction, const std::atomic<bool>& stop) {
  const auto way = static_cast<std::uint8_t>(direction);
  const std::string key = storage::SegmentBitsKey(type.value, way);
  std::string value;
  const Result<bool> found = store.TakeSnapshot()->Get(key, value);
  if (!found) return found.error();
  const auto cut = *found ? storage::DecodeSegmentCut(value) : std::nullopt;
  if (!cut || !cut->left_over) return {};
  const std::string prefix = storage::SegmentPrefix(type.value, way, *cut->left_over);
  if (Status status = store.DropRange(storage::PrefixRange(prefix), &stop); !status.ok()) return status;
  storage::WriteSet writes;
  writes.Put(key, storage::EncodeSegmentCut({cut->bits, std::nullopt}));
  return store.Apply(writes, false);
}

}  // namespace plenum::graph
