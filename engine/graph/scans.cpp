// Scans of all nodes, all nodes with a label, all relationships of a type. Each range, or block, is gathered first and
// visited then, so that nothing in memory is held while the visitor works.
#include <algorithm>
#include <utility>

#include "engine/graph/transaction_state.h"

namespace plenum::graph {

Status Transaction::State::AppendLabelled(std::uint16_t label, std::uint16_t range, std::vector<NodeId>& out) {
  const Call call(*this);
  const auto block = reads.Labels(label, range);
  if (!block) return block.error();
  const std::uint32_t first = std::uint32_t{range} << storage::kRangeBits;
  OwnWrites::Changes changes;  // what differs from the content, newest last
  (*block)->changes.ForEach(view->commit, [&](std::uint32_t node, bool has) { changes[first | node] = has; });
  if (const OwnWrites::Changes* written = own.FindLabelChanges(label)) {
    const auto begin = written->lower_bound(first);
    const auto end = written->upper_bound(first | (storage::kLabelRange - 1));
    for (auto each = begin; each != end; ++each) changes[each->first] = each->second;
  }
  auto change = changes.begin();
  const auto take_changes_before = [&](std::uint64_t id) {
    for (; change != changes.end() && change->first < id; ++change) {
      if (change->second) out.push_back({static_cast<std::uint32_t>(change->first)});
    }
  };
  if ((*block)->content) {
    (*block)->content->ForEach([&](std::uint16_t node) {
      const std::uint32_t id = first | node;
      take_changes_before(id);
      if (change == changes.end() || change->first != id) out.push_back({id});
    });
  }
  take_changes_before(std::uint64_t{first} + storage::kLabelRange);
  return {};
}

Status Transaction::ScanNodes(std::optional<LabelId> label, const std::function<bool(NodeId)>& visit) {
  if (Status status = state_->CheckOpen(); !status.ok()) return status;
  const std::uint64_t nodes_end = state_->NodesEnd();
  std::vector<NodeId> nodes;
  for (std::uint64_t range = 0; range << storage::kRangeBits < nodes_end; ++range) {
    nodes.clear();
    const std::uint16_t number = label ? label->value : storage::kEveryNode;
    Status status = state_->AppendLabelled(number, static_cast<std::uint16_t>(range), nodes);
    if (!status.ok()) return status;
    for (const NodeId node : nodes) {
      if (!visit(node)) return {};
    }
  }
  return {};
}

Status Transaction::State::AppendRelationships(TypeId type, std::uint32_t block, std::vector<RelationshipId>& out) {
  const Call call(*this);
  const auto slots = reads.SlotsWith({type.value}, storage::kStartProperty, block);
  if (!slots) return slots.error();
  const std::uint64_t first = RelationshipOf(type, NumberAt(block, 0)).value;
  OwnWrites::Changes there;
  for (const std::uint32_t slot : *slots) there.emplace_hint(there.end(), first | slot, true);
  if (const OwnWrites::Changes* written = own.FindRelationshipChanges(type)) {
    const auto end = written->lower_bound(first + storage::kBlockSlots);
    for (auto each = written->lower_bound(first); each != end; ++each) there[each->first] = each->second;
  }
  for (const auto& [id, is_there] : there) {
    if (is_there) out.push_back({id});
  }
  return {};
}

Status Transaction::ScanRelationships(TypeId type, const std::function<bool(RelationshipId)>& visit) {
  if (Status status = state_->CheckOpen(); !status.ok()) return status;
  const Result<std::uint64_t> numbers_end = state_->NumbersEnd(storage::NextRelationshipKey(type.value));
  if (!numbers_end) return numbers_end.error();
  std::vector<RelationshipId> relationships;
  for (std::uint64_t block = 0; NumberAt(block, 0) < *numbers_end; ++block) {
    relationships.clear();
    Status status = state_->AppendRelationships(type, static_cast<std::uint32_t>(block), relationships);
    if (!status.ok()) return status;
    for (const RelationshipId relationship : relationships) {
      if (!visit(relationship)) return {};
    }
  }
  return {};
}

}  // namespace plenum::graph
