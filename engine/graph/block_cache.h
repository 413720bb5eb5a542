// Decoded blocks of the store, shared by all readers, changed by commits, within a budget of bytes.
//
// A reader's view is a commit number and the store's snapshot of that commit, taken together. For a block it asks
// SlotTable::Find; what that finds holds at the view's commit, by the content and those changes that are not newer.
// Otherwise it decodes the block from its snapshot, with the view's commit as base, and offers it to Install. What
// cannot be installed is the reader's own.
//
// A commit, once the store has it, is published: its changes are hung on the cached blocks that it touched, and then,
// before anything else happens to the cache, the view of the new commit is made known (Publication::Finish). What holds
// always: every change of the commits after a cached block's base, up to the newest view, hangs on the block. Two
// things could break it, and are why the cache remembers for each block, in a table of fixed size, a commit that is not
// older than the last one that touched it: a block decoded at commit 10 is not installed when commit 11 touched it in
// the meantime, finding nothing cached to change. Blocks that share an entry only are installed less often.
//
// Blocks leave by a clock when the budget is exceeded, and when their changes have grown too large beside the content:
// the next reader decodes afresh. They are freed when no reader can hold them (epoch.h). Until then they count; when
// half of the budget waits for a slow reader, nothing more is installed, lest evicting frees nothing and empties the
// cache.
//
// One mutex guards all that is not reading, but for the list of tables. It may be held while the graph's own lock of
// the newest view is taken, never the other way round.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "engine/graph/changes.h"
#include "engine/graph/epoch.h"
#include "engine/graph/slot_table.h"

namespace plenum::graph {

class Publication;

struct BlockCacheOptions {
  std::size_t bytes_max = std::size_t{256} << 20;
  // A block is decoded afresh when its changes take more than the larger of these: so many bytes, and the content's
  // bytes divided by so many.
  std::size_t change_bytes_max = 16384;
  std::size_t content_per_change = 4;
};

// Since the cache was made.
struct BlockCacheCounts {
  std::uint64_t installed = 0;
  std::uint64_t refused_touched = 0;  // offered, but a commit had touched the block since it was decoded, or may have
  std::uint64_t refused_newer = 0;    // offered, but a newer block was there
  std::uint64_t refused_full = 0;     // offered, but no room could be made
  std::uint64_t duplicates = 0;       // offered, but another reader's block that serves as well was there
  std::uint64_t evicted = 0;          // by the clock
  std::uint64_t outgrown = 0;         // changes took too much
};

// Any number of threads may use it; one at a time publishes.
class BlockCache {
 public:
  explicit BlockCache(BlockCacheOptions options);
  ~BlockCache();  // no reader is inside any more
  BlockCache(const BlockCache&) = delete;
  BlockCache& operator=(const BlockCache&) = delete;

  Epochs& epochs() { return epochs_; }
  // A new table, which lives as long as the cache. May be called during a publication.
  SlotTable& AddTable();

  // Offers what was decoded through a view of the commit block->base. Returns what the caller shall read: the block,
  // or another that was cached before it and serves as well. The cache takes the block; where it does not, because of
  // a commit or a newer block that came meanwhile, the block stays in `block` and is the caller's own, for that view
  // alone. The caller is inside an EpochGuard.
  template <class B>
  const B* Install(SlotTable& table, std::uint32_t number, std::unique_ptr<B>& block) {
    std::unique_ptr<CachedBlock> offered = std::move(block);
    const auto* used = static_cast<const B*>(InstallAny(table, number, offered));
    block.reset(static_cast<B*>(offered.release()));
    return used;
  }

  // Takes the block out, if it is still the one that is cached: what was decoded of it is not enough for the caller,
  // who decodes more and offers that. The caller is inside an EpochGuard, and may use the block until it leaves.
  void Discard(SlotTable& table, std::uint32_t number, const CachedBlock& block);

  // Begins to publish what `commit`, which the store has already, changed. Nothing else happens to the cache until the
  // publication ends, so have ready what is to be hung on blocks. `commit` is newer than all published before.
  Publication Publish(CommitNumber commit);

  // Content and changes of what is cached, and what is retired and not freed yet. Private blocks are not in it.
  std::size_t bytes() const;
  std::size_t retired_bytes() const { return epochs_.retired_bytes(); }
  BlockCacheCounts counts() const;

 private:
  friend class Publication;
  static constexpr std::size_t kTouchEntries = 8192;

  const CachedBlock* InstallAny(SlotTable& table, std::uint32_t number, std::unique_ptr<CachedBlock>& block);
  CommitNumber& LastTouched(const SlotTable& table, std::uint32_t number);
  void Link(SlotTable& table, std::uint32_t number, std::unique_ptr<CachedBlock> block);
  void Unlink(CachedBlock& block);
  bool HasRoom(const CachedBlock& block) const;  // when others are evicted
  void Evict();                                  // down to the budget
  bool Outgrown(const CachedBlock& block) const;
  static std::size_t BytesOf(const CachedBlock& block);

  const BlockCacheOptions options_;
  Epochs epochs_;
  std::mutex tables_mutex_;
  std::vector<std::unique_ptr<SlotTable>> tables_;
  mutable std::mutex mutex_;                // guards what follows
  std::vector<CommitNumber> last_touched_;  // by hash of table and number: the newest commit that touched one of these
  std::vector<CachedBlock*> ring_;          // what is cached, owned
  std::size_t hand_ = 0;
  std::size_t cached_bytes_ = 0;
  CommitNumber published_ = 0;
  BlockCacheCounts counts_;
};

// The publication of one commit; the cache is locked while it lives. For all that the commit changed, first Touch, then
// Add to what that returned; at last Finish. A publication that ends without Finish, because of an error, drops from
// the cache what it touched, so that nobody reads half a commit there.
class Publication {
 public:
  ~Publication();
  Publication(const Publication&) = delete;
  Publication& operator=(const Publication&) = delete;

  // The commit changes block `number`. Returns the cached block that its changes are to be added to, or null where
  // none is cached: then there is nothing to add.
  template <class B>
  B* Touch(SlotTable& table, std::uint32_t number) {
    return static_cast<B*>(TouchAny(table, number));
  }
  // `owned_bytes`: what `payload` holds outside itself.
  template <class Content, class Payload>
  void Add(Block<Content, Payload>& block, std::uint32_t key, Payload payload, std::size_t owned_bytes) {
    Count(block, owned_bytes + block.changes.Add(key, commit_, std::move(payload), cache_.epochs_));
  }
  // Drops the block instead of adding to it: where a commit changes most of it.
  void Drop(CachedBlock& block);
  // `publish_view()` makes the view of this commit the one that readers get from now on. Call last, once.
  template <class PublishView>
  void Finish(PublishView publish_view) {
    publish_view();
    End();
  }

 private:
  friend class BlockCache;
  Publication(BlockCache& cache, CommitNumber commit);
  CachedBlock* TouchAny(SlotTable& table, std::uint32_t number);
  void Count(CachedBlock& block, std::size_t bytes);
  void End();
  void Unlock();

  BlockCache& cache_;
  std::unique_lock<std::mutex> lock_;
  const CommitNumber commit_;
  std::vector<std::pair<SlotTable*, std::uint32_t>> touched_;  // those that are cached
};

}  // namespace plenum::graph
