// The lists of one type and direction, written segment by segment from relationships that come in the segments' order.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/graph/bulk_output.h"
#include "engine/graph/graph.h"
#include "engine/storage/segment.h"
#include "engine/storage/statistics_code.h"

namespace plenum::graph {

class AdjacencyWriter {
 public:
  AdjacencyWriter(TypeId type, Direction direction, unsigned segment_bits, BulkOutput& output);

  // Ascending by node, target, number.
  Status Add(std::uint32_t node, std::uint32_t target, std::uint64_t number) {
    if (node != node_) {
      if (Status status = GoTo(node); !status.ok()) return status;
    }
    targets_.push_back(target);
    numbers_.push_back(number);
    return targets_.size() - list_begin_ < kChunkEdges ? Status() : WriteChunk();
  }
  // In a type where any relationship has a validity this is called for each, instead.
  Status Add(std::uint32_t node, std::uint32_t target, std::uint64_t number, const std::optional<Interval>& validity);
  Status Finish();

  const storage::Degrees& degrees() const { return degrees_; }

 private:
  static constexpr std::size_t kChunkEdges = std::size_t{16} << 10;
  static constexpr std::uint64_t kNoNode = std::uint64_t{1} << 32;

  Status GoTo(std::uint32_t node);
  Status EndList();
  Status WriteChunk();
  Status WriteSegment();
  // The entries from `begin` on, as a segment.
  std::string Encode(unsigned log2_nodes, std::size_t begin, std::vector<std::uint32_t> degrees,
                     const std::vector<storage::HubStub>& hubs) const;

  TypeId type_;
  Direction direction_;
  unsigned bits_;
  BulkOutput& output_;
  storage::Degrees degrees_;

  std::uint64_t node_ = kNoNode;  // whose list is at hand
  std::uint64_t degree_in_chunks_ = 0;
  std::size_t list_begin_ = 0;  // in targets_
  storage::HubStub hub_;        // of the node at hand
  // The segment at hand.
  std::vector<std::uint32_t> degree_of_;
  std::vector<std::uint32_t> targets_;
  std::vector<std::uint64_t> numbers_;
  storage::ValidityLane validity_;  // empty where nothing has any
  std::vector<storage::HubStub> hubs_;
};

}  // namespace plenum::graph
