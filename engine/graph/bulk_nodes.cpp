// See bulk_nodes.h.
#include "engine/graph/bulk_nodes.h"

#include <algorithm>

#include "engine/graph/indexes.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/cell.h"
#include "engine/storage/label_set.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

using storage::kBlockSlots;
using storage::kBlocksOfRange;
using storage::RuntimeError;

constexpr std::uint64_t kNodesBetweenChecks = 1024;

}  // namespace

void BulkNodes::DeclareKey(LabelId label, KeyId key) {
  for (const DeclaredKey& each : declared_) {
    if (each.label == label && each.key == key) return;
  }
  declared_.push_back({label, key, std::make_unique<storage::ExternalSorter>(directory_, memory_bytes_max_)});
  for (DeclaredKey& each : declared_) each.entries->set_memory_bytes_max(memory_bytes_max_ / declared_.size());
}

bool BulkNodes::Has(NodeId node) const {
  const std::uint32_t block = storage::BlockOf(node.value);
  return block < used_.size() && storage::SlotOf(node.value) < used_[block];
}

Result<NodeId> BulkNodes::Add(std::span<const LabelId> labels, std::span<const PlainProperty> properties,
                              const std::optional<Interval>& validity) {
  const std::uint16_t home = labels.empty() ? storage::kEveryNode : labels.front().value;
  if (home != last_home_) {
    auto& open = open_[home];
    if (!open) open = std::make_unique<OpenBlock>();
    last_open_ = open.get();
    last_home_ = home;
  }
  OpenBlock& open = *last_open_;
  if (open.used == kBlockSlots) {
    if (next_extent_ == storage::kExtentsMax) {
      return RuntimeError(ErrorType::kResourceExhausted, "a database has at most 4,294,963,200 nodes");
    }
    open.block = next_extent_++;
    open.used = 0;
    used_.push_back(0);
  }
  const NodeId node{open.block << storage::kBlockBits | open.used};
  const LabelSetId set = sets_.Intern(labels);
  if (counts_.size() <= set) counts_.resize(set + 1);
  Status status = AddProperties(open, node, properties);
  if (status.ok()) status = AddToIndexes(node, set, properties);
  if (!status.ok()) return std::move(status).error();
  if (validity) {
    cell_.clear();
    storage::AppendCell(cell_, Value(*validity));
    open.builder.AddCell(open.used, storage::kValidityProperty, cell_, 0);
  }
  open.sets.push_back(set);
  ++counts_[set];
  ++count_;
  used_[open.block] = ++open.used;
  if (open.used == kBlockSlots) status = Close(open);
  if (status.ok() && ++closed_check_ == kNodesBetweenChecks) status = CloseLargest();
  if (!status.ok()) return std::move(status).error();
  return node;
}

Status BulkNodes::AddProperties(OpenBlock& open, NodeId node, std::span<const PlainProperty> properties) {
  for (const auto& [key, value] : properties) {
    if (IsNull(value)) continue;
    if (Status status = AddProperty(open, node, key.value, value); !status.ok()) return status;
  }
  return {};
}

Status BulkNodes::AddProperty(OpenBlock& open, NodeId node, std::uint16_t property, const PlainValue& value) {
  cell_.clear();
  AppendCellOf(cell_, value);
  Status status;
  std::uint64_t hash = 0;
  if (storage::IsLongCell(cell_)) {
    const auto* const other = std::get_if<const Value*>(&value);
    const std::string_view text = other != nullptr ? (*other)->string() : std::get<std::string_view>(value);
    hash = storage::HashOfBytes(text);
    status = output_.Put(storage::LongTextKey({}, property, node.value), text);
  } else {
    hash = storage::HashOfBytes(cell_);
  }
  open.builder.AddCell(storage::SlotOf(node.value), property, cell_, hash);
  return status;
}

