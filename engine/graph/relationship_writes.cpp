// Writes to relationships: create, properties, validity, delete. Both ends list a relationship: it has an adjacency key
// at each, and a self-loop has two at its one node.
#include <string>
#include <utility>

#include "engine/graph/record_code.h"
#include "engine/graph/sorted_properties.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

using storage::RuntimeError;

Result<RelationshipRecord> Transaction::State::RelationshipToChange(RelationshipId relationship) {
  if (Status status = CheckWritable(); !status.ok()) return std::move(status).error();
  const auto record = ReadRelationship(relationship);
  if (!record) return record.error();
  if (*record) return **record;
  return RuntimeError(ErrorType::kEntityNotFound, "DeletedEntityAccess",
                      "there is no relationship " + std::to_string(relationship.value) + " (any more)");
}

void Transaction::State::WriteRelationship(RelationshipId relationship, RelationshipRecord record) {
  store.Put(storage::RelationshipKey(relationship), EncodeRelationship(record));
  touched.relationships.insert(relationship.value);
  const std::size_t bytes = BytesOf(record);
  own_cache.relationships.Insert(relationship.value, std::make_shared<const RelationshipRecord>(std::move(record)),
                                 bytes);
}

// Writes, or erases when it is not to be `there`, both keys, and drops the lists that they change.
void Transaction::State::PutAdjacency(RelationshipId relationship, const RelationshipRecord& record, bool there) {
  for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
    const bool outgoing = direction == Direction::kOutgoing;
    const NodeId node = outgoing ? record.start : record.end;
    const NodeId other = outgoing ? record.end : record.start;
    std::string key = storage::AdjacencyKey(node, static_cast<std::uint8_t>(direction), other, relationship);
    if (there) {
      store.Put(std::move(key), "");
    } else {
      store.Erase(std::move(key));
    }
    for (const std::uint64_t list :
         {AdjacencyCacheKey(node, direction, record.type), AdjacencyCacheKey(node, direction, std::nullopt)}) {
      touched.adjacency.insert(list);
      own_cache.adjacency.Erase(list);
    }
  }
}

Result<RelationshipId> Transaction::CreateRelationship(TypeId type, NodeId start, NodeId end) {
  if (Status status = state_->CheckWritable(); !status.ok()) return std::move(status).error();
  for (const NodeId node : {start, end}) {
    if (Status status = state_->CheckNode(node); !status.ok()) return std::move(status).error();
  }
  constexpr std::uint64_t kNumberMax = (std::uint64_t{1} << storage::kNumberBits) - 1;
  const Result<std::uint64_t> number = state_->TakeNumber(storage::NextRelationshipKey(type.value), kNumberMax);
  if (!number) return number.error();
  const RelationshipId relationship{std::uint64_t{type.value} << storage::kNumberBits | *number};
  RelationshipRecord record{type, start, end, {}, std::nullopt};
  state_->PutAdjacency(relationship, record, true);
  ++state_->counters[storage::TypeCountKey(type.value)];
  state_->WriteRelationship(relationship, std::move(record));
  return relationship;
}

Status Transaction::SetProperty(RelationshipId relationship, KeyId key, const Value& value) {
  Result<RelationshipRecord> record = state_->RelationshipToChange(relationship);
  if (!record) return std::move(record).error();
  if (Status status = CheckStorable(value, NameOf(key)); !status.ok()) return status;
  if (value.is_null()) {
    const std::string fact = storage::FactBytes(relationship, key.value);
    if (Status status = state_->EraseCitationsUnder(fact, std::nullopt); !status.ok()) return status;
  }
  SetInSorted(record->properties, key, value);
  state_->WriteRelationship(relationship, std::move(*record));
  return {};
}

Status Transaction::SetValidity(RelationshipId relationship, const std::optional<Interval>& validity) {
  Result<RelationshipRecord> record = state_->RelationshipToChange(relationship);
  if (!record) return std::move(record).error();
  record->validity = validity;
  state_->WriteRelationship(relationship, std::move(*record));
  return {};
}

Status Transaction::DeleteRelationship(RelationshipId relationship) {
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  const auto record = state_->ReadRelationship(relationship);
  if (!record) return record.error();
  if (!*record) return {};
  Status status = state_->EraseCitationsUnder(storage::ElementBytes(relationship), std::nullopt);
  if (!status.ok()) return status;
  state_->PutAdjacency(relationship, **record, false);
  state_->store.Erase(storage::RelationshipKey(relationship));
  --state_->counters[storage::TypeCountKey((*record)->type.value)];
  state_->touched.relationships.insert(relationship.value);
  state_->own_cache.relationships.Erase(relationship.value);
  return {};
}

}  // namespace plenum::graph
