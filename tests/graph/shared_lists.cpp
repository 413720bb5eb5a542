// See shared_lists.h: the writer, which knows the model and the chunks, and the readers, which know neither.
#include "tests/graph/shared_lists.h"

#include <algorithm>
#include <chrono>
#include <thread>

#include "tests/graph/open_graph.h"

namespace plenum::graph {
namespace {

const EntryList kNoEntries;

bool IsHub(std::uint32_t node) { return node % kHubDistance == 0 && node / kHubDistance < kHubs; }

std::string Operand(std::uint32_t local, ListEntry entry, bool add) {
  return add ? AddOperand(local, entry) : RemoveOperand(local, entry);
}

// The first target that is behind the chunk.
std::uint64_t EndOf(const std::vector<ChunkStub>& stubs, std::size_t stub) {
  return stub + 1 < stubs.size() ? stubs[stub + 1].first : std::uint64_t{1} << 32;
}

const EntryList& ListIn(const ListModel& model, std::uint32_t node) {
  const auto segment = model.find(SegmentOf(node));
  if (segment == model.end()) return kNoEntries;
  const auto list = segment->second->find(LocalOf(node));
  return list == segment->second->end() ? kNoEntries : list->second;
}

}  // namespace

std::shared_ptr<const ListView> SharedLists::TakeView() const {
  const std::lock_guard lock(view_mutex_);
  return view_;
}

EntryList& SharedLists::ChangeListOf(std::uint32_t node) {
  std::shared_ptr<const SegmentModel>& segment = model_[SegmentOf(node)];
  auto changed = segment ? std::make_shared<SegmentModel>(*segment) : std::make_shared<SegmentModel>();
  segment = changed;
  return (*changed)[LocalOf(node)];
}

void SharedLists::Commit(ListBlocks& blocks, int changes) {
  Pending pending;
  for (int i = 0; i < changes; ++i) ChangeOne(pending);
  ++commit_;
  Must(store_.Apply(pending.writes, false));
  const auto begin = std::chrono::steady_clock::now();
  Publish(blocks, pending);
  publication_seconds_ += std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}

void SharedLists::ChangeOne(Pending& pending) {
  const std::uint32_t node = ChooseNode(random_, 4);
  EntryList& list = ChangeListOf(node);
  const bool grow = list.empty() || Random(10) < (list.size() < (IsHub(node) ? 600u : 8u) ? 6 : 4);
  ListEntry entry;
  if (grow) {
    // The targets of hubs wander, so that chunks grow and are split, and shrink and go, for as long as it lasts.
    entry = {IsHub(node) ? static_cast<std::uint32_t>(commit_ + Random(2000)) % kListNodes : Random(kListNodes),
             next_number_++};
    list.insert(std::lower_bound(list.begin(), list.end(), entry), entry);
  } else {
    const auto gone = list.begin() + Random(static_cast<std::uint32_t>(list.size()));
    entry = *gone;
    list.erase(gone);
  }
  if (hubs_.contains(node)) {
    ChangeHub(node, entry, grow, pending);
  } else {
    pending.writes.Merge(SegmentKey(SegmentOf(node)), Operand(LocalOf(node), entry, grow));
    pending.nodes.insert(node);
    if (list.size() > kListMax) MoveIntoChunks(node, pending);
  }
}

void SharedLists::ChangeHub(std::uint32_t node, ListEntry entry, bool grow, Pending& pending) {
  const std::vector<ChunkStub>& stubs = hubs_[node];
  std::size_t stub = 0;
  while (stub + 1 < stubs.size() && stubs[stub + 1].first <= entry.target) ++stub;
  pending.writes.Merge(ChunkKey(stubs[stub].chunk), Operand(0, entry, grow));
  pending.targets[{stubs[stub].chunk, node}].insert(entry.target);
  const EntryList entries = EntriesOf(node, stubs[stub].first, EndOf(stubs, stub));
  if (entries.size() > kChunkMax) Split(node, stub, entries, pending);
  if (entries.empty() && stub > 0) RemoveChunk(node, stub, pending);
}

void SharedLists::MoveIntoChunks(std::uint32_t node, Pending& pending) {
  std::vector<ChunkStub>& stubs = hubs_[node];
  stubs = {{0, next_chunk_++}};
  pending.writes.Put(ChunkKey(stubs[0].chunk), EncodeList(0, ListIn(model_, node)));
  pending.writes.Merge(SegmentKey(SegmentOf(node)), StubsOperand(LocalOf(node), stubs));
}

void SharedLists::Split(std::uint32_t node, std::size_t stub, const EntryList& entries, Pending& pending) {
  std::vector<ChunkStub>& stubs = hubs_[node];
  const std::uint32_t old = stubs[stub].chunk;
  const std::uint32_t middle = entries[entries.size() / 2].target;
  if (middle == entries.front().target) return;  // entries of one target stay together
  const ChunkStub added{middle, next_chunk_++};
  stubs.insert(stubs.begin() + static_cast<std::ptrdiff_t>(stub) + 1, added);
  pending.writes.Merge(ChunkKey(old), CutOperand(0, middle));
  pending.writes.Put(ChunkKey(added.chunk), EncodeList(0, EntriesOf(node, middle, EndOf(stubs, stub + 1))));
  pending.writes.Merge(SegmentKey(SegmentOf(node)), StubsOperand(LocalOf(node), stubs));
  pending.cut_chunks.insert(old);
  pending.targets[{added.chunk, node}];
  if (fault_ != WriterFault::kForgottenStub) pending.nodes.insert(node);
  ++splits_;
}

void SharedLists::RemoveChunk(std::uint32_t node, std::size_t stub, Pending& pending) {
  std::vector<ChunkStub>& stubs = hubs_[node];
  pending.writes.Erase(ChunkKey(stubs[stub].chunk));
  pending.cut_chunks.insert(stubs[stub].chunk);
  stubs.erase(stubs.begin() + static_cast<std::ptrdiff_t>(stub));
  pending.writes.Merge(SegmentKey(SegmentOf(node)), StubsOperand(LocalOf(node), stubs));
  pending.nodes.insert(node);
}

EntryList SharedLists::EntriesOf(std::uint32_t node, std::uint32_t first, std::uint64_t end) const {
  EntryList entries;
  for (const ListEntry& entry : ListIn(model_, node)) {
    if (entry.target >= first && entry.target < end) entries.push_back(entry);
  }
  return entries;
}

void SharedLists::Publish(ListBlocks& blocks, const Pending& pending) {
  if (fault_ == WriterFault::kViewBeforeChanges) {
    SetView();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  Publication publication = blocks.cache.Publish(commit_);
  Hang(publication, blocks, pending);
  publication.Finish([this] { SetView(); });
}

void SharedLists::Hang(Publication& publication, ListBlocks& blocks, const Pending& pending) const {
  for (const std::uint32_t node : pending.nodes) {
    auto* block = publication.Touch<SegmentBlock>(blocks.segments, SegmentOf(node));
    if (!block) continue;
    ListChange change;
    const auto hub = hubs_.find(node);
    if (hub == hubs_.end()) change.entries = ListIn(model_, node);
    if (hub != hubs_.end()) change.stubs = hub->second;
    const std::size_t owned = change.entries.size() * sizeof(ListEntry) + change.stubs.size() * sizeof(ChunkStub);
    publication.Add(*block, LocalOf(node), std::move(change), owned);
  }
  for (const auto& [place, targets] : pending.targets) {
    const auto [chunk, node] = place;
    if (pending.cut_chunks.contains(chunk)) continue;
    auto* block = publication.Touch<ChunkBlock>(blocks.chunks, chunk);
    for (const std::uint32_t target : targets) {
      if (!block) break;
      EntryList entries = EntriesOf(node, target, std::uint64_t{target} + 1);
      const std::size_t owned = entries.size() * sizeof(ListEntry);
      publication.Add(*block, target, std::move(entries), owned);
    }
  }
  for (const std::uint32_t chunk : pending.cut_chunks) {
    if (auto* block = publication.Touch<ChunkBlock>(blocks.chunks, chunk)) publication.Drop(*block);
  }
}

void SharedLists::SetView() {
  auto view = std::make_shared<ListView>(ListView{commit_, store_.TakeSnapshot(), model_});
  const std::lock_guard lock(view_mutex_);
  view_ = std::move(view);
}

template <class B>
const B& ListReader::BlockOf(SlotTable& table, std::uint32_t number, const std::string& key) {
  if (const B* block = table.Find<B>(number, view_->commit)) return *block;
  if (const auto own = private_.find(key); own != private_.end()) return static_cast<const B&>(*own->second);
  ++loads_;
  std::string bytes;
  Must(view_->snapshot->Get(key, bytes));
  FoldedLists lists = DecodeLists(bytes).value();
  const std::size_t content_bytes = lists.bytes();
  auto block = std::make_unique<B>(view_->commit, content_bytes, std::move(lists));
  const B* used = blocks_.cache.Install(table, number, block);
  if (block) {
    ++private_loads_;
    private_.emplace(key, std::move(block));
  }
  return *used;
}

ListReader::Found ListReader::Read(std::uint32_t node) {
  const std::uint32_t local = LocalOf(node);
  const auto& segment = BlockOf<SegmentBlock>(blocks_.segments, SegmentOf(node), SegmentKey(SegmentOf(node)));
  const ListChange* change = segment.changes.Find(local, view_->commit);
  const std::vector<ChunkStub>* stubs = change ? &change->stubs : nullptr;
  if (!change) {
    const auto found = segment.content.stubs.find(local);
    if (found != segment.content.stubs.end()) stubs = &found->second;
  }
  Found result;
  if (stubs && !stubs->empty()) {
    for (const ChunkStub& stub : *stubs) AppendChunk(stub.chunk, result.own);
  } else if (change) {
    result.shared = &change->entries;
  } else {
    const auto list = segment.content.lists.find(local);
    result.shared = list == segment.content.lists.end() ? &kNoEntries : &list->second;
  }
  return result;
}

void ListReader::AppendChunk(std::uint32_t chunk, EntryList& list) {
  const auto& block = BlockOf<ChunkBlock>(blocks_.chunks, chunk, ChunkKey(chunk));
  const auto found = block.content.lists.find(0);
  const EntryList& content = found == block.content.lists.end() ? kNoEntries : found->second;
  const std::size_t before = list.size();
  for (const ListEntry& entry : content) {
    if (!block.changes.Find(entry.target, view_->commit)) list.push_back(entry);
  }
  block.changes.ForEach(view_->commit, [&](std::uint32_t, const EntryList& entries) {
    list.insert(list.end(), entries.begin(), entries.end());
  });
  std::sort(list.begin() + static_cast<std::ptrdiff_t>(before), list.end());
}

int ListReader::CountInexact(const std::vector<std::uint32_t>& nodes) {
  if (private_.size() > 40) private_.clear();
  const EpochGuard guard(participant_);
  std::vector<Found> found;
  for (const std::uint32_t node : nodes) found.push_back(Read(node));
  int inexact = 0;
  for (std::size_t i = 0; i < nodes.size(); ++i) {
    inexact += (found[i].shared ? *found[i].shared : found[i].own) != ListIn(view_->model, nodes[i]);
  }
  return inexact;
}

}  // namespace plenum::graph
