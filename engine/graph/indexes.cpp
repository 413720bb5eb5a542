// Indexes on (label, property): from a value to the one node that has it (unique), or to all nodes that have it in the
// order of values (range). How one is built over the nodes that there are is in index_build.cpp.
#include "engine/graph/indexes.h"

#include <cmath>
#include <string>
#include <utility>

#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

bool Transaction::HasKey(LabelId label, KeyId key) const {
  return state_->catalog.FindIndex(label, key, true) != nullptr;
}

bool Transaction::HasRangeIndex(LabelId label, KeyId key) const {
  return state_->catalog.FindIndex(label, key, false) != nullptr;
}

Result<std::optional<NodeId>> Transaction::SeekKey(LabelId label, KeyId key, const Value& value) {
  const IndexDefinition* index = state_->catalog.FindIndex(label, key, true);
  if (index == nullptr) return std::optional<NodeId>();
  return SeekUnique(state_->store, *index, value);
}

bool IsIndexed(const Value& value, bool unique) {
  if (!storage::IsStorable(value) || (value.kind() == Value::Kind::kFloat && std::isnan(value.real()))) return false;
  return !unique || value.kind() != Value::Kind::kList || Equal(value, value) == true;
}

Result<std::optional<NodeId>> SeekUnique(storage::StoreTransaction& store, const IndexDefinition& index,
                                         const Value& value) {
  if (!IsIndexed(value, true)) return std::optional<NodeId>();
  std::string node;
  const Result<bool> found = store.Get(storage::IndexKey(index.index, value), node);
  if (!found) return found.error();
  if (!*found) return std::optional<NodeId>();
  return std::optional(NodeId{static_cast<std::uint32_t>(storage::ReadBigEndian(node))});
}

Status Transaction::SeekRange(LabelId label, KeyId key, const ValueRange& range,
                              const std::function<bool(NodeId)>& visit) {
  const IndexDefinition* index = state_->catalog.FindIndex(label, key, false);
  if (index == nullptr) {
    return storage::RuntimeError(ErrorType::kUsageError, "there is no range index on these");
  }
  const std::string prefix = storage::IndexPrefix(index->index);
  storage::KeyRange keys = storage::PrefixRange(prefix);
  // No `ordered` begins another one, so 0xFF comes after every entry of its value.
  const auto after = [](std::string entry) { return entry.append(5, '\xFF'); };
  // What is compared begins with the same byte.
  const auto alike = [&](const std::string& entry) { return storage::PrefixRange(entry.substr(0, prefix.size() + 1)); };
  if (range.least) {
    if (!IsIndexed(*range.least, false)) return {};  // nothing is less than it, nothing greater, nothing equal
    std::string least = storage::IndexKey(index->index, *range.least);
    keys.end = alike(least).end;
    keys.begin = range.with_least ? std::move(least) : after(std::move(least));
  }
  if (range.greatest) {
    if (!IsIndexed(*range.greatest, false)) return {};
    std::string greatest = storage::IndexKey(index->index, *range.greatest);
    if (!range.least) keys.begin = alike(greatest).begin;
    keys.end = range.with_greatest ? after(std::move(greatest)) : std::move(greatest);
  }
  if (keys.begin >= keys.end) return {};
  return state_->store.Scan(keys, [&](auto entry, auto) { return visit(storage::NodeOfRangeKey(entry)); });
}

Status Transaction::State::CheckUnique(const IndexDefinition& index, const Value& value, NodeId node) {
  if (!index.unique) return {};
  const Result<std::optional<NodeId>> holder = SeekUnique(store, index, value);
  if (!holder) return holder.error();
  if (!*holder || **holder == node) return {};
  return KeyTaken(index, value, **holder, node);
}

Error Transaction::State::KeyTaken(const IndexDefinition& index, const Value& value, NodeId holder, NodeId node) const {
  return storage::RuntimeError(ErrorType::kConstraintVerificationFailed, "CreateBlockedByConstraint",
                               "nodes " + std::to_string(holder.value) + " and " + std::to_string(node.value) +
                                   " would both be :" + catalog.NameOf(Space::kLabels, index.label) + " with " +
                                   catalog.NameOf(Space::kKeys, index.property) + " = " + ToText(value) +
                                   ", which is declared a key and must be unique");
}

void Transaction::State::WriteEntry(const IndexDefinition& index, const Value& value, NodeId node) {
  if (!IsIndexed(value, index.unique)) return;
  if (!index.unique) {
    store.Put(storage::IndexKey(index.index, value, node), "");
    return;
  }
  std::string number;
  storage::AppendBigEndian(number, node.value, 4);
  store.Put(storage::IndexKey(index.index, value), std::move(number));
}

void Transaction::State::EraseEntry(const IndexDefinition& index, const Value& value, NodeId node) {
  if (!IsIndexed(value, index.unique)) return;
  store.Erase(index.unique ? storage::IndexKey(index.index, value) : storage::IndexKey(index.index, value, node));
}

std::string Transaction::State::NameOfIndex(const IndexDefinition& index) const {
  if (!index.name.empty()) return index.name;
  return catalog.NameOf(Space::kLabels, index.label) + "_" + catalog.NameOf(Space::kKeys, index.property) +
         (index.unique ? "_unique" : "");
}

std::vector<Transaction::Index> Transaction::Indexes() const {
  std::vector<Index> indexes;
  for (const IndexDefinition& index : state_->catalog.indexes()) {
    if (index.dropped) continue;
    indexes.push_back({state_->NameOfIndex(index), LabelId{index.label}, KeyId{index.property}, index.unique});
  }
  return indexes;
}

Status Transaction::CreateIndex(LabelId label, KeyId key, bool unique, std::string_view name, const Poll& poll) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  if (state_->catalog.FindIndex(label, key, unique) != nullptr) return {};
  const Result<std::uint64_t> number = state_->TakeNumber(storage::NextIndexKey(), UINT32_MAX);
  if (!number) return number.error();
  const IndexDefinition index{
      static_cast<std::uint32_t>(*number), unique, false, label.value, key.value, std::string(name)};
  const std::string own_name = state_->NameOfIndex(index);
  for (const Index& other : Indexes()) {
    if (other.name == own_name) {
      return storage::RuntimeError(ErrorType::kUsageError, "IndexNameTaken",
                                   "there is an index with the name '" + own_name + "' already; choose another name");
    }
  }
  SetSavepoint();
  if (Status status = state_->BuildIndex(index, poll); !status.ok()) {
    RollbackToSavepoint();
    return status;
  }
  ReleaseSavepoint();
  state_->store.Put(storage::IndexDefinitionKey(index.index), storage::EncodeIndexDefinition(index));
  state_->catalog.AddIndex(index);
  return {};
}

Status Transaction::DropIndex(LabelId label, KeyId key, bool unique) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  const IndexDefinition* found = state_->catalog.FindIndex(label, key, unique);
  if (found == nullptr) return {};
  IndexDefinition index = *found;
  index.dropped = true;
  state_->store.Put(storage::IndexDefinitionKey(index.index), storage::EncodeIndexDefinition(index));
  state_->catalog.DropIndex(index.index);
  return {};
}

}  // namespace plenum::graph
