// See plenum/graph_reader.h.
#include "plenum/graph_reader.h"

#include <bit>

#include "engine/graph/graph_reader_state.h"
#include "engine/graph/indexes.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/store_transaction.h"

namespace plenum {

using storage::kEveryNode;

GraphReader::GraphReader(const GraphSnapshot& snapshot) : state_(std::make_unique<State>(snapshot)) {}
GraphReader::~GraphReader() = default;

const GraphSnapshot& GraphReader::snapshot() const { return state_->snapshot; }
const Status& GraphReader::status() const { return state_->status; }

void GraphReader::Release() {
  if (!state_->reads.ShouldRelease()) return;
  for (graph::ListTable* table : state_->tables) table->Forget();
  state_->scope.reset();
  state_->scope.emplace(state_->reads);
  ++state_->scopes;
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

const std::uint64_t* GraphReader::NodeBits(std::optional<LabelId> label, std::uint32_t range) {
  return state_->LabelBits(label ? label->value : kEveryNode, range);
}

void GraphReader::ReadNodesOfRange(std::optional<LabelId> label, std::uint32_t range, std::vector<NodeId>& nodes) {
  const std::uint64_t* const bits = NodeBits(label, range);
  nodes.clear();
  for (std::uint32_t word = 0; word < storage::kLabelRange / 64; ++word) {
    for (std::uint64_t rest = bits[word]; rest != 0; rest &= rest - 1) {
      const auto place = word * 64 + static_cast<std::uint32_t>(std::countr_zero(rest));
      nodes.push_back({range << storage::kRangeBits | place});
    }
  }
}

std::vector<LabelId> GraphReader::Labels(NodeId node) {
  std::vector<LabelId> labels;
  for (const LabelId label : state_->snapshot.Labels()) {
    if (HasLabel(node, label)) labels.push_back(label);
  }
  return labels;
}

std::optional<NodeId> GraphReader::FindNode(LabelId label, KeyId key, const Value& value) {
  const graph::ReadView& view = *state_->snapshot.view_;
  const storage::IndexDefinition* const index = graph::FindIndex(view.catalog->indexes, label, key, true);
  if (index == nullptr) {
    state_->Fail(
        storage::RuntimeError(ErrorType::kUsageError, "NoSuchIndex",
                              "nodes are found by a property that is the key of their label: CREATE CONSTRAINT "
                              "FOR (n:Label) REQUIRE n.property IS UNIQUE makes it one"));
    return std::nullopt;
  }
  storage::StoreTransaction store(state_->snapshot.core_->store, view.snapshot);
  return state_->Take(graph::SeekUnique(store, *index, value)).value_or(std::nullopt);
}

Value GraphReader::Property(NodeId node, KeyId key) {
  return state_->Take(state_->reads.ValueOf(storage::Element(node), key.value)).value_or(Value());
}
Value GraphReader::Property(RelationshipId relationship, KeyId key) {
  return state_->Take(state_->reads.ValueOf(storage::Element(relationship), key.value)).value_or(Value());
}
PropertyList GraphReader::Properties(NodeId node) {
  return graph::PropertiesOf(state_->Take(state_->reads.ValuesOf(node)).value_or(graph::PropertyValues()));
}
PropertyList GraphReader::Properties(RelationshipId relationship) {
  return graph::PropertiesOf(state_->Take(state_->reads.ValuesOf(relationship)).value_or(graph::PropertyValues()));
}

std::optional<std::pair<NodeId, NodeId>> GraphReader::Ends(RelationshipId relationship) {
  return state_
      ->Take(graph::EndsIn(relationship, state_->reads.ValueOf(relationship, storage::kStartProperty),
                           state_->reads.ValueOf(relationship, storage::kEndProperty)))
      .value_or(std::nullopt);
}

std::optional<Interval> GraphReader::Validity(NodeId node) {
  return graph::IntervalIn(Property(node, KeyId{storage::kValidityProperty}));
}
std::optional<Interval> GraphReader::Validity(RelationshipId relationship) {
  return graph::IntervalIn(Property(relationship, KeyId{storage::kValidityProperty}));
}

}  // namespace plenum
