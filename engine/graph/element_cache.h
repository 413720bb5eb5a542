// Records and adjacency as they were read, decoded and shared, within a bound of bytes.
//
// Good for one state of the database: the committed state of a ReadView, or one transaction's own. Any number of
// threads may use it. What has not been asked for lately goes first: entries are kept in two halves; when the recent
// half is full it becomes the older one, and what is found there moves back.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <unordered_map>
#include <utility>
#include <vector>

#include "engine/graph/graph.h"

namespace plenum::graph {

template <class T>
class SharedCache {
 public:
  explicit SharedCache(std::size_t bytes_max) : half_bytes_max_(bytes_max / kShards / 2) {}

  std::shared_ptr<const T> Find(std::uint64_t key);  // null when it is not here
  void Insert(std::uint64_t key, std::shared_ptr<const T> content, std::size_t bytes);
  void Erase(std::uint64_t key);
  void Clear();

 private:
  struct Entry {
    std::shared_ptr<const T> content;
    std::size_t bytes = 0;
  };
  struct Shard {
    std::mutex mutex;
    std::unordered_map<std::uint64_t, Entry> recent;
    std::unordered_map<std::uint64_t, Entry> older;
    std::size_t recent_bytes = 0;
  };
  static constexpr std::size_t kShards = 8;

  // Neighbouring keys go to different shards, and so do those that differ in their upper bits only.
  Shard& ShardOf(std::uint64_t key) { return shards_[(key ^ key >> 32) % kShards]; }
  void InsertRecent(Shard& shard, std::uint64_t key, Entry entry);

  const std::size_t half_bytes_max_;
  std::array<Shard, kShards> shards_;
};

using NeighbourList = std::vector<Neighbour>;

struct ElementCache {
  explicit ElementCache(std::size_t bytes_max)
      : nodes(bytes_max / 4), relationships(bytes_max / 4), adjacency(bytes_max / 2) {}
  void Clear();

  SharedCache<NodeRecord> nodes;                  // by node
  SharedCache<RelationshipRecord> relationships;  // by relationship
  SharedCache<NeighbourList> adjacency;           // by AdjacencyCacheKey
};

// The key of one list: `type` absent is the list of all types.
inline std::uint64_t AdjacencyCacheKey(NodeId node, Direction direction, std::optional<TypeId> type) {
  constexpr std::uint64_t kEveryType = 0x10000;
  return std::uint64_t{node.value} << 32 | static_cast<std::uint64_t>(direction) << 17 |
         (type ? type->value : kEveryType);
}

// About what they take in memory.
std::size_t BytesOf(const Value& value);
std::size_t BytesOf(const NodeRecord& record);
std::size_t BytesOf(const RelationshipRecord& record);
inline std::size_t BytesOf(const NeighbourList& list) { return 64 + list.size() * sizeof(Neighbour); }

template <class T>
std::shared_ptr<const T> SharedCache<T>::Find(std::uint64_t key) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  if (const auto found = shard.recent.find(key); found != shard.recent.end()) return found->second.content;
  const auto found = shard.older.find(key);
  if (found == shard.older.end()) return nullptr;
  Entry entry = std::move(found->second);
  shard.older.erase(found);
  std::shared_ptr<const T> content = entry.content;
  InsertRecent(shard, key, std::move(entry));
  return content;
}

template <class T>
void SharedCache<T>::Insert(std::uint64_t key, std::shared_ptr<const T> content, std::size_t bytes) {
  constexpr std::size_t kEntryBytes = 96;  // the map's node and the shared block, beyond the content
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  shard.older.erase(key);
  InsertRecent(shard, key, {std::move(content), bytes + kEntryBytes});
}

template <class T>
void SharedCache<T>::InsertRecent(Shard& shard, std::uint64_t key, Entry entry) {
  if (entry.bytes > half_bytes_max_) return;  // it would push everything else out
  if (shard.recent_bytes + entry.bytes > half_bytes_max_) {
    shard.older = std::exchange(shard.recent, {});
    shard.recent_bytes = 0;
  }
  const auto [place, added] = shard.recent.try_emplace(key);
  if (!added) shard.recent_bytes -= place->second.bytes;
  shard.recent_bytes += entry.bytes;
  place->second = std::move(entry);
}

template <class T>
void SharedCache<T>::Erase(std::uint64_t key) {
  Shard& shard = ShardOf(key);
  const std::lock_guard lock(shard.mutex);
  shard.older.erase(key);
  const auto found = shard.recent.find(key);
  if (found == shard.recent.end()) return;
  shard.recent_bytes -= found->second.bytes;
  shard.recent.erase(found);
}

template <class T>
void SharedCache<T>::Clear() {
  for (Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    shard.recent.clear();
    shard.older.clear();
    shard.recent_bytes = 0;
  }
}

}  // namespace plenum::graph
