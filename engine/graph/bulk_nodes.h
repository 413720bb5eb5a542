// The nodes of a bulk load: their ids, labels, properties and key indexes, written block by block.
//
// A node's first label chooses its block: 4096 ids that belong to that label alone. Several blocks are open at once.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/bulk_block.h"
#include "engine/graph/bulk_output.h"
#include "engine/graph/graph.h"
#include "engine/graph/graph_statistics.h"
#include "engine/graph/label_sets.h"
#include "engine/storage/external_sorter.h"
#include "engine/value/plain_value.h"

namespace plenum::graph {

class BulkNodes {
 public:
  // `memory_bytes_max`: of the blocks that are open; of the entries of all indexes as much again.
  BulkNodes(BulkOutput& output, std::string directory, std::uint64_t memory_bytes_max)
      : output_(output), directory_(std::move(directory)), memory_bytes_max_(memory_bytes_max) {}

  void DeclareKey(LabelId label, KeyId key);
  struct DeclaredKey {
    LabelId label;
    KeyId key;
    std::unique_ptr<storage::ExternalSorter> entries;
  };
  // With their entries, after the last node.
  std::vector<DeclaredKey> TakeDeclaredKeys() { return std::move(declared_); }

  using PlainProperty = std::pair<KeyId, PlainValue>;
  // Keys ascend strictly; nulls are left out. Values are storable.
  Result<NodeId> Add(std::span<const LabelId> labels, std::span<const PlainProperty> properties,
                     const std::optional<Interval>& validity);
  // After the last node: everything but the indexes is written.
  Status Finish();

  std::uint64_t count() const { return count_; }
  std::uint64_t CountOf(LabelSetId set) const { return counts_[set]; }
  std::uint32_t next_extent() const { return next_extent_; }
  // The next id in the open block of each first label (storage::kEveryNode: of nodes without one), after Finish.
  const std::map<std::uint16_t, std::uint32_t>& next_ids() const { return next_ids_; }
  const LabelSets& label_sets() const { return sets_; }
  bool Has(NodeId node) const;
  const NodeLabelSets& node_sets() const { return node_sets_; }  // after Finish
  // Of memory that stays taken while relationships are loaded: what is known of the label sets of nodes.
  std::uint64_t kept_bytes() const { return node_sets_.bytes(); }
  GraphStatistics::OfLabels TakeDistinct() { return std::move(distinct_); }

 private:
  struct OpenBlock {
    OpenBlock() : builder(storage::Owner{}) {}
    std::uint32_t block = 0;
    std::uint32_t used = storage::kBlockSlots;  // none is open yet
    BlockBuilder builder;
    std::vector<LabelSetId> sets;  // by slot
  };
  using RangeLabels = std::unordered_map<std::uint16_t, std::vector<std::uint16_t>>;  // nodes of a range, by label
  struct Range {
    unsigned blocks_closed = 0;
    RangeLabels labels;
  };

  Status AddProperties(OpenBlock& open, NodeId node, std::span<const PlainProperty> properties);
  Status AddProperty(OpenBlock& open, NodeId node, std::uint16_t property, const PlainValue& value);
  Status AddToIndexes(NodeId node, LabelSetId set, std::span<const PlainProperty> properties);
  Status Close(OpenBlock& open);
  Status CloseLargest();
  void AddToRange(const OpenBlock& open);
  Status WriteRange(std::uint16_t number, Range& range);

  BulkOutput& output_;
  std::string directory_;
  std::uint64_t memory_bytes_max_;
  LabelSets sets_;
  std::vector<std::uint64_t> counts_;  // by label set
  std::uint64_t count_ = 0;
  std::uint32_t next_extent_ = 0;
  std::map<std::uint16_t, std::unique_ptr<OpenBlock>> open_;  // by first label
  OpenBlock* last_open_ = nullptr;
  std::uint32_t last_home_ = UINT32_MAX;
  std::map<std::uint16_t, std::uint32_t> next_ids_;
  std::vector<std::uint32_t> used_;  // of each block's ids
  NodeLabelSets node_sets_;
  std::map<std::uint16_t, Range> ranges_;  // those with a block that is open, or to come
  std::vector<DeclaredKey> declared_;
  GraphStatistics::OfLabels distinct_;
  std::uint64_t closed_check_ = 0;  // nodes until the open blocks are measured again
  std::string cell_;
  std::string entry_;
};

}  // namespace plenum::graph
