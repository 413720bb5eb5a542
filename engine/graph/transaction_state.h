// The inside of a Transaction. Its methods are defined by subject: transaction.cpp (life, catalog, savepoints),
// reads.cpp, node_writes.cpp, relationship_writes.cpp, keys.cpp, citations.cpp, source_texts.cpp.
//
// Writes go to the store's transaction at once, as the bytes to be committed. What was written is listed in `touched`:
// that is read from the store's transaction and cached in `own_cache`; all else is read from the shared view and its
// cache. Counters are gathered as differences and become bytes at the commit.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "engine/graph/catalog.h"
#include "engine/graph/element_cache.h"
#include "engine/graph/graph.h"
#include "engine/graph/graph_core.h"
#include "engine/storage/store_transaction.h"

namespace plenum::graph {

struct Transaction::State {
  static constexpr std::size_t kOwnCacheBytesMax = std::size_t{64} << 20;
  static constexpr std::size_t kWriteBytesMax = std::size_t{2} << 30;

  // By the key of the counter in the store; what is to be added to it.
  using Counters = std::map<std::string, std::int64_t>;
  struct Savepoint {
    CatalogView::Mark catalog;
    Counters counters;
  };
  // What this transaction wrote, by the keys of the caches. Stays when a savepoint is rolled back: then it is read
  // again, which is slower but the same.
  struct Touched {
    std::unordered_set<std::uint64_t> nodes;
    std::unordered_set<std::uint64_t> relationships;
    std::unordered_set<std::uint64_t> adjacency;
    std::set<std::string> next_numbers;
  };

  State(GraphCore& shared_core, bool may_write);

  // ---- The catalog (transaction.cpp).
  Result<std::uint16_t> Intern(Space space, std::string_view name);

  // ---- Reading (reads.cpp).
  template <class T, class Read>
  Result<std::shared_ptr<const T>> ReadThrough(SharedCache<T> ElementCache::*part, bool own, std::uint64_t key,
                                               Read read);
  Result<std::shared_ptr<const NodeRecord>> ReadNode(NodeId node);
  Result<std::shared_ptr<const RelationshipRecord>> ReadRelationship(RelationshipId relationship);
  Result<std::shared_ptr<const NeighbourList>> ReadNeighbours(NodeId node, Direction direction,
                                                              std::optional<TypeId> type);
  Result<bool> HasKeys(const std::string& prefix);
  Result<std::uint64_t> ReadStoredNumber(const std::string& key);
  Result<std::uint64_t> ReadCounter(const std::string& key);

  // ---- Writing (node_writes.cpp, relationship_writes.cpp).
  Status CheckWritable() const;
  // A copy to change; an error when the transaction cannot write, or EntityNotFound when the element is gone.
  Result<NodeRecord> NodeToChange(NodeId node);
  Result<RelationshipRecord> RelationshipToChange(RelationshipId relationship);
  Status CheckNode(NodeId node);  // EntityNotFound when it is gone
  void WriteNode(NodeId node, NodeRecord record);
  void EraseLabel(NodeId node, LabelId label, const Properties& properties);
  void WriteRelationship(RelationshipId relationship, RelationshipRecord record);
  void PutAdjacency(RelationshipId relationship, const RelationshipRecord& record, bool there);
  Result<std::uint64_t> TakeNumber(const std::string& next_key, std::uint64_t number_max);
  Status WriteNumbers();  // counters and next numbers, at the commit
  void ForgetIn(ElementCache& cache) const;

  // ---- Keys (keys.cpp). Checks first, then changes, so that a violation leaves nothing behind.
  Result<std::optional<NodeId>> SeekIndex(LabelId label, KeyId key, const Value& value);
  Status CheckUnique(LabelId label, KeyId key, const Value& value, NodeId node);
  void WriteIndex(LabelId label, KeyId key, const Value& value, NodeId node);
  void EraseIndex(LabelId label, KeyId key, const Value& value);

  Status BuildIndex(LabelId label, KeyId key);

  // ---- Citations (citations.cpp) and texts (source_texts.cpp).
  struct StoredCitation {
    std::string fact;  // its bytes in keys
    std::uint32_t sequence = 0;
    Citation citation;
  };
  Result<std::vector<StoredCitation>> CitationsUnder(const std::string& element_or_fact);
  Result<std::vector<std::string>> CitationKeysOf(NodeId source);
  Result<bool> HasCitedSpan(NodeId source);
  Status CheckFact(const Fact& fact);
  Status EraseCitationsUnder(const std::string& element_or_fact, std::optional<NodeId> source);
  Status EraseCitationsOf(NodeId source);

  GraphCore& core;
  const bool writes;
  bool ended = false;
  std::shared_ptr<const ReadView> view;
  storage::StoreTransaction store;
  CatalogView catalog;
  Counters counters;
  Touched touched;
  ElementCache own_cache{kOwnCacheBytesMax};
  std::vector<Savepoint> savepoints;
};

}  // namespace plenum::graph
