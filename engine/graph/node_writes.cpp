// Writes to nodes, and to the values of any element. Everything that can fail comes before the first write.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/storable.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

using storage::RuntimeError;

Status Transaction::State::CheckNode(NodeId node) {
  const Result<bool> there = HasNode(node);
  if (!there) return there.error();
  if (*there) return {};
  return RuntimeError(ErrorType::kEntityNotFound, "DeletedEntityAccess",
                      "there is no node " + std::to_string(node.value) + " (any more)");
}

Status Transaction::State::CheckElement(const Element& element) {
  if (Status status = CheckWritable(); !status.ok()) return status;
  if (const auto* node = std::get_if<NodeId>(&element)) return CheckNode(*node);
  return CheckRelationship(std::get<RelationshipId>(element));
}

Result<std::uint64_t> Transaction::State::TakeNumber(const std::string& next_key, std::uint64_t number_max) {
  auto next = core.next_numbers.find(next_key);
  if (next == core.next_numbers.end()) {
    const Result<std::uint64_t> stored = ReadStoredNumber(next_key);
    if (!stored) return stored;
    next = core.next_numbers.emplace(next_key, *stored).first;
  }
  if (next->second > number_max) {
    return RuntimeError(ErrorType::kResourceExhausted,
                        "all numbers for new nodes, or for relationships of this type, "
                        "have been given out; they are not used again");
  }
  core.taken_numbers.insert(next_key);
  return next->second++;
}

// The next id in the label's extent; a multiple of the extent's size means that it is used up.
Result<NodeId> Transaction::State::TakeNodeId(std::uint16_t home_label) {
  const std::string key = storage::NextNodeKey(home_label);
  const Result<std::uint64_t> number = TakeNumber(key, UINT32_MAX + std::uint64_t{1});
  if (!number) return number.error();
  if (*number % storage::kBlockSlots != 0) return NodeId{static_cast<std::uint32_t>(*number)};
  const Result<std::uint64_t> extent = TakeNumber(storage::NextExtentKey(), storage::kExtentsMax - 1);
  if (!extent) {
    core.next_numbers[key] = *number;  // the label's extent is as used up as it was
    return extent.error();
  }
  const std::uint64_t first = NumberAt(*extent, 0);
  core.next_numbers[key] = first + 1;
  return NodeId{static_cast<std::uint32_t>(first)};
}

void Transaction::State::SetLabel(std::uint16_t label, NodeId node, bool has) {
  own.SetLabel(label, node, has);
  counters[label == storage::kEveryNode ? storage::NodeCountKey() : storage::LabelCountKey(label)] += has ? 1 : -1;
}

Result<NodeId> Transaction::CreateNode(const std::vector<LabelId>& labels) {
  if (Status status = state_->CheckWritable(); !status.ok()) return std::move(status).error();
  const Result<NodeId> node = state_->TakeNodeId(labels.empty() ? storage::kEveryNode : labels.front().value);
  if (!node) return node;
  std::vector<LabelId> sorted = labels;
  std::sort(sorted.begin(), sorted.end());
  sorted.erase(std::unique(sorted.begin(), sorted.end()), sorted.end());
  for (const LabelId label : sorted) state_->SetLabel(label.value, *node, true);
  state_->SetLabel(storage::kEveryNode, *node, true);
  return node;
}

// ---- Values

Status Transaction::State::SetValue(const Element& element, KeyId key, const Value& value) {
  const Result<Value> before = ValueOf(element, key.value);
  if (!before) return before.error();
  if (before->is_null() && value.is_null()) return {};
  std::vector<const IndexDefinition*> indexes;
  if (const auto* node = std::get_if<NodeId>(&element)) {
    for (const IndexDefinition& index : catalog.indexes()) {
      if (index.property != key.value || index.dropped) continue;
      const Result<bool> labelled = HasLabel(index.label, *node);
      if (!labelled) return labelled.error();
      if (!*labelled) continue;
      if (Status status = CheckUnique(index, value, *node); !status.ok()) return status;
      indexes.push_back(&index);
    }
  }
  if (value.is_null()) {
    Status status = EraseCitationsUnder(storage::FactBytes(element, key.value), std::nullopt);
    if (!status.ok()) return status;
  }
  for (const IndexDefinition* index : indexes) {
    EraseEntry(*index, *before, std::get<NodeId>(element));
    WriteEntry(*index, value, std::get<NodeId>(element));
  }
  own.SetValue(element, key.value, value);
  return {};
}

