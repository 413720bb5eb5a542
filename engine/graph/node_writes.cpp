// Writes to nodes: create, properties, labels, validity, delete. Everything that can fail comes before the first write.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/record_code.h"
#include "engine/graph/sorted_properties.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

using storage::RuntimeError;

namespace {

Error NoSuchNode(NodeId node) {
  return RuntimeError(ErrorType::kEntityNotFound, "DeletedEntityAccess",
                      "there is no node " + std::to_string(node.value) + " (any more)");
}

}  // namespace

Result<NodeRecord> Transaction::State::NodeToChange(NodeId node) {
  if (Status status = CheckWritable(); !status.ok()) return std::move(status).error();
  const auto record = ReadNode(node);
  if (!record) return record.error();
  if (*record) return **record;
  return NoSuchNode(node);
}

Status Transaction::State::CheckNode(NodeId node) {
  const auto record = ReadNode(node);
  if (!record) return record.error();
  if (*record) return {};
  return NoSuchNode(node);
}

void Transaction::State::WriteNode(NodeId node, NodeRecord record) {
  store.Put(storage::NodeKey(node), EncodeNode(record));
  touched.nodes.insert(node.value);
  const std::size_t bytes = BytesOf(record);
  own_cache.nodes.Insert(node.value, std::make_shared<const NodeRecord>(std::move(record)), bytes);
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
  touched.next_numbers.insert(next_key);
  return next->second++;
}

Result<NodeId> Transaction::CreateNode(const std::vector<LabelId>& labels) {
  if (Status status = state_->CheckWritable(); !status.ok()) return std::move(status).error();
  const Result<std::uint64_t> number = state_->TakeNumber(storage::NextNodeKey(), UINT32_MAX);
  if (!number) return number.error();
  const NodeId node{static_cast<std::uint32_t>(*number)};
  NodeRecord record;
  record.labels = labels;
  std::sort(record.labels.begin(), record.labels.end());
  record.labels.erase(std::unique(record.labels.begin(), record.labels.end()), record.labels.end());
  for (const LabelId label : record.labels) {
    state_->store.Put(storage::LabelKey(label.value, node), "");
    ++state_->counters[storage::LabelCountKey(label.value)];
  }
  ++state_->counters[storage::NodeCountKey()];
  state_->WriteNode(node, std::move(record));
  return node;
}

Status Transaction::SetProperty(NodeId node, KeyId key, const Value& value) {
  Result<NodeRecord> record = state_->NodeToChange(node);
  if (!record) return std::move(record).error();
  if (Status status = CheckStorable(value, NameOf(key)); !status.ok()) return status;
  const Value before = PropertyOf(record->properties, key);
  if (before.is_null() && value.is_null()) return {};
  std::vector<LabelId> keyed;
  for (const LabelId label : record->labels) {
    if (!HasKey(label, key)) continue;
    if (Status status = state_->CheckUnique(label, key, value, node); !status.ok()) return status;
    keyed.push_back(label);
  }
  if (value.is_null()) {
    const std::string fact = storage::FactBytes(node, key.value);
    if (Status status = state_->EraseCitationsUnder(fact, std::nullopt); !status.ok()) return status;
  }
  for (const LabelId label : keyed) {
    state_->EraseIndex(label, key, before);
    state_->WriteIndex(label, key, value, node);
  }
  SetInSorted(record->properties, key, value);
  state_->WriteNode(node, std::move(*record));
  return {};
}

Status Transaction::AddLabel(NodeId node, LabelId label) {
  Result<NodeRecord> record = state_->NodeToChange(node);
  if (!record) return std::move(record).error();
  const auto place = std::lower_bound(record->labels.begin(), record->labels.end(), label);
  if (place != record->labels.end() && *place == label) return {};
  for (const auto& [key, value] : record->properties) {
    if (!HasKey(label, key)) continue;
    if (Status status = state_->CheckUnique(label, key, value, node); !status.ok()) return status;
  }
  for (const auto& [key, value] : record->properties) {
    if (HasKey(label, key)) state_->WriteIndex(label, key, value, node);
  }
  state_->store.Put(storage::LabelKey(label.value, node), "");
  ++state_->counters[storage::LabelCountKey(label.value)];
  record->labels.insert(place, label);
  state_->WriteNode(node, std::move(*record));
  return {};
}

Status Transaction::RemoveLabel(NodeId node, LabelId label) {
  Result<NodeRecord> record = state_->NodeToChange(node);
  if (!record) return std::move(record).error();
  const auto place = std::lower_bound(record->labels.begin(), record->labels.end(), label);
  if (place == record->labels.end() || *place != label) return {};
  state_->EraseLabel(node, label, record->properties);
  record->labels.erase(place);
  state_->WriteNode(node, std::move(*record));
  return {};
}

// All that is kept about a node under one of its labels.
void Transaction::State::EraseLabel(NodeId node, LabelId label, const Properties& properties) {
  for (const auto& [key, value] : properties) {
    if (catalog.HasKey(label, key)) EraseIndex(label, key, value);
  }
  store.Erase(storage::LabelKey(label.value, node));
  --counters[storage::LabelCountKey(label.value)];
}

Status Transaction::SetValidity(NodeId node, const std::optional<Interval>& validity) {
  Result<NodeRecord> record = state_->NodeToChange(node);
  if (!record) return std::move(record).error();
  record->validity = validity;
  state_->WriteNode(node, std::move(*record));
  return {};
}

Status Transaction::DeleteNode(NodeId node) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  const auto record = state_->ReadNode(node);
  if (!record) return record.error();
  if (!*record) return {};
  const Result<bool> connected = state_->HasKeys(storage::AdjacencyPrefix(node));
  if (!connected) return connected.error();
  if (*connected) {
    return RuntimeError(
        ErrorType::kConstraintVerificationFailed, "DeleteConnectedNode",
        "node " + std::to_string(node.value) + " still has relationships; delete them first, or use DETACH DELETE");
  }
  Status status = state_->EraseCitationsUnder(storage::ElementBytes(node), std::nullopt);
  if (status.ok()) status = state_->EraseCitationsOf(node);
  if (!status.ok()) return status;
  for (const LabelId label : (*record)->labels) state_->EraseLabel(node, label, (*record)->properties);
  state_->store.Erase(storage::TextKey(node));
  state_->store.Erase(storage::NodeKey(node));
  --state_->counters[storage::NodeCountKey()];
  state_->touched.nodes.insert(node.value);
  state_->own_cache.nodes.Erase(node.value);
  return {};
}

}  // namespace plenum::graph
