// Adjacency (folded_lists.h) that one writer changes and many readers read through the block cache, and the model of
// each commit that they are compared with. Faults of a writer can be planted.
#pragma once

#include <atomic>
#include <cstdint>
#include <map>
#include <memory>
#include <mutex>
#include <random>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "engine/graph/block_cache.h"
#include "engine/storage/store.h"
#include "tests/graph/folded_lists.h"

namespace plenum::graph {

constexpr std::uint32_t kSegmentBits = 5;
constexpr std::uint32_t kSegments = 512;
constexpr std::uint32_t kListNodes = kSegments << kSegmentBits;
constexpr std::uint32_t kBusyNodes = kListNodes / 8;  // which half of the reads and changes go to
constexpr std::uint32_t kHubs = 4;                    // the nodes 0, 100, 200, …
constexpr std::uint32_t kHubDistance = 100;
constexpr std::size_t kListMax = 48;   // a longer list goes into chunks
constexpr std::size_t kChunkMax = 64;  // a larger chunk is split

inline std::uint32_t SegmentOf(std::uint32_t node) { return node >> kSegmentBits; }
inline std::uint32_t LocalOf(std::uint32_t node) { return node & ((1u << kSegmentBits) - 1); }

// A node to read or to change: often a hub, often a busy one.
template <class Random>
std::uint32_t ChooseNode(Random& random, unsigned hub_tenths) {
  if (random() % 10 < hub_tenths) return static_cast<std::uint32_t>(random() % kHubs) * kHubDistance;
  return static_cast<std::uint32_t>(random() % (random() % 2 == 0 ? kBusyNodes : kListNodes));
}

// Each node's list at one commit. Commits share what they did not change.
using SegmentModel = std::map<std::uint32_t, EntryList>;
using ListModel = std::map<std::uint32_t, std::shared_ptr<const SegmentModel>>;

// What a reader takes as one.
struct ListView {
  CommitNumber commit = 0;
  std::shared_ptr<const storage::Snapshot> snapshot;
  ListModel model;
};

// A changed list of a segment: its new entries, or the chunks it is in now.
struct ListChange {
  EntryList entries;
  std::vector<ChunkStub> stubs;
};
using SegmentBlock = Block<FoldedLists, ListChange>;  // by local node
using ChunkBlock = Block<FoldedLists, EntryList>;     // by target: its entries

enum class WriterFault { kNone, kViewBeforeChanges, kForgottenStub };

struct ListBlocks {
  explicit ListBlocks(BlockCacheOptions options)
      : cache(options), segments(cache.AddTable()), chunks(cache.AddTable()) {}
  BlockCache cache;
  SlotTable& segments;
  SlotTable& chunks;
};

class SharedLists {
 public:
  SharedLists(storage::Store& store, WriterFault fault) : store_(store), fault_(fault) {}

  std::shared_ptr<const ListView> TakeView() const;
  // One commit of so many random changes. Belongs to the writing thread, like all that follows.
  void Commit(ListBlocks& blocks, int changes);
  std::uint64_t splits() const { return splits_; }
  std::uint64_t commits() const { return commit_; }
  double publication_seconds() const { return publication_seconds_; }

 private:
  // What one commit has changed.
  struct Pending {
    storage::WriteSet writes;
    std::set<std::uint32_t> nodes;  // whose entry in the segment changed
    std::map<std::pair<std::uint32_t, std::uint32_t>, std::set<std::uint32_t>> targets;  // of (chunk, node)
    std::set<std::uint32_t> cut_chunks;
  };

  EntryList& ChangeListOf(std::uint32_t node);
  void ChangeOne(Pending& pending);
  void MoveIntoChunks(std::uint32_t node, Pending& pending);
  void ChangeHub(std::uint32_t node, ListEntry entry, bool grow, Pending& pending);
  void Split(std::uint32_t node, std::size_t stub, const EntryList& entries, Pending& pending);
  void RemoveChunk(std::uint32_t node, std::size_t stub, Pending& pending);
  EntryList EntriesOf(std::uint32_t node, std::uint32_t first, std::uint64_t end) const;
  void Publish(ListBlocks& blocks, const Pending& pending);
  void Hang(Publication& publication, ListBlocks& blocks, const Pending& pending) const;
  void SetView();
  std::uint32_t Random(std::uint32_t below) { return static_cast<std::uint32_t>(random_() % below); }

  storage::Store& store_;
  const WriterFault fault_;
  std::mt19937_64 random_{7};
  ListModel model_;
  std::map<std::uint32_t, std::vector<ChunkStub>> hubs_;
  std::uint32_t next_chunk_ = 0;
  std::uint32_t next_number_ = 0;
  CommitNumber commit_ = 0;
  std::uint64_t splits_ = 0;
  double publication_seconds_ = 0;

  mutable std::mutex view_mutex_;
  std::shared_ptr<const ListView> view_;  // the newest
};

// Reads lists as of one view, through the cache where that can be. Belongs to one thread.
class ListReader {
 public:
  ListReader(ListBlocks& blocks, EpochParticipant& participant, std::shared_ptr<const ListView> view)
      : blocks_(blocks), participant_(participant), view_(std::move(view)) {}

  const std::shared_ptr<const ListView>& view() const { return view_; }
  // Reads the lists of all `nodes` in one batch, holding what it was given until the end; then compares them with the
  // model. Returns how many differ.
  int CountInexact(const std::vector<std::uint32_t>& nodes);
  std::uint64_t loads() const { return loads_; }
  std::uint64_t private_loads() const { return private_loads_; }

 private:
  // A list that is somewhere in the cache, and one that had to be put together.
  struct Found {
    const EntryList* shared = nullptr;
    EntryList own;
  };
  Found Read(std::uint32_t node);
  void AppendChunk(std::uint32_t chunk, EntryList& list);
  template <class B>
  const B& BlockOf(SlotTable& table, std::uint32_t number, const std::string& key);

  ListBlocks& blocks_;
  EpochParticipant& participant_;
  const std::shared_ptr<const ListView> view_;
  std::map<std::string, std::unique_ptr<CachedBlock>> private_;  // by key: good for this view alone
  std::uint64_t loads_ = 0;
  std::uint64_t private_loads_ = 0;
};

}  // namespace plenum::graph
