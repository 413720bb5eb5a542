// Checks segments and chunks: lists are in order, of nodes that there are, hubs have their chunks and chunks their
// hubs. What is listed goes to a sorter, by number, to be compared with the relationships themselves.
#include <algorithm>

#include "engine/graph/check_parts.h"
#include "engine/storage/byte_code.h"

namespace plenum::graph {
namespace {

using storage::Space;

constexpr storage::Lanes kAllLanes{.numbers = true, .validity = true};
constexpr std::size_t kBatchEntries = 4096;
constexpr std::uint8_t kOutgoing = 0;

// A relationship as one direction lists it: number and direction are the key, the rest is the payload.
std::uint64_t KeyOf(std::uint64_t number, std::uint8_t direction) { return number << 1 | direction; }

}  // namespace

std::string ListCheck::ListName(const Place& place) const {
  return std::string("the ") + (place.direction == kOutgoing ? "outgoing " : "incoming ") + run_.TypeName(place.type) +
         " relationships of node " + std::to_string(place.node);
}

// ---- Types, one after the other

Status ListCheck::BeginType(std::uint16_t type) {
  if (type_ == type) return {};
  if (Status status = EndType(); !status.ok()) return status;
  run_.CheckName(Space::kTypes, type);
  type_ = type;
  damaged_ = {};
  entries_ = std::make_unique<storage::RecordSorter>(storage::RecordSorter::Payload::kBytes, run_.options.directory,
                                                     run_.options.memory_bytes_max);
  return {};
}

Status ListCheck::EndType() {
  if (!type_) return {};
  Status status = entries_->Add(std::exchange(batch_, {}));
  if (status.ok()) status = entries_->EndAdding();
  RelationshipComparison comparison(run_, *type_, damaged_);
  if (status.ok()) {
    status = entries_->Read(0, [&](std::span<const storage::SortRecord> records) -> Status {
      for (const storage::SortRecord& record : records) {
        storage::ByteReader reader(storage::RecordSorter::BytesOf(record));
        RelationshipComparison::Listed listed{
            .number = record.key >> 1, .direction = static_cast<std::uint8_t>(record.key & 1), .validity = {}};
        listed.start = static_cast<std::uint32_t>(reader.BigEndian(4));
        listed.end = static_cast<std::uint32_t>(reader.BigEndian(4));
        if (!reader.AtEnd()) listed.validity = reader.ReadInterval();
        comparison.Visit(listed);
      }
      return run_.CheckCancelled();
    });
  }
  if (status.ok()) comparison.End();
  entries_.reset();
  compared_.insert(*type_);
  type_.reset();
  return status;
}

// Types without any list, too: their relationships are missing from both.
Status ListCheck::End() {
  if (Status status = EndType(); !status.ok()) return status;
  for (const auto& [type, blocks] : run_.relationship_blocks) {
    if (compared_.contains(type)) continue;
    Status status = BeginType(type);
    if (status.ok()) status = EndType();
    if (!status.ok()) return status;
  }
  return {};
}

// ---- Lists

void ListCheck::BeginList(const Place& place) {
  previous_.reset();
  disorder_ = false;
  if (run_.HasNode(place.node)) return;
  run_.Problem("there are " + ListName(place).substr(4) + ", and there is no such node" + std::string(kMakeAnew));
}

Status ListCheck::AddEntry(const Place& place, Entry entry, const std::optional<Interval>& validity) {
  const auto& [target, number] = entry;
  if (previous_ && *previous_ >= entry && !std::exchange(disorder_, true)) {
    run_.Problem(ListName(place) + " are not in order at the one to node " + std::to_string(target) +
                 std::string(kMakeAnew));
  }
  if (place.direction == kOutgoing && previous_ && previous_->first == target) {
    ++run_.Count(storage::ParallelCountKey(place.type));
  }
  previous_ = entry;
  const bool outgoing = place.direction == kOutgoing;
  const std::uint64_t payload = batch_.BeginPayload();
  storage::AppendBigEndian(batch_.bytes, outgoing ? place.node : target, 4);
  storage::AppendBigEndian(batch_.bytes, outgoing ? target : place.node, 4);
  if (validity) storage::AppendInterval(batch_.bytes, *validity);
  batch_.EndPayload(payload);
  batch_.entries.push_back({0, {KeyOf(number, place.direction), payload}});
  return batch_.entries.size() < kBatchEntries ? Status() : entries_->Add(std::exchange(batch_, {}));
}

Status ListCheck::CheckList(const Place& place, const storage::Segment& segment, const storage::ListView& list) {
  for (std::uint32_t i = 0; i < list.size; ++i) {
    const std::uint32_t at = list.first + i;
    Status status = AddEntry(place, {list.targets[i], segment.NumberAt(at)}, segment.ValidityAt(at));
    if (!status.ok()) return status;
  }
  return {};
}

Status ListCheck::Segment(std::string_view key, std::string_view value) {
  const storage::SegmentName name = storage::NameOfSegment(key);
  if (Status status = BeginType(name.type); !status.ok()) return status;
  const auto cut = run_.cuts.find({name.type, name.direction});
  if (cut != run_.cuts.end() && name.bits == cut->second.left_over) return {};
  const auto segment = storage::Segment::Decode(value, kAllLanes);
  const bool cut_right = cut != run_.cuts.end() && name.bits == cut->second.bits;
  if (!cut_right || segment == nullptr || segment->log2_nodes() != name.bits) {
    damaged_[name.direction] = true;
    if (name.direction == kOutgoing) run_.uncountable.insert(storage::ParallelCountKey(name.type));
    const std::string what = std::string(name.direction == kOutgoing ? "outgoing" : "incoming") + " segment " +
                             std::to_string(name.number) + " of type " + run_.TypeName(name.type);
    if (cut_right) {
      run_.Damaged(what);
    } else {
      run_.Problem(what + " is one of 2^" + std::to_string(name.bits) + " nodes, which is not what the catalog says" +
                   std::string(kMakeAnew));
    }
    return {};
  }
  const std::uint64_t first = std::uint64_t{name.number} << name.bits;
  Status status;
  segment->ForEachList([&](std::uint32_t local, const storage::ListView& list) {
    if (!status.ok()) return;
    const Place place{name.type, name.direction, static_cast<std::uint32_t>(first + local)};
    BeginList(place);
    if (segment->Hub(local) != nullptr) {
      run_.Problem(ListName(place) + " are in a segment and in chunks" + std::string(kMakeAnew));
    }
    status = CheckList(place, *segment, list);
  });
  for (const storage::HubStub& hub : segment->hubs()) {
    if (!status.ok()) break;
    status = CheckHub({name.type, name.direction, static_cast<std::uint32_t>(first + hub.local)}, hub);
  }
  return status;
}

// ---- Hubs

Status ListCheck::CheckHub(const Place& place, const storage::HubStub& hub) {
  BeginList(place);
  for (std::size_t i = 0; i < hub.chunks.size(); ++i) {
    if (i > 0) {
      const auto& [target, number, chunk] = hub.chunks[i];
      const Entry before{hub.chunks[i - 1].first_target, hub.chunks[i - 1].first_number};
      if (before >= Entry(target, number)) {
        run_.Problem("the chunks of " + ListName(place) + " are not in order" + std::string(kMakeAnew));
      }
    }
    if (Status status = CheckChunk(place, hub, i); !status.ok()) return status;
  }
  return {};
}

Status ListCheck::CheckChunk(const Place& place, const storage::HubStub& hub, std::size_t at) {
  const std::uint16_t number = hub.chunks[at].chunk;
  const std::string what = "chunk " + std::to_string(number) + " of " + ListName(place);
  std::string bytes;
  const Result<bool> found =
      run_.snapshot->Get(storage::ChunkKey(place.type, place.direction, place.node, number), bytes);
  if (!found) run_.Unreadable(Status(found.error()));
  if (found && !*found) run_.Problem(what + " is missing" + std::string(kMakeAnew));
  const auto chunk = found && *found ? storage::Segment::Decode(bytes, kAllLanes) : nullptr;
  const bool readable = chunk && chunk->log2_nodes() == storage::kChunkBits && chunk->hubs().empty();
  if (found && *found && !readable) run_.Damaged(what);
  if (!readable) {
    damaged_[place.direction] = true;
    if (place.direction == kOutgoing) run_.uncountable.insert(storage::ParallelCountKey(place.type));
    return {};
  }
  const storage::ListView list = chunk->List(0);
  if (list.size > 0) {
    const Entry first{list.targets[0], chunk->NumberAt(list.first)};
    const Entry last{list.targets[list.size - 1], chunk->NumberAt(list.first + list.size - 1)};
    const bool early = at > 0 && first < Entry(hub.chunks[at].first_target, hub.chunks[at].first_number);
    const bool late =
        at + 1 < hub.chunks.size() && last >= Entry(hub.chunks[at + 1].first_target, hub.chunks[at + 1].first_number);
    if (early || late) {
      run_.Problem(what + " holds relationships of another chunk, by what its segment says" + std::string(kMakeAnew));
    }
  }
  return CheckList(place, *chunk, list);
}

// Whether a hub refers to the chunk; what it holds was looked at then.
void ListCheck::Chunk(std::string_view key, std::string_view) {
  const storage::SegmentName name = storage::NameOfSegment(key);
  run_.CheckName(Space::kTypes, name.type);
  const auto cut = run_.cuts.find({name.type, name.direction});
  const unsigned bits = cut == run_.cuts.end() ? 0 : cut->second.bits;
  std::string segment_key = storage::SegmentKey(name.type, name.direction, bits, name.number >> bits);
  if (hubs_of_ != segment_key) {
    std::string bytes;
    const Result<bool> found = run_.snapshot->Get(segment_key, bytes);
    const auto segment = found && *found ? storage::Segment::Decode(bytes) : nullptr;
    hubs_readable_ = found && (!*found || segment != nullptr);
    hubs_.clear();
    if (segment) hubs_.assign(segment->hubs().begin(), segment->hubs().end());
    hubs_of_ = std::move(segment_key);
  }
  const std::uint32_t local = name.number & ((std::uint32_t{1} << bits) - 1);
  const auto hub = std::ranges::find(hubs_, local, &storage::HubStub::local);
  const bool referred = hub != hubs_.end() && std::ranges::find(hub->chunks, name.chunk,
                                                                &storage::HubStub::Chunk::chunk) != hub->chunks.end();
  if (referred || !hubs_readable_) return;
  run_.Problem("chunk " + std::to_string(name.chunk) + " of " + ListName({name.type, name.direction, name.number}) +
               " is there, and nothing refers to it" + std::string(kMakeAnew));
}

}  // namespace plenum::graph
