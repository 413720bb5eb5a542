// What a commit does to adjacency. A list that has grown long is taken out of its segment and put into chunks; a chunk
// that has grown long is cut in two, one that has become empty goes. Then whole values are written, else operands.
#include <algorithm>
#include <map>
#include <tuple>

#include "engine/graph/commit.h"
#include "engine/storage/fold.h"
#include "engine/storage/runtime_error.h"
#include "engine/storage/segment_operand.h"

namespace plenum::graph {
namespace {

using storage::SegmentEntry;

bool Before(const Neighbour& a, const Neighbour& b) {
  return std::tie(a.node, a.relationship) < std::tie(b.node, b.relationship);
}

// The chunk that holds the neighbour, or would.
const Chunks::value_type& ChunkOf(const Chunks& chunks, const Neighbour& neighbour) {
  const auto place = std::pair(neighbour.node.value, NumberOf(neighbour.relationship));
  const auto after =
      std::upper_bound(chunks.begin(), chunks.end(), place, [](const auto& wanted, const Chunks::value_type& chunk) {
        return wanted < std::pair(chunk.first_target, chunk.first_number);
      });
  return after == chunks.begin() ? chunks.front() : *(after - 1);
}

void Apply(const OwnList& own, std::vector<Neighbour>& list) {
  if (!own.removed.empty()) std::erase_if(list, [&](const Neighbour& each) { return own.removed.contains(each); });
  list.insert(list.end(), own.added.begin(), own.added.end());
  std::sort(list.begin(), list.end(), Before);
}

}  // namespace

Commit::SegmentPlace Commit::PlaceInSegments(const ListName& name) const {
  const std::uint8_t bits = *catalog_.SegmentBits(name.type, name.direction);
  return {bits, name.node.value >> bits, name.node.value & ((std::uint32_t{1} << bits) - 1)};
}

SlotTable& Commit::SegmentsOf(BlockTables& tables, const ListName& name) const {
  return tables.Segments(name.type, name.direction, PlaceInSegments(name).bits);
}

std::string Commit::SegmentKeyOf(const ListName& name) const {
  const SegmentPlace place = PlaceInSegments(name);
  return storage::SegmentKey(name.type.value, static_cast<std::uint8_t>(name.direction), place.bits, place.segment);
}

// Numbers for new chunks of a list: the next ones, and where there are no more, those that it does not have any longer.
class Commit::ChunkNumbers {
 public:
  explicit ChunkNumbers(const Chunks& taken) : taken_(taken) {
    for (const auto& each : taken) next_ = std::max<std::uint32_t>(next_, each.chunk + 1U);
  }

  Result<std::uint16_t> Take() {
    if (next_ == kEnd && !again_) {
      again_.emplace(kEnd);
      for (const auto& each : taken_) (*again_)[each.chunk] = true;
      next_ = 0;
    }
    while (again_ && next_ < kEnd && (*again_)[next_]) ++next_;
    if (next_ < kEnd) return static_cast<std::uint16_t>(next_++);
    return storage::RuntimeError(ErrorType::kResourceExhausted,
                                 "a node has too many relationships of one type and direction");
  }