Status Transaction::SetProperty(const ElementId& element, KeyId key, const Value& value) {
  const State::Call call(*state_);
  if (Status status = state_->CheckElement(element); !status.ok()) return status;
  if (Status status = CheckStorable(value, NameOf(key)); !status.ok()) return status;
  return state_->SetValue(element, key, value);
}

Status Transaction::State::SetValidity(const Element& element, const std::optional<Interval>& validity) {
  const Result<Value> before = ValueOf(element, storage::kValidityProperty);
  if (!before) return before.error();
  if (before->is_null() && !validity) return {};
  own.SetValue(element, storage::kValidityProperty, validity ? Value(*validity) : Value());
  return {};
}

Status Transaction::SetValidity(const ElementId& element, const std::optional<Interval>& validity) {
  const State::Call call(*state_);
  if (Status status = state_->CheckElement(element); !status.ok()) return status;
  return state_->SetValidity(element, validity);
}

// With start and end, where the element is a relationship: then it is there no more.
Status Transaction::State::EraseValues(const Element& element) {
  const auto values = ValuesOf(element);
  if (!values) return values.error();
  for (const auto& [property, value] : *values) own.SetValue(element, property, Value());
  return {};
}

// ---- Labels

Status Transaction::AddLabel(NodeId node, LabelId label) {
  const State::Call call(*state_);
  if (Status status = state_->CheckElement(node); !status.ok()) return status;
  const Result<bool> has = state_->HasLabel(label.value, node);
  if (!has) return has.error();
  if (*has) return {};
  std::vector<std::pair<const IndexDefinition*, Value>> entries;
  for (const IndexDefinition& index : state_->catalog.indexes()) {
    if (index.label != label.value || index.dropped) continue;
    Result<Value> value = state_->ValueOf(node, index.property);
    if (!value) return std::move(value).error();
    if (Status status = state_->CheckUnique(index, *value, node); !status.ok()) return status;
    entries.emplace_back(&index, *std::move(value));
  }
  for (const auto& [index, value] : entries) state_->WriteEntry(*index, value, node);
  state_->SetLabel(label.value, node, true);
  return {};
}

// All that is kept about a node under one of its labels.
Status Transaction::State::RemoveLabel(NodeId node, LabelId label) {
  for (const IndexDefinition& index : catalog.indexes()) {
    if (index.label != label.value || index.dropped) continue;
    const Result<Value> value = ValueOf(node, index.property);
    if (!value) return value.error();
    EraseEntry(index, *value, node);
  }
  SetLabel(label.value, node, false);
  return {};
}

Status Transaction::RemoveLabel(NodeId node, LabelId label) {
  const State::Call call(*state_);
  if (Status status = state_->CheckElement(node); !status.ok()) return status;
  const Result<bool> has = state_->HasLabel(label.value, node);
  if (!has) return has.error();
  return *has ? state_->RemoveLabel(node, label) : Status();
}

Status Transaction::DeleteNode(NodeId node) {
  const State::Call call(*state_);
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  const Result<bool> there = state_->HasNode(node);
  if (!there) return there.error();
  if (!*there) return {};
  const Result<bool> connected = state_->HasRelationships(node);
  if (!connected) return connected.error();
  if (*connected) {
    return RuntimeError(
        ErrorType::kConstraintVerificationFailed, "DeleteConnectedNode",
        "node " + std::to_string(node.value) + " still has relationships; delete them first, or use DETACH DELETE");
  }
  const auto labels = state_->LabelsOf(node);
  if (!labels) return labels.error();
  Status status = state_->EraseCitationsUnder(storage::ElementBytes(node), std::nullopt);
  if (status.ok()) status = state_->EraseCitationsOf(node);
  for (const LabelId label : *labels) {
    if (status.ok()) status = state_->RemoveLabel(node, label);
  }
  if (status.ok()) status = state_->EraseValues(node);
  if (!status.ok()) return status;
  state_->store.Erase(storage::TextKey(node));
  state_->SetLabel(storage::kEveryNode, node, false);
  return {};
}

}  // namespace plenum::graph
