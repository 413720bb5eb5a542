// Writes to relationships: create and delete. Both ends list a relationship; a self-loop is in both lists of its one
// node.
#include <string>
#include <utility>

#include "engine/graph/transaction_state.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {

using storage::RuntimeError;

namespace {

// Of the segments of a type that begins with nothing: as many nodes as an extent.
constexpr std::uint8_t kFirstSegmentBits = storage::kBlockBits;

}  // namespace

Status Transaction::State::CheckRelationship(RelationshipId relationship) {
  const auto ends = EndsOf(relationship);
  if (!ends) return ends.error();
  if (*ends) return {};
  return RuntimeError(ErrorType::kEntityNotFound, "DeletedEntityAccess",
                      "there is no relationship " + std::to_string(relationship.value) + " (any more)");
}

// In both lists, and among the relationships of its type.
void Transaction::State::SetRelationship(RelationshipId relationship, NodeId start, NodeId end, bool there) {
  const TypeId type = graph::TypeOf(relationship);
  for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
    const bool outgoing = direction == Direction::kOutgoing;
    const ListName list{type, direction, outgoing ? start : end};
    const Neighbour neighbour{relationship, outgoing ? end : start};
    if (there) {
      own.Add(list, neighbour);
    } else {
      own.Remove(list, neighbour);
    }
  }
  own.SetRelationship(relationship, there);
}

// Before it is added, or after it is removed.
Status Transaction::State::CountRelationship(RelationshipId relationship, NodeId start, NodeId end, bool there) {
  const TypeId type = graph::TypeOf(relationship);
  const Result<bool> others = AreConnected(type, start, end);
  if (!others) return others.error();
  const std::int64_t one = there ? 1 : -1;
  counters[storage::TypeCountKey(type.value)] += one;
  if (start == end) counters[storage::LoopCountKey(type.value)] += one;
  if (*others) counters[storage::ParallelCountKey(type.value)] += one;
  return {};
}

Result<RelationshipId> Transaction::CreateRelationship(TypeId type, NodeId start, NodeId end) {
  const State::Call call(*state_);
  if (Status status = state_->CheckWritable(); !status.ok()) return std::move(status).error();
  for (const NodeId node : {start, end}) {
    if (Status status = state_->CheckNode(node); !status.ok()) return std::move(status).error();
  }
  constexpr std::uint64_t kNumberMax = (std::uint64_t{1} << storage::kNumberBits) - 1;
  const Result<std::uint64_t> number = state_->TakeNumber(storage::NextRelationshipKey(type.value), kNumberMax);
  if (!number) return number.error();
  const RelationshipId relationship = RelationshipOf(type, *number);
  if (Status status = state_->CountRelationship(relationship, start, end, true); !status.ok()) {
    return std::move(status).error();
  }
  for (const Direction direction : {Direction::kOutgoing, Direction::kIncoming}) {
    if (state_->catalog.SegmentBits(type, direction)) continue;
    state_->catalog.SetSegmentBits(type, direction, kFirstSegmentBits);
    state_->store.Put(storage::SegmentBitsKey(type.value, static_cast<std::uint8_t>(direction)),
                      storage::EncodeSegmentCut({kFirstSegmentBits, std::nullopt}));
  }
  state_->SetRelationship(relationship, start, end, true);
  state_->own.SetValue(relationship, storage::kStartProperty, Value(std::int64_t{start.value}));
  state_->own.SetValue(relationship, storage::kEndProperty, Value(std::int64_t{end.value}));
  return relationship;
}

Status Transaction::DeleteRelationship(RelationshipId relationship) {
  const State::Call call(*state_);
  if (Status status = state_->CheckWritable(); !status.ok()) return status;
  const auto ends = state_->EndsOf(relationship);
  if (!ends) return ends.error();
  if (!*ends) return {};
  const auto& [start, end] = **ends;
  Status status = state_->EraseCitationsUnder(storage::ElementBytes(relationship), std::nullopt);
  if (status.ok()) status = state_->EraseValues(relationship);
  if (!status.ok()) return status;
  state_->SetRelationship(relationship, start, end, false);
  return state_->CountRelationship(relationship, start, end, false);
}

}  // namespace plenum::graph