 private:
  static constexpr std::uint32_t kEnd = std::uint32_t{1} << 16;
  const Chunks& taken_;
  std::uint32_t next_ = 0;
  std::optional<std::vector<bool>> again_;  // the numbers that are taken, once all have been given out
};

Status Commit::PrepareLists() {
  for (const auto& [name, own] : own_.lists()) {
    if (own.added.empty() && own.removed.empty()) continue;
    if (Status status = PrepareList(name, own); !status.ok()) return status;
  }
  return PrepareValidities();
}

Result<std::optional<Interval>> Commit::ValidityOf(RelationshipId relationship) {
  if (const Value* own = own_.FindValue(relationship, storage::kValidityProperty)) {
    return IntervalIn(*own);
  }
  const Result<Value> value = reads_.ValueOf(relationship, storage::kValidityProperty);
  if (!value) return value.error();
  return IntervalIn(*value);
}

void Commit::AppendOperand(std::string& operand, std::uint32_t local, const OwnList& own) const {
  for (const Neighbour& gone : own.removed) {
    storage::AppendRemove(operand, local, gone.node.value, NumberOf(gone.relationship));
  }
  for (const Neighbour& added : own.added) {
    const Value* validity = own_.FindValue(added.relationship, storage::kValidityProperty);
    SegmentEntry entry{local, added.node.value, NumberOf(added.relationship), std::nullopt};
    if (validity != nullptr) entry.validity = IntervalIn(*validity);
    storage::AppendAdd(operand, entry);
  }
}

Status Commit::PrepareList(const ListName& name, const OwnList& own) {
  const auto place = reads_.PlaceOf(name.type, name.direction, name.node, {});
  if (!place) return place.error();
  if (place->chunks != nullptr) return PrepareChunks(name, own, *place->chunks);
  if (CommittedReads::SizeOf(*place) + own.added.size() - own.removed.size() <= storage::kHubDegree) {
    const SegmentPlace in = PlaceInSegments(name);
    std::string operand = storage::BeginSegmentOperand(in.bits);
    AppendOperand(operand, in.local, own);
    parts_.push_back({name, std::nullopt, own});
    store_.Merge(SegmentKeyOf(name), operand);
    return {};
  }
  std::vector<Neighbour> list;
  if (Status status = reads_.AppendNeighbours(name.type, name.direction, name.node, list); !status.ok()) return status;
  Apply(own, list);
  Rechunked made;
  const Chunks none;
  ChunkNumbers numbers(none);
  if (Status status = WriteChunks(name, std::move(list), numbers, made); !status.ok()) return status;
  MoveToChunks(name, std::move(made));
  return {};
}

// From now on the list is in these chunks; without any, in its segment again.
void Commit::MoveToChunks(const ListName& name, Rechunked made) {
  const SegmentPlace in = PlaceInSegments(name);
  std::string operand = storage::BeginSegmentOperand(in.bits);
  storage::AppendHubStub(operand, in.local, made.chunks);
  store_.Merge(SegmentKeyOf(name), operand);
  rechunked_.emplace(name, std::move(made));
}

// Cuts a sorted list into chunks.
Status Commit::WriteChunks(const ListName& name, std::vector<Neighbour> list, ChunkNumbers& numbers, Rechunked& made) {
  constexpr std::size_t kEntries = storage::kSegmentEdgesAim / 2;
  for (std::size_t first = 0; first < list.size(); first += kEntries) {
    const std::size_t end = std::min(list.size(), first + kEntries);
    std::vector<SegmentEntry> entries;
    entries.reserve(end - first);
    for (std::size_t i = first; i < end; ++i) {
      const auto validity = ValidityOf(list[i].relationship);
      if (!validity) return validity.error();
      entries.push_back({0, list[i].node.value, NumberOf(list[i].relationship), *validity});
    }
    const Result<std::uint16_t> number = numbers.Take();
    if (!number) return number.error();
    made.chunks.push_back({entries.front().target, entries.front().number, *number});
    made.written.push_back(*number);
    store_.Put(storage::ChunkKey(name.type.value, static_cast<std::uint8_t>(name.direction), name.node.value, *number),
               storage::EncodeSegment(0, entries));
  }
  return {};
}

Status Commit::PrepareChunks(const ListName& name, const OwnList& own, const Chunks& chunks) {
  std::map<std::uint16_t, OwnList> by_chunk;
  for (const Neighbour& gone : own.removed) by_chunk[ChunkOf(chunks, gone).chunk].removed.insert(gone);
  for (const Neighbour& added : own.added) by_chunk[ChunkOf(chunks, added).chunk].added.insert(added);
  ChunkNumbers numbers(chunks);
  Rechunked made;
  for (const auto& each : chunks) {
    const auto changed = by_chunk.find(each.chunk);
    if (changed == by_chunk.end()) {
      made.chunks.push_back(each);
      continue;
    }
    if (Status status = PrepareChunk(name, each, std::move(changed->second), numbers, made); !status.ok())
      return status;
  }
  if (!made.written.empty()) MoveToChunks(name, std::move(made));
  return {};
}

Status Commit::PrepareChunk(const ListName& name, const Chunks::value_type& chunk, OwnList own, ChunkNumbers& numbers,
                            Rechunked& made) {
  const auto way = static_cast<std::uint8_t>(name.direction);
  const auto place = reads_.PlaceInChunk(name.type, name.direction, name.node, chunk.chunk, {.numbers = true});
  if (!place) return place.error();
  const std::string key = storage::ChunkKey(name.type.value, way, name.node.value, chunk.chunk);
  const std::size_t size = CommittedReads::SizeOf(*place) + own.added.size() - own.removed.size();
  if (size == 0) {  // its neighbours hold from now on what would come into it
    store_.Erase(key);
    made.written.push_back(chunk.chunk);
    return {};
  }
  if (size <= storage::kSegmentEdgesAim) {
    std::string operand = storage::BeginSegmentOperand(0);
    AppendOperand(operand, 0, own);
    store_.Merge(key, operand);
    made.chunks.push_back(chunk);
    parts_.push_back({name, chunk.chunk, std::move(own)});
    return {};
  }
  std::vector<Neighbour> list;
  CommittedReads::AppendPart(name.type, *place, list);
  Apply(own, list);
  store_.Erase(key);
  made.written.push_back(chunk.chunk);
  return WriteChunks(name, std::move(list), numbers, made);
}

// The validity of a relationship that was there before stands in both its lists, too.
Status Commit::PrepareValidities() {
  for (const auto& [element, values] : own_.values()) {
    const auto* relationship = std::get_if<RelationshipId>(&element);
    if (relationship == nullptr || own_.FindValue(element, storage::kStartProperty) != nullptr) continue;
    const Value* validity = own_.FindValue(element, storage::kValidityProperty);
    if (validity == nullptr) continue;
    const Result<Value> start = reads_.ValueOf(element, storage::kStartProperty);
    if (!start) return start.error();
    const Result<Value> end = reads_.ValueOf(element, storage::kEndProperty);
    if (!end) return end.error();
    if (start->is_null() || end->is_null()) continue;
    const NodeId from{static_cast<std::uint32_t>(start->integer())};
    const NodeId to{static_cast<std::uint32_t>(end->integer())};
    const TypeId type = TypeOf(*relationship);
    const std::optional<Interval> interval = IntervalIn(*validity);
    Status status = PrepareValidity({type, Direction::kOutgoing, from}, {*relationship, to}, interval);
    if (status.ok()) status = PrepareValidity({type, Direction::kIncoming, to}, {*relationship, from}, interval);
    if (!status.ok()) return status;
  }
  return {};
}

// Whether the list, or its chunk, is written as a whole: with its validities, and under other keys than before.
bool Commit::WroteValidities(const ListName& name, std::optional<std::uint16_t> chunk) const {
  const auto made = rechunked_.find(name);
  if (made == rechunked_.end()) return false;
  return !chunk || std::ranges::find(made->second.written, *chunk) != made->second.written.end();
}

Status Commit::PrepareValidity(const ListName& name, const Neighbour& neighbour,
                               const std::optional<Interval>& validity) {
  const auto place = reads_.PlaceOf(name.type, name.direction, name.node, {});
  if (!place) return place.error();
  std::optional<std::uint16_t> chunk;
  if (place->chunks != nullptr) chunk = ChunkOf(*place->chunks, neighbour).chunk;
  if (WroteValidities(name, chunk)) return {};
  const SegmentPlace in = PlaceInSegments(name);
  const auto way = static_cast<std::uint8_t>(name.direction);
  const std::string key = chunk ? storage::ChunkKey(name.type.value, way, name.node.value, *chunk) : SegmentKeyOf(name);
  std::string operand = storage::BeginSegmentOperand(chunk ? storage::kChunkBits : in.bits);
  storage::AppendSetValidity(operand, chunk ? 0 : in.local, neighbour.node.value, NumberOf(neighbour.relationship),
                             validity);
  store_.Merge(key, operand);
  revalued_.push_back({name, chunk, {}});
  return {};
}

// For what was written as a whole, or is not kept as changes: the next reader reads it afresh.
void Commit::Drop(SlotTable& table, std::uint32_t number, Publication& publication) {
  if (auto* block = publication.Touch<CachedBlock>(table, number)) publication.Drop(*block);
}

void Commit::PublishPart(const ListPart& part, BlockTables& tables, Publication& publication) const {
  const ListName& name = part.name;
  const SegmentPlace in = PlaceInSegments(name);
  const std::uint32_t local = part.chunk ? 0 : in.local;
  auto* block =
      part.chunk ? publication.Touch<SegmentBlock>(tables.ChunksOf(name.type, name.direction, name.node), *part.chunk)
                 : publication.Touch<SegmentBlock>(SegmentsOf(tables, name), in.segment);
  if (block == nullptr) return;
  const ListChange* before = block->changes.Find(local, reads_.commit());
  ListChange change = before != nullptr ? *before : ListChange();
  Neighbours gone = part.entries.removed;
  std::erase_if(change.added, [&gone](const Neighbour& each) { return gone.erase(each) != 0; });
  const auto before_size = static_cast<std::ptrdiff_t>(change.removed.size());
  for (const Neighbour& each : gone) change.removed.push_back(each.relationship);
  std::inplace_merge(change.removed.begin(), change.removed.begin() + before_size, change.removed.end());
  change.added.insert(change.added.end(), part.entries.added.begin(), part.entries.added.end());
  const std::size_t bytes = change.bytes();
  publication.Add(*block, local, std::move(change), bytes);
}

void Commit::PublishLists(BlockTables& tables, Publication& publication) const {
  for (const ListPart& part : parts_) PublishPart(part, tables, publication);
  for (const auto& [name, made] : rechunked_) {
    const SegmentPlace in = PlaceInSegments(name);
    SlotTable& chunks = tables.ChunksOf(name.type, name.direction, name.node);
    for (const std::uint16_t number : made.written) Drop(chunks, number, publication);
    if (made.chunks.empty()) {  // which no change can say
      Drop(SegmentsOf(tables, name), in.segment, publication);
      continue;
    }
    auto* block = publication.Touch<SegmentBlock>(SegmentsOf(tables, name), in.segment);
    if (block == nullptr) continue;
    ListChange change{{}, {}, made.chunks};
    const std::size_t bytes = change.bytes();
    publication.Add(*block, in.local, std::move(change), bytes);
  }
  for (const ListPart& part : revalued_) {
    const ListName& name = part.name;
    if (part.chunk) {
      Drop(tables.ChunksOf(name.type, name.direction, name.node), *part.chunk, publication);
    } else {
      Drop(SegmentsOf(tables, name), PlaceInSegments(name).segment, publication);
    }
  }
}

Status Commit::Prepare() {
  PrepareLabels();
  Status status = PrepareLists();
  if (status.ok()) status = PrepareCells();
  if (status.ok()) status = FoldLongChains();
  return status;
}

Status Commit::FoldLongChains() {
  constexpr std::size_t kFoldedBytesMax = std::size_t{64} << 20;  // a later commit folds what is beyond
  std::vector<std::pair<std::string, std::string>> folded;
  std::size_t folded_bytes = 0;
  for (const auto& [key, write] : store_.writes().writes()) {
    if (write.base != storage::WriteSet::Write::Base::kStored || write.operands.empty()) continue;
    if (!chains_.Merge(key, write.operands.size()) || folded_bytes > kFoldedBytesMax) continue;
    std::string bytes;
    const Result<bool> found = reads_.view().snapshot->Get(key, bytes);
    if (!found) return found.error();
    if (!chains_.Measure(key, *found ? bytes.size() : 0)) continue;
    const std::string_view operands[] = {write.operands};
    auto value = storage::Fold(key, *found ? std::optional<std::string_view>(bytes) : std::nullopt, operands);
    if (!value) return storage::RuntimeError(ErrorType::kCorruption, "a block of the graph is damaged; restore a copy");
    chains_.Put(key, value->size());
    folded_bytes += value->size();
    folded.emplace_back(key, *std::move(value));
  }
  for (auto& [key, value] : folded) store_.Put(std::move(key), std::move(value));
  return {};
}

void Commit::Publish(BlockTables& tables, Publication& publication) const {
  PublishLabels(tables, publication);
  PublishLists(tables, publication);
  PublishCells(tables, publication);
}

}  // namespace plenum::graph
