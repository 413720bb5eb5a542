// What a transaction reads: records, labels, lists of neighbours, counts.
#include <algorithm>
#include <string>
#include <utility>

#include "engine/graph/record_code.h"
#include "engine/graph/transaction_state.h"
#include "engine/storage/byte_code.h"
#include "engine/storage/runtime_error.h"

namespace plenum::graph {
namespace {

Error Damaged(const std::string& what) {
  return storage::RuntimeError(ErrorType::kCorruption, "the stored bytes of " + what + " are damaged; restore a copy");
}

}  // namespace

// `read` gives the content as the store's transaction has it, or null where there is none.
template <class T, class Read>
Result<std::shared_ptr<const T>> Transaction::State::ReadThrough(SharedCache<T> ElementCache::*part, bool own,
                                                                 std::uint64_t key, Read read) {
  if (view == nullptr) return storage::RuntimeError(ErrorType::kUsageError, "the transaction has been committed");
  SharedCache<T>& cache = (own ? own_cache : *view->cache).*part;
  if (auto cached = cache.Find(key)) return cached;
  Result<std::shared_ptr<const T>> content = read();
  if (content && *content) cache.Insert(key, *content, BytesOf(**content));
  return content;
}

Result<std::shared_ptr<const NodeRecord>> Transaction::State::ReadNode(NodeId node) {
  using Answer = Result<std::shared_ptr<const NodeRecord>>;
  const bool own = touched.nodes.contains(node.value);
  return ReadThrough(&ElementCache::nodes, own, node.value, [&]() -> Answer {
    std::string bytes;
    const Result<bool> found = store.Get(storage::NodeKey(node), bytes);
    if (!found) return found.error();
    if (!*found) return std::shared_ptr<const NodeRecord>();
    std::optional<NodeRecord> record = DecodeNode(bytes);
    if (!record) return Damaged("node " + std::to_string(node.value));
    return std::shared_ptr<const NodeRecord>(std::make_shared<NodeRecord>(*std::move(record)));
  });
}

Result<std::shared_ptr<const RelationshipRecord>> Transaction::State::ReadRelationship(RelationshipId relationship) {
  using Answer = Result<std::shared_ptr<const RelationshipRecord>>;
  const bool own = touched.relationships.contains(relationship.value);
  return ReadThrough(&ElementCache::relationships, own, relationship.value, [&]() -> Answer {
    std::string bytes;
    const Result<bool> found = store.Get(storage::RelationshipKey(relationship), bytes);
    if (!found) return found.error();
    if (!*found) return std::shared_ptr<const RelationshipRecord>();
    const TypeId type{static_cast<std::uint16_t>(relationship.value >> storage::kNumberBits)};
    std::optional<RelationshipRecord> record = DecodeRelationship(type, bytes);
    if (!record) return Damaged("relationship " + std::to_string(relationship.value));
    return std::shared_ptr<const RelationshipRecord>(std::make_shared<RelationshipRecord>(*std::move(record)));
  });
}

Result<std::shared_ptr<const NodeRecord>> Transaction::GetNode(NodeId node) { return state_->ReadNode(node); }

Result<std::shared_ptr<const RelationshipRecord>> Transaction::GetRelationship(RelationshipId relationship) {
  return state_->ReadRelationship(relationship);
}

Result<bool> Transaction::HasLabel(NodeId node, LabelId label) {
  const auto record = GetNode(node);
  if (!record) return record.error();
  return *record && std::binary_search((*record)->labels.begin(), (*record)->labels.end(), label);
}

Status Transaction::ScanNodes(std::optional<LabelId> label, const std::function<bool(NodeId)>& visit) {
  const std::string prefix = label ? storage::LabelPrefix(label->value) : storage::NodePrefix();
  return state_->store.Scan(storage::PrefixRange(prefix),
                            [&](auto key, auto) { return visit(storage::NodeOfKey(key)); });
}

Status Transaction::ScanRelationships(TypeId type, const std::function<bool(RelationshipId)>& visit) {
  return state_->store.Scan(storage::PrefixRange(storage::RelationshipPrefix(type.value)),
                            [&](auto key, auto) { return visit(storage::RelationshipOfKey(key)); });
}

Result<std::shared_ptr<const NeighbourList>> Transaction::State::ReadNeighbours(NodeId node, Direction direction,
                                                                                std::optional<TypeId> type) {
  const auto way = static_cast<std::uint8_t>(direction);
  const std::string prefix =
      type ? storage::AdjacencyPrefix(node, way, type->value) : storage::AdjacencyPrefix(node, way);
  auto list = std::make_shared<NeighbourList>();
  Status status = store.Scan(storage::PrefixRange(prefix), [&](auto key, auto) {
    const storage::AdjacencyEntry entry = storage::EntryOfAdjacencyKey(key);
    list->push_back({entry.relationship, entry.other});
    return true;
  });
  if (!status.ok()) return std::move(status).error();
  return std::shared_ptr<const NeighbourList>(std::move(list));
}

Result<std::shared_ptr<const NeighbourList>> Transaction::Neighbours(NodeId node, Direction direction,
                                                                     std::optional<TypeId> type) {
  const std::uint64_t key = AdjacencyCacheKey(node, direction, type);
  return state_->ReadThrough(&ElementCache::adjacency, state_->touched.adjacency.contains(key), key,
                             [&] { return state_->ReadNeighbours(node, direction, type); });
}

// Whether any key begins with `prefix`.
Result<bool> Transaction::State::HasKeys(const std::string& prefix) {
  bool found = false;
  Status status = store.Scan(storage::PrefixRange(prefix), [&](auto, auto) { return !(found = true); });
  if (!status.ok()) return std::move(status).error();
  return found;
}

Result<std::uint64_t> Transaction::State::ReadStoredNumber(const std::string& key) {
  std::string bytes;
  const Result<bool> found = store.Get(key, bytes);
  if (!found) return found.error();
  if (*found && bytes.size() != 8) return Damaged("a counter");
  return *found ? storage::ReadBigEndian(bytes) : 0;
}

Result<std::uint64_t> Transaction::State::ReadCounter(const std::string& key) {
  const Result<std::uint64_t> stored = ReadStoredNumber(key);
  const auto difference = counters.find(key);
  if (!stored || difference == counters.end()) return stored;
  return *stored + static_cast<std::uint64_t>(difference->second);
}

Result<std::uint64_t> Transaction::CountNodes(std::optional<LabelId> label) {
  return state_->ReadCounter(label ? storage::LabelCountKey(label->value) : storage::NodeCountKey());
}

Result<std::uint64_t> Transaction::CountRelationships(std::optional<TypeId> type) {
  if (type) return state_->ReadCounter(storage::TypeCountKey(type->value));
  std::uint64_t sum = 0;
  for (const TypeId each : Types()) {
    const Result<std::uint64_t> count = CountRelationships(each);
    if (!count) return count;
    sum += *count;
  }
  return sum;
}

}  // namespace plenum::graph
