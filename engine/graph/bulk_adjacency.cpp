// See bulk_adjacency.h.
#include "engine/graph/bulk_adjacency.h"

#include <span>
#include <string>
#include <utility>

#include "engine/storage/key_layout.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

void Truncate(storage::ValidityLane& lane, std::size_t size) {
  storage::ValidityLane kept;
  kept.AppendRun(lane, 0, size);
  lane = std::move(kept);
}

}  // namespace

AdjacencyWriter::AdjacencyWriter(TypeId type, Direction direction, unsigned segment_bits, BulkOutput& output)
    : type_(type), direction_(direction), bits_(segment_bits), output_(output) {}

Status AdjacencyWriter::Add(std::uint32_t node, std::uint32_t target, std::uint64_t number,
                            const std::optional<Interval>& validity) {
  if (node != node_) {
    if (Status status = GoTo(node); !status.ok()) return status;
  }
  validity_.Append(validity);
  return Add(node, target, number);
}

Status AdjacencyWriter::GoTo(std::uint32_t node) {
  if (node_ != kNoNode) {
    if (Status status = EndList(); !status.ok()) return status;
    if (node_ >> bits_ != node >> bits_) {
      if (Status status = WriteSegment(); !status.ok()) return status;
    }
  }
  node_ = node;
  list_begin_ = targets_.size();
  return {};
}

Status AdjacencyWriter::EndList() {
  const std::uint64_t degree = degree_in_chunks_ + targets_.size() - list_begin_;
  degrees_.Add(degree);
  if (degree > storage::kHubDegree && targets_.size() > list_begin_) {
    if (Status status = WriteChunk(); !status.ok()) return status;
  }
  const auto local = static_cast<std::uint32_t>(node_ & ((std::uint64_t{1} << bits_) - 1));
  degree_of_.resize(local + 1);
  degree_of_[local] = static_cast<std::uint32_t>(targets_.size() - list_begin_);
  if (!hub_.chunks.empty()) {
    hub_.local = local;
    hubs_.push_back(std::exchange(hub_, {}));
  }
  degree_in_chunks_ = 0;
  return {};
}

std::string AdjacencyWriter::Encode(unsigned log2_nodes, std::size_t begin, std::vector<std::uint32_t> degrees,
                                    const std::vector<storage::HubStub>& hubs) const {
  storage::SegmentColumns columns{.degrees = degrees,
                                  .targets = std::span(targets_).subspan(begin),
                                  .numbers = std::span(numbers_).subspan(begin),
                                  .first_number = 0,
                                  .validity = nullptr,
                                  .hubs = hubs};
  storage::ValidityLane lane;
  if (validity_.size() > begin) lane.AppendRun(validity_, begin, validity_.size() - begin);
  if (!lane.AllTimeless()) columns.validity = &lane;
  std::size_t consecutive = 0;
  while (consecutive < columns.numbers.size() && columns.numbers[consecutive] == columns.numbers[0] + consecutive) {
    ++consecutive;
  }
  if (consecutive > 0 && consecutive == columns.numbers.size()) {
    columns.first_number = columns.numbers[0];
    columns.numbers = {};
  }
  return EncodeSegment(log2_nodes, columns);
}

// What there is of the list at hand leaves the segment.
Status AdjacencyWriter::WriteChunk() {
  const auto count = static_cast<std::uint32_t>(targets_.size() - list_begin_);
  if (hub_.chunks.size() > UINT16_MAX) {
    return storage::RuntimeError(ErrorType::kResourceExhausted,
                                 "node " + std::to_string(node_) + " has more than 2^30 relationships of one type");
  }
  const auto chunk = static_cast<std::uint16_t>(hub_.chunks.size());
  hub_.chunks.push_back({targets_[list_begin_], numbers_[list_begin_], chunk});
  const std::string key =
      storage::ChunkKey(type_.value, static_cast<std::uint8_t>(direction_), static_cast<std::uint32_t>(node_), chunk);
  Status status = output_.Put(key, Encode(0, list_begin_, {count}, {}));
  targets_.resize(list_begin_);
  numbers_.resize(list_begin_);
  if (validity_.size() > list_begin_) Truncate(validity_, list_begin_);
  degree_in_chunks_ += count;
  return status;
}

Status AdjacencyWriter::WriteSegment() {
  const auto segment = static_cast<std::uint32_t>(node_ >> bits_);
  Status status = output_.Put(storage::SegmentKey(type_.value, static_cast<std::uint8_t>(direction_), bits_, segment),
                              Encode(bits_, 0, std::exchange(degree_of_, {}), std::exchange(hubs_, {})));
  targets_.clear();
  numbers_.clear();
  validity_ = {};
  list_begin_ = 0;
  return status;
}

Status AdjacencyWriter::Finish() {
  if (node_ == kNoNode) return {};
  if (Status status = EndList(); !status.ok()) return status;
  Status status = WriteSegment();
  node_ = kNoNode;
  return status;
}

}  // namespace plenum::graph
