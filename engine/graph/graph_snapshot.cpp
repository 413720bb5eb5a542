// Snapshots and readers: see plenum/graph.h.
#include <algorithm>
#include <bit>
#include <limits>

#include "engine/graph/graph_reader_state.h"
#include "engine/storage/store_transaction.h"

namespace plenum {
namespace {

using storage::kEveryNode;
using storage::Space;

template <class Id>
std::optional<Id> Numbered(std::optional<std::size_t> number) {
  return number ? std::optional(Id{static_cast<std::uint16_t>(*number)}) : std::nullopt;
}

}  // namespace

// ---- Snapshots

GraphSnapshot::GraphSnapshot(graph::GraphCore& core, std::shared_ptr<const graph::ReadView> view)
    : core_(&core), view_(std::move(view)) {}

std::uint64_t GraphSnapshot::commit() const { return view_->commit; }

std::uint32_t GraphSnapshot::nodes_end() const {
  const std::uint64_t end = view_->extents << storage::kBlockBits;
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(end, std::numeric_limits<std::uint32_t>::max()));
}

std::optional<LabelId> GraphSnapshot::FindLabel(std::string_view name) const {
  return Numbered<LabelId>(view_->catalog->names[static_cast<std::size_t>(Space::kLabels)].Find(name));
}

std::optional<TypeId> GraphSnapshot::FindType(std::string_view name) const {
  return Numbered<TypeId>(view_->catalog->names[static_cast<std::size_t>(Space::kTypes)].Find(name));
}

std::optional<KeyId> GraphSnapshot::FindKey(std::string_view name) const {
  return Numbered<KeyId>(view_->catalog->names[static_cast<std::size_t>(Space::kKeys)].Find(name));
}

std::vector<TypeId> GraphSnapshot::Types() const {
  std::vector<TypeId> types(view_->catalog->names[static_cast<std::size_t>(Space::kTypes)].size());
  for (std::size_t i = 0; i < types.size(); ++i) types[i].value = static_cast<std::uint16_t>(i);
  return types;
}

Result<std::uint64_t> GraphSnapshot::CountNodes(std::optional<LabelId> label) const {
  return storage::StoreTransaction(core_->store, view_->snapshot)
      .GetNumber(label ? storage::LabelCountKey(label->value) : storage::NodeCountKey());
}

Result<std::uint64_t> GraphSnapshot::CountRelationships(TypeId type) const {
  return storage::StoreTransaction(core_->store, view_->snapshot).GetNumber(storage::TypeCountKey(type.value));
}

// ---- Readers

GraphReader::GraphReader(const GraphSnapshot& snapshot) : state_(std::make_unique<State>(snapshot)) {}
GraphReader::~GraphReader() = default;

const GraphSnapshot& GraphReader::snapshot() const { return state_->snapshot; }
const Status& GraphReader::status() const { return state_->status; }

void GraphReader::Release() {
  if (!state_->reads.ShouldRelease()) return;
  for (graph::ListTable* table : state_->tables) table->Forget();
  state_->scope.reset();
  state_->scope.emplace(state_->reads);
}

const std::uint64_t* GraphReader::State::LabelBits(std::uint16_t label, std::uint32_t range) {
  auto& ranges = label_bits[label];
  if (ranges.size() <= range) ranges.resize(std::size_t{range} + 1);
  if (ranges[range] != nullptr) return ranges[range].get();
  ranges[range] = std::make_unique<std::uint64_t[]>(storage::kLabelRange / 64);
  std::uint64_t* const bits = ranges[range].get();
  const auto block = Take(reads.Labels(label, static_cast<std::uint16_t>(range)));
  if (!block) return bits;
  if ((*block)->content) {
    (*block)->content->ForEach([&](std::uint16_t node) { bits[node / 64] |= std::uint64_t{1} << node % 64; });
  }
  (*block)->changes.ForEach(reads.commit(), [&](std::uint32_t node, bool has) {
    const std::uint64_t bit = std::uint64_t{1} << node % 64;
    bits[node / 64] = has ? bits[node / 64] | bit : bits[node / 64] & ~bit;
  });
  return bits;
}

bool GraphReader::State::HasLabel(NodeId node, std::uint16_t label) {
  if (node.value >= snapshot.nodes_end()) return false;
  const std::uint32_t place = node.value % storage::kLabelRange;
  return (LabelBits(label, node.value >> storage::kRangeBits)[place / 64] >> place % 64 & 1) != 0;
}

bool GraphReader::Exists(NodeId node) { return state_->HasLabel(node, kEveryNode); }
bool GraphReader::HasLabel(NodeId node, LabelId label) { return state_->HasLabel(node, label.value); }

std::uint32_t GraphReader::node_ranges() const {
  return static_cast<std::uint32_t>((std::uint64_t{state_->snapshot.nodes_end()} + storage::kLabelRange - 1) >>
                                    storage::kRangeBits);
}

void GraphReader::ReadNodesOfRange(std::optional<LabelId> label, std::uint32_t range, std::vector<NodeId>& nodes) {
  const std::uint64_t* const bits = state_->LabelBits(label ? label->value : kEveryNode, range);
  nodes.clear();
  for (std::uint32_t word = 0; word < storage::kLabelRange / 64; ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
      const auto place = word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest));
      nodes.push_back({range << storage::kRangeBits | place});
    }
  }
}

Value GraphReader::Property(NodeId node, KeyId key) {
  return state_->Take(state_->reads.ValueOf(storage::Element(node), key.value)).value_or(Value());
}
Value GraphReader::Property(RelationshipId relationship, KeyId key) {
  return state_->Take(state_->reads.ValueOf(storage::Element(relationship), key.value)).value_or(Value());
}
std::optional<Interval> GraphReader::Validity(NodeId node) {
  return graph::IntervalIn(Property(node, KeyId{storage::kValidityProperty}));
}
std::optional<Interval> GraphReader::Validity(RelationshipId relationship) {
  return graph::IntervalIn(Property(relationship, KeyId{storage::kValidityProperty}));
}

}  // namespace plenum
