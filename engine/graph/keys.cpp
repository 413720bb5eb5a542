// Declared keys: (label, property) pairs with an index from each value to the one node that has it.
#include <string>
#include <utility>

#include "engine/graph/sorted_properties.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
bool Transaction::HasKey(LabelId label, KeyId key) const { return state_->catalog.HasKey(label, key); }

Result<std::optional<NodeId>> Transaction::SeekKey(LabelId label, KeyId key, const Value& value) {
  return state_->SeekIndex(label, key, value);
}

Result<std::optional<NodeId>> Transaction::State::SeekIndex(LabelId label, KeyId key, const Value& value) {
  if (!IsIndexed(value)) return std::optional<NodeId>();
  std::string node;
  const Result<bool> found = store.Get(storage::IndexKey(label.value, key.value, value), node);
  if (!found) return found.error();
  if (!*found) return std::optional<NodeId>();
  return std::optional(NodeId{static_cast<std::uint32_t>(storage::ReadBigEndian(node))});
}

Status Transaction::State::CheckUnique(LabelId label, KeyId key, const Value& value, NodeId node) {
  const Result<std::optional<NodeId>> holder = SeekIndex(label, key, value);
  if (!holder) return holder.error();
  if (!*holder || **holder == node) return {};
  return storage::RuntimeError(ErrorType::kConstraintVerificationFailed, "CreateBlockedByConstraint",
                               "nodes " + std::to_string((*holder)->value) + " and " + std::to_string(node.value) +
                                   " would both be :" + catalog.NameOf(Space::kLabels, label.value) + " with " +
                                   catalog.NameOf(Space::kKeys, key.value) + " = " + ToText(value) +
                                   ", which is declared a key and must be unique");
}

void Transaction::State::WriteIndex(LabelId label, KeyId key, const Value& value, NodeId node) {
  if (!IsIndexed(value)) return;
  std::string number;
  storage::AppendBigEndian(number, node.value, 4);
  store.Put(storage::IndexKey(label.value, key.value, value), std::move(number));
}

void Transaction::State::EraseIndex(LabelId label, KeyId key, const Value& value) {
  if (IsIndexed(value)) store.Erase(storage::IndexKey(label.value, key.value, value));
}

Status Transaction::State::BuildIndex(LabelId label, KeyId key) {
  std::vector<NodeId> nodes;  // first all, as a scan's visitor must not write
  Status status = store.Scan(storage::PrefixRange(storage::LabelPrefix(label.value)), [&](auto node_key, auto) {
    nodes.push_back(storage::NodeOfKey(node_key));
    return true;
  });
  if (!status.ok()) return status;
  for (const NodeId node : nodes) {
    const auto record = ReadNode(node);
    if (!record) return record.error();
    const Value& value = PropertyOf((*record)->properties, key);
    if (status = CheckUnique(label, key, value, node); !status.ok()) return status;
    WriteIndex(label, key, value, node);
  }
  return {};
}

Status Transaction::DeclareKey(LabelId label, KeyId key) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  if (HasKey(label, key)) return {};
  SetSavepoint();
  if (Status status = state_->BuildIndex(label, key); !status.ok()) {
    RollbackToSavepoint();
    return status;
  }
  ReleaseSavepoint();
  state_->store.Put(storage::DeclaredKeyKey(label.value, key.value), "");
  state_->catalog.AddKey(label, key);
  return {};
}

}  // namespace plenum::graph