// An entry is the value's ordered bytes and the node: no value's bytes begin another's, so they sort by value.
Status BulkNodes::AddToIndexes(NodeId node, LabelSetId set, std::span<const PlainProperty> properties) {
  for (const DeclaredKey& declared : declared_) {
    if (!std::ranges::binary_search(sets_.LabelsOf(set), declared.label)) continue;
    const auto found = std::ranges::lower_bound(properties, declared.key, {}, &PlainProperty::first);
    if (found == properties.end() || found->first != declared.key) continue;
    const Value value = ToValue(found->second);
    if (!IsIndexed(value, true)) continue;
    entry_.clear();
    storage::AppendOrdered(entry_, value);
    storage::AppendBigEndian(entry_, node.value, 4);
    if (Status status = declared.entries->Add(entry_); !status.ok()) return status;
  }
  return {};
}

Status BulkNodes::Close(OpenBlock& open) {
  Status status = open.builder.Write(open.block, output_, [&](std::uint16_t property, std::uint32_t slot, auto hash) {
    if (property >= storage::kNamesEnd) return;
    for (const LabelId label : sets_.LabelsOf(open.sets[slot])) distinct_[{label.value, property}].Add(hash);
  });
  if (!status.ok()) return status;
  AddToRange(open);
  node_sets_.SetBlock(open.block, open.sets);
  open.sets.clear();
  open.used = kBlockSlots;
  const auto number = static_cast<std::uint16_t>(open.block / kBlocksOfRange);
  Range& range = ranges_[number];
  if (++range.blocks_closed < kBlocksOfRange) return {};
  status = WriteRange(number, range);
  ranges_.erase(number);
  return status;
}

void BulkNodes::AddToRange(const OpenBlock& open) {
  RangeLabels& labels = ranges_[static_cast<std::uint16_t>(open.block / kBlocksOfRange)].labels;
  std::uint32_t slot = 0;
  const std::uint32_t first = open.block % kBlocksOfRange * kBlockSlots;
  while (slot < open.sets.size()) {
    std::uint32_t end = slot + 1;
    while (end < open.sets.size() && open.sets[end] == open.sets[slot]) ++end;
    const auto append = [&](std::uint16_t label) {
      std::vector<std::uint16_t>& nodes = labels[label];
      for (std::uint32_t each = slot; each < end; ++each) nodes.push_back(static_cast<std::uint16_t>(first + each));
    };
    for (const LabelId label : sets_.LabelsOf(open.sets[slot])) append(label.value);
    append(storage::kEveryNode);
    slot = end;
  }
}

Status BulkNodes::WriteRange(std::uint16_t number, Range& range) {
  for (auto& [label, nodes] : range.labels) {
    if (!std::ranges::is_sorted(nodes)) std::ranges::sort(nodes);  // blocks are closed in any order
    Status status = output_.Put(storage::LabelSetKey(label, number), storage::EncodeLabelSet(nodes));
    if (!status.ok()) return status;
  }
  return {};
}

// When the open blocks take too much memory, the largest is closed: the ids that are left of it are given to nobody.
Status BulkNodes::CloseLargest() {
  closed_check_ = 0;
  std::uint64_t bytes = 0;
  OpenBlock* largest = nullptr;
  for (const auto& [home, open] : open_) {
    bytes += open->builder.bytes();
    if (largest == nullptr || open->builder.bytes() > largest->builder.bytes()) largest = open.get();
  }
  return bytes > memory_bytes_max_ ? Close(*largest) : Status();
}

Status BulkNodes::Finish() {
  for (auto& [home, open] : open_) {
    if (open->used == kBlockSlots) continue;
    next_ids_[home] = open->block << storage::kBlockBits | open->used;
    if (Status status = Close(*open); !status.ok()) return status;
  }
  open_.clear();
  last_home_ = UINT32_MAX;
  for (auto& [number, range] : ranges_) {
    if (Status status = WriteRange(number, range); !status.ok()) return status;
  }
  ranges_.clear();
  return {};
}

}  // namespace plenum::graph
